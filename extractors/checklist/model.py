"""The plain shapes that stand between a Grid and the dataset: Column, ItemRow, Checklist, Leftover, Found."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.issue import Issue
from extractors.location import Location


@dataclass(frozen=True, slots=True)
class Column:
    """One logical column of a checklist: grid columns [start, end), its role and what its header says.

    `role` is one of number, section, category, item, requirement, level, unit, answer, choice, remarks, example,
    ignore; `guessed` is True where content and not the header's words decided. `choice` is the answer word
    that a choice column stands for, `variant` what the column is answered for where several are: a plan, a product.
    """

    start: int
    end: int
    label: str
    role: str
    respondent: str | None = None
    guessed: bool = False
    choice: str | None = None
    variant: str | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """Header rows [top, bottom) of a grid and the columns under them."""

    top: int
    bottom: int
    columns: tuple[Column, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One answer cell of a checklist, as printed. `doubts` name what lowers the confidence in it.

    `choice` is the header word of the marked choice column, `chosen` are printed choices with a ring round them,
    `start` is where the row begins: its number's cell, else its question's, `comments` the comments on its cells.
    """

    item_no: str
    requirement: str
    answer: str
    remarks: str
    respondent: str
    location: Location
    sub_item: str | None = None
    section: tuple[str, ...] = ()
    category: str | None = None
    item: str | None = None
    level: str | None = None
    unit: str | None = None
    choice: str | None = None
    hidden: bool = False
    doubts: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    colour: str | None = None
    start: Location = field(default_factory=Location)


@dataclass(frozen=True, slots=True)
class Field:
    """One filled cell that a checklist took in: where it stands and as what.

    `role` is its column's, `header` for a cell of the header, `heading` for a band and `line` for text without columns;
    `column` is the place of its column in `Checklist.columns`, None where it has none.
    """

    location: Location
    role: str
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Checklist:
    """Items in reading order. `kind` is `form` (filled or blank is told later), `example` or `reference`.

    `columns` are those that the first header names, `fields` the cells that were taken in, in reading order.
    """

    title: str | None
    kind: str
    rows: tuple[ItemRow, ...]
    header: tuple[str, ...]
    legend_lines: tuple[str, ...] = ()
    sheet: str | None = None
    hidden: bool = False
    columns: tuple[Column, ...] = ()
    fields: tuple[Field, ...] = ()
    colour_notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Leftover:
    """Text that no item uses, where it stands, and why (`above_table`, `no_checklist`, `note`, …)."""

    text: str
    location: Location
    reason: str


@dataclass(frozen=True, slots=True)
class Meta:
    """What a document says about itself; None where it does not."""

    vendor: str | None = None
    service: str | None = None
    title: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Everything found in one grid. `used` counts the non-empty cells that a field or heading holds.

    `told` are the places of cells that say something about the sheet: its title, vendor, service, legend.
    `issues` are what a person should look at.
    """

    checklists: tuple[Checklist, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    meta: Meta = field(default_factory=Meta)
    legend_lines: tuple[str, ...] = ()
    used: int = 0
    told: tuple[Location, ...] = ()
    issues: tuple[Issue, ...] = ()
