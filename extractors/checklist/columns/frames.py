"""Grid in, frames out: which rows may be the header of a table and which columns stand under it.

A frame is a guess that nothing has judged yet: header rows [top, bottom), rows [bottom, end) under them and the
columns that both together make. Every run of rows that may name columns is proposed with one, two and three
levels, and the top of a table without any names too; evidence.py says how likely each is. `No. | 確認事項 |
ご対応` over twenty rows is proposed, and so is `担当 | 電話` three rows above it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.checklist.columns.cell_shapes import SHAPES, shapes_of
from extractors.checklist.grid_index import GridView
from extractors.checklist.terms.headings import is_label
from extractors.grid import Cell
from normalizers.text import fold, is_item_number

MAX_LEVELS = 3
_LONGEST_NAME = 120  # characters; names with a legend below them are long
_MIN_BODY = 2  # rows with two cells that a table has at least
_GAP = 3  # blank rows that end a table
_CUT = 0.2  # share of the rows whose cells begin at a place that makes it the edge of a column
_PROFILED = 30  # rows that are looked at
_SAMPLED = 60  # rows of all of a table that are compared
_NAME = 16  # characters that a name without a legend has at most
_SENTENCES = tuple(SHAPES.index(name) for name in ("question", "demand", "statement", "stop"))
_MOST_FRAMES = 400  # of one grid
_MOST_GROUPS = 2  # rows over a header that group its columns
_LONGEST_GROUP = 40  # characters of such a name


@dataclass(frozen=True, slots=True)
class FrameColumn:
    """Grid columns [start, end) and the names over them, innermost first; no name where the header has none."""

    start: int
    end: int
    names: tuple[str, ...]

    @property
    def label(self) -> str:
        """The innermost name, "" where there is none."""
        return self.names[0] if self.names else ""


@dataclass(frozen=True, slots=True)
class Frame:
    """Header rows [top, bottom), rows [bottom, end) under them, and the columns; without a header top equals bottom.

    `rows` are those under the header that hold two cells or more, at most 30 of them; `sample` are such rows from all of the
    table, at most 60.
    """

    top: int
    bottom: int
    end: int
    columns: tuple[FrameColumn, ...]
    rows: tuple[int, ...]
    sample: tuple[int, ...] = ()


def propose_frames(view: GridView) -> list[Frame]:
    """Every frame that a grid may hold, from top to bottom; at most 400."""
    frames: dict[tuple[int, int], Frame] = {}
    for top, bottom in _header_runs(view):
        frame = frame_of(view, top, bottom)
        if frame is not None:
            grouped = _with_groups(view, frame)
            frames.setdefault((grouped.top, grouped.bottom), grouped)
        if len(frames) == _MOST_FRAMES:
            break
    return sorted(frames.values(), key=lambda frame: (frame.top, frame.bottom))


def _with_groups(view: GridView, frame: Frame) -> Frame:
    """The frame with the rows above it that group its columns: `当社の要件 | 貴社回答欄 | 当社使用欄` says who fills in what."""
    top = frame.top
    if top == frame.bottom:
        return frame
    while top > 0 and frame.top - top < _MOST_GROUPS and _groups_columns(view, top - 1, frame.columns):
        top -= 1
    return (frame_of(view, top, frame.bottom) or frame) if top < frame.top else frame


def _groups_columns(view: GridView, row: int, columns: Sequence[FrameColumn]) -> bool:
    """Whether a row has a name over every column, one of them over several columns and none over all."""
    over = [next(_filled(view, row, column), None) for column in columns]
    cells = [cell for cell in over if cell is not None]
    if len(cells) < len(columns) or any(len(cell.text) > _LONGEST_GROUP for cell in cells):
        return False
    shared = Counter(id(cell) for cell in cells if cell.row == row)
    return bool(shared) and 1 < max(shared.values()) < len(columns)


def _filled(view: GridView, row: int, column: FrameColumn) -> Iterator[Cell]:
    """The filled cells that stand over a column in a row, from its left end."""
    for col in range(column.start, column.end):
        cell = view.at(row, col)
        if cell is not None and cell.text.strip():
            yield cell


def _header_runs(view: GridView) -> Iterator[tuple[int, int]]:
    """Rows [top, bottom) that may name columns, and places [row, row) where a table may begin without names."""
    before = False
    for row in range(view.n_rows):
        cells = view.starting(row)
        if len(cells) >= 2 and not before:
            yield row, row
        before = len(cells) >= 2
        for levels in range(1, MAX_LEVELS + 1):
            rows = range(row, min(row + levels, view.n_rows))
            if len(rows) < levels or not _may_name(view, rows):
                break
            bottom = _closed(view, row, row + levels)
            if bottom == row + levels or levels == 1:
                yield row, bottom


def _closed(view: GridView, top: int, bottom: int) -> int:
    """Where header rows from `top` to `bottom` at least end, none of their merged cells cut in two."""
    row = top
    while row < min(bottom, top + MAX_LEVELS):
        bottom = max([bottom, *(cell.end_row for cell in view.starting(row))])
        row += 1
    return bottom


def _may_name(view: GridView, rows: range) -> bool:
    """Whether rows hold nothing but texts short enough for names, two of them at least in the last row or under a group."""
    cells = [view.starting(row) for row in rows]
    if not cells[0] or any(len(cell.text) > _LONGEST_NAME for line in cells for cell in line):
        return False
    if any(_reads_as_item(line) for line in cells) or _is_heading_under(cells):
        return False
    return (
        all(cells)
        and len({cell.col for line in cells for cell in line}) >= 2
        and len(cells[-1]) >= 2 - (len(rows) > 1)
    )


def _is_heading_under(cells: Sequence[Sequence[Cell]]) -> bool:
    """Whether the last of several rows is one text that is the second name of no group: a heading of what follows.

    It stands under all of the texts above it, or begins under the first of them, which is the name of one column.
    """
    if len(cells) < 2 or len(cells[-1]) != 1:
        return False
    lone, above = cells[-1][0], [cell for line in cells[:-1] for cell in line]
    if len(above) < 2:
        return False
    first = min(above, key=lambda cell: cell.col)
    return all(lone.col <= cell.col < lone.end_col for cell in above) or (
        lone.col == first.col and first.col_span == 1
    )


def _reads_as_item(cells: Sequence[Cell]) -> bool:
    """Whether a row is one of a list: an item's number beside a text that asks or states something."""
    numbered = any(is_item_number(cell.text) for cell in cells)
    asking = any(any(shapes_of(cell.text)[i] for i in _SENTENCES) for cell in cells if len(cell.text) > _NAME)
    return numbered and asking


