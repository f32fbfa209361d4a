"""A policy that a screen writes: it reads back the same, and the one before is kept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.assess.policy import Policy, PolicyRule, PolicyUnreadable, Trust, read_policy
from pipeline.assess.policy_file import write_policy

RULES = (
    PolicyRule("keys"),
    PolicyRule(
        "restore", frozenset({"planned", "partial"}), dt.date(2027, 3, 31), note='彼は "x\\y" と\n言った'
    ),
    PolicyRule("own: 鍵", least=99.5, most=100.0, unit="per cent"),
)


def test_what_is_written_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    policy = Policy("方針 # 1", Trust(0.6, 0.7, 365, "unknown"), RULES)
    write_policy(path, policy, {"keys": "鍵の\n管理"})
    assert read_policy(path, {rule.control_id for rule in RULES}) == policy
    assert "# 鍵の 管理" in path.read_text(encoding="utf-8")


def test_the_policy_before_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text("# 手書き\n[controls.keys]\n", encoding="utf-8")
    write_policy(path, Policy("", Trust(), RULES[:1]), {})
    assert "手書き" in (tmp_path / "policy.toml.before").read_text(encoding="utf-8")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["policy.toml", "policy.toml.before"]


@pytest.mark.parametrize(
    "rule", [PolicyRule("keys", least=1.0), PolicyRule("keys", least=2.0, most=1.0, unit="count")]
)
def test_a_policy_that_breaks_its_form_is_not_written(tmp_path: Path, rule: PolicyRule) -> None:
    path = tmp_path / "policy.toml"
    path.write_text("before", encoding="utf-8")
    with pytest.raises(PolicyUnreadable):
        write_policy(path, Policy("", Trust(), (rule,)), {})
    assert path.read_text(encoding="utf-8") == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["policy.toml"]
