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
_SAME_LINE = 0.45  # of the size: how far centres of one line lie apart
_SPACE = 0.6  # of the size: a gap that is a space


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
    upright = glyphs.upright
    if [upright[index] for index in chosen].count(True) * 2 <= len(chosen):
        return _vertical(glyphs, chosen)
    heights, sizes = glyphs.heights, glyphs.sizes
    groups: list[list[int]] = []
    centre = total = 0.0
    for index in sorted(chosen, key=heights.__getitem__):
        height = heights[index]
        if groups and abs(height - centre) <= _SAME_LINE * sizes[index]:
            groups[-1].append(index)
            total += height
        else:
            groups.append([index])
            total = height
        centre = total / len(groups[-1])
    return [line for group in groups if (line := _line(glyphs, group)) is not None]


def _line(glyphs: Glyphs, group: Sequence[int]) -> Line | None:
    """The line that glyphs of one height form; a wide gap between two is a space."""
    chars, spans, sizes = glyphs.chars, glyphs.spans, glyphs.sizes
    ordered = sorted(group, key=spans.__getitem__)
    inked = [index for index in ordered if not chars[index].isspace()]
    if not inked:
        return None
    text: list[str] = []
    end = spans[ordered[0]][0]
    for index in ordered:
        char, (left, right) = chars[index], spans[index]
        if left - end > _SPACE * sizes[index] and not char.isspace() and text[-1] not in " 　":
            text.append(" ")
        text.append(char)
        end = right
    return Line("".join(text).rstrip(), _around(glyphs, inked), _size(glyphs, inked))


def _around(glyphs: Glyphs, chosen: Sequence[int]) -> Box:
    """The box around glyphs."""
    lefts, tops, rights, bottoms = zip(*[glyphs.boxes[index] for index in chosen], strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _size(glyphs: Glyphs, chosen: Sequence[int]) -> float:
    """The middle of the glyphs' sizes."""
    return sorted([glyphs.sizes[index] for index in chosen])[len(chosen) // 2]


def _vertical(glyphs: Glyphs, chosen: Sequence[int]) -> list[Line]:
    """Vertical and turned writing as one line: as the file draws its lines, which may be read upwards.

    Characters drawn one by one are read in columns from right to left, each from top to bottom.
    """
    size = max(_size(glyphs, chosen), 1.0)
    order = sorted(chosen)
    if len({glyphs.lines[index] for index in chosen}) == len(chosen):
        order.sort(key=lambda i: (-round(sum(glyphs.spans[i]) / 2 / size), glyphs.boxes[i][1]))
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
