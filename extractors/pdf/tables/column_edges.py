"""Lines of a page in, column edges out: from gaps that no text crosses, parts of coloured strips, and the page before.

A river is an upright strip of the page that hardly any line of text crosses, as between 「設問」 and 「回答」. The names of
a header stand in their columns, so they part rivers where a column is nearly empty.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from extractors.pdf.tables.text_rows import TextRow, texts_in
from normalizers.text import is_item_number

_CROSSING = 0.06  # share of lines that may cross a river
_RESPECTED = 0.12  # share that may cross the columns taken over from the page before
_HEADER_WEIGHT = 1000
_NUMBERED = 0.5  # share of rows that begin with a number
_PITCH = 1.6  # of the size: the largest pitch of the lines of one text
_SAME = 1.5  # points
_WIDE = 2  # points: a narrower river counts where a column's texts begin behind it
# Of the size: a gap that is no space in a name, and how far texts of a column begin apart.
_NAME_GAP, _LEVEL = 0.8, 0.35
_ALIGNED, _LEAST = 0.3, 3  # share of lines, and how many at least, that begin there


def column_edges(
    groups: Sequence[list[TextRow]], n_header: int, width: float, hint: Sequence[float]
) -> list[float] | None:
    """Column edges: those of the page before (`hint`) where the lines respect them, else the rivers'.

    `groups` are lines whose heights overlap, `n_header` is how many of the lines are the header's, 0 for none.
    """
    rows = [row for group in groups for row in group]
    informative = _informative(groups)
    if hint and len(hint) > 2 and _crossed(informative, hint) <= _RESPECTED:
        return list(hint)
    if not n_header:
        return None
    header, body = rows[:n_header], [row for row in informative if row not in rows[:n_header]]
    rivers = _rivers(header, [*header, *body], width)
    left = min(part.box[0] for row in rows for part in row.parts)
    right = max(part.box[2] for row in rows for part in row.parts)
    edges = _merge_named_columns([left - 2.0, *rivers, right + 2.0], header, body)
    return edges if len(edges) >= 3 else None


def _merge_named_columns(
    edges: list[float], header: Sequence[TextRow], body: Sequence[TextRow]
) -> list[float]:
    """The edges without those that part a name from the texts beside it, as where the name stands in the middle.

    Then the one column has a name and no text that begins in it, its neighbour texts and no name. Each joins one
    neighbour at most: the choice that leaves fewest alone, and of equals the one where texts begin left of their names.
    """
    contents = [
        (any(_begins(row, a, b) for row in header), any(_begins(row, a, b) for row in body))
        for a, b in itertools.pairwise(edges)
    ]
    joined = _joined_columns(contents)
    return [edge for index, edge in enumerate(edges) if index - 1 not in joined]


def _joined_columns(contents: Sequence[tuple[bool, bool]]) -> frozenset[int]:
    """Indexes of the columns that are one with the column right of them, by (has a name, has texts) of each column.

    The best choice for the first columns is that for one or two columns fewer, and the last alone or joined.
    """
    best: list[tuple[int, int, frozenset[int]]] = [(0, 0, frozenset())]  # pairs, names right of texts, joined
    for index in range(len(contents)):
        choice = best[-1]
        if index and {contents[index - 1], contents[index]} == {(True, False), (False, True)}:
            pairs, names_right, joined = best[-2]
            pair = (pairs + 1, names_right + contents[index][0], joined | {index - 1})
            choice = max(choice, pair, key=lambda option: option[:2])
        best.append(choice)
    return best[-1][2]


def _begins(row: TextRow, left: float, right: float) -> bool:
    return any(left <= start < right for start, _ in row.spans)


def _informative(groups: Sequence[list[TextRow]]) -> list[TextRow]:
    """The lines without those that say nothing about columns: a lone text at the left edge is a heading or a note.

    Where no numbers stand there it may be the next line of a row's first text, if it follows or precedes one closely.
    """
    left_edge = min(part.box[0] for group in groups for row in group for part in row.parts)
    firsts = [row.words[0] for group in groups for row in group if len(row.parts) > 1]
    numbered = sum(map(is_item_number, firsts)) >= _NUMBERED * len(firsts)
    informative: list[TextRow] = []
    for index, group in enumerate(groups):
        beside = [*groups[max(0, index - 1) : index], *groups[index + 1 : index + 2]]
        first = group[0].parts[0]
        lone = texts_in(group) == 1 and first.box[0] <= left_edge + first.size
        goes_on = not numbered and any(_is_next(group[0], near) for rows in beside for near in rows)
        informative += group if not lone or goes_on else []
    return informative


def _is_next(row: TextRow, near: TextRow) -> bool:
    """Whether two lines are as close as those of one text and begin at one position."""
    return abs(row.top - near.top) <= _PITCH * row.size and abs(row.spans[0][0] - near.spans[0][0]) <= _SAME


def _crossed(rows: Sequence[TextRow], edges: Sequence[float]) -> float:
    """The largest share of lines that cross one of the inner edges."""
    if not rows:
        return 1.0
    shares = [
        sum(any(start + 1 < edge < end - 1 for start, end in row.spans) for row in rows) / len(rows)
        for edge in edges[1:-1]
    ]
    return max(shares, default=1.0)


def _rivers(header: Sequence[TextRow], rows: Sequence[TextRow], width: float) -> list[float]:
    """Middles of the strips that hardly a line crosses; the header's names are never crossed."""
    crossing = _crossing(_names(header, rows), rows, int(width) + 2)
    left = int(min(part.box[0] for row in rows for part in row.parts))
    right = int(max(part.box[2] for row in rows for part in row.parts))
    left, right = max(left, 0), min(right, len(crossing) - 1)  # text may stand outside of the page
    return [
        _best(crossing, start, end)
        for start, end in _strips(crossing, left, right, _CROSSING * len(rows))
        if start > left
        and (end - start >= _WIDE or _beginnings(rows, end) >= max(_LEAST, _ALIGNED * len(rows)))
    ]


