"""Marks in, boxes and labels over the page out: labels stand where they hide least of what is marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from extractors.location import Box
from extractors.pdf.render.canvas import LABEL, TAG_HEIGHT, Canvas, tag_width
from extractors.pdf.render.fonts import shorten
from extractors.pdf.render.marks import Mark, Style

_MARGINS = {"left", "right"}
_GAP = 6.0
_WIDEST = 240.0
_TEXT_EDGE = 2.0


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the page stands on the canvas, in pixels, and how many pixels a point has there."""

    left: int
    top: int
    scale: float
    right: int
    bottom: int

    def place(self, box: Box) -> Box:
        """A box of the page on the canvas, cut off at the page's edges."""
        x0, y0, x1, y1 = (edge * self.scale for edge in box)
        left, right = (min(max(x + self.left, self.left), self.right) for x in (x0, x1))
        top, bottom = (min(max(y + self.top, self.top), self.bottom) for y in (y0, y1))
        return left, top, right, bottom


@dataclass(slots=True)
class _Taken:
    """What labels should not hide: the marked boxes, and other labels above all."""

    boxes: list[Box]
    left: float
    right: float
    tags: list[Box] = field(default_factory=list)

    def hidden(self, tag: Box) -> float:
        """How much a label at `tag` would hide."""
        return _shared(tag, self.boxes) + 20 * self.crowded(tag)

    def crowded(self, tag: Box) -> float:
        """How much a label at `tag` would lie over other labels."""
        return _shared(tag, self.tags)


def draw_marks(canvas: Canvas, marks: Sequence[Mark], styles: Mapping[str, Style], frame: Frame) -> None:
    """Boxes first, then labels, so that no box covers a label."""
    placed = [(mark, styles[mark.kind], frame.place(mark.box)) for mark in marks]
    taken = _Taken(
        [box for _, style, box in placed if style.tag not in _MARGINS and style.width],
        frame.left,
        frame.right,
    )
    for _, style, box in placed:
        if style.tag not in _MARGINS:
            canvas.box(box, style)
    ends: dict[float, float] = {}
    for mark, style, box in placed:
        if not mark.label:
            continue
        if style.tag == "left":
            label = shorten(mark.label, frame.left - _GAP, LABEL)
            canvas.text((frame.left - tag_width(label) - 3, box[1] + 2), label, colour=style.colour)
        elif style.tag == "right":
            at = ends.get(box[1], frame.right + _GAP), box[1] + 1
            ends[box[1]] = canvas.tag(at, mark.label, style, full=True)[2] + 3
        else:
            _tag(canvas, shorten(mark.label, _WIDEST, LABEL), (style, box), taken)


def _tag(canvas: Canvas, label: str, what: tuple[Style, Box], taken: _Taken) -> None:
    """A label at the place of its kind that hides least and is not cut off by the page's edge."""
    style, (x0, y0, x1, y1) = what
    width = tag_width(label)
    if style.tag == "corner":
        places = [(x1 - width, y1 - TAG_HEIGHT + 1)]  # text fills a cell from its top left
    elif style.tag == "badge":
        places = [(x0 - width / 2, y0 - 5)]
    elif not style.width:  # the name of what is below: it must not stand anywhere else
        places = [(x0, y0 - TAG_HEIGHT * step + 1) for step in (1, 2, 3)]
    else:
        above, below = y0 - TAG_HEIGHT + 1, y1 - 1
        places = [(x0, above), (x1 + 2, y0), (x0 - width - 2, y0), (x1 - width, above), (x0, below)]
    inside = [(x, y) for x, y in places if taken.left <= x and x + width <= taken.right] or places[:1]
    boxes = [(x, y, x + width, y + TAG_HEIGHT) for x, y in inside]
    best = min(boxes, key=taken.hidden if style.width else taken.crowded)
    taken.tags.append(best)
    canvas.tag((best[0], best[1]), label, style, full=style.tag != "above")


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
