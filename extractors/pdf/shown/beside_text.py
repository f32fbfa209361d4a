"""Lines of a page in, those that belong to no cell's text set apart: watermarks that stand upright, and ruby over kanji.

A pale 「社外秘」 across the table would come to stand in the middle of its cells. 「そうさ」 in half the size over
「操作」 says how that is read, and is no part of the sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.location import Box
from extractors.pdf.page.text_lines import Paint, TextLine

_LARGE = 1.8  # times the usual size: writing that may be a watermark
_PALE = 140  # of 255: the darkest primary of a colour that is pale
_THROUGH = 0.7  # an opacity that lets other writing through
_ACROSS = 0.3  # share of its characters that lie over other writing
_SEEN = 247  # of 255: the palest primary of a pattern; white is hidden text
_TILES = 3  # times: a pale text printed so often is a pattern
_RUBY = 0.62  # of the size below it
_ABOVE, _UNDER = 0.7, 0.35  # of the size below: how far ruby stands over it, and how far it may reach into it


@dataclass(frozen=True, slots=True)
class Writing:
    """The lines of the page's own text, and lines beside it: watermarks, ruby."""

    lines: tuple[TextLine, ...]
    watermarks: tuple[TextLine, ...] = ()
    ruby: tuple[TextLine, ...] = ()


def split_writing(lines: Sequence[TextLine], paints: Sequence[Paint]) -> Writing:
    """Set watermarks and ruby apart from the text; `paints` are those that occur."""
    usual = _usual_size(lines)
    pale_paints = {id(paint) for paint in paints if is_pale(paint)}
    pale = [
        line
        for line in lines
        if line.slanted
        or line.sizes[0] >= _LARGE * usual
        or (pale_paints and id(line.paints[0]) in pale_paints)
    ]
    small = [line for line in lines if line.sizes[0] <= _RUBY * usual and _is_kana(line)]
    if not pale and not small:
        return Writing(tuple(lines))
    watermarks = [line for line in pale if line.slanted or _lies_across(line, lines)]
    ruby = [line for line in small if _is_over_text(line, lines)]
    gone = {id(line) for line in (*watermarks, *ruby)}
    return Writing(tuple(line for line in lines if id(line) not in gone), tuple(watermarks), tuple(ruby))


def split_pattern(lines: Sequence[TextLine], paints: Sequence[Paint]) -> Writing:
    """Set apart what is printed pale all over the page, some of it across other writing."""
    pale = {id(paint) for paint in paints if is_pale(paint) and min(_primaries(paint)) <= _SEEN}
    if not pale:
        return Writing(tuple(lines))
    pieces = [piece for line in lines for piece in _pale_pieces(line, pale)]
    counts = Counter(piece.text for piece in pieces)
    often = [piece for piece in pieces if counts[piece.text] >= _TILES and len(piece.chars) > 1]
    if not often:
        return Writing(tuple(lines))
    letters = np.asarray(
        [
            box
            for line in lines
            for box, char, paint in zip(line.boxes, line.chars, line.paints, strict=True)
            if id(paint) not in pale and not char.isspace()
        ]
    ).reshape(-1, 4)
    texts = {piece.text for piece in often if _is_over(piece.boxes, letters)}
    tiles = [piece for piece in often if piece.text in texts]
    gone = {box for piece in tiles for box in piece.boxes}
    kept = []
    for line in lines:
        indexes = [index for index, box in enumerate(line.boxes) if box not in gone]
        if any(not line.chars[index].isspace() for index in indexes):
            kept.append(line if len(indexes) == len(line.chars) else line.part(indexes))
    return Writing(tuple(kept), tuple(tiles)) if tiles else Writing(tuple(lines))


def _pale_pieces(line: TextLine, pale: set[int]) -> list[TextLine]:
    """The words of a line that are pale."""
    words: list[list[int]] = [[]]
    for index, (char, paint) in enumerate(zip(line.chars, line.paints, strict=True)):
        if char.isspace() or id(paint) not in pale:
            words.append([])
        else:
            words[-1].append(index)
    return [line.part(word) for word in words if word]


def _usual_size(lines: Sequence[TextLine]) -> float:
    """The size that most of the page's characters have."""
    counts: Counter[float] = Counter()
    for line in lines:
        counts[line.sizes[0]] += len(line.chars)
    return max(counts, key=lambda size: counts[size], default=0.0)


def is_pale(paint: Paint) -> bool:
    """Whether a paint is that of writing behind or over other writing."""
    return paint.opacity < _THROUGH or min(_primaries(paint)) > _PALE


def _primaries(paint: Paint) -> tuple[int, int, int]:
    return paint.colour >> 16 & 255, paint.colour >> 8 & 255, paint.colour & 255


def _lies_across(line: TextLine, lines: Sequence[TextLine]) -> bool:
    """Whether much of a line lies over other, smaller or darker, lines; a copy of the same words is no watermark."""
    boxes = _inked(line)
    different = [text for text in lines if text is not line and text.text.strip() != line.text.strip()]
    pale = _is_all_pale(line)
    rivals = [
        text
        for text in different
        if text.sizes[0] < line.sizes[0] / _LARGE or (pale and not _is_all_pale(text))
    ]
    inside = np.asarray([b for text in rivals for b in _inked(text)]).reshape(-1, 4)
    return _is_over(boxes, inside)


def _is_over(boxes: Sequence[Box], letters: NDArray[np.float64]) -> bool:
    """Whether much of some writing lies over other letters."""
    if not boxes or not len(letters):
        return False
    return sum(_meets(box, letters) for box in boxes) >= max(1.0, _ACROSS * len(boxes))


def _is_all_pale(line: TextLine) -> bool:
    return all(is_pale(paint) for paint in {id(paint): paint for paint in line.paints}.values())


def _meets(box: Box, letters: NDArray[np.float64]) -> bool:
    """Whether the middle of one of the letters lies within a box, or its own in one of them."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    centres = (letters[:, :2] + letters[:, 2:]) / 2
    holds = (centres > box[:2]).all(axis=1) & (centres < box[2:]).all(axis=1)
    held = (letters[:, 0] < x) & (x < letters[:, 2]) & (letters[:, 1] < y) & (y < letters[:, 3])
    return bool((holds | held).any())


def _inked(line: TextLine) -> list[Box]:
    return [box for char, box in zip(line.chars, line.boxes, strict=True) if not char.isspace()]


def _is_kana(line: TextLine) -> bool:
    """Whether a line is all hiragana or katakana."""
    text = "".join(line.text.split())
    return bool(text) and all("\u3041" <= char <= "\u30ff" for char in text)


def _is_over_text(line: TextLine, lines: Sequence[TextLine]) -> bool:
    """Whether larger characters stand right below a small line."""
    left, _, right, bottom = line.box
    middle = (left + right) / 2
    for base in lines:
        size = base.sizes[0]
        x0, y0, x1, _ = base.box
        close = -_UNDER * size <= y0 - bottom <= _ABOVE * size
        if (
            line.sizes[0] <= _RUBY * size
            and x0 - size <= middle <= x1 + size
            and close
            and right - left <= x1 - x0 + size
        ):
            return True
    return False
