"""One display list in, the lines of text that lie on the page out, each character with how it is painted.

A sheet printed from Excel draws a cell that runs over a page end on both pages and clips it: the text layer of
each page then holds lines nobody can see. A second pass with clipping shows which lines are visible; of those
the whole line is kept, because clipping also drops the spaces and commas of a line that is cut in the middle.
Whether a person sees a character is decided elsewhere (`shown/hidden_text.py`) by its paint: colour, opacity, render mode.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from operator import itemgetter
from typing import Any

import pymupdf

from extractors.location import Box

_FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE  # ligatures come letter by letter: what is printed is 「fi」
_CLIP = pymupdf.TEXT_MEDIABOX_CLIP | pymupdf.TEXT_PRESERVE_IMAGES
_FLAT = 0.9  # cosine of the angle up to which a line reads from left to right
_DRAWN = itemgetter("c", "bbox")
_PAINT = itemgetter("color", "alpha", "char_flags", "font", "flags")
_QUARTER = 4  # places are compared to a quarter of a point
_MARK = 4  # characters of a mark with its brackets
_PAINTED = 16 | 32  # FZ_STEXT_FILLED, FZ_STEXT_STROKED
_CLIPPING = 64  # FZ_STEXT_CLIPPED: the text is the edge of a picture or colour
_BOLD = 16
_TYPE3 = (
    "Type3 "  # MuPDF draws the glyphs of such a font as pictures and tells neither colour nor render mode
)
_TURNS = {(1, 0): 0, (0, 1): 90, (-1, 0): 180, (0, -1): 270}


@dataclass(frozen=True, slots=True)
class Paint:
    """How characters are painted: colour (0xRRGGBB), opacity (0 to 1), font, and whether any paint is laid on at all."""

    colour: int = 0
    opacity: float = 1.0
    painted: bool = True
    bold: bool = False
    font: str = ""

    @property
    def is_drawn(self) -> bool:
        """Whether the glyphs are small drawings (a Type 3 font)."""
        return self.font.startswith(_TYPE3)


PLAIN = Paint()


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line as the file draws it: characters, their boxes, sizes in points and paints, and whether it reads across.

    A `slanted` line runs across the page at an angle, as a watermark does. `turn` is by how many degrees a line of level
    writing is turned clockwise; vertical writing is not turned.
    """

    chars: tuple[str, ...]
    boxes: tuple[Box, ...]
    sizes: tuple[float, ...]
    upright: bool
    slanted: bool = False
    paints: tuple[Paint, ...] = ()
    turn: int = 0

    @property
    def box(self) -> Box:
        """The box around its characters."""
        left, top, right, bottom = zip(*self.boxes, strict=True)
        return min(left), min(top), max(right), max(bottom)

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(self.chars)

    @property
    def bold(self) -> tuple[Box, ...]:
        """The boxes of its bold characters."""
        if not any(paint.bold for paint in {id(paint): paint for paint in self.paints}.values()):
            return ()
        return tuple(box for box, paint in zip(self.boxes, self.paints, strict=True) if paint.bold)

    def part(self, indexes: Sequence[int]) -> TextLine:
        """The line with the characters of these indexes only."""
        rows = zip(
            *((self.chars[i], self.boxes[i], self.sizes[i], self.paints[i]) for i in indexes), strict=True
        )
        chars, boxes, sizes, paints = rows
        return TextLine(chars, boxes, sizes, self.upright, self.slanted, paints, self.turn)


@dataclass(frozen=True, slots=True)
class PageText:
    """The lines of a page, the paints that its characters have, and its pictures, also those drawn inline.

    Of a picture its box, and whether all of what lies under it is hidden: a seal on a transparent ground hides nothing.
    """

    lines: tuple[TextLine, ...]
    paints: tuple[Paint, ...] = ()
    pictures: tuple[tuple[Box, bool], ...] = ()


_Places = dict[tuple[int, str], list[tuple[float, float]]]


def page_to_text(display_list: Any) -> PageText:
    """The lines of a page that no clip hides, laid out as it is shown; the page is interpreted once for both passes."""
    unclipped, clipped = (
        pymupdf.TextPage(display_list.get_textpage(flags)) for flags in (_FLAGS, _FLAGS | _CLIP)
    )
    paints: dict[tuple[Any, ...], Paint] = {}
    lines = _lines(unclipped, paints)
    pictures = tuple(
        (tuple(image["bbox"]), not image.get("has-mask", False)) for image in clipped.extractIMGINFO()
    )
    if _inked(unclipped) != _inked(clipped):
        lines = _visible(lines, clipped)
    return PageText(tuple(lines), tuple(paints.values()), pictures)


def _inked(text: Any) -> str:
    """What a text page holds, without the spaces that clipping drops here and there."""
    return "".join(text.extractText().split())


