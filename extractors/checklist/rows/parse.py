"""Rows under a header in, drafts of items out: bands told from items, merged and left-out cells carried down."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from extractors.checklist.columns.respondents_variants import VERDICT
from extractors.checklist.grid_index import GridView
from extractors.checklist.model import Column, Field, Leftover
from extractors.checklist.terms.continuation import goes_on
from extractors.checklist.terms.headings import Headings, is_example, is_framed, is_note, is_total
from extractors.checklist.terms.requirement_level import is_understood
from extractors.checklist.terms.response_rounds import EARLIER, with_last_round
from extractors.grid import Cell
from normalizers.text import is_item_number

_CARRIED = ("section", "category", "item")
_SPANNING = ("number", "section", "category", "item", "requirement", "level", "unit")
_NAMING = ("number", "section", "category")
_ANSWERING = ("answer", "choice", "remarks")


@dataclass(frozen=True, slots=True)
class Draft:
    """One row of items before it is split by respondent: column index → cell, and which cells begin here."""

    row: int
    cells: dict[int, Cell]
    own: frozenset[int]
    carried: dict[int, str]
    headings: tuple[str, ...]
    doubts: tuple[str, ...] = ()

    def text(self, index: int) -> str:
        """The column's text: its own cell's, a merged cell's, or one carried down; "" where blank."""
        cell = self.cells.get(index)
        return cell.text if cell is not None and cell.text.strip() else self.carried.get(index, "")


@dataclass(slots=True)
class Body:
    """What was read between a header and the end of its table."""

    drafts: list[Draft] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    used: set[tuple[int, int]] = field(default_factory=set)
    fields: list[Field] = field(default_factory=list)
    headings: Headings = field(default_factory=Headings)
    pending: list[Cell] = field(default_factory=list)


def read_body(view: GridView, columns: tuple[Column, ...], body: Body, top: int, bottom: int) -> None:
    """Read rows [top, bottom) into `body`; called once for every stretch between repeated headers."""
    for row in range(top, bottom):
        cells = view.starting(row)
        if not cells:
            continue
        if _is_band(view, columns, row, cells) and not _may_go_on(view, columns, body, row, cells[0]):
            take_heading(body, cells[0])
        else:
            _take_row(view, columns, body, row, cells)


def _column_of(columns: tuple[Column, ...], cell: Cell) -> int | None:
    """The column that a cell stands in: the one it shares most grid columns with.

    A cell over the marks of parts and the questions beside them is the question that has the parts.
    """
    best, shared = None, 0
    for index, column in enumerate(columns):
        overlap = min(cell.end_col, column.end) - max(cell.col, column.start)
        if overlap > shared:
            best, shared = index, overlap
    if best is not None and best + 1 < len(columns) and columns[best].role == "sub_item":
        behind = columns[best + 1]
        if behind.role == "requirement" and cell.end_col >= behind.end:
            return best + 1
    return best


def _touched(columns: tuple[Column, ...], cell: Cell) -> int:
    """How many columns a cell stands over."""
    return sum(min(cell.end_col, c.end) > max(cell.col, c.start) for c in columns)


def _is_band(view: GridView, columns: tuple[Column, ...], row: int, cells: list[Cell]) -> bool:
    """A row with one filled cell that is wide, or stands where a number should, is a heading or a note."""
    if len(cells) != 1:
        return False
    cell = cells[0]
    index = _column_of(columns, cell)
    covered = [
        view.at(row, column.start)
        for column in columns
        if column.role in _ANSWERING or column.role == "number"
    ]
    if any(
        other is not None and other is not cell and other.row < row and other.text.strip()
        for other in covered
    ):
        return False
    if _touched(columns, cell) >= max(2, len(columns) * 0.6) or index is None:
        return index is not None or is_note(cell.text)
    return _is_heading_in(columns, columns[index].role, cell)


def _is_heading_in(columns: tuple[Column, ...], role: str, cell: Cell) -> bool:
    """Whether a cell alone in its row heads the rows below, by the column that it stands in."""
    if role in {"section", "category"}:
        return True
    if role == "number":
        return not is_item_number(cell.text)
    numbered = any(column.role == "number" for column in columns)
    short = len(cell.text) <= 40 if numbered else is_framed(cell.text)
    return role in {"item", "requirement"} and (short or (numbered and is_note(cell.text)))


def _may_go_on(view: GridView, columns: tuple[Column, ...], body: Body, row: int, cell: Cell) -> bool:
    """The first row of a page with a text under the question may be the rest of a question cut by the page end."""
    if not body.drafts or body.headings.fresh:
        return False
    last = body.drafts[-1]
    index = _column_of(columns, cell)
    if index is None or columns[index].role not in {"requirement", "item"}:
        return False
    if not any(last.row < start <= row for start in view.grid.page_starts):
        return last.row == row - 1 and goes_on(last.text(index), cell.text)
    if _touched(columns, cell) > 1:
        return False  # a question stands in its own column, however many grid columns that spans
    before = last.text(index).strip()
    return bool(before) and not before.endswith(("。", "こと", "か", "？", "?"))


