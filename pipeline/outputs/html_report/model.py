"""The plain shapes that the page's template is filled with."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bit:
    """One part of a stacked bar: its class, its words, how many, and where it begins and ends in per cent."""

    css: str
    label: str
    count: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One domain of one party: a class for its shade, its text, what it says aloud, and the id that it leads to."""

    css: str
    text: str
    label: str
    target: str


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One domain: its name, the id of its details, and a cell for each party (None: not asked)."""

    name: str
    target: str
    cells: tuple[HeatCell | None, ...]


@dataclass(frozen=True, slots=True)
class StateCell:
    """How a party stands on a control: state, mark and word, and what stands beside."""

    state: str
    shown: str
    detail: str


@dataclass(frozen=True, slots=True)
class ControlRow:
    """A control's line of the details."""

    name: str
    definition: str
    cells: tuple[StateCell | None, ...]


@dataclass(frozen=True, slots=True)
class DomainPart:
    """The details of one domain; `parties` are those that any of its controls was asked of."""

    name: str
    target: str
    parties: tuple[int, ...]
    rows: tuple[ControlRow, ...]


@dataclass(frozen=True, slots=True)
class QualityRow:
    """The quality of a party's answers: counts by kind, mean confidence, and the bar of shares."""

    party: int
    counts: dict[str, int]
    mean: str
    bits: tuple[Bit, ...]


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """Problems of one code: how many, in how many files, what to do, and some of their messages."""

    code: str
    error: bool
    count: int
    files: int
    todo: str
    examples: tuple[str, ...]
