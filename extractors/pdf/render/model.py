"""What a picture shows beside the page itself, as plain data: marks, the style of each kind of mark, captions.

Nothing here knows what a kind means: whoever makes the marks brings the styles and the words along.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors.location import Box

Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class PageMark:
    """One thing to draw over a page (from 1): a box in points from its top left, the kind of mark, a short label."""

    page: int
    box: Box
    kind: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class MarkStyle:
    """How a kind of mark is drawn: colour and opacity of its filling from 0 to 1, width of its outline in pixels.

    `tag` is where its label stands: `above` the box, on its `corner`, as a `badge` on its other corner, or in the
    `left` or `right` margin beside it; "" draws none.
    """

    colour: Colour
    fill: float = 0.0
    width: float = 1.0
    dashed: bool = False
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a picture's legend: a kind of mark, the label it is shown with, and what it means."""

    kind: str
    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class PageView:
    """One picture to make: the page (from 1), what is written above and below it, and the marks over it."""

    page: int
    title: str
    lines: tuple[str, ...] = ()
    legend: tuple[Key, ...] = ()
    marks: tuple[PageMark, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as PNG without anything around it: pixels a point, width and height in pixels."""

    png: bytes
    scale: float
    width: int
    height: int
