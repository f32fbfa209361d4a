"""A page and its text in, the characters that something was painted over later out: text under a white-out box.

Which of two things lies on top is told by the order in which they are drawn. It costs a pass of its own, and is asked
only where a white or dark area, or a picture, lies over text and was not drawn before all text: an old 「○」, a
white box over it, a new 「×」 beside or on it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractors.location import Box
from extractors.pdf.page.paths import VectorPath, box_on_page, holds_middle, rotation_of
from extractors.pdf.page.text_lines import TextLine
from extractors.pdf.shown.picture import PagePicture, has_ink

_PALE, _DARK = (
    247,
    76,
)  # of 255: a cover has the colour of paper, or blackens; a tint between is the ground of a cell
_AREA = 3.0
_NEAR = 0.3  # of the size: how far the same character may lie apart in two passes
_PICTURE = "fill-image"

_Boxes = NDArray[np.float64]


def covered_characters(
    page: Any, lines: Sequence[TextLine], paths: Sequence[VectorPath], images: Sequence[tuple[Box, bool]]
) -> frozenset[Box]:
    """The boxes of the characters that a later area or picture hides; `images` are boxes, and whether nothing shows through."""
    covers = [path for path in paths if path.late and _is_cover(path)]
    pictures = [box for box, solid in images if solid]
    if not lines or not (covers or pictures):
        return frozenset()
    boxes = np.asarray([box for line in lines for box in line.boxes], dtype=np.float64)
    centres = (boxes[:, :2] + boxes[:, 2:]) / 2
    areas = np.asarray([*(path.box for path in covers), *pictures], dtype=np.float64)
    if not _inside(centres, areas).any():
        return frozenset()
    orders = [path.order for path in covers]
    matrix = rotation_of(page)
    logged = page.get_bboxlog() if pictures else ()
    drawn = [
        (order, box_on_page(box, matrix)) for order, (kind, box) in enumerate(logged) if kind == _PICTURE
    ]
    drawn = [(order, box) for order, box in drawn if any(_is_same(box, picture) for picture in pictures)]
    orders += [order for order, _ in drawn]
    areas = np.asarray([*(path.box for path in covers), *(box for _, box in drawn)]).reshape(-1, 4)
    over = np.where(_inside(centres, areas), np.asarray(orders), -1).max(axis=1, initial=-1)
    text_orders = _text_orders(page, lines, np.flatnonzero(over >= 0), centres)
    flat = [box for line in lines for box in line.boxes]
    return frozenset(flat[index] for index, order in text_orders.items() if order < over[index])


def covered_by_annotations(
    lines: Sequence[TextLine], covers: Sequence[Box], picture: Callable[[], PagePicture]
) -> frozenset[Box]:
    """The boxes of the characters under annotations with a ground of their own, where nothing is seen of them."""
    if not covers:
        return frozenset()
    return frozenset(
        box
        for line in lines
        for char, box in zip(line.chars, line.boxes, strict=True)
        if not char.isspace()
        and any(holds_middle(cover, box) for cover in covers)
        and not has_ink(picture().crop(box))
    )


def _is_same(first: Box, second: Box) -> bool:
    return all(abs(a - b) < 1.0 for a, b in zip(first, second, strict=True))


def _is_cover(path: VectorPath) -> bool:
    if (
        path.solid is None
        or min(path.box[2] - path.box[0], path.box[3] - path.box[1]) <= _AREA
        or path.curves
    ):
        return False
    parts = (path.solid >> 16 & 255, path.solid >> 8 & 255, path.solid & 255)
    return min(parts) >= _PALE or max(parts) <= _DARK


def _inside(centres: _Boxes, areas: _Boxes) -> NDArray[np.bool_]:
    """Which centres (n, 2) lie in which areas (m, 4)."""
    x, y = centres[:, :1], centres[:, 1:]
    return np.asarray((areas[:, 0] < x) & (x < areas[:, 2]) & (areas[:, 1] < y) & (y < areas[:, 3]))


def _text_orders(
    page: Any, lines: Sequence[TextLine], indexes: NDArray[np.int64], centres: _Boxes
) -> dict[int, int]:
    """When each of these characters was drawn, the last time where it was drawn more than once."""
    matrix = rotation_of(page)
    drawn: dict[str, list[tuple[float, float, int]]] = {}
    for span in page.get_texttrace():
        for code, _, _, box in span["chars"]:
            x0, y0, x1, y1 = box_on_page(box, matrix)
            drawn.setdefault(chr(code), []).append(((x0 + x1) / 2, (y0 + y1) / 2, span["seqno"]))
    chars = [char for line in lines for char in line.chars]
    sizes = [size for line in lines for size in line.sizes]
    orders: dict[int, int] = {}
    for index in indexes.tolist():
        reach = _NEAR * sizes[index]
        x, y = centres[index]
        matches = [
            order
            for cx, cy, order in drawn.get(chars[index], ())
            if abs(cx - x) < reach and abs(cy - y) < 2 * reach
        ]
        if matches:
            orders[index] = max(matches)
    return orders
