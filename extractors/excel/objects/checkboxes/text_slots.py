"""A cell's printed text in, the slots where labels begin out, and how the text's lines stand in the cell.

Where a text geometries inside its cell is not stored: it follows from font size and alignment (full-width characters count
one size, others half). In `有　無` a box can stand before 有 and before 無; in `□有 □無` the boxes are printed already.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.excel.objects.sheet_metrics import TextSetting
from extractors.location import Box
from normalizers.text import empty_boxes, is_spoken_of

LONGEST = 4_000  # characters of a text in which slots are looked for
_PADDING = 2.0
_BLANKS = " 　\xa0"
_MOST_BLANK = 1.5  # full widths of white space that stood for a box
_NO_LABEL = re.compile(r"[・･/／、,|｜)）」』\]】。:：～〜]")


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a label begins: index in the text, line on the sheet, points from the text's left edge.

    `room` are the points of white space before it, `printed` tells an empty box that is printed there.
    """

    index: int
    line: int
    across: float
    room: float
    printed: bool = False


@dataclass(frozen=True, slots=True)
class _Character:
    """A character that is no white space: where it geometries as in Slot, and its width in points."""

    index: int
    line: int
    across: float
    room: float
    size: float


@dataclass(frozen=True, slots=True)
class TextBlock:
    """How the lines of a text stand in a cell: their widths and the cell's box in points, and the cell's setting."""

    widths: Sequence[float]
    cell: Box
    setting: TextSetting

    def lefts(self) -> list[float]:
        """Where each line begins, in points."""
        free = [self.cell[2] - self.cell[0] - width for width in self.widths]
        return [
            self.cell[0] + {"center": f / 2, "right": f - _PADDING}.get(self.setting.across, _PADDING)
            for f in free
        ]

    def top(self, pitch: float) -> float:
        """Where the first line begins if lines stand `pitch` points apart."""
        height, block = self.cell[3] - self.cell[1], pitch * len(self.widths)
        top = {"top": 1.0, "center": (height - block) / 2}.get(self.setting.down, height - block - 1.0)
        return self.cell[1] + (max(top, 0.0) if block > height else top)


def text_width(text: str, size: float) -> float:
    """Width of a text in points."""
    return sum(size if unicodedata.east_asian_width(char) in "WFA" else size / 2 for char in text)


def text_to_slots(text: str, width: float, setting: TextSetting) -> tuple[list[Slot], list[float]]:
    """The slots where labels begin, and the width of each line on the sheet."""
    lines = _set_lines(text, max(width - 2 * _PADDING, setting.size), setting)
    slots = [slot for line in lines for char in line if (slot := _slot_at(text, char)) is not None]
    return slots, [line[-1].across + line[-1].size if line else 0.0 for line in lines]


def _set_lines(text: str, available: float, setting: TextSetting) -> list[list[_Character]]:
    """The characters of a text that are no white space, by the lines in which they stand on the sheet."""
    lines: list[list[_Character]] = [[]]
    across = room = 0.0
    for index, char in enumerate(text):
        size = 0.0 if char == "\n" else text_width(char, setting.size)
        if char == "\n" or (setting.wrapped and across + size > available):
            lines.append([])
            across = room = 0.0
        if char in _BLANKS:
            room += size
        elif char != "\n":
            lines[-1].append(_Character(index, len(lines) - 1, across, room, size))
            room = 0.0
        across += size
    return lines


def _slot_at(text: str, char: _Character) -> Slot | None:
    """The slot at a character: behind an empty box that is printed there, or before a label's first character."""
    if text[char.index] in empty_boxes() and not is_spoken_of(text, char.index):
        return Slot(char.index, char.line, char.across + char.size, char.size, printed=True)
    if _begins_label(text, char.index):
        return Slot(char.index, char.line, char.across, char.room)
    return None


def _begins_label(text: str, index: int) -> bool:
    """Whether a label begins here: at a line's start, or behind a full-width or two narrow spaces."""
    before = text[:index]
    stripped = before.rstrip(_BLANKS)
    gap = before[len(stripped) :]
    starts = not stripped or stripped.endswith("\n") or text_width(gap, 1.0) >= 1.0 or gap == " "
    return starts and not _NO_LABEL.match(text[index])


def with_boxes(text: str, slots: Sequence[Slot], glyphs: Sequence[str]) -> str:
    """The text with a glyph at each slot, in place of the white space or the empty box that made room for it."""
    parts: list[str] = []
    start = 0
    for slot, glyph in zip(slots, glyphs, strict=True):
        before = text[start : slot.index]
        stripped = before if slot.printed else _without_room(before)
        parts += [stripped, _joint(before, stripped), glyph]
        start = slot.index + slot.printed
    return "".join([*parts, text[start:]])


def _joint(before: str, stripped: str) -> str:
    """The blank that parts a box from the words before it where white space stood; none behind an opening bracket."""
    parted = stripped != before and stripped and not stripped[-1].isspace() and stripped[-1] not in "（(["
    return " " if parted else ""


def _without_room(before: str) -> str:
    """A text without the white space at its end that stood for a box: at most one and a half full widths."""
    remaining = _MOST_BLANK
    while before and before[-1] in _BLANKS and text_width(before[-1], 1.0) <= remaining:
        remaining -= text_width(before[-1], 1.0)
        before = before[:-1]
    return before
