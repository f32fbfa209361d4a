"""Lines of a page in, its glyphs out, as columns of plain values: printed, typed over, and drawn as check boxes.

A square drawn before 「対応済」 becomes the glyph □ or ■, so that later steps need not know how a box was made.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.location import Box
from extractors.pdf.page.drawn_checkboxes import CheckBox
from extractors.pdf.page.form_fields import Glyph, GlyphLine
from extractors.pdf.page.overlays import add_check_boxes, remove_overwritten, tick_empty_boxes
from extractors.pdf.page.text_lines import TextLine
from normalizers.text import CONTROLS

_UNREADABLE = re.compile(rf"[\ufffd\ue000-\uf8ff{CONTROLS}]")


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Glyphs of a page in the file's order, lengths in points: characters, boxes, sizes, and the line each is in.

    `upright` is False for glyphs of vertical or rotated lines. Arrays for work on many glyphs at once: `corners`
    (n, 4) and `centres` (n, 2) of the boxes, `sizes_of` (n) the sizes, `blank` (n) True for white space.
    """

    chars: tuple[str, ...]
    boxes: tuple[Box, ...]
    sizes: tuple[float, ...]
    lines: tuple[int, ...]
    upright: tuple[bool, ...]
    corners: NDArray[np.float64]
    centres: NDArray[np.float64]
    sizes_of: NDArray[np.float64]
    blank: NDArray[np.bool_]


def lines_to_glyphs(
    printed_lines: Sequence[TextLine], added_lines: Sequence[GlyphLine], check_boxes: Sequence[CheckBox] = ()
) -> Glyphs:
    """The glyphs of the printed lines, with `added_lines` in place of what they cover, and □ or ■ for check boxes."""
    if not added_lines and not check_boxes:
        return _joined(printed_lines)
    lines = [line_to_glyphs(line) for line in printed_lines]
    if added_lines:
        lines = [*remove_overwritten(lines, added_lines), *tick_empty_boxes(added_lines, lines)]
    lines = add_check_boxes(lines, check_boxes)
    return glyphs_of([glyph for line in lines for glyph in line], _numbers([len(line) for line in lines]))


def remove_glyphs(glyphs: Glyphs, indexes: Sequence[int]) -> Glyphs:
    """The glyphs but those with these `indexes`."""
    remaining = sorted(set(range(len(glyphs.chars))) - set(indexes))
    glyph_rows = [(glyphs.chars[i], glyphs.boxes[i], glyphs.sizes[i], glyphs.upright[i]) for i in remaining]
    return glyphs_of(glyph_rows, [glyphs.lines[i] for i in remaining])


def line_to_glyphs(line: TextLine) -> GlyphLine:
    """The glyphs of a printed line, one by one."""
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
    blank = np.asarray([char.isspace() for char in chars], dtype=bool)
    return Glyphs(
        chars,
        boxes,
        sizes,
        tuple(numbers),
        upright,
        corners,
        centres,
        np.asarray(sizes, dtype=np.float64),
        blank,
    )


def share_unreadable(glyphs: Glyphs) -> float:
    """Share of the glyphs without usable Unicode: replacement, private use and control characters."""
    if not glyphs.chars:
        return 0.0
    return len(_UNREADABLE.findall("".join(glyphs.chars))) / len(glyphs.chars)
