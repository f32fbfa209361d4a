"""A lattice table in, the table with ruled rows that hold several items line by line parted into a row an item.

「(1) 鍵を掛ける」 over 「(2) 窓を閉める」 in one cell and 「○」 over 「×」 in another are two items: each mark stands level
with the line that its item begins in. Texts left of the items, as the chapter, stand beside all of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.pdf.tables.lattice import BoxCell, BoxTable
from extractors.pdf.tables.page_tables import Page
from extractors.pdf.tables.text_rows import TextRow, text_rows

_ITEM = re.compile(r"[(（]?(?:[0-9０-９]{1,2}|[ア-ンa-z])[)）.．]|[①-⑳]")
_MARK = 4  # characters
_LEVEL = 0.45  # of the size: nearer middles are one height


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of a ruled row by its index in the table, and its lines."""

    index: int
    box: BoxCell
    lines: tuple[TextRow, ...]

    @property
    def texts(self) -> list[str]:
        """The texts of its lines."""
        return ["".join(line.words) for line in self.lines]


def split_item_rows(page: Page, table: BoxTable, glyphs: Sequence[Sequence[int]]) -> BoxTable:
    """The table with such rows parted; `glyphs` are the indexes of the glyphs of its cells."""
    tops = [
        cell.box[1]
        for cell, inside in zip(table.cells, glyphs, strict=True)
        if len(inside) > _MARK and _begins_item(page, inside)
    ]
    cells, rows = list(table.cells), set(table.rows)
    for top in dict.fromkeys(tops):
        row = [
            _Cell(index, cell, tuple(text_rows(page.glyphs, inside)))
            for index, (cell, inside) in enumerate(zip(table.cells, glyphs, strict=True))
            if cell.box[1] == top
        ]
        cuts = _cuts(row)
        if cuts:
            rows.update(cuts)
            cells += _parts(row, cells, cuts)
    if len(rows) == len(table.rows):
        return table
    ordered = sorted(cells, key=lambda cell: (cell.box[1], cell.box[0]))
    return BoxTable(tuple(ordered), tuple(sorted(rows)), table.cols)


def _begins_item(page: Page, inside: Sequence[int]) -> bool:
    head = "".join(page.glyphs.chars[index] for index in inside[:6] if not page.glyphs.blank[index])
    return _ITEM.match(head) is not None


def _cuts(row: Sequence[_Cell]) -> list[float]:
    """The heights between the items of a ruled row; none where it holds one, or no marks stand level with them."""
    if len({cell.box.box[3] for cell in row}) > 1:
        return []
    for items in row:
        starts = [index for index, text in enumerate(items.texts) if _ITEM.match(text)]
        if len(starts) < 2 or starts[0] or not any(_are_marks(cell, items, starts) for cell in row):
            continue
        return [(items.lines[at - 1].bottom + items.lines[at].top) / 2 for at in starts[1:]]
    return []


def _are_marks(cell: _Cell, items: _Cell, starts: Sequence[int]) -> bool:
    """Whether a cell holds a short text for each item, level with the line that it begins in."""
    texts = cell.texts
    return (
        cell is not items
        and len(texts) == len(starts)
        and all(len(text) <= _MARK for text in texts)
        and all(_is_level(line, items.lines[at]) for line, at in zip(cell.lines, starts, strict=True))
    )


def _is_level(first: TextRow, second: TextRow) -> bool:
    return abs(first.middle - second.middle) <= _LEVEL * max(first.size, second.size)


def _parts(row: Sequence[_Cell], cells: list[BoxCell], cuts: Sequence[float]) -> list[BoxCell]:
    """The cells of the rows that a row is parted into; those that are cut are replaced by their first part in `cells`.

    A cell left of the items stays one; so does one with a line that a cut goes through.
    """
    new: list[BoxCell] = []
    first_items = min(
        cell.box.box[0] for cell in row if sum(bool(_ITEM.match(text)) for text in cell.texts) > 1
    )
    for cell in row:
        left, top, right, foot = cell.box.box
        if left < first_items or any(line.top < cut < line.bottom for cut in cuts for line in cell.lines):
            continue
        edges = [top, *cuts, foot]
        boxes = [(left, a, right, b) for a, b in pairwise(edges)]
        cells[cell.index] = replace(cell.box, box=boxes[0], open_bottom=False)
        new += [BoxCell(box) for box in boxes[1:-1]]
        new.append(BoxCell(boxes[-1], open_bottom=cell.box.open_bottom))
    return new
