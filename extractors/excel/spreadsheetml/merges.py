"""Merged ranges of a sheet in, what each row has to know of them out: cells that begin there, and columns covered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from extractors.cell_reference import Area
from extractors.errors import Damaged
from extractors.excel.objects.anchors import LAST_COL

Spans = dict[int, tuple[int, int]]  # column → rows and columns of the merged cell that begins there


def merges_to_spans(merges: Iterable[Area]) -> dict[int, Spans]:
    """Each row in which merged cells begin → those cells."""
    spans: defaultdict[int, Spans] = defaultdict(dict)
    for top, left, bottom, right in merges:
        spans[top][left] = (bottom - top + 1, right - left + 1)
    return dict(spans)


def merges_to_bands(merges: Iterable[Area]) -> Iterator[tuple[int, frozenset[int]]]:
    """Bands of rows from the top: the first row below each, and the columns that merged cells cover in its rows.

    Nothing is covered below the last band. A merged cell's own first cell counts as covered. Only the ranges at
    one row are held, whatever their heights. Raises Damaged where ranges lie over each other.
    """
    waiting = sorted(merges, reverse=True)
    edges = sorted({edge for area in waiting for edge in (area[0], area[2] + 1)})
    if not edges:
        return
    yield edges[0], frozenset()
    active: list[Area] = []
    for start, end in pairwise(edges):
        active = [area for area in active if area[2] >= start]
        while waiting and waiting[-1][0] == start:
            active.append(waiting.pop())
        if sum(right - left + 1 for _, left, _, right in active) > LAST_COL + 1:
            raise Damaged(detail="merged cells lie over each other")
        yield end, frozenset(col for _, left, _, right in active for col in range(left, right + 1))
