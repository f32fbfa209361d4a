"""One PDF page in, the rings drawn on it out: small closed curves and circle or ink annotations.

Forms print `○ ・ × ・ △` or `有 ・ 無`, and the one who answers draws a ring round a choice.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pymupdf

from extractors.grid import Box

_MIN, _MAX = 5.0, 90.0
_CURVES = 3
_ANNOTATIONS = {"Circle", "Ink", "Polygon"}


def page_to_rings(page: Any, drawings: Sequence[dict[str, Any]]) -> tuple[Box, ...]:
    """Boxes of rings in points, in the coordinates a reader sees; `drawings` are the page's `get_cdrawings()`."""
    turned = page.rotation_matrix if page.rotation else None
    found = [drawing["rect"] for drawing in drawings if _is_ring(drawing)]
    found += [tuple(annotation.rect) for annotation in page.annots() if annotation.type[1] in _ANNOTATIONS]
    shown = [pymupdf.Rect(box) * turned if turned is not None else pymupdf.Rect(box) for box in found]
    return tuple(
        (b.x0, b.y0, b.x1, b.y1) for b in shown if _MIN <= b.width <= _MAX and _MIN <= b.height <= _MAX
    )


def _is_ring(drawing: dict[str, Any]) -> bool:
    """A stroked path of nothing but curves."""
    kinds = [item[0] for item in drawing["items"]]
    return "s" in drawing["type"] and kinds.count("c") >= _CURVES and set(kinds) <= {"c", "l"}
