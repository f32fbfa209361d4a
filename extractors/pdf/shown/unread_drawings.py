"""Paths and pictures of a page in, what is drawn there and is no text, rule or box out: outlines of letters, marks, pictures.

A page that was saved as curves has hundreds of small filled shapes and no text; a 「○」 drawn as a path is one in an answer cell.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.location import Box
from extractors.pdf.page.content import Drawings
from extractors.pdf.page.paths import Segment, VectorPath

_MIN, _MAX = 2.5, 60.0  # points: the size of letters and marks
_LETTER = 40.0
_CURVES = 12  # curves of a letter, where many letters are one path
_WIDE, _HIGH = 0.45, 50.0  # of the page, points: a picture that may hold a table


def find_drawings(
    paths: Sequence[VectorPath], pictures: Sequence[Box], taken: Sequence[Box], size: tuple[float, float]
) -> Drawings:
    """What is drawn on a page of this size; `taken` are boxes of what was understood: check boxes, circles."""
    shapes = [path.box for path in paths if _is_shape(path)]
    large = [box for box in pictures if _is_large(box, size)]
    small = [box for box in pictures if box not in large]
    marks = [box for box in (*shapes, *small) if not any(_lies_in(box, area) for area in taken)]
    outlines = sum(_count_letters(path) for path in paths if path.shade is not None and not path.white)
    slants = tuple(line for path in paths if path.stroked for line in path.lines if _is_slanted(line))
    return Drawings(tuple(marks), tuple(large), outlines, slants)


def _count_letters(path: VectorPath) -> int:
    """How many letters a filled path may be the outline of."""
    if _is_shape(path) and _side(path.box) <= _LETTER:
        return 1
    return path.curves // _CURVES


def _is_shape(path: VectorPath) -> bool:
    """Curves or slanted strokes of the size of a letter or mark."""
    if not _MIN <= _side(path.box) <= _MAX or path.white:
        return False
    slanted = any(_is_slanted(line) for line in path.lines)
    return (path.stroked or path.shade is not None) and (
        path.curves > 0 or slanted or len(path.lines) > _CORNERS
    )


_CORNERS = 5  # strokes: more make a shape that is no rectangle


def _is_slanted(line: Segment) -> bool:
    return abs(line[0] - line[2]) > 1 and abs(line[1] - line[3]) > 1


def _side(box: Box) -> float:
    return max(box[2] - box[0], box[3] - box[1])


def _is_large(box: Box, size: tuple[float, float]) -> bool:
    """Whether a table may be in a picture: it is as wide as tables are."""
    return box[2] - box[0] >= _WIDE * size[0] and box[3] - box[1] >= _HIGH


def _lies_in(box: Box, area: Box) -> bool:
    return area[0] - 2 <= box[0] and area[1] - 2 <= box[1] and box[2] <= area[2] + 2 and box[3] <= area[3] + 2
