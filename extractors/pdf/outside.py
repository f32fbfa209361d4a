"""A page in, the lines of text that stand in no table out; which of them are page headers, footers, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from extractors.grid import Box
from extractors.pdf.glyphs import Glyphs
from extractors.pdf.lattice import BoxCell, BoxTable
from extractors.pdf.lines import Line, glyphs_to_lines, join_lines

_PAGE_NUMBER = re.compile(
    r"^[\s\-–—]*(?:page|p\.?)?\s*\d{1,4}\s*(?:(?:[/／]|of|／)\s*\d{1,4})?[\s\-–—]*(?:ページ|頁)?$",
    re.IGNORECASE,
)
_EDGE = 0.09
_CUT_LINE = 7.0


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read: number from 1, size in points, glyphs and tables.

    `guessed` is True where no rules part the columns, `rings` are boxes of rings drawn on the page.
    """

    number: int
    width: float
    height: float
    glyphs: Glyphs
    tables: tuple[BoxTable, ...]
    guessed: bool = False
    rings: tuple[Box, ...] = ()


def reach(cell: BoxCell) -> tuple[float, float, float, float]:
    """The box of a cell; where the page end cut it open, a line that is cut in two still belongs to it."""
    x0, y0, x1, y1 = cell.box
    return x0, y0 - _CUT_LINE * cell.open_top, x1, y1 + _CUT_LINE * cell.open_bottom


def _any_open(table: BoxTable, side: str) -> bool:
    return any(getattr(cell, f"open_{side}") for cell in table.cells)


def outside_lines(page: Page) -> list[Line]:
    """Lines of text that stand in no table, from top to bottom; far apart texts of one line are two."""
    free = np.ones(len(page.glyphs.chars), dtype=bool)
    centres = page.glyphs.centres
    for table in page.tables:
        x0, y0, x1, y1 = reach(BoxCell(table.box, _any_open(table, "top"), _any_open(table, "bottom")))
        free &= ~((centres[:, 0] >= x0) & (centres[:, 0] < x1) & (centres[:, 1] >= y0) & (centres[:, 1] < y1))
    lines: list[Line] = []
    numbers = page.glyphs.lines
    for number in dict.fromkeys(numbers[free].tolist()):
        lines += glyphs_to_lines(page.glyphs, np.flatnonzero(free & (numbers == number)).tolist())
    ordered = _whole_lines(sorted(lines, key=lambda line: (round(line.box[1] / 4), line.box[0])))
    return _paragraphs(ordered, max([table.box[2] for table in page.tables], default=0.0))


def _whole_lines(lines: Sequence[Line]) -> list[Line]:
    """Parts of one printed line that the file draws one by one, as where a character comes from another font."""
    whole: list[Line] = []
    for line in lines:
        last = whole[-1] if whole else None
        if (
            last is not None
            and abs(last.box[1] - line.box[1]) < 0.4 * line.size
            and -1.0 < line.box[0] - last.box[2] < line.size
        ):
            box = (last.box[0], min(last.box[1], line.box[1]), line.box[2], max(last.box[3], line.box[3]))
            whole[-1] = Line(last.text + line.text, box, last.size)
        else:
            whole.append(line)
    return whole


def _paragraphs(lines: Sequence[Line], right: float) -> list[Line]:
    """Lines that run up to the right edge go on in the next line of the same left edge and size."""
    right = max([right, *(line.box[2] for line in lines)], default=0.0)
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        follows = (
            last is not None
            and abs(last.box[0] - line.box[0]) < line.size
            and abs(last.size - line.size) < 0.6
            and line.box[1] - last.box[1] > 0
            and line.box[1] - last.box[3] < 0.8 * line.size
            and right - last.box[2] < 2.0 * line.size
        )
        if last is not None and follows:
            box = (min(last.box[0], line.box[0]), last.box[1], max(last.box[2], line.box[2]), line.box[3])
            joined[-1] = Line(
                join_lines(
                    [replace(last, box=(last.box[0], line.box[1], last.box[2], line.box[1])), line],
                    last.box[0],
                    right,
                ),
                box,
                line.size,
            )
        else:
            joined.append(line)
    return joined


def running_lines(pages: Sequence[Page], outside: dict[int, list[Line]]) -> set[int]:
    """Ids of lines that are page headers, footers or page numbers."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        for key in {_running_key(line) for line in outside[page.number]}:
            seen[key] += 1
    aside: set[int] = set()
    for page in pages:
        for line in outside[page.number]:
            at_edge = line.box[1] > page.height * (1 - _EDGE) or line.box[3] < page.height * _EDGE
            repeats = seen[_running_key(line)] >= max(2, len(pages) * 0.5)
            if (repeats and (at_edge or len(pages) > 2)) or (at_edge and _PAGE_NUMBER.match(line.text)):
                aside.add(id(line))
    return aside


def _running_key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "0", "".join(line.text.split())), round(line.box[1] / 6)
