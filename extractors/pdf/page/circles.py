"""Drawings of a PDF page in, the rings among them out: small closed curves.

Forms print `○ ・ × ・ △` or `有 ・ 無`, and the one who answers draws a ring round a choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from extractors.location import Box
from extractors.pdf.page.paths import Drawing

_MIN, _MAX = 5.0, 90.0
_CURVES = 3
_SAME = 4.0


def drawings_to_rings(drawings: Sequence[Drawing], added: Iterable[Box] = ()) -> tuple[Box, ...]:
    """Boxes of rings in points, each once, together with those `added` by annotations, which pages may draw too."""
    drawn = [drawing.box for drawing in drawings if _is_ring(drawing)]
    rings: list[Box] = []
    for box in (*added, *drawn):
        sized = _MIN <= box[2] - box[0] <= _MAX and _MIN <= box[3] - box[1] <= _MAX
        if sized and not any(_same(box, other) for other in rings):
            rings.append(box)
    return tuple(rings)


def _same(one: Box, other: Box) -> bool:
    return all(abs(a - b) <= _SAME for a, b in zip(one, other, strict=True))


def _is_ring(drawing: Drawing) -> bool:
    """A stroked path of curves, with no more than a line or two that close it."""
    return drawing.stroked and drawing.curves >= _CURVES and not drawing.boxes
