"""One PDF page in, its glyphs out: read once through PyMuPDF into plain arrays.

A sheet printed from Excel draws a cell that runs over a page end on both pages and clips it: the text layer of
each page then holds lines nobody can see. A second pass with clipping tells which lines are visible; of those
the whole line is kept, because clipping also drops the spaces and commas of a line that is cut in the middle.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pymupdf
from numpy.typing import NDArray

from extractors.grid import Box
from extractors.pdf.fields import (
    Glyph,
    GlyphLine,
    page_to_added,
    ticked,
    with_check_boxes,
    without_overwritten,
)
from extractors.pdf.squares import CheckBox

_FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_PRESERVE_LIGATURES
_CLIP = pymupdf.TEXT_MEDIABOX_CLIP
_FLAT = 0.9  # cosine of the angle up to which a line reads from left to right


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Glyphs of a page in the file's order, lengths in points: characters, boxes, sizes, and the line each is in.

    `upright` is False for glyphs of vertical or rotated lines. `centres` (n, 2), `heights` (the centres' y) and
    `spans` (left, right) follow from the boxes.
    """

    chars: tuple[str, ...]
    boxes: tuple[Box, ...]
    sizes: tuple[float, ...]
    lines: tuple[int, ...]
    upright: tuple[bool, ...]
    centres: NDArray[np.float64]
    heights: tuple[float, ...]
    spans: tuple[tuple[float, float], ...]


def page_to_glyphs(page: Any, check_boxes: Sequence[CheckBox] = ()) -> Glyphs:
    """The visible glyphs of a page, in the page's rotated coordinates (what a reader sees).

    Form fields and annotations that are text come with them, in place of what they were typed over;
    a check box that is drawn comes as □ or ■.
    """
    added = page_to_added(page)
    printed = _printed(page)
    if added:
        printed = [*without_overwritten(printed, added), *ticked(added, printed)]
    if check_boxes:
        printed = with_check_boxes(printed, check_boxes)
    numbers = [number for number, line in enumerate(printed) for _ in line]
    return glyphs_of([glyph for line in printed for glyph in line], numbers)


def _printed(page: Any) -> list[GlyphLine]:
    """Lines that can be seen, without what fields and annotations draw: the page is interpreted once for both passes."""
    shown = page.get_displaylist(annots=0)
    whole, clipped = (pymupdf.TextPage(shown.get_textpage(flags)) for flags in (_FLAGS, _FLAGS | _CLIP))
    lines = _lines(whole)
    if _inked(whole) == _inked(clipped):
        return lines
    visible = {_key(glyph) for line in _lines(clipped) for glyph in line if not glyph[0].isspace()}
    return [line for line in lines if any(_key(glyph) in visible for glyph in line)]


def _inked(text: Any) -> str:
    """What a text page holds, without the spaces that clipping drops here and there."""
    return "".join(text.extractText().split())


def glyphs_of(glyphs: Sequence[Glyph], numbers: Sequence[int]) -> Glyphs:
    """Glyphs from (character, box, size, upright) and the number of the line that each is in."""
    chars, boxes, sizes, upright = zip(*glyphs, strict=True) if glyphs else ((), (), (), ())
    corners = np.asarray(boxes, dtype=np.float64).reshape(-1, 4)
    centres = (corners[:, :2] + corners[:, 2:]) / 2
    spans = tuple([box[::2] for box in boxes])
    heights = tuple(centres[:, 1].tolist())
    return Glyphs(chars, boxes, sizes, tuple(numbers), upright, centres, heights, spans)


def _lines(text: Any) -> list[GlyphLine]:
    """Lines of a text page of a display list, which is laid out as the page is shown."""
    found = []
    for block in text.extractRAWDICT()["blocks"]:
        for line in block.get("lines", ()):
            flat = line["dir"][0] > _FLAT
            glyphs = [
                (char["c"], char["bbox"], span["size"], flat)
                for span in line["spans"]
                for char in span["chars"]
            ]
            if glyphs:
                found.append(glyphs)
    return found


def _key(glyph: Glyph) -> tuple[int, int, str]:
    return int(glyph[1][0] * 4), int(glyph[1][1] * 4), glyph[0]


def share_unreadable(glyphs: Glyphs) -> float:
    """Share of the glyphs without usable Unicode: replacement, private use and control characters."""
    if not glyphs.chars:
        return 0.0
    bad = sum(
        c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or (c < " " and c not in "\t\n\r") for c in glyphs.chars
    )
    return bad / len(glyphs.chars)
