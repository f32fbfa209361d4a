"""Glyphs of one cell in, its text as printed out: wrapped lines joined, real breaks kept.

A line is wrapped where the next line's first word would not have fitted behind it; a line that ended early is a
real break. Between Japanese characters a wrap leaves no space.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

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


def glyphs_to_lines(glyphs: Glyphs, chosen: NDArray[np.int64]) -> list[Line]:
    """The lines that the chosen glyphs form, from top to bottom; vertical writing column by column."""
    if not len(chosen):
        return []
    if not glyphs.upright[chosen].mean() > 0.5:
        return _vertical(glyphs, chosen)
    order = chosen[np.argsort(glyphs.centres[chosen, 1], kind="stable")]
    groups: list[list[int]] = []
    centre = 0.0
    for index in order:
        y, size = glyphs.centres[index, 1], glyphs.sizes[index]
        if groups and abs(y - centre) <= 0.45 * size:
            groups[-1].append(int(index))
            centre = float(np.mean(glyphs.centres[groups[-1], 1]))
        else:
            groups.append([int(index)])
            centre = float(y)
    return [line for group in groups if (line := _line(glyphs, group)) is not None]


def _line(glyphs: Glyphs, group: Sequence[int]) -> Line | None:
    ordered = sorted(group, key=lambda index: (glyphs.boxes[index, 0], glyphs.boxes[index, 2]))
    text = ""
    last = None
    for index in ordered:
        if last is not None and _is_gap(glyphs, last, index) and not text.endswith((" ", "　")):
            text += " "
        text += glyphs.chars[index]
        last = index
    bare = text.rstrip()
    if not bare.strip():
        return None
    inked = [i for i in ordered if not glyphs.chars[i].isspace()]
    boxes = glyphs.boxes[inked]
    box = (
        float(boxes[:, 0].min()),
        float(boxes[:, 1].min()),
        float(boxes[:, 2].max()),
        float(boxes[:, 3].max()),
    )
    return Line(bare, box, float(np.median(glyphs.sizes[inked])))


def _is_gap(glyphs: Glyphs, before: int, after: int) -> bool:
    gap = glyphs.boxes[after, 0] - glyphs.boxes[before, 2]
    return bool(gap > 0.6 * glyphs.sizes[after]) and not glyphs.chars[after].isspace()


def _vertical(glyphs: Glyphs, chosen: NDArray[np.int64]) -> list[Line]:
    """Vertical writing: columns from right to left, each from top to bottom, as one line."""
    order = sorted(
        chosen.tolist(),
        key=lambda i: (-round(glyphs.centres[i, 0] / max(glyphs.sizes[i], 1)), glyphs.boxes[i, 1]),
    )
    text = "".join(glyphs.chars[i] for i in order).strip()
    boxes = glyphs.boxes[chosen]
    box = (
        float(boxes[:, 0].min()),
        float(boxes[:, 1].min()),
        float(boxes[:, 2].max()),
        float(boxes[:, 3].max()),
    )
    return [Line(text, box, float(np.median(glyphs.sizes[chosen])))] if text else []


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
