"""A policy file in, what a buyer asks of each control out; what is wrong with the file is told by line and key.

Steps: bytes → text and tables (`parse_policy`) → faults by key (policy_checks.py) → faults by line, or the policy. Nobody
is judged by half a policy: one fault, and there is none.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.assess.policy_checks import KeyFault, check_policy
from pipeline.errors import UserFileError, error_template


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
class PolicyRule:
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
    rules: tuple[PolicyRule, ...]


def read_policy(path: Path, controls: Collection[str]) -> Policy:
    """The policy of a TOML file; `controls` are the ids that there are.

    Raises PolicyUnreadable with all faults of the file, OSError where it cannot be read.
    """
    text, entries = parse_policy(path)
    faults = check_policy(entries, frozenset(controls))
    if faults:
        raise PolicyUnreadable(path, locate_faults(faults, text.splitlines()))
    return build_policy(entries)


def parse_policy(path: Path) -> tuple[str, Mapping[str, Any]]:
    """The text of a policy file and its tables. Raises PolicyUnreadable where it is no text or no TOML."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
        return text, tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise PolicyUnreadable(path, [Fault(line, "", "policy_not_text")]) from error
    except tomllib.TOMLDecodeError as error:
        position = re.search(r"at line (\d+)", str(error))
        line = int(position.group(1)) if position else text.count("\n") + 1
        raise PolicyUnreadable(path, [Fault(line, "", "policy_not_toml", {"why": str(error)})]) from error
    except RecursionError as error:
        raise PolicyUnreadable(
            path, [Fault(0, "", "policy_not_toml", {"why": "nested too deeply"})]
        ) from error


def locate_faults(faults: Sequence[KeyFault], lines: Sequence[str]) -> list[Fault]:
    """The faults with their lines, in the order of the lines."""
    located = [
        Fault(line_of(lines, fault.keys), ".".join(fault.keys), fault.code, fault.words) for fault in faults
    ]
    return sorted(located, key=lambda fault: fault.line)


def build_policy(entries: Mapping[str, Any]) -> Policy:
    """The policy of tables without faults."""
    rules = tuple(_build_rule(control_id, entry) for control_id, entry in entries["controls"].items())
    return Policy(entries.get("name") or "", _build_trust(entries.get("trust") or {}), rules)


def _build_trust(entry: Mapping[str, Any]) -> Trust:
    usual = Trust()
    return Trust(
        float(entry.get("least_match", usual.least_match)),
        float(entry.get("least_confidence", usual.least_confidence)),
        entry.get("max_age_days"),
        entry.get("parts") or usual.parts,
    )


def _build_rule(control_id: str, entry: Mapping[str, Any]) -> PolicyRule:
    return PolicyRule(
        control_id,
        frozenset(entry.get("conditional") or ()),
        entry.get("planned_until"),
        entry.get("min"),
        entry.get("max"),
        entry.get("unit"),
        entry.get("note") or "",
    )


def line_of(lines: Sequence[str], keys: Sequence[str]) -> int:
    """The line (from 1) on which the last of the keys stands, each looked for from the line of the one before; else 0."""
    line = 0
    for key in keys:
        word = re.compile(rf"(?<![\w-]){re.escape(key)}(?![\w-])")
        numbers = range(line, len(lines))
        number = next((n for n in numbers if word.search(lines[n].split("#")[0])), None)
        if number is None:
            return 0
        line = number
    return line + 1 if keys else 0
