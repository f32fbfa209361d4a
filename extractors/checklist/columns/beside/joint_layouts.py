"""Layouts of one grid in, layouts that agree with each other out.

Each layout was judged by itself. Two things are only seen beside each other. A table printed on page after page, or
block after block, under the same header is one form: `# | 説明 | 1 | 2 | 3` means the same on all of its pages, so that
what single pages say is put together, and one page with three rows is no longer read otherwise than its neighbours.
And a row of a list may look like the header of the rest of the list, `散布図 | すべて | Pass`: a header that is far
less of one than that of the list above, over the same columns, is a row of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from extractors.checklist.columns.beside.joint_roles import joint_roles_of_chances
from extractors.checklist.columns.layouts import Layout
from extractors.checklist.columns.names import NAME_ROLES
from normalizers.text import fold

_WIDEST = 100  # columns of a form that is put together: a sheet may have 16,384, and each has 17 chances
_NAMED = 3  # names that a header has at least whose tables are one form
_LESS = 2.0  # how far a header's rank is behind when it is a row of the list above
_LIKELY = 0.5  # chance from which a list takes in what stands under it
_SAME_EDGES = 0.7  # share of columns that begin where one of the list above begins
_REPEATED = 0.5  # share of names that make a header the one above, printed again


def agreed_layouts(layouts: Sequence[Layout]) -> list[Layout]:
    """The layouts from top to bottom, those under one header with the roles and the chance that all of them give together,
    without those whose header is a row of the list above.
    """
    kept: list[Layout] = []
    for layout in _pooled(layouts):
        above = [entry for entry in kept if entry.frame.top < layout.frame.top < entry.frame.end]
        best = max(above, key=lambda entry: entry.rank, default=None)
        if best is None or not _is_row_of(best, layout):
            kept.append(layout)
    return kept


def _is_row_of(above: Layout, layout: Layout) -> bool:
    """Whether a layout's header is rather a row of the list above it than a header."""
    if above.p < _LIKELY or layout.rank > above.rank - _LESS:
        return False
    edges = {column.start for column in above.frame.columns}
    starts = [column.start for column in layout.frame.columns]
    if sum(start in edges for start in starts) < _SAME_EDGES * len(starts):
        return False
    names = set(_names(above))
    own = [name for name in _names(layout) if name]
    return sum(name in names for name in own) < _REPEATED * len(own) or not own


def _pooled(layouts: Sequence[Layout]) -> list[Layout]:
    """The layouts, each with what those under the same header say together."""
    groups: dict[tuple[str, ...], list[Layout]] = defaultdict(list)
    names = [_names(layout) for layout in layouts]
    for key, layout in zip(names, layouts, strict=True):
        groups[key].append(layout)
    return [
        _put_together(layout, groups[key]) if len(groups[key]) > 1 and _tells_a_form(key) else layout
        for key, layout in zip(names, layouts, strict=True)
    ]


def _tells_a_form(names: Sequence[str]) -> bool:
    return len(names) <= _WIDEST and sum(map(bool, names)) >= _NAMED


def _names(layout: Layout) -> tuple[str, ...]:
    return tuple(fold(column.label) for column in layout.frame.columns)


def _put_together(layout: Layout, group: Sequence[Layout]) -> Layout:
    """A layout with the mean of its group's evidence in natural logarithms, each counted by its rows."""
    counts = np.array([len(entry.frame.rows) for entry in group], dtype=float)
    shares = counts / counts.sum()
    logs = np.tensordot(shares, np.log(np.array([entry.table for entry in group]) + 1e-4), axes=1)
    table = np.exp(logs)
    table /= table.sum(axis=1, keepdims=True)
    odds = shares @ np.array([np.log((entry.p + 1e-4) / (1 - entry.p + 1e-4)) for entry in group])
    lengths = np.mean([entry.lengths for entry in group], axis=0)
    alike = tuple(dict.fromkeys(columns for entry in group for columns in entry.alike))
    roles = joint_roles_of_chances(table, lengths, alike)
    if roles is None:
        return layout
    return replace(
        layout,
        roles=roles,
        chances=tuple(float(table[i, NAME_ROLES.index(role)]) for i, role in enumerate(roles)),
        p=float(1 / (1 + np.exp(-odds))),
        table=table,
        alike=alike,
    )