def frame_of(view: GridView, top: int, bottom: int, stop: int | None = None) -> Frame | None:
    """The frame under header rows [top, bottom), None where too few rows or columns stand there.

    `stop` is the first row that is known to belong to something else.
    """
    end = _end(view, bottom) if stop is None else min(stop, _end(view, bottom))
    body = _asking_rows(view, [row for row in range(bottom, end) if len(view.starting(row)) >= 2])
    rows = body[:_PROFILED]
    if len(rows) < _MIN_BODY:
        return None
    columns = _columns(view, top, bottom, rows)
    sample = body[:: -(-len(body) // _SAMPLED)]
    return Frame(top, bottom, end, columns, rows, sample) if len(columns) >= 2 else None


def _asking_rows(view: GridView, rows: Sequence[int]) -> tuple[int, ...]:
    """The rows without those that stand indented under a question and begin with a label that comes again: `根拠： | …`."""
    edge = min((view.starting(row)[0].col for row in rows), default=0)
    labels = {
        row: fold(cell.text)
        for row in rows
        if (cell := view.starting(row)[0]).col > edge and is_label(cell.text)
    }
    counts = Counter(labels.values())
    asking = tuple(row for row in rows if counts[labels.get(row, "")] < _MIN_BODY)
    return asking if len(asking) >= _MIN_BODY else tuple(rows)


def _end(view: GridView, bottom: int) -> int:
    """Where the table under a header ends at the latest: at three blank rows, or with its ruled table."""
    ruled = [stop for start, stop in view.grid.tables if start <= bottom < stop]
    last = min(ruled) if ruled and not _goes_on(view, min(ruled)) else view.n_rows
    blank = 0
    for row in range(bottom, last):
        blank = 0 if view.starting(row) else blank + 1
        if blank == _GAP:
            return row - _GAP + 1
    return last


def _goes_on(view: GridView, stop: int) -> bool:
    """Whether a ruled table is followed by another at a page's beginning: it may be the same one."""
    return any(start == stop or start - stop <= 2 for start, _ in view.grid.tables if start >= stop)


def _columns(view: GridView, top: int, bottom: int, rows: Sequence[int]) -> tuple[FrameColumn, ...]:
    """The columns that header cells and the cells under them make together."""
    cells = [cell for row in rows for cell in view.starting(row)]
    starts = Counter(cell.col for cell in cells)
    cuts = {col for col, count in starts.items() if count >= max(2, _CUT * len(rows))}
    columns: list[FrameColumn] = []
    for col in range(view.n_cols):
        names = names_over(view, top, bottom, col)
        inner = names[0] if names else None
        last = columns[-1] if columns else None
        if last is not None and last.end == col and _same(last, names, col, cuts):
            columns[-1] = FrameColumn(last.start, col + 1, last.names)
        elif inner is not None or col in cuts:
            columns.append(FrameColumn(col, col + 1, tuple(cell.text for cell in names)))
    return tuple(columns)


def names_over(view: GridView, top: int, bottom: int, col: int) -> list[Cell]:
    """The header cells of rows [top, bottom) over a grid column, innermost first."""
    stack: list[Cell] = []
    for row in range(bottom - 1, top - 1, -1):
        cell = view.at(row, col)
        if cell is not None and cell.text.strip() and cell not in stack:
            stack.append(cell)
    return stack


def _same(last: FrameColumn, names: Sequence[Cell], col: int, cuts: set[int]) -> bool:
    """Whether a grid column goes on with the column left of it: no cell begins there, and no other name stands over it."""
    if col in cuts:
        return False
    texts = tuple(cell.text for cell in names)
    if not texts:
        return True
    return texts == last.names and names[0].col < col


@dataclass(frozen=True, slots=True)
class ColumnCells:
    """The cells of one column under a frame's header: those that begin in it, and how many rows there are."""

    cells: tuple[Cell, ...]
    rows: int

    @property
    def texts(self) -> list[str]:
        """The texts without white space at their ends."""
        return [cell.text.strip() for cell in self.cells]


def cells_under(view: GridView, frame: Frame) -> list[ColumnCells]:
    """The cells under each column's header; each cell is looked at once, however many columns there are."""
    starting: dict[int, list[Cell]] = {}
    for row in frame.rows:
        for cell in view.starting(row):
            starting.setdefault(cell.col, []).append(cell)
    return [ColumnCells(tuple(_within(column, starting)), len(frame.rows)) for column in frame.columns]


def _within(column: FrameColumn, starting: Mapping[int, Sequence[Cell]]) -> list[Cell]:
    """The cells that begin in a column and reach over its end by no more than one, in reading order."""
    cells = (cell for col in range(column.start, column.end) for cell in starting.get(col, ()))
    return sorted(
        (cell for cell in cells if cell.end_col <= column.end + 1), key=lambda cell: (cell.row, cell.col)
    )
