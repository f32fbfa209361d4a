"""Glyphs of a page in, its lines out, each parted at wide gaps: what the columns and rows of stream tables are made from.

「1　鍵を掛けるか　　○」 is one line of three texts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.pdf.page.glyph_lines import PrintedLine, glyphs_to_lines
from extractors.pdf.page.glyphs import Glyphs

_SPLIT = 1.2  # a gap of this many character widths parts two texts of a line
_WORD = 0.45  # a gap of this many parts two words
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


def text_rows(glyphs: Glyphs) -> list[TextRow]:
    """The page's lines, each parted at wide gaps."""
    indexes = [i for i in range(len(glyphs.chars)) if glyphs.upright[i] and not glyphs.chars[i].isspace()]
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
    runs = [_apart(glyphs, group, _SPLIT) for group in groups]
    lines = iter(glyphs_to_lines(glyphs, [part for parts in runs for part in parts]))
    return [
        _row(glyphs, tuple(line for _ in parts for line in next(lines)), group)
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


def _row(glyphs: Glyphs, parts: tuple[PrintedLine, ...], group: list[int]) -> TextRow:
    words = _apart(glyphs, group, _WORD)
    spans = tuple((glyphs.boxes[word[0]][0], max(glyphs.boxes[i][2] for i in word)) for word in words)
    return TextRow(parts, spans, tuple("".join(glyphs.chars[i] for i in word) for word in words))


def _apart(glyphs: Glyphs, group: list[int], gap: float) -> list[list[int]]:
    """Runs of glyphs of a line; a gap of `gap` character widths parts two."""
    runs: list[list[int]] = []
    for index in sorted(group, key=lambda i: glyphs.boxes[i][0]):
        if runs and glyphs.boxes[index][0] - glyphs.boxes[runs[-1][-1]][2] < gap * glyphs.sizes[index]:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs
