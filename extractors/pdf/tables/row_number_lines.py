"""Lines of rows that follow closely and the line of each row's number in, the rows out.

Each column's texts go to the numbers in order, so that a text is level with its number: by its first line, its middle
or its last line, as 項番 3 stands at the top, in the middle or at the foot of its question. The three are tried for all
columns alike, and the one that is off by least is taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.pdf.tables.line_anchors import Piece
from extractors.pdf.tables.text_rows import TextRow

_LEVEL = 0.45  # of the size: nearer middles are one line
_FITS = 0.25  # of the pitch of lines: how far off texts may be on average
_MARGIN = (
    0.15  # of the pitch of lines: by how much the best has to be better than another that gives other rows
)
_GAP = 1.1  # times the pitch of lines: a larger gap within a text speaks against it


@dataclass(frozen=True, slots=True)
class VerticalFit:
    """Texts level with their numbers in one way: how many, how far off in all (points), and the row of each line.

    `split` is True where the texts of a line go to different rows.
    """

    texts: int
    distance: float
    rows: tuple[int, ...]
    split: bool


def vertical_fits(
    rows: Sequence[TextRow], columns: Sequence[Sequence[Piece]], anchors: Sequence[int], pitch: float
) -> tuple[VerticalFit, VerticalFit, VerticalFit]:
    """The rows that lines form where texts are level by their top, middle and bottom.

    `anchors` are the indexes of the numbers' lines, `pitch` that of lines in points; pieces name lines by their index.
    """
    top, middle, bottom = (_vertical_fit(rows, columns, anchors, pitch, which) for which in range(3))
    return top, middle, bottom


def best_vertical_fit(
    fits: Sequence[tuple[VerticalFit, VerticalFit, VerticalFit]], pitch: float
) -> tuple[int, bool]:
    """Which of top, middle and bottom fits all parts of a table best, and whether it fits well and alone."""
    texts = max(sum(part[0].texts for part in fits), 1)
    distance = [sum(part[which].distance for part in fits) / texts for which in range(3)]
    best = distance.index(min(distance))
    has_rival = any(
        distance[which] - distance[best] < _MARGIN * pitch
        and any(part[which].rows != part[best].rows for part in fits)
        for which in range(3)
    )
    split = any(part[best].split for part in fits)
    return best, distance[best] <= _FITS * pitch and not has_rival and not split


def _vertical_fit(
    rows: Sequence[TextRow],
    columns: Sequence[Sequence[Piece]],
    anchors: Sequence[int],
    pitch: float,
    which: int,
) -> VerticalFit:
    """The rows where texts are level by the `which`-th of top, middle and bottom."""
    votes: list[Counter[int]] = [Counter() for _ in rows]
    distance, texts = 0.0, 0
    for column in columns:
        cuts, cost = _cuts([piece.row for piece in column], [rows[a] for a in anchors], pitch, which)
        for number, (start, end) in enumerate(pairwise(cuts)):
            texts += end > start
            for piece in column[start:end]:
                votes[piece.line][number] += 1
        distance += cost
    row_of_line: list[int] = []
    for vote in votes:
        row_of_line.append(
            max(vote.most_common(1)[0][0] if vote else 0, row_of_line[-1] if row_of_line else 0)
        )
    split = any(len(vote) > 1 for vote in votes) or any(
        number not in vote for number, vote in zip(row_of_line, votes, strict=True)
    )
    return VerticalFit(texts, distance, tuple(row_of_line), split)


def _cuts(
    texts: Sequence[TextRow], anchors: Sequence[TextRow], pitch: float, which: int
) -> tuple[list[int], float]:
    """Where to cut a column's lines into one text a row, as indexes, and how far the texts are off in all."""
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}
    for anchor, following in zip(anchors, (*anchors[1:], None), strict=True):
        low = high = len(texts)
        if following is not None:
            low = _count(texts, anchor.middle + _LEVEL * anchor.size)
            high = _count(texts, following.middle - _LEVEL * following.size)
        best = {
            end: min(
                (cost + _distance(texts[start:end], anchor, pitch, which), (*cuts, end))
                for start, (cost, cuts) in best.items()
                if start <= end
            )
            for end in range(low, max(low, high) + 1)
        }
    cost, cuts = min(best.values())
    return list(cuts), cost


def _count(texts: Sequence[TextRow], height: float) -> int:
    return sum(text.middle <= height for text in texts)


def _distance(text: Sequence[TextRow], anchor: TextRow, pitch: float, which: int) -> float:
    """How far a text of these lines is from being level with its number, in points."""
    if not text:
        return 0.0
    pitches = [after.top - before.top for before, after in pairwise(text)]
    wide = sum(gap - pitch for gap in pitches if gap > _GAP * pitch)
    heights = (text[0].middle, (text[0].middle + text[-1].middle) / 2, text[-1].middle)
    return abs(heights[which] - anchor.middle) + wide
