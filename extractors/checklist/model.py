"""Plain data between a Grid and the dataset: columns, headers, items, checklists, leftovers, and what one grid gives."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from extractors.issue import Issue
from extractors.location import Location


class Role(StrEnum):
    """What a column of a checklist holds.

    SECTION is an outer grouping, CATEGORY the innermost. OTHER_ANSWER, EARLIER_ANSWER and VERDICT were taken for answers by
    their names: a second column of one respondent, a round before the last, the buyer's own judgement.
    """

    NUMBER = "number"
    SECTION = "section"
    CATEGORY = "category"
    ITEM = "item"
    SUB_ITEM = "sub_item"
    REQUIREMENT = "requirement"
    LEVEL = "level"
    UNIT = "unit"
    ANSWER = "answer"
    CHOICE = "choice"
    REMARKS = "remarks"
    EXAMPLE = "example"
    IGNORE = "ignore"
    UNKNOWN = "unknown"
    OTHER_ANSWER = "other_answer"
    EARLIER_ANSWER = "earlier_answer"
    VERDICT = "verdict"


QUESTION_ROLES = frozenset({Role.REQUIREMENT, Role.ITEM})
ANSWER_ROLES = frozenset({Role.ANSWER, Role.CHOICE})


class FieldRole(StrEnum):
    """What a cell that was taken in is where it is no column's: a name, a section heading, a line of plain text."""

    HEADER = "header"
    HEADING = "heading"
    LINE = "line"


class Respondent(StrEnum):
    """Who answers; SELF is whoever made the form, until it is resolved whether that is the buyer."""

    PROVIDER = "provider"
    CONTRACTOR = "contractor"
    CUSTOMER = "customer"
    SELF = "self"


class ListKind(StrEnum):
    """What a checklist is for: to be answered, to show how, or to be looked up."""

    FORM = "form"
    EXAMPLE = "example"
    REFERENCE = "reference"


class UnusedReason(StrEnum):
    """Why no item uses a text; readers have further reasons for what they set aside."""

    NOTE = "note"
    NO_CHECKLIST = "no_checklist"
    OUTSIDE_TABLE = "outside_table"
    OUTSIDE_COLUMNS = "outside_columns"
    RUNNING_TEXT = "running_text"
    BELOW_TABLE = "below_table"
    REFERENCE = "reference"
    COMMENT = "comment"
    LABEL = "label"
    EXAMPLE_ROW = "example_row"
    TOTAL_ROW = "total_row"
    NOTHING_ASKED = "nothing_asked"
    EXAMPLE_COLUMN = "example_column"
    OTHER_ANSWER_COLUMN = "other_answer_column"
    EARLIER_ANSWER = "earlier_answer"
    VERDICT = "verdict"
    UNUSED_COLUMN = "unused_column"


@dataclass(frozen=True, slots=True)
class ChecklistColumn:
    """One logical column of a checklist: grid columns [start, end), its role and what its header says.

    `guessed` is True where content and not the header's words decided. `choice` is the answer word that a choice column
    stands for, `variant` what the column is answered for where several are: a plan, a product. An `unsure` answer column
    is the likeliest one and yet less likely than not: what stands in it is nobody's yes or no before a person says so.
    """

    start: int
    end: int
    label: str
    role: Role
    respondent: Respondent | None = None
    guessed: bool = False
    choice: str | None = None
    variant: str | None = None
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """Header rows [top, bottom) of a grid and the columns under them."""

    top: int
    bottom: int
    columns: tuple[ChecklistColumn, ...]
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
    respondent: Respondent
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

    `role` is its column's Role, or a FieldRole where it has none. `column` is the index of its column in
    `Checklist.columns`, None where it has none.
    """

    location: Location
    role: str
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Checklist:
    """Items in reading order; whether a form is filled or blank is decided where its answers are read.

    `columns` are those that the first header names, `fields` the cells that were taken in, in reading order.
    """

    title: str | None
    kind: ListKind
    rows: tuple[ItemRow, ...]
    header: tuple[str, ...]
    legend_lines: tuple[str, ...] = ()
    sheet: str | None = None
    hidden: bool = False
    columns: tuple[ChecklistColumn, ...] = ()
    fields: tuple[Field, ...] = ()
    colour_notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Leftover:
    """Text that no item uses, where it stands, and why: an UnusedReason, or what its reader set it aside for."""

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


class LayoutStatus(StrEnum):
    """Whether a layout's rows stand in the dataset, or wait until a person has looked at it."""

    USED = "used"
    PROPOSED = "proposed"


class LayoutSource(StrEnum):
    """What decided a layout: known words of its header, evidence alone, or a person."""

    WORDS = "words"
    EVIDENCE = "evidence"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """One column of a layout: grid columns [start, end), its header's text, its role, and how likely that role is (0 to 1).

    `role` is one of those that columns/names.py lists.
    """

    start: int
    end: int
    label: str
    role: str
    score: float


@dataclass(frozen=True, slots=True)
class TableLayout:
    """How one table is read, or would be.

    `form_key` is the same for every copy of a form, whoever filled it in. `rank` counts from 1: 2 is the rival of the layout
    before it. `location` is the table's area. `header_rows` are the first and the last header row counted from 1 inside the grid,
    the last one before the first where there is none. `p` is how likely the table is a list with this question column, `margin`
    how far the next best question or answer column is behind (0 to 1 both). `sample` holds number, question and answer of up to
    three rows. `checklist` is the index, from 1, of the list among those of the grid that was read by it, None for a proposal.
    """

    form_key: str
    rank: int
    status: LayoutStatus
    decided_by: LayoutSource
    location: Location
    header_rows: tuple[int, int]
    columns: tuple[LayoutColumn, ...]
    p: float
    margin: float
    sample: tuple[tuple[str, str, str], ...] = ()
    checklist: int | None = None


@dataclass(frozen=True, slots=True)
class LayoutDecision:
    """What a person decided of a form: the role of each column from left to right; no roles where it is no list at all.

    `p` is below 1 where no person did: where another table under the same names was read so.
    """

    form_key: str
    roles: tuple[str, ...] = ()
    p: float = 1.0


@dataclass(frozen=True, slots=True)
class GridResult:
    """Everything found in one grid. `used` counts the non-empty cells that a field or heading holds.

    `metadata_locations` are those of cells that say something about the sheet: its title, vendor, service, legend.
    `issues` are what a person should look at. `layouts` tell how its tables were read, and which wait for a person.
    """

    checklists: tuple[Checklist, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    meta: Meta = field(default_factory=Meta)
    legend_lines: tuple[str, ...] = ()
    used: int = 0
    metadata_locations: tuple[Location, ...] = ()
    issues: tuple[Issue, ...] = ()
    layouts: tuple[TableLayout, ...] = ()
