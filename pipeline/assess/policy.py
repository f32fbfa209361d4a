"""A policy file in, what a buyer asks of each control out; what is wrong with the file is told by line and key."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rapidfuzz import process

from normalizers.vocabulary import load
from pipeline.errors import UserFileError, error_template

# Answers that a policy may accept on condition; a blank or unclear one never.
MAY_BE_CONDITIONAL = ("partial", "conditional", "planned", "undisclosed", "not_applicable")
_PARTS = ("met", "conditional", "unknown")
_TOP = ("name", "trust", "controls")
_TRUST = ("least_match", "least_confidence", "max_age_days", "parts")
_RULE = ("conditional", "planned_until", "min", "max", "unit", "note")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a line (from 1; 0 where it is not known) under a key; `code` and `words` make the message."""

    line: int
    key: str
    code: str
    words: Mapping[str, str] = field(default_factory=dict)


class PolicyUnreadable(UserFileError):
    """The policy at `path` cannot be followed; `faults` tell all that is wrong with it."""

    def __init__(self, path: Path, faults: Collection[Fault]) -> None:
        super().__init__({"path": path}, "policy_line")
        self.path, self.faults = path, tuple(faults)

    def text(self, language: str) -> str:
        """One line a fault."""
        return "\n".join(fault_text(self.path, fault, language) for fault in self.faults)


def fault_text(path: Path, fault: Fault, language: str) -> str:
    """What is wrong with a policy and where, in words."""
    what = error_template(fault.code, language).format_map(fault.words)
    template = error_template("policy_line" if fault.line else "policy_noline", language)
    text = template.format(path=path, line=fault.line, key=fault.key, what=what)
    return text.replace(", : ", ": ").replace("行目 : ", "行目: ").replace(" : ", ": ")


@dataclass(frozen=True, slots=True)
class Trust:
    """From where on an answer can be relied on; shares are 0 to 1, `parts` is what a yes to a part of a control is."""

    least_match: float = 0.5
    least_confidence: float = 0.5
    max_age_days: int | None = None
    parts: str = "conditional"


@dataclass(frozen=True, slots=True)
class Rule:
    """What is asked of a control: met, or a figure not under `least` and not over `most` in `unit`."""

    control_id: str
    conditional: frozenset[str] = frozenset()
    planned_until: dt.date | None = None
    least: float | None = None
    most: float | None = None
    unit: str | None = None
    note: str = ""

    @property
    def limited(self) -> bool:
        """Whether a figure is asked for."""
        return self.least is not None or self.most is not None


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy's name, what it trusts, and its rules in the order of the file."""

    name: str
    trust: Trust
    rules: tuple[Rule, ...]


def units() -> dict[str, tuple[str, float]]:
    """Name of a unit → the unit that figures are compared in, and how many of it one is."""
    return {
        name: (base, factor)
        for name, (base, factor) in load("pipeline.assess", "policy.toml")["units"].items()
    }


def read_policy(path: Path, controls: Collection[str]) -> Policy:
    """The policy of a TOML file; `controls` are the ids that there are.

    Raises PolicyUnreadable with all faults of the file, OSError where it cannot be read.
    """
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
        told = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise PolicyUnreadable(path, [Fault(line, "", "policy_not_text")]) from error
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        line = int(place.group(1)) if place else text.count("\n") + 1
        raise PolicyUnreadable(path, [Fault(line, "", "policy_not_toml", {"why": str(error)})]) from error
    except RecursionError as error:
        raise PolicyUnreadable(
            path, [Fault(0, "", "policy_not_toml", {"why": "nested too deeply"})]
        ) from error
    return _Reader(path, text, told, frozenset(controls)).policy()


