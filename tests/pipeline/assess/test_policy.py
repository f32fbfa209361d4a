"""A policy file: what it may say, and every fault of it told by line and key."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from normalizers.vocabulary import load
from pipeline.assess.policy import Fault, Policy, PolicyRule, PolicyUnreadable, Trust, fault_text, read_policy
from pipeline.assess.policy_checks import units
from pipeline.catalogue.load import load_controls
from tests.conftest import ROOT

CONTROLS = ("keys", "restore", "restore-test")


def _read(folder: Path, text: str) -> Policy:
    path = folder / "policy.toml"
    path.write_text(text, encoding="utf-8")
    return read_policy(path, CONTROLS)


def _faults(folder: Path, text: str) -> list[tuple[int, str, str]]:
    with pytest.raises(PolicyUnreadable) as caught:
        _read(folder, text)
    assert all(isinstance(fault, Fault) for fault in caught.value.faults)
    return [(fault.line, fault.key, fault.code) for fault in caught.value.faults]


def test_a_whole_policy(tmp_path: Path) -> None:
    text = """\
    name = "方針"
    [trust]
    least_match = 1
    max_age_days = 365
    parts = "unknown"
    [controls.keys]
    conditional = ["planned", "partial"]
    planned_until = 2027-03-31
    note = "覚え"
    [controls.restore]
    max = 4
    unit = "hours"
    """
    policy = _read(tmp_path, text)
    assert policy.name == "方針"
    assert policy.trust == Trust(1.0, 0.5, 365, "unknown")
    keys = PolicyRule("keys", frozenset({"planned", "partial"}), dt.date(2027, 3, 31), note="覚え")
    assert policy.rules == (keys, PolicyRule("restore", most=4, unit="hours"))
    assert [rule.limited for rule in policy.rules] == [False, True]


def test_little_is_needed(tmp_path: Path) -> None:
    assert _read(tmp_path, "\ufeff[controls.keys]") == Policy("", Trust(), (PolicyRule("keys"),))


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", [(0, "", "policy_empty")]),
        ("[controls]", [(0, "", "policy_empty")]),
        ("name = 'a'\n[controls.keys", [(2, "", "policy_not_toml")]),
        ("[controls.keys]\n[controls.keys]", [(2, "", "policy_not_toml")]),
        ("[controls.key]", [(1, "controls.key", "policy_no_control")]),
        ("nane = 'a'\n[controls.keys]", [(1, "nane", "policy_word")]),
        ("# name\nname = 1\n[controls.keys]", [(2, "name", "policy_type")]),
        ("[trust]\nleast_match = 60\n[controls.keys]", [(2, "trust.least_match", "policy_share")]),
        ("[trust]\nleast_match = nan\n[controls.keys]", [(2, "trust.least_match", "policy_type")]),
        ("[trust]\nmax_age_days = 0\n[controls.keys]", [(2, "trust.max_age_days", "policy_share")]),
        ("[trust]\nmax_age_days = true\n[controls.keys]", [(2, "trust.max_age_days", "policy_type")]),
        ("[trust]\nparts = 'yes'\n[controls.keys]", [(2, "trust.parts", "policy_word")]),
        ("[controls]\nkeys = 1", [(2, "controls.keys", "policy_type")]),
        ("controls = 1", [(1, "controls", "policy_type")]),
        ("[controls.keys]\nmost = 1", [(2, "controls.keys.most", "policy_word")]),
        ("[controls.keys]\nmax = 1", [(1, "controls.keys", "policy_unit")]),
        ("[controls.keys]\nunit = 'days'", [(1, "controls.keys", "policy_unit")]),
        ("[controls.keys]\nmax = '4'\nunit = 'days'",
         [(2, "controls.keys.max", "policy_type"), (1, "controls.keys", "policy_unit")]),
        ("[controls.keys]\nmin = 2\nmax = 1\nunit = 'days'", [(2, "controls.keys.min", "policy_limits")]),
        ("[controls.keys]\nmax = 1\nunit = 'moons'", [(3, "controls.keys.unit", "policy_word")]),
        ("[controls.keys]\nconditional = ['unclear']", [(2, "controls.keys.conditional", "policy_word")]),
        ("[controls.keys]\nconditional = [['no']]", [(2, "controls.keys.conditional", "policy_word")]),
        ("[controls.keys]\nconditional = 'no'", [(2, "controls.keys.conditional", "policy_type")]),
        ("[controls.keys]\nplanned_until = 2027-03-31", [(2, "controls.keys.planned_until", "policy_planned")]),
        ("[controls.keys]\nconditional = ['planned']\nplanned_until = 2027-03-31T09:00:00",
         [(3, "controls.keys.planned_until", "policy_type")]),
        ("[controls.restore-test]\nmax = 1\nunit = 'days'\n[controls.restore]\nmix = 1",
         [(5, "controls.restore.mix", "policy_word")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_line_and_key(
    tmp_path: Path, text: str, faults: list[tuple[int, str, str]]
) -> None:
    assert sorted(_faults(tmp_path, text)) == sorted(faults)
    with pytest.raises(PolicyUnreadable) as caught:
        _read(tmp_path, text)
    for language in ("en", "ja"):
        for fault in caught.value.faults:
            told = fault_text(Path("p.toml"), fault, language)
            assert told.startswith("p.toml")
            assert "{" not in told.replace(text, "")


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = "nane = 'a'\n[controls.key]\nmost = 1\n[controls.keys]\nmax = 1"
    assert [line for line, _, _ in _faults(tmp_path, text)] == [1, 2, 3, 4]


def test_no_text_and_too_deep(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_bytes(b"name = 'a'\n\xff")
    with pytest.raises(PolicyUnreadable) as caught:
        read_policy(path, CONTROLS)
    assert [(fault.line, fault.code) for fault in caught.value.faults] == [(2, "policy_not_text")]
    assert _faults(tmp_path, f"a = {'[' * 5000}")[0][2] == "policy_not_toml"
    with pytest.raises(OSError, match="nowhere"):
        read_policy(tmp_path / "nowhere.toml", CONTROLS)


def test_the_shipped_policy_can_be_followed() -> None:
    controls = {control.control_id for control in load_controls()}
    policy = read_policy(ROOT / "pipeline" / "assess" / "policy_example.toml", controls)
    assert len(policy.rules) == 7
    assert {rule.unit for rule in policy.rules} == {None, "per cent", "hours", "count"}


def test_units_know_those_of_the_dataset() -> None:
    canonical = {unit for unit, _ in load("normalizers.values", "quantities.toml")["canonical"].values()}
    assert canonical <= set(units())
    assert units()["days"] == ("hours", 24)
