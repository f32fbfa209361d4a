"""Glyphs of a page in, its lines out, each parted at wide gaps: what the columns and rows of stream tables are made from.

「1　鍵を掛けるか　　○」 is one line of three texts.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.pdf.page.glyph_lines import PrintedLine, glyphs_to_lines
from extractors.pdf.page.glyphs import Glyphs
from normalizers.text import is_japanese

_SPLIT = 1.2  # a gap of this many character widths parts two texts of a line
_WORD = 0.45  # a gap of this many parts two words
_JAPANESE = 0.3  # between kana and kanji, which no spaces part, one of this many does
_DIGITS, _MOST_DIGITS = frozenset("0123456789"), 3
_IN_NUMBERS = frozenset(".-_,/)）．－、:：%")  # what goes on a number or ends it
_LEAST, _WIDTHS = 4, 2  # numbers of a column, and of how many digits they have at least
_SAME = 1.0  # points
_REACH = 6.0  # points that a name may end left of its numbers' end
_OVERLAP = 0.9  # of the size: nearer middles than this are no two lines of one text


@dataclass(frozen=True, slots=True)
class TextRow:
    """One line of the page: the texts that stand apart on it from left to right, and where its words run.

    `spans` are finer than the texts: a gap of half a character parts them, as behind a number of three digits.
    `words` is what stands on each of them.
    """

    parts: tuple[PrintedLine, ...]
    spans: tuple[tuple[float, float], ...]
    words: tuple[str, ...] = ()

    @property
    def top(self) -> float:
        """Where its highest text begins, in points."""
        return min(part.box[1] for part in self.parts)

    @property
    def bottom(self) -> float:
        """Where its lowest text ends, in points."""
        return max(part.box[3] for part in self.parts)

    @property
    def middle(self) -> float:
        """The height of its middle, in points."""
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """The size of its largest text, in points."""
        return max(part.size for part in self.parts)


def text_rows(glyphs: Glyphs, among: Sequence[int] | None = None) -> list[TextRow]:
    """The page's lines, each parted at wide gaps; those of the glyphs with the indexes `among` where these are given."""
    candidates = range(len(glyphs.chars)) if among is None else among
    indexes = [i for i in candidates if glyphs.upright[i] and not glyphs.chars[i].isspace()]
    indexes.sort(key=lambda i: (glyphs.centres[i, 1], glyphs.boxes[i][0]))
    groups: list[list[int]] = []
    for index in indexes:
        near = (
            groups
            and abs(glyphs.centres[index, 1] - glyphs.centres[groups[-1][0], 1]) <= 0.45 * glyphs.sizes[index]
        )
        if near:
            groups[-1].append(index)
        else:
            groups.append([index])
    groups = [sorted(group, key=lambda i: glyphs.boxes[i][0]) for group in groups]
    heads = _number_column(glyphs, groups)
    runs = [_apart(glyphs, group, _SPLIT, heads) for group in groups]
    lines = iter(glyphs_to_lines(glyphs, [part for parts in runs for part in parts]))
    return [
        _row(glyphs, tuple(line for _ in parts for line in next(lines)), _apart(glyphs, group, _WORD, heads))
        for group, parts in zip(groups, runs, strict=True)
    ]


def side_by_side(rows: Sequence[TextRow]) -> list[list[TextRow]]:
    """Lines whose heights overlap, together: where cells stand in the middle of their rows, a row's lines do."""
    groups: list[list[TextRow]] = []
    for row in rows:
        if groups and row.middle - groups[-1][-1].middle < _OVERLAP * row.size:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def texts_in(rows: Sequence[TextRow]) -> int:
    """How many texts some lines hold."""
    return sum(len(row.parts) for row in rows)


def _row(glyphs: Glyphs, parts: tuple[PrintedLine, ...], words: list[list[int]]) -> TextRow:
    spans = tuple((glyphs.boxes[word[0]][0], max(glyphs.boxes[i][2] for i in word)) for word in words)
    return TextRow(parts, spans, tuple("".join(glyphs.chars[i] for i in word) for word in words))


def _apart(glyphs: Glyphs, group: Sequence[int], gap: float, heads: Container[int]) -> list[list[int]]:
    """Runs of glyphs of a line from left to right; a gap of `gap` character widths parts two, and one of `heads` begins one."""
    runs: list[list[int]] = []
    for index in group:
        if runs and index not in heads and _is_near(glyphs, runs[-1][-1], index, gap):
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _is_near(glyphs: Glyphs, before: int, after: int, gap: float) -> bool:
    """Whether a glyph follows another by less than `gap` character widths."""
    distance = glyphs.boxes[after][0] - glyphs.boxes[before][2]
    if distance >= _JAPANESE * glyphs.sizes[after] and gap == _WORD:
        return distance < gap * glyphs.sizes[after] and not (
            is_japanese(glyphs.chars[before]) and is_japanese(glyphs.chars[after])
        )
    return distance < gap * glyphs.sizes[after]


def _number_column(glyphs: Glyphs, groups: Sequence[Sequence[int]]) -> frozenset[int]:
    """The glyphs with which texts begin that stand close behind their numbers: 「9 鍵を」 over 「10 窓を」.

    The numbers are a column where they rise, end at one position and begin at several, all texts begin at one, and a name
    stands over the numbers; without a name they stay with their texts, for nothing says what the column is.
    """
    numbered = [pair for group in groups if (pair := _number_and_text(glyphs, group)) is not None]
    values = [int("".join(glyphs.chars[i] for i in number)) for number, _ in numbered]
    if len(numbered) < _LEAST or any(b <= a for a, b in pairwise(values)):
        return frozenset()
    ends = [glyphs.boxes[number[-1]][2] for number, _ in numbered]
    starts = [glyphs.boxes[text][0] for _, text in numbered]
    if len({len(number) for number, _ in numbered}) < _WIDTHS or not _level(ends) or not _level(starts):
        return frozenset()
    above = [group for group in groups if glyphs.centres[group[0], 1] < glyphs.centres[numbered[0][1], 1]]
    is_named = any(_has_name_over(glyphs, group, min(ends), min(starts)) for group in above)
    return frozenset(text for _, text in numbered) if is_named else frozenset()


def _has_name_over(glyphs: Glyphs, group: Sequence[int], end: float, text: float) -> bool:
    """Whether a line has a word over the numbers that end at `end` (points), and another where their texts begin, or behind."""
    words = _apart(glyphs, group, _WORD, ())
    first, last = glyphs.boxes[words[0][0]][0], glyphs.boxes[words[0][-1]][2]
    over = first < end < last + _REACH and last <= text + _SAME
    return over and any(glyphs.boxes[word[0]][0] >= text - _SAME for word in words[1:])


def _number_and_text(glyphs: Glyphs, group: Sequence[int]) -> tuple[Sequence[int], int] | None:
    """The glyphs of the number that a line begins with, and the first glyph of the text that stands close behind it."""
    count = 0
    while count < len(group) and glyphs.chars[group[count]] in _DIGITS:
        count += 1
    if not 0 < count <= _MOST_DIGITS or count == len(group) or glyphs.chars[group[count]] in _IN_NUMBERS:
        return None
    gap = glyphs.boxes[group[count]][0] - glyphs.boxes[group[count - 1]][2]
    return (group[:count], group[count]) if gap < _SPLIT * glyphs.sizes[group[count]] else None


def _level(positions: Sequence[float]) -> bool:
    return max(positions) - min(positions) <= _SAME
