"""Glyphs of one cell in, its text as printed out: wrapped lines joined, real breaks kept.

A line is wrapped where the next line's first word would not have fitted behind it; a line that ended early is a
real break. Between Japanese characters a wrap leaves no space.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.grid import Box
from extractors.pdf.glyphs import Glyphs
from normalizers.text import is_japanese

_CLOSING = "。、．，,.）)」』】］]〕〉》・：；！？!?ーっゃゅょぁぃぅぇぉッャュョァィゥェォ々"
_BULLETS = "・※□■☐☑☒◆◇●①②③④⑤⑥⑦⑧⑨⑩【＜〈《"
_OPENING = "（(「『【［[〔〈《"


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: text and box in points."""

    text: str
    box: Box
    size: float


def glyphs_to_lines(glyphs: Glyphs, chosen: Sequence[int]) -> list[Line]:
    """The lines that the chosen glyphs form, from top to bottom; vertical writing column by column."""
    if not chosen:
        return []
    if sum(glyphs.upright[index] for index in chosen) * 2 <= len(chosen):
        return _vertical(glyphs, chosen)
    heights = glyphs.centres[:, 1]
    groups: list[list[int]] = []
    centre = total = 0.0
    for index in sorted(chosen, key=heights.__getitem__):
        height = float(heights[index])
        if groups and abs(height - centre) <= 0.45 * glyphs.sizes[index]:
            groups[-1].append(index)
            total += height
        else:
            groups.append([index])
            total = height
        centre = total / len(groups[-1])
    return [line for group in groups if (line := _line(glyphs, group)) is not None]


def _line(glyphs: Glyphs, group: Sequence[int]) -> Line | None:
    boxes = glyphs.boxes
    ordered = sorted(group, key=lambda index: (boxes[index][0], boxes[index][2]))
    text = ""
    last = None
    for index in ordered:
        if last is not None and _is_gap(glyphs, last, index) and not text.endswith((" ", "　")):
            text += " "
        text += glyphs.chars[index]
        last = index
    inked = [index for index in ordered if not glyphs.chars[index].isspace()]
    return Line(text.rstrip(), _around(glyphs, inked), _size(glyphs, inked)) if inked else None


def _around(glyphs: Glyphs, chosen: Sequence[int]) -> Box:
    """The box around glyphs."""
    boxes = [glyphs.boxes[index] for index in chosen]
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def _size(glyphs: Glyphs, chosen: Sequence[int]) -> float:
    """The middle of the glyphs' sizes."""
    return sorted(glyphs.sizes[index] for index in chosen)[len(chosen) // 2]


def _is_gap(glyphs: Glyphs, before: int, after: int) -> bool:
    gap = glyphs.boxes[after][0] - glyphs.boxes[before][2]
    return gap > 0.6 * glyphs.sizes[after] and not glyphs.chars[after].isspace()


def _vertical(glyphs: Glyphs, chosen: Sequence[int]) -> list[Line]:
    """Vertical writing: columns from right to left, each from top to bottom, as one line."""
    size = max(_size(glyphs, chosen), 1.0)
    order = sorted(
        chosen, key=lambda index: (-round(glyphs.centres[index, 0] / size), glyphs.boxes[index][1])
    )
    text = "".join(glyphs.chars[index] for index in order).strip()
    return [Line(text, _around(glyphs, chosen), size)] if text else []


def join_lines(lines: Sequence[Line], left: float, right: float) -> str:
    """The text of a cell whose writing runs from `left` to `right` (points): wraps joined, breaks kept."""
    if not lines:
        return ""
    text = lines[0].text
    for before, after in pairwise(lines):
        pitch = max(before.size, 1.0) * 1.9
        gap = after.box[1] - before.box[3]
        if gap > pitch - before.size:
            text += "\n" * (
                1 + max(1, round((after.box[1] - before.box[1]) / max(before.size * 1.25, 1)) - 1)
            )
            text += after.text
        elif _is_wrap(before, after, left, right):
            text += _joint(text, after.text) + after.text.lstrip()
        else:
            text += "\n" + after.text
    return text


def _is_wrap(before: Line, after: Line, left: float, right: float) -> bool:
    """Whether the first word of `after` would not have fitted behind `before`; a bullet always begins a line."""
    if after.text.lstrip(" 　")[:1] in _BULLETS:
        return False
    width = _first_width(after.text, after.size)
    room = right - before.box[2]
    if _is_centred(before, left, right):
        room = min(room, (right - left) - (before.box[2] - before.box[0]))
    return room < width + 0.35 * before.size


def _is_centred(line: Line, left: float, right: float) -> bool:
    return (
        line.box[0] - left > line.size
        and abs((line.box[0] + line.box[2]) / 2 - (left + right) / 2) < line.size
    )


def _first_width(text: str, size: float) -> float:
    """Width of what a line break keeps together: a Latin word, or a character with closing marks behind it."""
    indent = len(text) - len(text.lstrip(" 　"))
    bare = text.lstrip(" 　")
    count = 0.0
    for position, char in enumerate(bare):
        wide = is_japanese(char)
        if position and (wide or char == " ") and char not in _CLOSING:
            if not (position == 1 and bare[0] in _OPENING):
                break
            count += 1.0 if wide else 0.5
            break
        count += 1.0 if wide else 0.5
    return (count + indent) * size


def _joint(before: str, after: str) -> str:
    """A space between two Latin words, nothing next to a Japanese character."""
    if not before or not after:
        return ""
    return "" if is_japanese(before[-1]) or is_japanese(after.lstrip()[0]) or before[-1] in "-/" else " "