def _names(header: Sequence[TextRow], rows: Sequence[TextRow]) -> list[tuple[float, float]]:
    """Where the names of a header run: its texts, parted where two narrow columns stand close, as 「可否 CWE」.

    Words that a small gap parts are two names only where texts below begin under each of them, level with one another.
    """
    body = [row for row in rows if row not in header]
    names: list[tuple[float, float]] = []
    for row in header:
        for part in row.parts:
            spans = [span for span in row.spans if part.box[0] - 1 <= span[0] < part.box[2]]
            for span in spans:
                if span is not spans[0] and not _is_parted(names[-1], span, body, row.size):
                    names[-1] = (names[-1][0], span[1])
                else:
                    names.append(span)
    return names


def _is_parted(
    before: tuple[float, float], after: tuple[float, float], body: Sequence[TextRow], size: float
) -> bool:
    """Whether texts stand under both of two words of a header, level with one another, and hardly any under the gap.

    Where few rows have a text under the second word, as 「備考」 often is blank, all these must begin at one position, far
    from the first word: the words of one text do not.
    """
    beside = crossed = 0
    starts: list[float] = []
    for row in body:
        spans = [
            [span for span in row.spans if first < span[1] and span[0] < last]
            for first, last in (before, after)
        ]
        over = any(start <= before[1] and end >= after[0] for start, end in row.spans)
        crossed += over
        beside += all(spans) and not over
        starts += [spans[1][0][0]] if spans[1] and not over else []
    if crossed > _CROSSING * len(body) or beside < _LEAST:
        return False
    is_far = after[0] - before[1] >= _NAME_GAP * size
    is_level = max(starts) - min(starts) <= _LEVEL * size
    return beside >= _ALIGNED * len(body) or (is_far and is_level)


def _crossing(names: Sequence[tuple[float, float]], rows: Sequence[TextRow], width: int) -> list[int]:
    """For each point of the page's width how many lines cross it; a header's name counts as very many."""
    crossing = [0] * width
    weighted = [(span, 1) for row in rows for span in row.spans]
    weighted += [(name, _HEADER_WEIGHT) for name in names]
    for (first, last), weight in weighted:
        for x in range(max(0, int(first)), min(width, int(last) + 1)):
            crossing[x] += weight
    return crossing


def _strips(crossing: Sequence[int], left: int, right: int, allowed: float) -> Iterator[tuple[int, int]]:
    """Where no more lines than `allowed` cross the page, as [start, end); a strip that does not end counts for nothing."""
    start: int | None = None
    for x in range(left, right + 1):
        if crossing[x] <= allowed:
            start = x if start is None else start
        elif start is not None:
            yield start, x
            start = None


def _beginnings(rows: Sequence[TextRow], x: int) -> int:
    """How many lines have a text that begins at a position: many where a column of left-aligned texts does."""
    return sum(any(abs(start - x) <= _SAME for start, _ in row.spans) for row in rows)


def _best(crossing: Sequence[int], start: int, end: int) -> float:
    """The middle of the least crossed run inside a river, the last of equals: texts begin at a column's left."""
    least = min(crossing[start:end])
    runs: list[tuple[int, int]] = []
    for x in range(start, end):
        if crossing[x] == least:
            if runs and runs[-1][1] == x:
                runs[-1] = (runs[-1][0], x + 1)
            else:
                runs.append((x, x + 1))
    first, last = max(runs, key=lambda run: run[1] - run[0])
    return (first + last) / 2
