"""What people decide, as plain data: a decision, what is in force of many, and the line that each stands on.

A decision has a kind, a key (what it is of), a value (what is decided), who, when and why: kind `vendor`, key
(`社甲/回答.xlsx`,), value (`社甲`,). Which cells key and value have, tells pipeline/review/kinds.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from pipeline.errors import DecisionsUnreadable
from pipeline.review.lines.decision_times import moment_of

_JOINT = "|"


class DecisionKind(StrEnum):
    """What can be decided."""

    LAYOUT = "layout"
    ANSWER = "answer"
    REPLY = "reply"
    DATE = "date"
    VENDOR = "vendor"
    SERVICE = "service"
    ALIGNMENT = "alignment"
    DIRECTION = "direction"
    LEGEND = "legend"
    EXCEPTION = "exception"


@dataclass(frozen=True, slots=True)
class Decision:
    """One line of a file: what was decided of what, by whom, when (`2026-11-30 09:20:31`) and why.

    `about` are words for people, which decide nothing by themselves; `withdraws` says that the line takes back the decision
    with its key and value; `line` is where it stands, from 1, 0 where it stands in no file.
    """

    kind: DecisionKind
    key: tuple[str, ...]
    value: tuple[str, ...]
    who: str = ""
    at: str = ""
    why: str = ""
    about: tuple[str, ...] = ()
    withdraws: bool = False
    line: int = 0

    @property
    def key_text(self) -> str:
        """The key as one text, as it stands in the table decisions."""
        return join_cells(self.key)

    def about_text(self, index: int) -> str:
        """One of the words for people, "" where it is not there."""
        return self.about[index] if index < len(self.about) else ""

    @property
    def value_text(self) -> str:
        """The value as one text."""
        return join_cells(self.value)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A decision as it stands in its file now, and the one that was in force before it; None where there was none."""

    decision: Decision
    replaced: Decision | None = None


@dataclass(frozen=True)
class ReviewedDecisions:
    """All lines of a folder of decisions in the order of their files, and what is wrong with broken ones.

    Inside a file a later line outranks an earlier one, whatever times people wrote beside them.
    """

    lines: tuple[Decision, ...] = ()
    faults: tuple[DecisionsUnreadable, ...] = ()

    @cached_property
    def in_force(self) -> tuple[Decision, ...]:
        """The last decision of each key that was not taken back."""
        return decisions_in_force(self.lines)

    @cached_property
    def log(self) -> tuple[Decision, ...]:
        """All lines, oldest first; what was said at one moment, and without any, keeps its order."""
        return tuple(sorted(self.lines, key=lambda decision: moment_of(decision.at)))

    def of(self, kind: DecisionKind) -> tuple[Decision, ...]:
        """The decisions of a kind that are in force."""
        return tuple(decision for decision in self.in_force if decision.kind == kind)

    def check(self) -> ReviewedDecisions:
        """Itself. Raises the first of its faults: who would go on, left out what a person decided."""
        for fault in self.faults:
            raise fault
        return self


def decisions_in_force(lines: Iterable[Decision]) -> tuple[Decision, ...]:
    """The last decision of each kind and key that no later line takes back, in the order of the lines.

    What is taken back lets the one before it stand again: 山田 says yes, 鈴木 no, 鈴木 takes it back, and it is yes.
    """
    standing: dict[tuple[str, tuple[str, ...]], list[tuple[int, Decision]]] = {}
    for number, decision in enumerate(lines):
        said = standing.setdefault((decision.kind, decision.key), [])
        if decision.withdraws:
            _take_back(said, decision)
        else:
            said.append((number, decision))
    last = sorted((said[-1] for said in standing.values() if said), key=lambda entry: entry[0])
    return tuple(decision for _, decision in last)


def _take_back(said: list[tuple[int, Decision]], withdrawal: Decision) -> None:
    for index in reversed(range(len(said))):
        if said[index][1].value == withdrawal.value:
            del said[index]
            return


def join_cells(cells: Sequence[str]) -> str:
    """Cells of a key or a value as one text."""
    return _JOINT.join(cells)
