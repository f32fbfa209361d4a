"""What the sheets of one file were found to hold in, readings of sheets under the same header out.

One form is often filled in sheet by sheet: `判定 | 確認事項 | 備考` for every page, branch or month. A sheet with three rows
says little of itself; where another sheet under the very same names was read, it is read alike. What a person decided stands.
"""

from __future__ import annotations

from collections.abc import Iterable

from extractors.checklist.columns.agreement import READ
from extractors.checklist.model import GridResult, LayoutDecision, LayoutStatus, TableLayout
from normalizers.text import fold

_NAMED = 3  # names that a header has at least whose tables are one form
_Names = tuple[str, ...]


def decisions_by_likeness(results: Iterable[GridResult]) -> dict[str, LayoutDecision]:
    """Form key of each proposal → how a table with the same names was read; none where two of them were read differently."""
    layouts = [layout for result in results for layout in result.layouts]
    read: dict[_Names, set[tuple[str, ...]]] = {}
    for layout in layouts:
        if layout.status == LayoutStatus.USED and layout.p >= READ:
            read.setdefault(_names(layout), set()).add(_roles(layout))
    decisions = {}
    for layout in layouts:
        roles = read.get(_names(layout), set())
        if (
            layout.status == LayoutStatus.PROPOSED
            and len(roles) == 1
            and sum(map(bool, _names(layout))) >= _NAMED
        ):
            decisions[layout.form_key] = LayoutDecision(layout.form_key, next(iter(roles)), layout.p)
    return decisions


def _names(layout: TableLayout) -> _Names:
    return tuple(fold(column.label) for column in layout.columns)


def _roles(layout: TableLayout) -> tuple[str, ...]:
    return tuple(column.role for column in layout.columns)
