"""Rules in, tables of cells out: cells are what the rules enclose, also over several rows and columns.

A table cut by the page end has no rule at its foot: the ends of its vertical rules close it, and the cells
there are marked open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.location import Box
from extractors.pdf.page.rules import Rule, Rules, merge_places

_NEAR = 3.0
_OPEN = 5.0
_SPLIT = 150.0
_ALIKE = 0.25


@dataclass(frozen=True, slots=True)
class BoxCell:
    """A cell of a page's table: its box in points, and whether no rule closes it at the top or bottom."""

    box: Box
    open_top: bool = False
    open_bottom: bool = False


@dataclass(frozen=True, slots=True)
class BoxTable:
    """One table of a page: its cells in reading order, and the places of its row and column edges."""

    cells: tuple[BoxCell, ...]
    rows: tuple[float, ...]
    cols: tuple[float, ...]

    @property
    def box(self) -> Box:
        """The box around the table."""
        return self.cols[0], self.rows[0], self.cols[-1], self.rows[-1]


def rules_to_tables(rules: Rules, centres: NDArray[np.float64]) -> list[BoxTable]:
    """The tables of a page from top to bottom; frames with a single cell are no tables.

    `centres` (n, 2) are those of the page's glyphs: two like tables with nothing between them stay two.
    """
    tables = []
    for horizontal, vertical in _side_by_side(_connected(rules), centres):
        table = _table(horizontal, vertical)
        if table is not None and len(table.cells) > 1:
            tables.append(table)
    return sorted(tables, key=lambda table: (table.box[1], table.box[0]))


def _connected(rules: Rules) -> list[_Group]:
    """Rules that cross or touch one another, group by group."""
    horizontal, vertical = rules.horizontal, rules.vertical
    parent = list(range(len(horizontal) + len(vertical)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for v, rule in enumerate(vertical, len(horizontal)):
        for h, other in enumerate(horizontal):
            if _touch(other, rule):
                parent[root(v)] = root(h)
    groups: dict[int, _Group] = defaultdict(lambda: ([], []))
    for index in range(len(parent)):
        flat = index < len(horizontal)
        rule = horizontal[index] if flat else vertical[index - len(horizontal)]
        groups[root(index)][0 if flat else 1].append(rule)
    return [group for group in groups.values() if len(group[0]) >= 1 and len(group[1]) >= 2]


_Group = tuple[list[Rule], list[Rule]]


def _side_by_side(groups: list[_Group], centres: NDArray[np.float64]) -> list[_Group]:
    """Parts of one table that a merged cell without rules holds apart: they share row edges."""
    joined: list[_Group] = []
    for group in sorted(groups, key=lambda g: min(r.at for r in g[1])):
        mate = next(
            (other for other in joined if _shares_rows(other, group) and _one_table(other, group, centres)),
            None,
        )
        if mate is None:
            joined.append((list(group[0]), list(group[1])))
        else:
            mate[0].extend(group[0])
            mate[1].extend(group[1])
    return joined


def _shares_rows(one: _Group, other: _Group) -> bool:
    """Whether two parts stand beside each other and most row edges of the smaller are edges of the larger."""
    right, left = max(r.at for r in one[1]), min(r.at for r in other[1])
    if not one[0] or not other[0] or left < right - _NEAR or left - right > _SPLIT:
        return False
    rows = merge_places((r.at for r in one[0]), _NEAR)
    others = merge_places((r.at for r in other[0]), _NEAR)
    few, many = sorted((rows, others), key=len)
    shared = sum(any(abs(a - b) <= _NEAR for b in many) for a in few)
    return shared >= max(2, 0.6 * len(few))


def _one_table(one: _Group, other: _Group, centres: NDArray[np.float64]) -> bool:
    """Whether two parts beside each other are one table: text stands between them, or their columns differ."""
    left, right = max(r.at for r in one[1]), min(r.at for r in other[1])
    top, bottom = min(r.start for r in one[1]), max(r.end for r in one[1])
    x, y = centres[:, 0], centres[:, 1]
    between = ((x > left) & (x < right) & (y > top) & (y < bottom)).any()
    return bool(right - left <= _OPEN or between or not _alike(_widths(one), _widths(other)))


def _widths(group: _Group) -> list[float]:
    cols = merge_places((r.at for r in group[1]), _NEAR)
    return [after - before for before, after in pairwise(cols)]


def _alike(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether two tables have as many columns of about the same widths."""
    return len(one) == len(other) and all(
        abs(a - b) <= _ALIKE * max(a, b) for a, b in zip(one, other, strict=True)
    )


def _touch(horizontal: Rule, vertical: Rule) -> bool:
    return (
        horizontal.start - _NEAR <= vertical.at <= horizontal.end + _NEAR
        and vertical.start - _NEAR <= horizontal.at <= vertical.end + _NEAR
    )


def _table(horizontal: list[Rule], vertical: list[Rule]) -> BoxTable | None:
    rows, cols = (
        merge_places([r.at for r in horizontal], _NEAR),
        merge_places([r.at for r in vertical], _NEAR),
    )
    top, bottom = min(r.start for r in vertical), max(r.end for r in vertical)
    open_top, open_bottom = top < rows[0] - _OPEN, bottom > rows[-1] + _OPEN
    rows = [top] * open_top + rows + [bottom] * open_bottom
    if len(rows) < 2 or len(cols) < 2:
        return None
    regions = _regions(rows, cols, horizontal, vertical)
    cells = []
    for r0, c0, r1, c1 in regions:
        box = (cols[c0], rows[r0], cols[c1], rows[r1])
        middle = (box[0] + box[2]) / 2
        top = r0 == 0 and not _ruled(horizontal, box[1], middle)
        foot = r1 == len(rows) - 1 and not _ruled(horizontal, box[3], middle)
        cells.append(BoxCell(box, top, foot))
    return BoxTable(tuple(cells), tuple(rows), tuple(cols))


def _regions(
    rows: list[float], cols: list[float], horizontal: list[Rule], vertical: list[Rule]
) -> list[tuple[int, int, int, int]]:
    """Boxes of grid places that no rule divides, as (first row, first column, end row, end column)."""
    n_rows, n_cols = len(rows) - 1, len(cols) - 1
    owner = {(r, c): (r, c) for r in range(n_rows) for c in range(n_cols)}

    def root(place: tuple[int, int]) -> tuple[int, int]:
        while owner[place] != place:
            owner[place] = owner[owner[place]]
            place = owner[place]
        return place

    for r in range(n_rows):
        for c in range(n_cols):
            middle_x, middle_y = (cols[c] + cols[c + 1]) / 2, (rows[r] + rows[r + 1]) / 2
            if c + 1 < n_cols and not _ruled(vertical, cols[c + 1], middle_y):
                owner[root((r, c + 1))] = root((r, c))
            if r + 1 < n_rows and not _ruled(horizontal, rows[r + 1], middle_x):
                owner[root((r + 1, c))] = root((r, c))
    members: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for place in owner:
        members[root(place)].append(place)
    boxes = []
    for places in members.values():
        rs, cs = [r for r, _ in places], [c for _, c in places]
        boxes.append((min(rs), min(cs), max(rs) + 1, max(cs) + 1))
    return sorted(boxes)


def _ruled(rules: list[Rule], at: float, middle: float) -> bool:
    """Whether a rule lies at `at` over the point `middle`."""
    return any(abs(rule.at - at) <= _NEAR and rule.start <= middle <= rule.end for rule in rules)
