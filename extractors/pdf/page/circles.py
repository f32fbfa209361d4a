"""Vector paths of a page in, the circles among them out: small closed curves drawn round a choice.

Forms print `○ ・ × ・ △` or `有 ・ 無`, and the vendor who answers draws a circle round a choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractors.location import Box
from extractors.pdf.page.paths import VectorPath

_MIN, _MAX = 5.0, 90.0
_CURVES = 3
_SAME = 4.0


def paths_to_circles(paths: Sequence[VectorPath], added_boxes: Iterable[Box] = ()) -> tuple[Box, ...]:
    """Boxes of circles in points, each once, together with `added_boxes` of annotations, which pages may draw too."""
    drawn_boxes = [path.box for path in paths if _is_circle(path)]
    circles: list[Box] = []
    for box in (*added_boxes, *drawn_boxes):
        sized = _MIN <= box[2] - box[0] <= _MAX and _MIN <= box[3] - box[1] <= _MAX
        if sized and not any(_is_same(box, drawn_box) for drawn_box in circles):
            circles.append(box)
    return tuple(circles)


def _is_same(box: Box, drawn: Box) -> bool:
    return all(abs(a - b) <= _SAME for a, b in zip(box, drawn, strict=True))


def _is_circle(path: VectorPath) -> bool:
    """A stroked path of curves, with no more than a line or two that close it."""
    return path.stroked and path.curves >= _CURVES and not path.boxes
