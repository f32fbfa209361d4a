"""One PDF page in, the vector paths drawn on it out, as plain data in the coordinates a reader sees.

Rules of tables, drawn check boxes, circles round 「有」 and strokes through text are all paths; a turned page is upright here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from extractors.location import Box

_WHITE = 0.99
_CELL = 6.0  # points that a cell is wide and high at least
_MOST_GROUNDS = 5_000
_PALE = 0.92  # a stroke lighter than this is not seen on white
_SHEET = 40.0  # points: a white area that may hide parts of a table
_FAINT = 0.05  # an opacity below which nothing is seen
_SOLID = 0.9  # an opacity above which nothing shows through
_AREA = 4.0  # points: a coloured area that a white stroke can be seen on
_EDGE = 1.0

Segment = tuple[float, float, float, float]
Ground = tuple[Box, str]  # an area of one colour, and its code (`FFF2CC`)


@dataclass(frozen=True, slots=True)
class VectorPath:
    """One path: its box in points, its straight strokes (x0, y0, x1, y1), rectangles, and number of curves.

    `shade` is the brightness of its fill (its darkest primary) from 0 for black to 1 for white, None where it is not filled;
    `fill` are the red, green and blue of it, each from 0 to 1, none where they are not known, `solid` is the colour of a fill
    that nothing shows through (0xRRGGBB). `order` counts what is drawn on the page, and `late`
    says that something other than paths was drawn before.
    """

    box: Box
    stroked: bool
    shade: float | None = None
    lines: tuple[Segment, ...] = ()
    boxes: tuple[Box, ...] = ()
    curves: int = 0
    fill: tuple[float, ...] = ()
    solid: int | None = None
    order: int = 0
    late: bool = False

    @property
    def white(self) -> bool:
        """A fill in white without a stroke covers something and draws nothing."""
        return self.shade is not None and self.shade > _WHITE and not self.stroked


def paths_to_grounds(paths: Sequence[VectorPath]) -> tuple[Ground, ...]:
    """The areas of one colour that are large enough for a cell, in the order in which they are painted; white ones too."""
    grounds = [
        (box, path.fill)
        for path in paths
        if len(path.fill) == len("rgb")
        for box in (path.boxes or (path.box,))
        if box[2] - box[0] > _CELL and box[3] - box[1] > _CELL
    ]
    if all(min(fill) > _WHITE for _, fill in grounds) or len(grounds) > _MOST_GROUNDS:
        return ()
    return tuple((box, "".join(f"{round(part * 255):02X}" for part in fill)) for box, fill in grounds)


def page_to_paths(page: Any) -> tuple[VectorPath, ...]:
    """All paths of a page that can be seen, in the file's order; a white stroke is seen on a coloured ground only."""
    matrix = rotation_of(page)
    paths: list[VectorPath] = []
    white: list[int] = []
    before = 0
    for raw in page.get_cdrawings():
        stroked = "s" in raw["type"] and (raw.get("stroke_opacity") or 0.0) > _FAINT
        path = _read_path(raw, matrix, stroked, late=raw["seqno"] > before)
        before += len(raw["type"])
        if not path.stroked and path.shade is None:
            continue
        if stroked and min(raw.get("color") or (0.0,)) > _PALE:
            white.append(len(paths))
        paths.append(path)
    return _without_covered(_without_unseen(paths, white) if white else paths)


def _without_covered(paths: Sequence[VectorPath]) -> tuple[VectorPath, ...]:
    """The paths without those that a white area was painted over later: an old table under a white sheet."""
    covers = [
        i
        for i, path in enumerate(paths)
        if path.late and path.white and path.solid is not None and _is_sheet(path)
    ]
    if not covers:
        return tuple(paths)
    boxes = np.asarray([path.box for path in paths])
    gone = np.zeros(len(paths), dtype=bool)
    for index in covers:
        left, top, right, foot = paths[index].box
        gone[:index] |= (
            (boxes[:index, 0] > left)
            & (boxes[:index, 1] > top)
            & (boxes[:index, 2] < right)
            & (boxes[:index, 3] < foot)
        )
    return tuple(path for path, is_gone in zip(paths, gone.tolist(), strict=True) if not is_gone)


