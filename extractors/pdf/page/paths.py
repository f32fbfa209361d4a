"""One PDF page in, the vector paths drawn on it out, as plain data in the coordinates a reader sees.

Rules of tables, drawn check boxes, circles round 「有」 and strokes through text are all paths; a turned page is upright here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from extractors.location import Box

_WHITE = 0.99
_CELL = 6.0  # points that a cell is wide and high at least
_MOST_GROUNDS = 5_000

Segment = tuple[float, float, float, float]
Ground = tuple[Box, str]  # an area of one colour, and its code (`FFF2CC`)


@dataclass(frozen=True, slots=True)
class VectorPath:
    """One path: its box in points, its straight strokes (x0, y0, x1, y1), rectangles, and number of curves.

    `shade` is the brightness of its fill (its darkest primary) from 0 for black to 1 for white, None where it is not filled;
    `fill` are the red, green and blue of it, each from 0 to 1, none where they are not known.
    """

    box: Box
    stroked: bool
    shade: float | None = None
    lines: tuple[Segment, ...] = ()
    boxes: tuple[Box, ...] = ()
    curves: int = 0
    fill: tuple[float, ...] = ()

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
    """All paths of a page, in the file's order."""
    matrix = rotation_of(page)
    return tuple(_read_path(raw, matrix) for raw in page.get_cdrawings())


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


def _read_path(raw: dict[str, Any], matrix: Sequence[float] | None) -> VectorPath:
    kind, fill, items = raw["type"], raw.get("fill"), raw["items"]
    lines = tuple([_line(item[1], item[2], matrix) for item in items if item[0] == "l"])
    boxes = tuple(
        [box_on_page(box, matrix) for item in items if item[0] in {"re", "qu"} for box in _rectangle(item)]
    )
    curves = sum(item[0] == "c" for item in items)
    shade = min(fill) if "f" in kind and fill else None
    colour = tuple(fill) if "f" in kind and fill else ()
    return VectorPath(box_on_page(raw["rect"], matrix), "s" in kind, shade, lines, boxes, curves, colour)


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
