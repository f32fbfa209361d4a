"""Marks in, boxes and labels over the page out: labels stand where they hide least of what is marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from extractors.location import Box
from extractors.pdf.render.canvas import LABEL, TAG_HEIGHT, Canvas, tag_width
from extractors.pdf.render.fonts import shorten
from extractors.pdf.render.model import MarkStyle, PageMark

_MARGINS = {"left", "right"}
_GAP = 6.0
_WIDEST = 240.0
_TEXT_EDGE = 2.0


@dataclass(frozen=True, slots=True)
class PageFrame:
    """Where the page stands on the canvas, in pixels, and how many pixels a point has there."""

    left: int
    top: int
    scale: float
    right: int
    bottom: int

    def on_canvas(self, box: Box) -> Box:
        """A box of the page on the canvas, cut off at the page's edges."""
        x0, y0, x1, y1 = (edge * self.scale for edge in box)
        left, right = (min(max(x + self.left, self.left), self.right) for x in (x0, x1))
        top, bottom = (min(max(y + self.top, self.top), self.bottom) for y in (y0, y1))
        return left, top, right, bottom


@dataclass(slots=True)
class _LabelSpace:
    """What labels should not hide: the marked boxes, and labels drawn before (`tags`) above all."""

    boxes: list[Box]
    left: float
    right: float
    tags: list[Box] = field(default_factory=list)

    def hidden_area(self, tag: Box) -> float:
        """How much a label at `tag` would hide."""
        return _shared(tag, self.boxes) + 20 * self.crowded_area(tag)

    def crowded_area(self, tag: Box) -> float:
        """How much a label at `tag` would lie over other labels."""
        return _shared(tag, self.tags)


_PlacedMark = tuple[PageMark, MarkStyle, Box]


def draw_marks(
    canvas: Canvas, marks: Sequence[PageMark], styles: Mapping[str, MarkStyle], frame: PageFrame
) -> None:
    """Boxes first, then labels, so that no box covers a label."""
    placed = [(mark, styles[mark.kind], frame.on_canvas(mark.box)) for mark in marks]
    on_page = [(mark, style, box) for mark, style, box in placed if style.tag not in _MARGINS]
    for _, style, box in on_page:
        canvas.box(box, style)
    space = _LabelSpace([box for _, style, box in on_page if style.width], frame.left, frame.right)
    row_ends: dict[float, float] = {}
    for mark, style, box in placed:
        if not mark.label:
            continue
        if style.tag in _MARGINS:
            _margin_label(canvas, (mark, style, box), frame, row_ends)
        else:
            _label(canvas, shorten(mark.label, _WIDEST, LABEL), (style, box), space)


def _margin_label(
    canvas: Canvas, placed: _PlacedMark, frame: PageFrame, row_ends: dict[float, float]
) -> None:
    """A label in the margin beside its box; `row_ends` holds, and takes in, where the labels right of a row end."""
    mark, style, box = placed
    if style.tag == "left":
        label = shorten(mark.label, frame.left - _GAP, LABEL)
        canvas.text((frame.left - tag_width(label) - 3, box[1] + 2), label, colour=style.colour)
    else:
        at = row_ends.get(box[1], frame.right + _GAP), box[1] + 1
        row_ends[box[1]] = canvas.tag(at, mark.label, style, full=True)[2] + 3


def _label(canvas: Canvas, label: str, target: tuple[MarkStyle, Box], space: _LabelSpace) -> None:
    """A label where it hides least of what is marked and is not cut off by the page's edge."""
    style, box = target
    width = tag_width(label)
    corners = _label_corners(style, box, width)
    inside = [(x, y) for x, y in corners if space.left <= x and x + width <= space.right] or corners[:1]
    tags = [(x, y, x + width, y + TAG_HEIGHT) for x, y in inside]
    best = min(tags, key=space.hidden_area if style.width else space.crowded_area)
    space.tags.append(best)
    canvas.tag((best[0], best[1]), label, style, full=style.tag != "above")


def _label_corners(style: MarkStyle, box: Box, width: float) -> list[tuple[float, float]]:
    """Where the top left of a label of this width may stand, best first."""
    x0, y0, x1, y1 = box
    if style.tag == "corner":
        return [(x1 - width, y1 - TAG_HEIGHT + 1)]  # text fills a cell from its top left
    if style.tag == "badge":
        return [(x0 - width / 2, y0 - 5)]
    if not style.width:  # the name of what is below: it must not stand anywhere else
        return [(x0, y0 - TAG_HEIGHT * step + 1) for step in (1, 2, 3)]
    above, below = y0 - TAG_HEIGHT + 1, y1 - 1
    return [(x0, above), (x1 + 2, y0), (x0 - width - 2, y0), (x1 - width, above), (x0, below)]


def _shared(tag: Box, boxes: Iterable[Box]) -> float:
    """The area of a label that lies over boxes, their outermost pixels aside."""
    x0, y0, x1, y1 = tag
    total = 0.0
    for left, top, right, bottom in boxes:
        width = min(x1, right - _TEXT_EDGE) - max(x0, left + _TEXT_EDGE)
        height = min(y1, bottom - _TEXT_EDGE) - max(y0, top + _TEXT_EDGE)
        if width > 0 and height > 0:
            total += width * height
    return total
