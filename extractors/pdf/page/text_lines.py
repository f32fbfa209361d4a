"""One PDF page in, the lines of text that can be seen on it out, without what fields and annotations draw.

A sheet printed from Excel draws a cell that runs over a page end on both pages and clips it: the text layer of
each page then holds lines nobody can see. A second pass with clipping shows which lines are visible; of those
the whole line is kept, because clipping also drops the spaces and commas of a line that is cut in the middle.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import Any

import pymupdf

from extractors.location import Box

_FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_PRESERVE_LIGATURES
_CLIP = pymupdf.TEXT_MEDIABOX_CLIP
_FLAT = 0.9  # cosine of the angle up to which a line reads from left to right
_DRAWN = itemgetter("c", "bbox")
_QUARTER = 4  # places are compared to a quarter of a point


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line as the file draws it: characters, their boxes and sizes in points, and whether it reads across.

    A `slanted` line runs across the page at an angle, as a watermark does. `bold` are the boxes of its bold characters.
    """

    chars: tuple[str, ...]
    boxes: tuple[Box, ...]
    sizes: tuple[float, ...]
    upright: bool
    slanted: bool = False
    bold: tuple[Box, ...] = ()


_Heads = dict[tuple[int, str], list[tuple[float, float]]]


def page_to_lines(page: Any) -> list[TextLine]:
    """The visible lines of a page, laid out as it is shown; the page is interpreted once for both passes."""
    display_list = page.get_displaylist(annots=0)
    unclipped, clipped = (
        pymupdf.TextPage(display_list.get_textpage(flags)) for flags in (_FLAGS, _FLAGS | _CLIP)
    )
    lines = _lines(unclipped)
    if _inked(unclipped) == _inked(clipped):
        return lines
    heads = _word_heads(clipped)
    return [line for line in lines if _is_visible(line, heads)]


def _inked(text: Any) -> str:
    """What a text page holds, without the spaces that clipping drops here and there."""
    return "".join(text.extractText().split())


def _lines(text: Any) -> list[TextLine]:
    lines = []
    for block in text.extractRAWDICT()["blocks"]:
        for line in block.get("lines", ()):
            spans = [span for span in line["spans"] if span["chars"]]
            if spans:
                parts = [tuple(zip(*map(_DRAWN, span["chars"]), strict=True)) for span in spans]
                sizes = [(span["size"],) * len(span["chars"]) for span in spans]
                chars, boxes = parts[0] if len(parts) == 1 else map(_chained, zip(*parts, strict=True))
                x, y = line["dir"]
                slanted = abs(x) < _FLAT and abs(y) < _FLAT
                bold = [part[1] for span, part in zip(spans, parts, strict=True) if _is_bold(span)]
                lines.append(
                    TextLine(
                        chars, boxes, _chained(sizes), x > _FLAT, slanted, _chained(bold) if bold else ()
                    )
                )
    return lines


def _is_bold(span: dict[str, Any]) -> bool:
    return bool(span["flags"] & pymupdf.TEXT_FONT_BOLD) or "bold" in span["font"].lower()


def _chained(parts: Iterable[tuple[Any, ...]]) -> tuple[Any, ...]:
    return tuple(chain.from_iterable(parts))


def _word_heads(text: Any) -> _Heads:
    """Where the words of a text page begin: place and first character → top and bottom of the words."""
    heads: _Heads = defaultdict(list)
    for x0, y0, _, y1, word, *_ in text.extractWORDS():
        heads[int(x0 * _QUARTER), word[0]].append((y0, y1))
    return heads


def _is_visible(line: TextLine, heads: _Heads) -> bool:
    """Whether a word begins at one of the line's characters; a line cut at its left begins in the middle."""
    for char, (x0, y0, _, y1) in zip(line.chars, line.boxes, strict=True):
        for top, bottom in heads.get((int(x0 * _QUARTER), char), ()):
            if top - 1 <= (y0 + y1) / 2 <= bottom + 1:
                return True
    return False
