"""The plain shapes of an answer: what a column tells about a cell (Context), and what the cell means (Reading)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from normalizers.answers.checkboxes import Option
from normalizers.values.quantities import Quantity

ANSWERS = (
    "yes",
    "no",
    "partial",
    "conditional",
    "planned",
    "not_applicable",
    "undisclosed",
    "unanswered",
    "value",
    "unclear",
)


@dataclass(frozen=True, slots=True)
class Context:
    """What the sheet tells about a cell: legend (mark key → answer), the unit cell, and its column.

    `marks` is True where most answers of the column are marks or yes/no words; `boxes` where the column holds
    empty check boxes; `printed` are texts that stand alike in many rows of the column; `sheet` is the sheet's
    date; `figures` is True where the column holds figures and neither marks nor numbers of a scale.
    """

    legend: Mapping[str, str] = field(default_factory=dict)
    unit: str | None = None
    marks: bool = False
    boxes: bool = False
    printed: frozenset[str] = frozenset()
    sheet: dt.date | None = None
    figures: bool = False

    _hash: int = field(default=0, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Contexts are keys of the memory of readings, asked for each cell; a legend is a mapping and has no hash."""
        told = (self.unit, self.marks, self.boxes, self.printed, self.sheet, self.figures)
        object.__setattr__(self, "_hash", hash((tuple(self.legend.items()), *told)))

    def __hash__(self) -> int:
        return self._hash


@dataclass(frozen=True, slots=True)
class Reading:
    """What an answer cell means; `rule` names the rule and the entry that decided (`word:有`)."""

    answer: str
    rule: str
    options: tuple[Option, ...] = ()
    remark: str = ""
    planned: bool = False
    planned_date: dt.date | None = None
    value: Quantity | None = None
