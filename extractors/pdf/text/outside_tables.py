"""A page in, the lines of text that stand in no table out: parts of a line and of a paragraph put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from extractors.location import Box
from extractors.pdf.page.glyph_lines import Line, glyphs_to_lines
from extractors.pdf.page.glyphs import Glyphs
from extractors.pdf.tables.fill import Filled
from extractors.pdf.tables.lattice import BoxTable
from extractors.pdf.text.line_wraps import join_lines


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read: number from 1, size in points, glyphs, tables and what is in their cells.

    `guessed` is True where no rules part the columns, `rings` are boxes of rings drawn on the page,
    `aside` texts that stand in no row, and why. `doubtful` is True where its cells cut words and nothing better was found,
    `unsure` where it is a guess which lines are one row.
    """

    number: int
    width: float
    height: float
    glyphs: Glyphs
    tables: tuple[BoxTable, ...]
    filled: Filled
    guessed: bool = False
    rings: tuple[Box, ...] = ()
    aside: tuple[tuple[Line, str], ...] = ()
    doubtful: bool = False
    unsure: bool = False


def outside_lines(page: Page) -> list[Line]:
    """Lines of text that stand in no table, from top to bottom; far apart texts of one line are two."""
    lines: list[Line] = []
    by_line: dict[int, list[int]] = {}
    for index in np.flatnonzero(page.filled.free).tolist():
        by_line.setdefault(page.glyphs.lines[index], []).append(index)
    for found in glyphs_to_lines(page.glyphs, list(by_line.values())):
        lines += found
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
