"""The tables of a policy file in, all that is wrong with them out: by key, in the order of the file.

Every check takes the parsed TOML as it is and yields faults; nothing is built here, so a file with five mistakes tells of
all five at once. `min = 99.5` without `unit` is one: 99.5 per cent and 99.5 hours are not the same wish (稼働率99.5%以上).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from normalizers.vocabulary import load

# Answers that a policy may accept on condition; a blank or unclear one never.
MAY_BE_CONDITIONAL = ("partial", "conditional", "planned", "undisclosed", "not_applicable")
_PARTS = ("met", "conditional", "unknown")
# The type of every key, by the table in which it stands, in the order in which messages tell the keys.
_TOP = {"name": str, "trust": dict, "controls": dict}
_TRUST = {"least_match": float, "least_confidence": float, "max_age_days": int, "parts": str}
_RULE = {"conditional": list, "planned_until": dt.date, "min": float, "max": float, "unit": str, "note": str}
_TYPES = {
    str: '"text"',
    float: "1.5",
    int: "365",
    list: '["planned"]',
    dict: "[table]",
    dt.date: "2027-03-31",
}
Keys = tuple[str, ...]
Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class KeyFault:
    """What is wrong under a key, given as the way to it from the top; `code` and `words` make the message."""

    keys: Keys
    code: str
    words: Mapping[str, str] = field(default_factory=dict)


def units() -> dict[str, tuple[str, float]]:
    """Name of a unit → the unit that figures are compared in, and how many of it one is."""
    return {
        name: (base, factor)
        for name, (base, factor) in load("pipeline.assess", "policy.toml")["units"].items()
    }


def value_of(entry: Entry, key: str, kind: type) -> Any:
    """The value of a key; None where it is not there or of another type."""
    value = entry.get(key)
    return value if _fits(value, kind) else None


def check_policy(entries: Entry, controls: Collection[str]) -> list[KeyFault]:
    """All that is wrong with a policy; `controls` are the ids that there are."""
    rules = value_of(entries, "controls", dict) or {}
    faults = [
        *_unknown_keys((), entries, _TOP),
        *_wrong_types((), entries, ("name", "trust")),
        *_check_trust(value_of(entries, "trust", dict) or {}),
        *_wrong_types((), entries, ("controls",)),
    ]
    if not rules and not faults:
        faults.append(KeyFault((), "policy_empty"))
    for control_id, entry in rules.items():
        faults += _check_rule(control_id, entry, controls)
    return faults


def _check_trust(entry: Entry) -> Iterator[KeyFault]:
    at = ("trust",)
    yield from _unknown_keys(at, entry, _TRUST)
    yield from _wrong_types(at, entry, ("parts",))
    parts = value_of(entry, "parts", str)
    if parts and parts not in _PARTS:
        yield _no_such_word((*at, "parts"), parts, _PARTS)
    yield from _wrong_types(at, entry, ("max_age_days",))
    age = value_of(entry, "max_age_days", int)
    if age is not None and age < 1:
        yield KeyFault((*at, "max_age_days"), "policy_share", {"least": "1", "most": "∞"})
    for key in ("least_match", "least_confidence"):
        yield from _wrong_types(at, entry, (key,))
        share = value_of(entry, key, float)
        if share is not None and not 0 <= share <= 1:
            yield KeyFault((*at, key), "policy_share", {"least": "0", "most": "1"})


def _check_rule(control_id: str, entry: Any, controls: Collection[str]) -> Iterator[KeyFault]:
    at = ("controls", control_id)
    if control_id not in controls:
        from rapidfuzz import process  # noqa: PLC0415  only a file with a wrong id needs it

        near = process.extract(control_id, sorted(controls), limit=3)
        words = {"control": control_id, "near": ", ".join(name for name, _, _ in near)}
        yield KeyFault(at, "policy_no_control", words)
    if not isinstance(entry, dict):
        yield KeyFault(at, "policy_type", {"wanted": _TYPES[dict]})
        return
    yield from _unknown_keys(at, entry, _RULE)
    yield from _wrong_types(at, entry, ("min", "max", "unit"))
    yield from _check_limits(at, entry)
    yield from _wrong_types(at, entry, ("conditional",))
    yield from _check_conditional(at, entry)
    yield from _wrong_types(at, entry, ("planned_until", "note"))


def _check_limits(at: Keys, entry: Entry) -> Iterator[KeyFault]:
    """The least and the most belong to a unit, and the least is not over the most."""
    least, most = (value_of(entry, key, float) for key in ("min", "max"))
    unit = value_of(entry, "unit", str)
    if unit is not None and unit not in units():
        yield _no_such_word((*at, "unit"), unit, units())
    if (least is None and most is None) != (unit is None):
        yield KeyFault(at, "policy_unit")
    if least is not None and most is not None and least > most:
        yield KeyFault((*at, "min"), "policy_limits")


def _check_conditional(at: Keys, entry: Entry) -> Iterator[KeyFault]:
    """Only some answers can be accepted on condition, and a date only for a planned one."""
    words = value_of(entry, "conditional", list) or []
    for word in words:
        if word not in MAY_BE_CONDITIONAL:
            yield _no_such_word((*at, "conditional"), str(word), MAY_BE_CONDITIONAL)
    if "planned_until" in entry and "planned" not in words:
        yield KeyFault((*at, "planned_until"), "policy_planned")


def _unknown_keys(at: Keys, entry: Entry, known: Mapping[str, type]) -> Iterator[KeyFault]:
    for key in entry:
        if key not in known:
            yield _no_such_word((*at, key), key, known)


def _wrong_types(at: Keys, entry: Entry, keys: Keys) -> Iterator[KeyFault]:
    kinds = _TOP | _TRUST | _RULE
    for key in keys:
        if entry.get(key) is not None and not _fits(entry[key], kinds[key]):
            yield KeyFault((*at, key), "policy_type", {"wanted": _TYPES[kinds[key]]})


def _no_such_word(keys: Keys, word: str, known: Collection[str]) -> KeyFault:
    return KeyFault(keys, "policy_word", {"word": word, "known": ", ".join(known)})


def _fits(value: Any, kind: type) -> bool:
    """Whether a value is of a type; whole numbers are numbers, true is none, a time of day is no date."""
    if isinstance(value, bool | dt.datetime):
        return False
    if kind is float:
        return isinstance(value, int | float) and abs(value) < 1e300
    return isinstance(value, kind)
