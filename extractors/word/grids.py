"""Paragraphs and tables of a Word file in order in, one Grid and what could not be read out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractors.grid import Cell, Grid
from extractors.issue import Issue
from extractors.location import Location
from extractors.looks import PLAIN, Look, spots_to_looks
from extractors.package.cell_colours import blank_shades
from extractors.package.drawn_marks import ASIDE, DRAWN
from extractors.strikethrough import STRUCK
from extractors.word.lines import HIDDEN, PLACEHOLDER, WordLine
from extractors.word.read_tables import WordCell, WordTable

_NEAR = 4.0  # points by which edges of one column lie apart
_APART = (STRUCK, HIDDEN, PLACEHOLDER)


@dataclass(slots=True)
class _GridDraft:
    """What is laid out so far: cells by their edges in points, with their looks; counts of tables and paragraphs."""

    cells: list[tuple[Cell, float, float, Look]] = field(default_factory=list)
    aside: list[Cell] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    tables: list[tuple[int, int]] = field(default_factory=list)
    edges: dict[int, tuple[float, ...]] = field(default_factory=dict)
    rows: int = 0
    paragraphs: int = 0


def flow_to_grid(
    flow: Iterable[WordLine | WordTable], name: str, running: Sequence[tuple[str, str | None]]
) -> tuple[Grid, list[Issue]]:
    """The grid; `running` are texts of headers, footers and notes, and why they stand in no row."""
    draft = _GridDraft()
    for entry in flow:
        if isinstance(entry, WordTable):
            _lay_table(entry, draft)
        else:
            _lay_line(entry, draft)
    edges = _edges(draft)
    cells = [
        _in_columns(cell, _nearest(edges, left), _nearest(edges, right))
        for cell, left, right, _ in draft.cells
    ]
    looks = {
        (cell.row, cell.col): look
        for cell, (*_, look) in zip(cells, draft.cells, strict=True)
        if look != PLAIN
    }
    aside = [*draft.aside, *(Cell(0, 0, text, Location(), doubt=why) for text, why in running)]
    cells.sort(key=lambda cell: (cell.row, cell.col))
    blanks = ((c.row, c.col, c.colour) for c in cells if c.colour and not c.text.strip())
    shades = blank_shades(blanks, cells)
    return Grid(
        name,
        tuple(cells),
        shades=shades,
        tables=tuple(draft.tables),
        aside=tuple(aside),
        looks=spots_to_looks(looks),
    ), draft.issues


def _edges(draft: _GridDraft) -> list[float]:
    """The edges of the grid's columns: those that lie close together are one."""
    edges: list[float] = [0.0]
    for edge in sorted({right for _, _, right, _ in draft.cells if right != _END}):
        if edge - edges[-1] > _NEAR:
            edges.append(edge)
    return edges if len(edges) > 1 else [0.0, _END]


_END = float("inf")


def _nearest(edges: Sequence[float], edge: float) -> int:
    at = min(bisect_left(edges, edge), len(edges) - 1)
    return at - 1 if at and edge - edges[at - 1] < edges[at] - edge else at


def _in_columns(cell: Cell, first: int, end: int) -> Cell:
    return Cell(
        cell.row, first, cell.text, cell.location, cell.row_span, max(1, end - first), cell.hidden,
        doubt=cell.doubt, comments=cell.comments, colour=cell.colour,
    )  # fmt: skip


def _lay_line(line: WordLine, draft: _GridDraft) -> None:
    """A paragraph between tables: a row of its own, its text boxes as rows below it."""
    draft.paragraphs += 1
    location = Location(cells=f"paragraph {draft.paragraphs}")
    text = line.text().strip()
    for words in filter(None, (text, *line.boxes)):
        cell = Cell(draft.rows, 0, words, location, comments=tuple(line.comments), doubt=line.doubt)
        look = Look(line.choices, True if line.control else None, line.weights == {True}, prompt=line.prompt)
        draft.cells.append((cell, 0.0, _END, look))
        draft.rows += 1
    _put_aside([line], Cell(max(draft.rows - 1, 0), 0, "", location), draft)
    _count_drawn([line], location, draft, over_blank=False)


def _lay_table(table: WordTable, draft: _GridDraft) -> None:
    """A table; its columns are those of an earlier table with as many."""
    edges = draft.edges.setdefault(len(table.edges), table.edges)
    number = len(draft.tables) + 1
    for entry in table.cells:
        location = Location(cells=f"table {number}, row {entry.row + 1}, column {entry.col + 1}")
        cell = _table_cell(entry, location, draft)
        left, right = edges[entry.col - 1] if entry.col else 0.0, edges[entry.col + entry.cols - 1]
        draft.cells.append((cell, left, right, entry.look))
        _count_drawn(entry.lines, location, draft, over_blank=entry.col > 0 and not cell.text.strip())
    draft.tables.append((draft.rows, draft.rows + table.height))
    draft.rows += table.height


def _table_cell(entry: WordCell, location: Location, draft: _GridDraft) -> Cell:
    """A cell as text; a text box is the answer of a cell that holds nothing else."""
    lines = [line.text() for line in entry.lines if line.text().strip() or not line.parts]
    text, doubt = (
        "\n".join(lines).strip(" \n"),
        next((line.doubt for line in entry.lines if line.doubt), None),
    )
    boxes = [box for line in entry.lines for box in line.boxes]
    if not text and len(boxes) == 1:
        text, doubt, boxes = boxes[0], DRAWN, []
    row = draft.rows + entry.row
    comments = tuple(comment for line in entry.lines for comment in line.comments)
    cell = Cell(
        row, entry.col, text, location, entry.rows, entry.cols, entry.hidden,
        doubt=doubt, comments=comments, colour=entry.colour,
    )  # fmt: skip
    draft.aside += [Cell(row, entry.col, box, location, doubt=ASIDE) for box in boxes]
    _put_aside(entry.lines, cell, draft)
    return cell


def _put_aside(lines: Sequence[WordLine], cell: Cell, draft: _GridDraft) -> None:
    """Texts that do not hold: struck through, hidden, or a prompt to fill something in."""
    for why in _APART:
        text = "\n".join(filter(None, (line.text(why).strip() for line in lines)))
        if text:
            draft.aside.append(
                Cell(cell.row, cell.col, text, cell.location, cell.row_span, cell.col_span, doubt=why)
            )


def _count_drawn(lines: Sequence[WordLine], location: Location, draft: _GridDraft, over_blank: bool) -> None:
    """Issues for shapes that nobody can place, and for pictures in blank cells."""
    shapes, pictures = sum(line.shapes for line in lines), sum(line.pictures for line in lines)
    if shapes:
        draft.issues.append(Issue("shapes_not_read", location, {"count": str(shapes)}))
    if pictures and over_blank:
        draft.issues.append(Issue("picture_over_answer", location, {"count": str(pictures)}))
