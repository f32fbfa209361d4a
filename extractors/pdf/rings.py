"""One PDF page in, the rings drawn on it out: small closed curves and circle or ink annotations.

Forms print `○ ・ × ・ △` or `有 ・ 無`, and the one who answers draws a ring round a choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from extractors.grid import Box
from extractors.pdf.drawings import Drawing, shown, turn_of

_MIN, _MAX = 5.0, 90.0
_CURVES = 3
_ANNOTATIONS = {"Circle", "Ink", "Polygon"}


def page_to_rings(page: Any, drawings: Sequence[Drawing]) -> tuple[Box, ...]:
    """Boxes of rings in points, in the coordinates a reader sees; `drawings` are the page's."""
    matrix = turn_of(page)
    found = [drawing.box for drawing in drawings if _is_ring(drawing)]
    found += [
        shown(annotation.rect, matrix) for annotation in page.annots() if annotation.type[1] in _ANNOTATIONS
    ]
    return tuple(
        (x0, y0, x1, y1) for x0, y0, x1, y1 in found if _MIN <= x1 - x0 <= _MAX and _MIN <= y1 - y0 <= _MAX
    )


def _is_ring(drawing: Drawing) -> bool:
    """A stroked path of curves, with no more than a line or two that close it."""
    return drawing.stroked and drawing.curves >= _CURVES and not drawing.boxes
