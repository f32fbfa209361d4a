"""A page in, the lines of text that stand in no table out: parts of a line and of a paragraph put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from extractors.pdf.page.glyph_lines import PrintedLine, glyphs_to_lines
from extractors.pdf.tables.page import Page
from extractors.pdf.text.line_wraps import join_lines


def outside_lines(page: Page) -> list[PrintedLine]:
    """Lines of text that stand in no table, from top to bottom; far apart texts of one line are two."""
    lines: list[PrintedLine] = []
    by_line: dict[int, list[int]] = {}
    for index in np.flatnonzero(page.cell_glyphs.free).tolist():
        by_line.setdefault(page.glyphs.lines[index], []).append(index)
    for found in glyphs_to_lines(page.glyphs, list(by_line.values())):
        lines += found
    ordered = _whole_lines(sorted(lines, key=lambda line: (round(line.box[1] / 4), line.box[0])))
    return _paragraphs(ordered, max([table.box[2] for table in page.tables], default=0.0))


def _whole_lines(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Parts of one printed line that the file draws one by one, as where a character comes from another font."""
    whole: list[PrintedLine] = []
    for line in lines:
        last = whole[-1] if whole else None
        if (
            last is not None
            and abs(last.box[1] - line.box[1]) < 0.4 * line.size
            and -1.0 < line.box[0] - last.box[2] < line.size
        ):
            box = (last.box[0], min(last.box[1], line.box[1]), line.box[2], max(last.box[3], line.box[3]))
            whole[-1] = PrintedLine(last.text + line.text, box, last.size)
        else:
            whole.append(line)
    return whole


def _paragraphs(lines: Sequence[PrintedLine], right: float) -> list[PrintedLine]:
    """Lines that run up to the right edge go on in the next line of the same left edge and size."""
    right = max([right, *(line.box[2] for line in lines)], default=0.0)
    joined: list[PrintedLine] = []
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
            joined[-1] = PrintedLine(
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
