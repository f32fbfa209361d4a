"""A policy in, its TOML file out: as a person would write it, checked before it counts, the one before kept beside it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from pipeline.assess.policy import Policy, PolicyRule, Trust, read_policy
from pipeline.system.atomic_write import atomic_write, replace_file
from pipeline.texts.sanitize import toml_string

_TRUST = ("least_match", "least_confidence", "max_age_days", "parts")
_BEFORE = ".before"  # what the name of the policy before ends with


def write_policy(path: Path, policy: Policy, names: Mapping[str, str]) -> None:
    """Write the policy at `path`; `names` are those of controls, for people. What stood there is kept as `….before`.

    Raises PolicyUnreadable where the policy breaks its form, and OSError; the file is then what it was.
    """
    with atomic_write(path.with_name(f".{path.name}.checked")) as partial:
        partial.write_text(policy_toml(policy, names), encoding="utf-8")
        read_policy(partial, _ids(policy))
        if path.exists():
            replace_file(path.with_name(path.name + _BEFORE), path.read_bytes())
        replace_file(path, partial.read_bytes(), durable=True)
    path.with_name(f".{path.name}.checked").unlink(missing_ok=True)


def _ids(policy: Policy) -> Collection[str]:
    return {rule.control_id for rule in policy.rules}


def policy_toml(policy: Policy, names: Mapping[str, str]) -> str:
    """The text of the file."""
    parts = [f"name = {toml_string(policy.name)}", "", "[trust]", *_trust_lines(policy.trust)]
    for rule in policy.rules:
        name = " ".join(names.get(rule.control_id, "").split())
        parts += [
            "",
            f"[controls.{_key(rule.control_id)}]" + (f"  # {name}" if name else ""),
            *_rule_lines(rule),
        ]
    return "\n".join(parts) + "\n"


def _trust_lines(trust: Trust) -> list[str]:
    values = ((name, getattr(trust, name)) for name in _TRUST)
    return [f"{name} = {_value(value)}" for name, value in values if value is not None]


def _rule_lines(rule: PolicyRule) -> list[str]:
    entries: tuple[tuple[str, object], ...] = (
        ("min", rule.least), ("max", rule.most), ("unit", rule.unit), ("conditional", sorted(rule.conditional)),
        ("planned_until", rule.planned_until), ("note", rule.note),
    )  # fmt: skip
    return [f"{key} = {_value(value)}" for key, value in entries if value not in (None, "", [])]


def _value(value: object) -> str:
    if isinstance(value, str):
        return toml_string(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return f"{value:g}" if isinstance(value, float) and value.is_integer() else str(value)


def _key(control_id: str) -> str:
    return (
        control_id
        if control_id.replace("-", "").replace("_", "").isalnum() and control_id.isascii()
        else toml_string(control_id)
    )