def take_heading(body: Body, cell: Cell) -> None:
    """Headings wait until an item follows; what never gets one is left over."""
    if is_note(cell.text):
        body.leftovers.append(Leftover(cell.text, cell.location, "note"))
        return
    body.headings = body.headings.push(cell.text)
    body.pending.append(cell)


def _take_row(view: GridView, columns: tuple[Column, ...], body: Body, row: int, cells: list[Cell]) -> None:
    draft = _draft(view, columns, body, row, cells)
    reason = _unwanted(columns, draft)
    if reason:
        body.leftovers.extend(Leftover(cell.text, cell.location, reason) for cell in cells)
        return
    draft = replace(draft, cells=with_last_round(columns, draft.cells))
    used = {index for index in draft.own if _is_used(columns, index, draft)}
    for cell in cells:
        index = _column_of(columns, cell)
        if index in used and draft.cells.get(index) is cell:
            body.used.add((cell.row, cell.col))
            body.fields.append(Field(cell.location, columns[index].role, index))
        else:
            body.leftovers.append(Leftover(cell.text, cell.location, _why_unused(columns, index)))
    body.used |= {(cell.row, cell.col) for cell in body.pending}
    body.fields += [Field(cell.location, "heading") for cell in body.pending]
    body.pending.clear()
    body.headings = body.headings.settled()
    body.drafts.append(draft)


def _is_used(columns: tuple[Column, ...], index: int, draft: Draft) -> bool:
    """Whether a field takes the cell: ignored columns go into none, nor does a grade that is no level (高)."""
    column, cell = columns[index], draft.cells[index]
    if column.role == "level":
        return is_understood(cell.text, column.label)
    if column.role == EARLIER:
        return any(draft.cells.get(i) is cell for i, c in enumerate(columns) if c.role == "answer")
    return column.role not in {"ignore", "example", "other_answer", VERDICT}


def _why_unused(columns: tuple[Column, ...], index: int | None) -> str:
    if index is None:
        return "outside_columns"
    reasons = {
        "example": "example_column",
        "other_answer": "other_answer_column",
        EARLIER: "earlier_answer",
        VERDICT: VERDICT,
    }
    return reasons.get(columns[index].role, "unused_column")


def _draft(view: GridView, columns: tuple[Column, ...], body: Body, row: int, cells: list[Cell]) -> Draft:
    found: dict[int, Cell] = {}
    own: set[int] = set()
    for cell in cells:
        index = _column_of(columns, cell)
        if index is not None and index not in own:
            found[index] = cell
            own.add(index)
    for index, column in enumerate(columns):
        above = view.within(row, column.start, column.end)
        if (
            index not in found
            and above is not None
            and above.row <= row
            and _column_of(columns, above) == index
        ):
            found[index] = above
    carried = _carry(columns, body, found, own)
    return Draft(row, found, frozenset(own), carried, body.headings.texts)


def _carry(columns: tuple[Column, ...], body: Body, found: dict[int, Cell], own: set[int]) -> dict[int, str]:
    """Category and item names left blank after their first row go on until an outer one changes."""
    if not body.drafts or body.headings.fresh:
        return {}
    last = body.drafts[-1]
    carried: dict[int, str] = {}
    for index, column in enumerate(columns):
        if column.role not in _CARRIED:
            continue
        if index in found and found[index].text.strip():
            if index in own:
                break
            continue
        if last.text(index):
            carried[index] = last.text(index)
    return carried


def _unwanted(columns: tuple[Column, ...], draft: Draft) -> str | None:
    """Why a row is no item: the form's own example, a total, a number with nothing beside it."""
    by_role = {columns[index].role: draft.cells[index].text for index in draft.own}
    number = by_role.get("number", "")
    if any(is_example(c.text) for i, c in draft.cells.items() if columns[i].role in _NAMING):
        return "example_row"
    leading = [i for i in sorted(draft.own) if columns[i].role in _SPANNING]
    for index in leading:
        others = [draft.cells[i].text for i in draft.own if i != index]
        if not is_item_number(number) and is_total(draft.cells[index].text, others):
            return "total_row"
    filled = {columns[index].role for index in draft.own} - {"ignore", "example", VERDICT}
    if not filled or filled == {"number"}:
        covered = any(columns[i].role == "requirement" and c.text.strip() for i, c in draft.cells.items())
        return None if covered and filled else "nothing_asked"
    return None
