"""Lines of a page in, its glyphs out, as columns of plain values: printed, typed over, and drawn as check boxes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.location import Box
from extractors.pdf.page.checkboxes import CheckBox
from extractors.pdf.page.form_fields import Glyph, GlyphLine
from extractors.pdf.page.overlays import ticked, with_check_boxes, without_overwritten
from extractors.pdf.page.text_lines import TextLine

_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0b\x0c\x0e-\x1f]")


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
    printed: Sequence[TextLine], added: Sequence[GlyphLine], check_boxes: Sequence[CheckBox] = ()
) -> Glyphs:
    """The glyphs of the printed lines, with what was `added` in place of what it covers, and □ or ■ for check boxes."""
    if not added and not check_boxes:
        return _joined(printed)
    lines = [line_to_glyphs(line) for line in printed]
    if added:
        lines = [*without_overwritten(lines, added), *ticked(added, lines)]
    lines = with_check_boxes(lines, check_boxes)
    return glyphs_of([glyph for line in lines for glyph in line], _numbers([len(line) for line in lines]))


def without(glyphs: Glyphs, gone: Sequence[int]) -> Glyphs:
    """The glyphs but those with the indexes `gone`."""
    kept = sorted(set(range(len(glyphs.chars))) - set(gone))
    rest = [(glyphs.chars[i], glyphs.boxes[i], glyphs.sizes[i], glyphs.upright[i]) for i in kept]
    return glyphs_of(rest, [glyphs.lines[i] for i in kept])


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