def _is_sheet(path: VectorPath) -> bool:
    return min(path.box[2] - path.box[0], path.box[3] - path.box[1]) >= _SHEET


def _without_unseen(paths: Sequence[VectorPath], white: Sequence[int]) -> tuple[VectorPath, ...]:
    """The paths without the white strokes (by index) that lie on white."""
    grounds = [
        path.box for path in paths if path.shade is not None and path.shade <= _WHITE and _is_area(path.box)
    ]
    unseen = {i for i in white if not any(_touches(ground, paths[i].box) for ground in grounds)}
    return tuple(
        replace(path, stroked=False) if index in unseen else path
        for index, path in enumerate(paths)
        if index not in unseen or path.shade is not None
    )


def _is_area(box: Box) -> bool:
    return box[2] - box[0] > _AREA and box[3] - box[1] > _AREA


def _touches(ground: Box, box: Box) -> bool:
    return (
        ground[0] - _EDGE <= box[2]
        and box[0] <= ground[2] + _EDGE
        and ground[1] - _EDGE <= box[3]
        and box[1] <= ground[3] + _EDGE
    )


def box_on_page(box: Sequence[float], matrix: Sequence[float] | None) -> Box:
    """A box as it lies on the page turned by `matrix` (a b c d e f), its corners put in order."""
    x0, y0, x1, y1 = box
    if matrix is not None:
        (x0, y0), (x1, y1) = _point(x0, y0, matrix), _point(x1, y1, matrix)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def holds_middle(outer: Box, inner: Box) -> bool:
    """Whether the middle of one box lies in another."""
    x, y = (inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def rotation_of(page: Any) -> Sequence[float] | None:
    """The matrix that turns a page as it is shown, None for an upright page."""
    return tuple(page.rotation_matrix) if page.rotation else None


def _read_path(raw: dict[str, Any], matrix: Sequence[float] | None, stroked: bool, late: bool) -> VectorPath:
    fill, items = raw.get("fill"), raw["items"]
    opacity = raw.get("fill_opacity")
    filled = "f" in raw["type"] and bool(fill) and (opacity is None or opacity > _FAINT)
    lines = tuple([_line(item[1], item[2], matrix) for item in items if item[0] == "l"])
    boxes = tuple(
        [box_on_page(box, matrix) for item in items if item[0] in {"re", "qu"} for box in _rectangle(item)]
    )
    curves = sum(item[0] == "c" for item in items)
    shade = min(fill) if filled and fill else None
    colour = _colour(fill) if filled and fill and (opacity is None or opacity > _SOLID) else None
    box = box_on_page(raw["rect"], matrix)
    return VectorPath(
        box,
        stroked,
        shade,
        lines,
        boxes,
        curves,
        tuple(fill) if filled and fill else (),
        colour,
        raw["seqno"],
        late,
    )


def _colour(fill: Sequence[float]) -> int:
    red, green, blue = (round(255 * part) for part in fill)
    return red << 16 | green << 8 | blue


def _line(start: Sequence[float], end: Sequence[float], matrix: Sequence[float] | None) -> Segment:
    if matrix is None:
        return start[0], start[1], end[0], end[1]
    return (*_point(start[0], start[1], matrix), *_point(end[0], end[1], matrix))


def _rectangle(item: tuple[Any, ...]) -> Iterable[Box]:
    if item[0] == "re":
        return [tuple(item[1])]
    xs, ys = zip(*[corner[:2] for corner in item[1]], strict=True)
    return [(min(xs), min(ys), max(xs), max(ys))]


def _point(x: float, y: float, matrix: Sequence[float]) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