class _Reader:
    """Checks the parts of one policy and gathers what is wrong."""

    def __init__(self, path: Path, text: str, told: Mapping[str, Any], controls: frozenset[str]) -> None:
        self._path = path
        self._lines = text.splitlines()
        self._told = told
        self._controls = controls
        self._faults: list[Fault] = []

    def policy(self) -> Policy:
        """The policy. Raises PolicyUnreadable."""
        self._known((), self._told, _TOP)
        name = self._take((), self._told, "name", str) or ""
        trust = self._trust(self._take((), self._told, "trust", dict) or {})
        asked = self._take((), self._told, "controls", dict) or {}
        if not asked and not self._faults:
            self._fault((), "policy_empty")
        rules = tuple(self._rule(control_id, entry) for control_id, entry in asked.items())
        if self._faults:
            raise PolicyUnreadable(self._path, sorted(self._faults, key=lambda fault: fault.line))
        return Policy(name, trust, rules)

    def _trust(self, entry: Mapping[str, Any]) -> Trust:
        at = ("trust",)
        self._known(at, entry, _TRUST)
        usual = Trust()
        parts = self._take(at, entry, "parts", str) or usual.parts
        if parts not in _PARTS:
            self._fault((*at, "parts"), "policy_word", {"word": parts, "known": ", ".join(_PARTS)})
        age = self._take(at, entry, "max_age_days", int)
        if age is not None and age < 1:
            self._fault((*at, "max_age_days"), "policy_share", {"least": "1", "most": "∞"})
        return Trust(
            self._share(at, entry, "least_match", usual.least_match),
            self._share(at, entry, "least_confidence", usual.least_confidence),
            age,
            parts,
        )

    def _share(self, at: tuple[str, ...], entry: Mapping[str, Any], key: str, usual: float) -> float:
        found = self._take(at, entry, key, float)
        if found is not None and not 0 <= found <= 1:
            self._fault((*at, key), "policy_share", {"least": "0", "most": "1"})
        return usual if found is None else float(found)

    def _rule(self, control_id: str, entry: Any) -> Rule:
        at = ("controls", control_id)
        if control_id not in self._controls:
            near = process.extract(control_id, sorted(self._controls), limit=3)
            words = {"control": control_id, "near": ", ".join(name for name, _, _ in near)}
            self._fault(at, "policy_no_control", words)
        if not isinstance(entry, dict):
            self._fault(at, "policy_type", {"wanted": _TYPES[dict]})
            return Rule(control_id)
        self._known(at, entry, _RULE)
        least, most = (self._take(at, entry, key, float) for key in ("min", "max"))
        unit = self._take(at, entry, "unit", str)
        self._check_limits(at, least, most, unit)
        return Rule(
            control_id, self._conditional(at, entry), self._take(at, entry, "planned_until", dt.date), least, most, unit,
            self._take(at, entry, "note", str) or "",
        )  # fmt: skip

    def _check_limits(
        self, at: tuple[str, ...], least: float | None, most: float | None, unit: str | None
    ) -> None:
        if unit is not None and unit not in units():
            self._fault((*at, "unit"), "policy_word", {"word": unit, "known": ", ".join(units())})
        if (least is None and most is None) != (unit is None):
            self._fault(at, "policy_unit")
        if least is not None and most is not None and least > most:
            self._fault((*at, "min"), "policy_limits")

    def _conditional(self, at: tuple[str, ...], entry: Mapping[str, Any]) -> frozenset[str]:
        words = self._take(at, entry, "conditional", list) or []
        known = ", ".join(MAY_BE_CONDITIONAL)
        for word in words:
            if word not in MAY_BE_CONDITIONAL:
                self._fault((*at, "conditional"), "policy_word", {"word": str(word), "known": known})
        if "planned_until" in entry and "planned" not in words:
            self._fault((*at, "planned_until"), "policy_planned")
        return frozenset(word for word in words if isinstance(word, str))

    def _known(self, at: tuple[str, ...], entry: Mapping[str, Any], known: tuple[str, ...]) -> None:
        for key in entry:
            if key not in known:
                self._fault((*at, key), "policy_word", {"word": key, "known": ", ".join(known)})

    def _take(self, at: tuple[str, ...], entry: Mapping[str, Any], key: str, kind: type) -> Any:
        """The value of a key, None where it is not there or of another type: that is a fault."""
        value = entry.get(key)
        if value is None or _fits(value, kind):
            return value
        self._fault((*at, key), "policy_type", {"wanted": _TYPES[kind]})
        return None

    def _fault(self, keys: tuple[str, ...], code: str, words: Mapping[str, str] | None = None) -> None:
        self._faults.append(Fault(line_of(self._lines, keys), ".".join(keys), code, words or {}))


_TYPES = {
    str: '"text"',
    float: "1.5",
    int: "365",
    list: '["planned"]',
    dict: "[table]",
    dt.date: "2027-03-31",
}


def _fits(value: Any, kind: type) -> bool:
    """Whether a value is of a type; whole numbers are numbers, true is none, a time of day is no date."""
    if isinstance(value, bool | dt.datetime):
        return False
    if kind is float:
        return isinstance(value, int | float) and abs(value) < 1e300
    return isinstance(value, kind)


def line_of(lines: list[str], keys: tuple[str, ...]) -> int:
    """The line (from 1) on which the last of the keys stands, each looked for from the line of the one before; else 0."""
    found = 0
    for key in keys:
        word = re.compile(rf"(?<![\w-]){re.escape(key)}(?![\w-])")
        for number in range(found, len(lines)):
            if word.search(lines[number].split("#")[0]):
                found = number
                break
        else:
            return 0
    return found + 1 if keys else 0
