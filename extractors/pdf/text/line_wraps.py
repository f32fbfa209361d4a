"""Lines of one cell in, its text as printed out: wrapped lines joined, real breaks kept.

A line is wrapped where the next line's first word would not have fitted behind it; a line that ended early is a
real break. Between Japanese characters a wrap leaves no space: 「鍵は毎」 over 「晩掛ける」 is 「鍵は毎晩掛ける」.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.pdf.page.glyph_lines import PrintedLine
from normalizers.text import is_japanese

_CLOSING = "。、．，,.）)」』】］]〕〉》・：；！？!?ーっゃゅょぁぃぅぇぉッャュョァィゥェォ々"
_BULLETS = "・※□■☐☑☒◆◇●①②③④⑤⑥⑦⑧⑨⑩【＜〈《"
_OPENING = "（(「『【［[〔〈《"


def join_lines(lines: Sequence[PrintedLine], left: float, right: float) -> str:
    """The text of a cell whose writing runs from `left` to `right` (points): wraps joined, breaks kept."""
    if not lines:
        return ""
    text = lines[0].text
    for before, after in pairwise(lines):
        pitch = max(before.size, 1.0) * 1.9
        gap = after.box[1] - before.box[3]
        if gap > pitch - before.size:
            text += "\n" * _line_ends(before, after) + after.text
        elif _is_wrap(before, after, left, right):
            text += _joint(text, after.text) + after.text.lstrip()
        else:
            text += "\n" + after.text
    return text


def _line_ends(before: PrintedLine, after: PrintedLine) -> int:
    """How many line ends stand for the gap between two paragraphs: two at least."""
    lines = round((after.box[1] - before.box[1]) / max(before.size * 1.25, 1))
    return 1 + max(1, lines - 1)


def _is_wrap(before: PrintedLine, after: PrintedLine, left: float, right: float) -> bool:
    """Whether the first word of `after` would not have fitted behind `before`; a bullet always begins a line."""
    if after.text.lstrip(" 　")[:1] in _BULLETS:
        return False
    width = _first_width(after.text, after.size)
    room = right - before.box[2]
    if _is_centred(before, left, right):
        room = min(room, (right - left) - (before.box[2] - before.box[0]))
    return room < width + 0.35 * before.size


def _is_centred(line: PrintedLine, left: float, right: float) -> bool:
    return (
        line.box[0] - left > line.size
        and abs((line.box[0] + line.box[2]) / 2 - (left + right) / 2) < line.size
    )


def _first_width(text: str, size: float) -> float:
    """Width of what a line break keeps together: a Latin word, or a character with closing marks behind it."""
    indent = len(text) - len(text.lstrip(" 　"))
    stripped = text.lstrip(" 　")
    count = 0.0
    for position, char in enumerate(stripped):
        wide = is_japanese(char)
        if position and (wide or char == " ") and char not in _CLOSING:
            if not (position == 1 and stripped[0] in _OPENING):
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
