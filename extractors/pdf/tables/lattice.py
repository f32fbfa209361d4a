"""Rules of a page in, its lattice tables out: cells are what the rules enclose, also over several rows and columns.

A cell 「管理」 beside three rows of questions has no rules between them and is one cell over three rows. A table cut by
the page end has no rule at its foot: the ends of its vertical rules close it, and the cells there are marked open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from extractors.location import Box
from extractors.pdf.page.rules import Rule, Rules, merge_positions

_NEAR = 3.0
_OPEN = 5.0
_SPLIT = 150.0
_ALIKE = 0.25
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class BoxCell:
    """A cell of a page's table: its box in points, and whether no rule closes it at the top or bottom."""

    box: Box
    open_top: bool = False
    open_bottom: bool = False


@dataclass(frozen=True, slots=True)
class BoxTable:
    """One table of a page: its cells in reading order, and the positions of its row and column edges."""

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
    return sorted(_without_inner(tables), key=lambda table: (table.box[1], table.box[0]))


def _without_inner(tables: Sequence[BoxTable]) -> list[BoxTable]:
    """The tables but those that stand in a cell of another one, as a list of examples within a question."""
    return [
        table
        for table in tables
        if not any(_is_inside(table, outer) for outer in tables if outer is not table)
    ]


def _is_inside(table: BoxTable, outer: BoxTable) -> bool:
    """Whether a small table stands in a single cell of a table of several rows and columns."""
    if len(outer.rows) <= _SEVERAL or len(outer.cols) <= _SEVERAL or len(table.cells) >= len(outer.cells):
        return False
    x0, y0, x1, y1 = table.box
    return any(
        left < x0 and x1 < right and top < y0 and y1 < foot
        for left, top, right, foot in (cell.box for cell in outer.cells)
    )


_Group = tuple[list[Rule], list[Rule]]  # horizontal and vertical rules


def _connected(rules: Rules) -> list[_Group]:
    """Rules that cross or touch one another, group by group."""
    horizontal, vertical = rules.horizontal, rules.vertical
    links = (
        (h, v)
        for v, upright in enumerate(vertical, len(horizontal))
        for h, level in enumerate(horizontal)
        if _touch(level, upright)
    )
    groups = []
    for indexes in _components(len(horizontal) + len(vertical), links):
        level_rules = [horizontal[index] for index in indexes if index < len(horizontal)]
        upright_rules = [vertical[index - len(horizontal)] for index in indexes if index >= len(horizontal)]
        groups.append((level_rules, upright_rules))
    return [group for group in groups if len(group[0]) >= 1 and len(group[1]) >= 2]


