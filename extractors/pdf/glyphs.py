"""One PDF page in, its glyphs out: read once through PyMuPDF into plain arrays.

A sheet printed from Excel draws a cell that runs over a page end on both pages and clips it: the text layer of
each page then holds lines nobody can see. A second pass with clipping tells which lines are visible; of those
the whole line is kept, because clipping also drops the spaces and commas of a line that is cut in the middle.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pymupdf
from numpy.typing import NDArray

_FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_PRESERVE_LIGATURES
_CLIP = pymupdf.TEXT_MEDIABOX_CLIP


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Glyphs of a page in the file's order: characters, boxes (n × 4, points), sizes, the line each is in.

    `upright` is False for glyphs of vertical or rotated lines.
    """

    chars: tuple[str, ...]
    boxes: NDArray[np.float64]
    sizes: NDArray[np.float64]
    lines: NDArray[np.int64]
    upright: NDArray[np.bool_]

    @property
    def centres(self) -> NDArray[np.float64]:
        """Centres of the boxes, n × 2."""
        return (self.boxes[:, :2] + self.boxes[:, 2:]) / 2


def page_to_glyphs(page: Any) -> Glyphs:
    """The visible glyphs of a page, in the page's rotated coordinates (what a reader sees)."""
    lines = _lines(page, _FLAGS)
    visible = {
        key for line in _lines(page, _FLAGS | _CLIP) for key in map(_key, line) if not key[2].isspace()
    }
    chars: list[str] = []
    boxes: list[tuple[float, float, float, float]] = []
    sizes: list[float] = []
    numbers: list[int] = []
    upright: list[bool] = []
    for number, line in enumerate(lines):
        if not any(_key(glyph) in visible for glyph in line):
            continue
        for char, box, size, flat in line:
            chars.append(char)
            boxes.append(box)
            sizes.append(size)
            numbers.append(number)
            upright.append(flat)
    array = np.asarray(boxes, dtype=np.float64).reshape(-1, 4)
    return Glyphs(
        tuple(chars),
        array,
        np.asarray(sizes),
        np.asarray(numbers, dtype=np.int64),
        np.asarray(upright, dtype=bool),
    )


_Glyph = tuple[str, tuple[float, float, float, float], float, bool]


def _lines(page: Any, flags: int) -> list[list[_Glyph]]:
    turned = page.rotation_matrix
    found = []
    for block in page.get_text("rawdict", flags=flags)["blocks"]:
        for line in block.get("lines", ()):
            glyphs: list[_Glyph] = []
            for span in line["spans"]:
                for char in span["chars"]:
                    box = pymupdf.Rect(char["bbox"]) * turned if page.rotation else char["bbox"]
                    glyphs.append((char["c"], tuple(box), span["size"], _is_flat(line["dir"], page.rotation)))
            if glyphs:
                found.append(glyphs)
    return found


def _is_flat(direction: tuple[float, float], rotation: int) -> bool:
    """Whether a line reads from left to right on the page as it is shown."""
    x, y = direction
    seen = {0: x, 90: -y, 180: -x, 270: y}[rotation % 360]
    return seen > 0.9


def _key(glyph: _Glyph) -> tuple[int, int, str]:
    box = glyph[1]
    return round(box[0] * 4), round(box[1] * 4), glyph[0]


def share_unreadable(glyphs: Glyphs) -> float:
    """Share of the glyphs without usable Unicode: replacement, private use and control characters."""
    if not glyphs.chars:
        return 0.0
    bad = sum(
        c == "\ufffd" or "\ue000" <= c <= "\uf8ff" or (c < " " and c not in "\t\n\r") for c in glyphs.chars
    )
    return bad / len(glyphs.chars)
