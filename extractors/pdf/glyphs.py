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
from extractors.pdf.fields import page_to_added, ticked, without_overwritten

_FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_PRESERVE_LIGATURES
_CLIP = pymupdf.TEXT_MEDIABOX_CLIP


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Glyphs of a page in the file's order: characters, boxes and centres (points), sizes, the line each is in.

    `upright` is False for glyphs of vertical or rotated lines.
    """

    chars: tuple[str, ...]
    boxes: tuple[Box, ...]
    centres: NDArray[np.float64]
    sizes: tuple[float, ...]
    lines: NDArray[np.int64]
    upright: tuple[bool, ...]


_Glyph = tuple[str, Box, float, bool]


def page_to_glyphs(page: Any) -> Glyphs:
    """The visible glyphs of a page, in the page's rotated coordinates (what a reader sees).

    Form fields and text annotations come with them, in place of what they were typed over.
    """
    added = page_to_added(page)
    lines = _lines(page, _FLAGS, bool(added))
    visible = {
        _key(glyph)
        for line in _lines(page, _FLAGS | _CLIP, bool(added))
        for glyph in line
        if not glyph[0].isspace()
    }
    printed = [line for line in lines if any(_key(glyph) in visible for glyph in line)]
    if added:
        printed = [*without_overwritten(printed, added), *ticked(added, printed)]
    numbers = [number for number, line in enumerate(printed) for _ in line]
    return glyphs_of([glyph for line in printed for glyph in line], numbers)


def glyphs_of(glyphs: Sequence[_Glyph], numbers: Sequence[int]) -> Glyphs:
    """Glyphs from (character, box, size, upright) and the number of the line that each is in."""
    boxes = np.asarray([glyph[1] for glyph in glyphs], dtype=np.float64).reshape(-1, 4)
    return Glyphs(
        tuple(glyph[0] for glyph in glyphs),
        tuple(glyph[1] for glyph in glyphs),
        (boxes[:, :2] + boxes[:, 2:]) / 2,
        tuple(glyph[2] for glyph in glyphs),
        np.asarray(numbers, dtype=np.int64),
        tuple(glyph[3] for glyph in glyphs),
    )


def _lines(page: Any, flags: int, without_added: bool) -> list[list[_Glyph]]:
    """Lines of the page's text; without what annotations and fields draw, where these are read by themselves."""
    rotation = page.rotation
    turned = page.rotation_matrix if rotation else None
    if without_added:
        text = pymupdf.TextPage(page.get_displaylist(annots=0).get_textpage(flags)).extractRAWDICT()
        rotation, turned = 0, None  # a display list is laid out as it is shown
    else:
        text = page.get_text("rawdict", flags=flags)
    found = []
    for block in text["blocks"]:
        for line in block.get("lines", ()):
            flat = _is_flat(line["dir"], rotation)
            glyphs = [
                (char["c"], _turned(char["bbox"], turned), span["size"], flat)
                for span in line["spans"]
                for char in span["chars"]
            ]
            if glyphs:
                found.append(glyphs)
    return found


def _turned(box: Box, matrix: Any) -> Box:
    """The box on the page as it is shown."""
    if matrix is None:
        return box
    shown = pymupdf.Rect(box) * matrix
    return shown.x0, shown.y0, shown.x1, shown.y1


def _is_flat(direction: tuple[float, float], rotation: int) -> bool:
    """Whether a line reads from left to right on the page as it is shown."""
    x, y = direction
    seen = {0: x, 90: -y, 180: -x, 270: y}[rotation % 360]
    return seen > 0.9


def _key(glyph: _Glyph) -> tuple[int, int, str]:
    return int(glyph[1][0] * 4), int(glyph[1][1] * 4), glyph[0]


def share_unreadable(glyphs: Glyphs) -> float:
    """Share of the glyphs without usable Unicode: replacement, private use and control characters."""
    if not glyphs.chars:
        return 0.0
    bad = sum(
        c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or (c < " " and c not in "\t\n\r") for c in glyphs.chars
    )
    return bad / len(glyphs.chars)
