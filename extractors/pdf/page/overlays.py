"""Printed lines and what lies over them in, the lines that a reader sees out.

What was typed over a printed character replaces it: a ■ over the printed □, an answer over a placeholder.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.location import Box
from extractors.pdf.page.drawn_checkboxes import CheckBox
from extractors.pdf.page.form_fields import Glyph, GlyphLine
from extractors.pdf.page.paths import holds_middle
from extractors.pdf.page.text_lines import TextLine
from normalizers.text import empty_boxes, shape_of, ticked_boxes

_TALL = 90.0  # points: a taller stamp marks a page, not an answer


@dataclass(frozen=True, slots=True)
class StampMarks:
    """What stamps say: lines of their own, boxes of those that mark what they lie on, and how many say nothing."""

    lines: tuple[GlyphLine, ...] = ()
    circles: tuple[Box, ...] = ()
    unread_count: int = 0


def remove_overwritten(
    printed_lines: Sequence[GlyphLine], added_lines: Sequence[GlyphLine]
) -> list[GlyphLine]:
    """The printed lines without the characters that something was typed over."""
    centres = _centres(glyph for line in printed_lines for glyph in line)
    is_covered = iter(_covered(centres, np.asarray([_area(line) for line in added_lines])).tolist())
    remaining = (
        [glyph for glyph in line if not next(is_covered) or glyph[0].isspace()] for line in printed_lines
    )
    return [line for line in remaining if line]


def _centres(glyphs: Iterable[Glyph]) -> NDArray[np.float64]:
    boxes = np.asarray([glyph[1] for glyph in glyphs], dtype=np.float64).reshape(-1, 4)
    return (boxes[:, :2] + boxes[:, 2:]) / 2


def _covered(centres: NDArray[np.float64], areas: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which of the centres (n, 2) lie in one of the areas (m, 4)."""
    x, y = centres[:, :1], centres[:, 1:]
    inside = (areas[:, 0] <= x) & (x <= areas[:, 2]) & (areas[:, 1] <= y) & (y <= areas[:, 3])
    return np.asarray(inside.any(axis=1))


def tick_empty_boxes(added_lines: Sequence[GlyphLine], printed_lines: Sequence[GlyphLine]) -> list[GlyphLine]:
    """The added lines; a lone mark over a printed empty box is a ticked box."""
    empty = [glyph[1] for line in printed_lines for glyph in line if glyph[0] in empty_boxes()]
    result = []
    for line in added_lines:
        inked = [glyph for glyph in line if not glyph[0].isspace()]
        over = len(inked) == 1 and any(holds_middle(_area(inked), box) for box in empty)
        if over and (shape_of(inked[0][0]) not in {None, "dash"} or inked[0][0] in "■☑☒"):
            result.append([("■", *inked[0][1:])])
        else:
            result.append(line)
    return result


def add_check_boxes(lines: Sequence[GlyphLine], check_boxes: Sequence[CheckBox]) -> list[GlyphLine]:
    """The page's lines and □ or ■ for each drawn check box; a mark printed in one ticks it.

    A square round a printed box or round words is no check box.
    """
    glyphs = [glyph for line in lines for glyph in line if not glyph[0].isspace()]
    centres = _centres(glyphs)
    box_lines: list[GlyphLine] = []
    tick_ids: set[int] = set()
    for check_box in check_boxes:
        inside = np.flatnonzero(_covered(centres, np.asarray([check_box.box]))).tolist()
        if inside and not (len(inside) == 1 and _is_tick(glyphs[inside[0]][0])):
            continue
        tick_ids.update(id(glyphs[index]) for index in inside)
        char = "■" if check_box.ticked or inside else "□"
        box_lines.append([(char, check_box.box, min(check_box.box[3] - check_box.box[1], 12.0), True)])
    remaining = ([glyph for glyph in line if id(glyph) not in tick_ids] for line in lines)
    return [*(line for line in remaining if line), *box_lines] if box_lines else list(lines)


def _is_tick(char: str) -> bool:
    """Whether a character ticks a drawn box: any mark but a dash or a box."""
    return shape_of(char) not in {None, "dash"} and char not in empty_boxes() + ticked_boxes()


def stamps_to_marks(
    stamps: Sequence[tuple[Box, tuple[GlyphLine, ...]]], printed_lines: Sequence[TextLine]
) -> StampMarks:
    """A stamp over a blank place says its own words; one over printed words marks them, if it is small enough."""
    if not stamps:
        return StampMarks()
    centres = _centres(
        [
            (char, box, 0.0, True)
            for line in printed_lines
            for char, box in zip(line.chars, line.boxes, strict=True)
            if not char.isspace()
        ]
    )
    lines: list[GlyphLine] = []
    circles: list[Box] = []
    unread_count = 0
    for box, words in stamps:
        if not _covered(centres, np.asarray([box])).any():
            lines += words
            unread_count += not words
        elif box[3] - box[1] <= _TALL:
            circles.append(box)
        else:
            unread_count += 1
    return StampMarks(tuple(lines), tuple(circles), unread_count)


def _area(line: Sequence[Glyph]) -> Box:
    """The box around a line's ink, a little higher, as no line is drawn exactly over another."""
    boxes = [glyph[1] for glyph in line if not glyph[0].isspace()] or [glyph[1] for glyph in line]
    height = max(b[3] for b in boxes) - min(b[1] for b in boxes)
    margin = 0.15 * height
    return (min(b[0] for b in boxes) - margin, min(b[1] for b in boxes) - margin,
            max(b[2] for b in boxes) + margin, max(b[3] for b in boxes) + margin)  # fmt: skip
