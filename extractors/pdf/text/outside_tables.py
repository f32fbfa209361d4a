"""A page in, the lines of text that stand in no table out: parts of a line and of a paragraph put together.

A title 「セキュリティチェックシート」, the name of the vendor, and remarks under a table stand there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

import numpy as np

from extractors.location import PICTURE
from extractors.pdf.page.glyph_lines import PrintedLine, glyphs_to_lines
from extractors.pdf.tables.page_tables import Page
from extractors.pdf.text.line_wraps import join_lines

_BLANKS = 3.0  # of the size: so far apart two entries of a legend may stand


def outside_lines(page: Page) -> list[PrintedLine]:
    """Lines of text that stand in no table, from top to bottom; far apart texts of one line are two."""
    by_line: dict[int, list[int]] = {}
    for index in np.flatnonzero(page.cell_glyphs.free).tolist():
        by_line.setdefault(page.glyphs.lines[index], []).append(index)
    lines = list(chain.from_iterable(glyphs_to_lines(page.glyphs, list(by_line.values()))))
    ordered = _join_parts(
        sorted(lines, key=lambda line: (round(line.box[1] / 4), line.box[0])),
        _BLANKS if page.read_by == PICTURE else 1.0,
    )
    return _join_paragraphs(ordered, max([table.box[2] for table in page.tables], default=0.0))


def _join_parts(lines: Sequence[PrintedLine], reach: float) -> list[PrintedLine]:
    """Lines from parts that the file draws one by one, as where a character comes from another font.

    Parts of a line lie nearer than `reach` times its size. A picture has no blanks, and its lines were cut at each of them.
    """
    joined: list[PrintedLine] = []
    for line in lines:
        last = joined[-1] if joined else None
        if (
            last is not None
            and abs(last.box[1] - line.box[1]) < 0.4 * line.size
            and -1.0 < (gap := line.box[0] - last.box[2]) < reach * line.size
        ):
            box = (last.box[0], min(last.box[1], line.box[1]), line.box[2], max(last.box[3], line.box[3]))
            blank = "　" if gap >= line.size else ""
            joined[-1] = PrintedLine(last.text + blank + line.text, box, last.size)
        else:
            joined.append(line)
    return joined


def _join_paragraphs(lines: Sequence[PrintedLine], right: float) -> list[PrintedLine]:
    """Lines that run up to the right edge go on in the next line of the same left edge and size."""
    right = max([right, *(line.box[2] for line in lines)], default=0.0)
    joined: list[PrintedLine] = []
    for line in lines:
        if joined and _goes_on(joined[-1], line, right):
            joined[-1] = _continued(joined[-1], line, right)
        else:
            joined.append(line)
    return joined


def _goes_on(last: PrintedLine, line: PrintedLine, right: float) -> bool:
    """Whether a line is the next of the paragraph that `last` ends."""
    return (
        abs(last.box[0] - line.box[0]) < line.size
        and abs(last.size - line.size) < 0.6
        and line.box[1] - last.box[1] > 0
        and line.box[1] - last.box[3] < 0.8 * line.size
        and right - last.box[2] < 2.0 * line.size
    )


def _continued(last: PrintedLine, line: PrintedLine, right: float) -> PrintedLine:
    """A paragraph with its next line."""
    end = replace(last, box=(last.box[0], line.box[1], last.box[2], line.box[1]))
    box = (min(last.box[0], line.box[0]), last.box[1], max(last.box[2], line.box[2]), line.box[3])
    return PrintedLine(join_lines([end, line], last.box[0], right), box, line.size)
