"""A table of a Word file in, its cells with row and column out: spans, merged cells, rows and cells inside controls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from extractors.looks import PLAIN, Look
from extractors.package.cell_colours import cell_colour, colour_code
from extractors.package.xml_parts import Element, child, children, elements, local
from extractors.strikethrough import STRUCK
from extractors.word.cell_looks import cell_look, rgb, table_looks
from extractors.word.lines import HOLDS, WordLine, WordParts
from extractors.word.styles import switch, value
from extractors.word.texts import controlled, read_paragraph

MOST_COLUMNS = 64  # Word allows 63
_USUAL = 72.0  # points of a column whose width is not told
_TWIP = 20.0  # to the point
_LARGE, _WIDE = 3, 3  # rows and columns from which an inner table is a table of its own
_THROUGH = {"ins", "moveTo", "customXml", "smartTag"}
_WITHDRAWN = {"del", "moveFrom"}


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, table, row or cell, the properties of the content controls around it, and why it does not hold."""

    element: Element
    controls: tuple[Element, ...] = ()
    why: str = HOLDS


@dataclass(slots=True)
class WordCell:
    """A cell: row and column from 0, the rows and columns it covers, its lines."""

    row: int
    col: int
    lines: list[WordLine]
    cols: int = 1
    rows: int = 1
    colour: str | None = None
    hidden: bool = False
    look: Look = PLAIN


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table: the right edges of its columns in points from its left, its cells, how many rows it has."""

    edges: tuple[float, ...]
    cells: tuple[WordCell, ...]
    height: int


@dataclass(slots=True)
class _TableDraft:
    """A table while its rows are read; `open` are the cells that go on below, by column.

    `head` and `usual` are what the table's own properties and style say of the cells of its first and of its other rows.
    """

    cells: list[WordCell] = field(default_factory=list)
    open: dict[int, WordCell] = field(default_factory=dict)
    head: Look = PLAIN
    usual: Look = PLAIN


def blocks(
    node: Element | None, *names: str, controls: tuple[Element, ...] = (), why: str = HOLDS
) -> Iterator[Block]:
    """The blocks of the given names in a node, also those inside content controls and tracked changes."""
    for element in elements(node) if node is not None else ():
        name = local(element)
        if name in names:
            yield Block(element, controls, why)
        elif name == "sdt":
            properties = child(element, "sdtPr")
            around = controls if properties is None else (*controls, properties)
            yield from blocks(child(element, "sdtContent"), *names, controls=around, why=why)
        elif name in _THROUGH or name in _WITHDRAWN:
            gone = STRUCK if name in _WITHDRAWN else why
            yield from blocks(element, *names, controls=controls, why=gone)


def block_line(block: Block, word: WordParts) -> WordLine:
    """The line of a block that is a paragraph."""
    line = read_paragraph(block.element, word, block.why)
    for properties in reversed(block.controls):
        line = controlled(properties, line)
    return line


def read_table(table: Block, word: WordParts) -> WordTable:
    """The cells of a table."""
    head, usual = table_looks(child(table.element, "tblPr"), word.styles)
    draft = _TableDraft(head=head, usual=usual)
    rows = list(blocks(table.element, "tr", why=table.why))
    for at, row in enumerate(rows):
        _add_row(row, at, draft, word)
    count = max((cell.col + cell.cols for cell in draft.cells), default=1)
    widths = [_points(value(entry, "w")) for entry in children(child(table.element, "tblGrid"), "gridCol")] \
        if child(table.element, "tblGrid") is not None else []  # fmt: skip
    widths = (widths + [_USUAL] * count)[:count]
    return WordTable(tuple(accumulate(widths)), tuple(draft.cells), len(rows))


def _points(text: str) -> float:
    twips = float(text) if text.isdecimal() and len(text) < 7 else 0.0
    return twips / _TWIP or _USUAL


def _count(properties: Element | None, name: str, usual: int) -> int:
    text = value(child(properties, name))
    return min(int(text), MOST_COLUMNS) if text.isdecimal() and len(text) < 6 else usual


def _add_row(row: Block, at: int, draft: _TableDraft, word: WordParts) -> None:
    properties = child(row.element, "trPr")
    gone = STRUCK if child(properties, "del") is not None else row.why
    hidden = bool(switch(properties, "hidden"))
    col = _count(properties, "gridBefore", 0)
    open_columns: set[int] = set()
    for entry in blocks(row.element, "tc", why=gone):
        cell_properties = child(entry.element, "tcPr")
        cols = max(1, min(_count(cell_properties, "gridSpan", 1), MOST_COLUMNS - col))
        if col >= MOST_COLUMNS:
            break
        lines = [controlled_line(line, entry) for line in cell_lines(entry, word)]
        merge = child(cell_properties, "vMerge")
        above = draft.open.get(col)
        if merge is not None and value(merge) != "restart" and above is not None and above.cols == cols:
            above.rows += 1
        else:
            look = cell_look(cell_properties, lines, draft.head if at == 0 else draft.usual, word)
            cell = WordCell(at, col, lines, cols, 1, _colour(cell_properties, lines), hidden, look)
            draft.cells.append(cell)
            draft.open.pop(col, None)
            if merge is not None:
                draft.open[col] = cell
        open_columns |= {col} if merge is not None else set()
        col += cols
    draft.open = {begin: cell for begin, cell in draft.open.items() if begin in open_columns}


def controlled_line(line: WordLine, cell: Block) -> WordLine:
    """A line of a cell that stands inside content controls as a whole."""
    for properties in reversed(cell.controls):
        line = controlled(properties, line)
    return line


def cell_lines(cell: Block, word: WordParts) -> list[WordLine]:
    """The lines of a cell; a small table inside it as a line a row."""
    lines: list[WordLine] = []
    for block in blocks(cell.element, "p", "tbl", why=cell.why):
        if local(block.element) == "p":
            lines.append(block_line(block, word))
        elif not is_large(block.element):
            lines += _inner_lines(block, word)
    return lines


def _inner_lines(table: Block, word: WordParts) -> list[WordLine]:
    lines = []
    for row in blocks(table.element, "tr", why=table.why):
        line = WordLine()
        for number, cell in enumerate(blocks(row.element, "tc", why=row.why)):
            if number and line.parts:
                line.parts.append((" ", HOLDS))
            for part in cell_lines(cell, word):
                line.take(part)
        lines.append(line)
    return lines


def is_large(table: Element) -> bool:
    """Whether a table inside a cell is a table of its own rather than a layout of the cell's text."""
    rows = [sum(1 for _ in blocks(row.element, "tc")) for row in blocks(table, "tr")]
    return len(rows) >= _LARGE and max(rows, default=0) >= _WIDE


def is_frame(table: Element) -> bool:
    """Whether a table only puts a frame round paragraphs and tables: one cell a row, tables in it."""
    rows = [[cell.element for cell in blocks(row.element, "tc")] for row in blocks(table, "tr")]
    inside = any(child(cell, "tbl") is not None for cells in rows for cell in cells)
    return inside and all(len(cells) == 1 for cells in rows)


def inner_tables(table: Element) -> Iterator[Block]:
    """The tables inside a table's cells that are tables of their own."""
    for row in blocks(table, "tr"):
        for cell in blocks(row.element, "tc"):
            yield from (block for block in blocks(cell.element, "tbl") if is_large(block.element))


def _colour(properties: Element | None, lines: list[WordLine]) -> str | None:
    ground = colour_code("rgb", rgb(value(child(properties, "shd"), "fill")))
    colours = {colour for line in lines for colour in line.colours}
    text = colour_code("rgb", rgb(next(iter(colours)))) if len(colours) == 1 else None
    return cell_colour(ground, text)