def _lines(text: Any, paints: dict[tuple[Any, ...], Paint]) -> list[TextLine]:
    """The lines of a text page; `paints` gathers the paints of their characters, one object for all that are alike."""
    lines = []
    for block in text.extractRAWDICT()["blocks"]:
        for line in block.get("lines", ()):
            spans = [span for span in line["spans"] if span["chars"]]
            if spans:
                parts = [tuple(zip(*map(_DRAWN, span["chars"]), strict=True)) for span in spans]
                sizes = [(span["size"],) * len(span["chars"]) for span in spans]
                line_paints = [(_paint(span, paints),) * len(span["chars"]) for span in spans]
                chars, boxes = parts[0] if len(parts) == 1 else map(_chained, zip(*parts, strict=True))
                x, y = line["dir"]
                boxes = _with_ligatures_parted(boxes, chars)
                slanted = abs(x) < _FLAT and abs(y) < _FLAT
                turn = 0 if slanted or line["wmode"] else _TURNS.get((round(x), round(y)), 0)
                lines.append(
                    TextLine(chars, boxes, _chained(sizes), x > _FLAT, slanted, _chained(line_paints), turn)
                )
    return lines


def _with_ligatures_parted(boxes: tuple[Box, ...], chars: Sequence[str]) -> tuple[Box, ...]:
    """The boxes with those of a ligature's letters side by side: MuPDF gives all of 「fi」 to the f and nothing to the i.

    With nothing the i would stand on the next letter's edge, and 「notified」 come out as 「notifeid」.
    """
    if all(box[0] != box[2] and box[1] != box[3] for box in boxes):
        return boxes
    parted = list(boxes)
    start = 0
    for end in range(1, len(boxes) + 1):
        if end < len(boxes) and _is_rest_of_ligature(boxes[end], boxes[end - 1], chars[end]):
            continue
        if end - start > 1:
            parted[start:end] = _split_evenly(boxes[start], boxes[end - 1], end - start)
        start = end
    return tuple(parted)


def _is_rest_of_ligature(box: Box, before: Box, char: str) -> bool:
    """Whether a letter without any width, or height where a line is turned, stands at the end of the one before."""
    flat = {axis for axis in (0, 1) if box[axis] == box[axis + 2]}
    return (
        len(flat) == 1
        and char.isalpha()
        and all(box[axis] in (before[axis], before[axis + 2]) for axis in flat)
    )


def _split_evenly(first: Box, last: Box, count: int) -> list[Box]:
    """The box of a ligature cut into `count` parts in reading order, along the side on which `last` has no length."""
    axis = 0 if last[0] == last[2] else 1
    low, high = first[axis], first[axis + 2]
    near, far = (
        (low, high) if last[axis] != low else (high, low)
    )  # upwards where the rest stands at the low end
    steps = [near + (far - near) * number / count for number in range(count + 1)]
    boxes = []
    for start, end in pairwise(steps):
        box = list(first)
        box[axis], box[axis + 2] = min(start, end), max(start, end)
        boxes.append((box[0], box[1], box[2], box[3]))
    return boxes


def _paint(span: dict[str, Any], paints: dict[tuple[Any, ...], Paint]) -> Paint:
    key = tuple(_PAINT(span))
    if key not in paints:
        colour, alpha, painting, font, flags = key
        drawn = font.startswith(_TYPE3)
        painted = drawn or bool(painting & (_PAINTED | _CLIPPING))
        opacity = 1.0 if drawn or not painting & _PAINTED else alpha / 255
        paints[key] = Paint(colour, opacity, painted, bool(flags & _BOLD) or "bold" in font.lower(), font)
    return paints[key]


def _chained(parts: Iterable[tuple[Any, ...]]) -> tuple[Any, ...]:
    return tuple(chain.from_iterable(parts))


def _visible(lines: Sequence[TextLine], clipped: Any) -> list[TextLine]:
    """The lines of which a word is left in the clipped text; a mark may stand right behind a cut question, within its word."""
    heads = _word_heads(clipped)
    kept = [_is_visible(line, heads) for line in lines]
    if any(not is_kept and len(line.chars) <= _MARK for line, is_kept in zip(lines, kept, strict=True)):
        places = _places(clipped)
        kept = [
            is_kept or (len(line.chars) <= _MARK and _is_visible(line, places))
            for line, is_kept in zip(lines, kept, strict=True)
        ]
    return [line for line, is_kept in zip(lines, kept, strict=True) if is_kept]


def _word_heads(text: Any) -> _Places:
    """Where the words of a text page begin: place and first character → top and bottom of the words."""
    heads: _Places = defaultdict(list)
    for x0, y0, _, y1, word, *_ in text.extractWORDS():
        heads[int(x0 * _QUARTER), word[0]].append((y0, y1))
    return heads


def _places(text: Any) -> _Places:
    """Where the characters of a text page stand, in the same way."""
    places: _Places = defaultdict(list)
    for block in text.extractRAWDICT()["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                for char in span["chars"]:
                    x0, y0, _, y1 = char["bbox"]
                    places[int(x0 * _QUARTER), char["c"]].append((y0, y1))
    return places


def _is_visible(line: TextLine, places: _Places) -> bool:
    """Whether one of the line's characters stands in one of the places; a line cut at its left begins in the middle."""
    for char, (x0, y0, _, y1) in zip(line.chars, line.boxes, strict=True):
        for top, bottom in places.get((int(x0 * _QUARTER), char), ()):
            if top - 1 <= (y0 + y1) / 2 <= bottom + 1:
                return True
    return False
