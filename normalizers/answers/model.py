"""The plain shapes of an answer: the ten answers, an option, what a column tells about a cell (Context), what the cell means.

`有（2028年から）` under a legend and a date comes in as a text and a Context, and leaves as an AnswerResult: `unclear`, by the
rule `leading:有`. Nothing here reads a text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from normalizers.values.quantities import Quantity


class AnswerValue(StrEnum):
    """The one vocabulary into which every answer cell is read."""

    YES = "yes"
    NO = "no"
    PARTIAL = "partial"
    CONDITIONAL = "conditional"
    PLANNED = "planned"
    NOT_APPLICABLE = "not_applicable"
    UNDISCLOSED = "undisclosed"
    UNANSWERED = "unanswered"
    VALUE = "value"
    UNCLEAR = "unclear"


ANSWERS = tuple(AnswerValue)
RuledAnswer = tuple[
    AnswerValue, str
]  # an answer and the rule that decided, with its entry: ("yes", "word:有")


@dataclass(frozen=True, slots=True)
class Option:
    """One option that a cell prints: its label, whether it is ticked, how deep it is nested, and its group."""

    label: str
    checked: bool
    depth: int
    group: int


@dataclass(frozen=True, slots=True)
class Context:
    """What the sheet tells about a cell: legend (mark key → answer), the unit cell, and its column.

    `marks` is True where most answers of the column are marks or yes/no words; `boxes` where the column holds
    empty check boxes; `printed` are texts that stand alike in many rows of the column; `sheet` is the sheet's
    date; `figures` is True where the column holds figures and neither marks nor numbers of a scale.
    """

    legend: Mapping[str, AnswerValue] = field(default_factory=dict)
    unit: str | None = None
    marks: bool = False
    boxes: bool = False
    printed: frozenset[str] = frozenset()
    sheet: dt.date | None = None
    figures: bool = False

    _hash: int = field(default=0, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Contexts are keys of the cache of answers, asked for each cell; a legend is a mapping and has no hash."""
        facts = (self.unit, self.marks, self.boxes, self.printed, self.sheet, self.figures)
        object.__setattr__(self, "_hash", hash((tuple(self.legend.items()), *facts)))

    def __hash__(self) -> int:
        return self._hash


@dataclass(frozen=True, slots=True)
class AnswerResult:
    """What an answer cell means; `rule` names the rule and the entry that decided (`word:有`).

    `caveat` are words beside or inside a yes that may limit it, "" where there are none; `value_origin` tells where the figure
    stands: `answer`, or `remarks` where the item asks for one and only its remark holds it.
    """

    answer: AnswerValue
    rule: str
    options: tuple[Option, ...] = ()
    remark: str = ""
    planned: bool = False
    planned_date: dt.date | None = None
    value: Quantity | None = None
    caveat: str = ""
    value_origin: str = "answer"