def _components(count: int, links: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The indexes below `count`, those that links connect together; in the order of their first index."""
    parent = list(range(count))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for first, second in links:
        parent[root(second)] = root(first)
    groups: dict[int, list[int]] = defaultdict(list)
    for index in range(count):
        groups[root(index)].append(index)
    return list(groups.values())


def _side_by_side(groups: list[_Group], centres: NDArray[np.float64]) -> list[_Group]:
    """Parts of one table that a merged cell without rules holds apart: they share row edges."""
    joined: list[_Group] = []
    for group in sorted(groups, key=lambda g: min(r.at for r in g[1])):
        mate = next(
            (part for part in joined if _shares_rows(part, group) and _is_one_table(part, group, centres)),
            None,
        )
        if mate is None:
            joined.append((list(group[0]), list(group[1])))
        else:
            mate[0].extend(group[0])
            mate[1].extend(group[1])
    return joined


def _shares_rows(first: _Group, second: _Group) -> bool:
    """Whether a part stands beside the first and most row edges of the smaller are edges of the larger."""
    right, left = max(r.at for r in first[1]), min(r.at for r in second[1])
    if not first[0] or not second[0] or left < right - _NEAR or left - right > _SPLIT:
        return False
    edges = [merge_positions((r.at for r in group[0]), _NEAR) for group in (first, second)]
    few, many = sorted(edges, key=len)
    shared = sum(any(abs(a - b) <= _NEAR for b in many) for a in few)
    return shared >= max(2, 0.6 * len(few))


def _is_one_table(first: _Group, second: _Group, centres: NDArray[np.float64]) -> bool:
    """Whether two parts beside each other are one table: text stands between them, or their columns differ."""
    left, right = max(r.at for r in first[1]), min(r.at for r in second[1])
    top, bottom = min(r.start for r in first[1]), max(r.end for r in first[1])
    x, y = centres[:, 0], centres[:, 1]
    between = ((x > left) & (x < right) & (y > top) & (y < bottom)).any()
    return bool(right - left <= _OPEN or between or not _are_alike(_widths(first), _widths(second)))


def _widths(group: _Group) -> list[float]:
    cols = merge_positions((r.at for r in group[1]), _NEAR)
    return [after - before for before, after in pairwise(cols)]


def _are_alike(first: Sequence[float], second: Sequence[float]) -> bool:
    """Whether two tables have as many columns of about the same widths."""
    return len(first) == len(second) and all(
        abs(a - b) <= _ALIKE * max(a, b) for a, b in zip(first, second, strict=True)
    )


def _touch(horizontal: Rule, vertical: Rule) -> bool:
    return (
        horizontal.start - _NEAR <= vertical.at <= horizontal.end + _NEAR
        and vertical.start - _NEAR <= horizontal.at <= vertical.end + _NEAR
    )


def _table(horizontal: list[Rule], vertical: list[Rule]) -> BoxTable | None:
    """The table whose row and column edges these rules are; the ends of its vertical rules close it where it is cut."""
    rows = merge_positions([r.at for r in horizontal], _NEAR)
    cols = merge_positions([r.at for r in vertical], _NEAR)
    top, bottom = min(r.start for r in vertical), max(r.end for r in vertical)
    rows = [top] * (top < rows[0] - _OPEN) + rows + [bottom] * (bottom > rows[-1] + _OPEN)
    if len(rows) < 2 or len(cols) < 2:
        return None
    cells = []
    for r0, c0, r1, c1 in _regions(rows, cols, horizontal, vertical):
        box = (cols[c0], rows[r0], cols[c1], rows[r1])
        middle = (box[0] + box[2]) / 2
        open_top = r0 == 0 and not _ruled(horizontal, box[1], middle)
        open_bottom = r1 == len(rows) - 1 and not _ruled(horizontal, box[3], middle)
        cells.append(BoxCell(box, open_top, open_bottom))
    return BoxTable(tuple(cells), tuple(rows), tuple(cols))


def _regions(
    rows: list[float], cols: list[float], horizontal: list[Rule], vertical: list[Rule]
) -> list[tuple[int, int, int, int]]:
    """Boxes of grid squares that no rule divides, as (first row, first column, end row, end column)."""
    n_rows, n_cols = len(rows) - 1, len(cols) - 1
    boxes = []
    for indexes in _components(n_rows * n_cols, _undivided(rows, cols, horizontal, vertical)):
        rs, cs = zip(*(divmod(index, n_cols) for index in indexes), strict=True)
        boxes.append((min(rs), min(cs), max(rs) + 1, max(cs) + 1))
    return sorted(boxes)


def _undivided(
    rows: list[float], cols: list[float], horizontal: list[Rule], vertical: list[Rule]
) -> Iterator[tuple[int, int]]:
    """Pairs of neighbouring grid squares with no rule between them; squares are counted row by row."""
    n_rows, n_cols = len(rows) - 1, len(cols) - 1
    for r, c in product(range(n_rows), range(n_cols)):
        index = r * n_cols + c
        middle_x, middle_y = (cols[c] + cols[c + 1]) / 2, (rows[r] + rows[r + 1]) / 2
        if c + 1 < n_cols and not _ruled(vertical, cols[c + 1], middle_y):
            yield index, index + 1
        if r + 1 < n_rows and not _ruled(horizontal, rows[r + 1], middle_x):
            yield index, index + n_cols


def _ruled(rules: list[Rule], at: float, middle: float) -> bool:
    """Whether a rule lies at `at` over the point `middle`."""
    return any(abs(rule.at - at) <= _NEAR and rule.start <= middle <= rule.end for rule in rules)
