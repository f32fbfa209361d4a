"""One PDF page in, its glyphs out, as columns of plain values: printed, typed over, and drawn as check boxes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
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
from extractors.pdf.printed import TextLine, page_to_lines
from extractors.pdf.squares import CheckBox

_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0b\x0c\x0e-\x1f]")


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
    printed = page_to_lines(page)
    if not added and not check_boxes:
        return _joined(printed)
    lines = [_line_to_glyphs(line) for line in printed]
    if added:
        lines = [*without_overwritten(lines, added), *ticked(added, lines)]
    lines = with_check_boxes(lines, check_boxes)
    return glyphs_of([glyph for line in lines for glyph in line], _numbers([len(line) for line in lines]))


def _line_to_glyphs(line: TextLine) -> GlyphLine:
    return [(c, b, s, line.upright) for c, b, s in zip(line.chars, line.boxes, line.sizes, strict=True)]


def _numbers(lengths: Sequence[int]) -> list[int]:
    """The number of its line for each of the glyphs of lines of these lengths."""
    return np.repeat(np.arange(len(lengths)), lengths).tolist()


def _joined(lines: Sequence[TextLine]) -> Glyphs:
    lengths = [len(line.chars) for line in lines]
    return _glyphs(
        tuple([char for line in lines for char in line.chars]),
        tuple([box for line in lines for box in line.boxes]),
        tuple([size for line in lines for size in line.sizes]),
        _numbers(lengths),
        tuple(np.repeat([line.upright for line in lines], lengths).tolist()),
    )


def glyphs_of(glyphs: Sequence[Glyph], numbers: Sequence[int]) -> Glyphs:
    """Glyphs from (character, box, size, upright) and the number of the line that each is in."""
    chars, boxes, sizes, upright = zip(*glyphs, strict=True) if glyphs else ((), (), (), ())
    return _glyphs(chars, boxes, sizes, numbers, upright)


def _glyphs(
    chars: tuple[str, ...],
    boxes: tuple[Box, ...],
    sizes: tuple[float, ...],
    numbers: Sequence[int],
    upright: tuple[bool, ...],
) -> Glyphs:
    corners = np.asarray(boxes, dtype=np.float64).reshape(-1, 4)
    centres = (corners[:, :2] + corners[:, 2:]) / 2
    spans = tuple(zip(corners[:, 0].tolist(), corners[:, 2].tolist(), strict=True))
    return Glyphs(chars, boxes, sizes, tuple(numbers), upright, centres, tuple(centres[:, 1].tolist()), spans)


def share_unreadable(glyphs: Glyphs) -> float:
    """Share of the glyphs without usable Unicode: replacement, private use and control characters."""
    if not glyphs.chars:
        return 0.0
    return len(_UNREADABLE.findall("".join(glyphs.chars))) / len(glyphs.chars)
