"""Sheets of one file under the same header are read alike, where one was read and another is only likely."""

from __future__ import annotations

from dataclasses import replace

from extractors.checklist.columns.layout_columns import form_key
from extractors.checklist.columns.layouts import layouts_of
from extractors.checklist.extract import grid_to_checklists
from extractors.checklist.grid_index import GridView
from extractors.checklist.model import GridResult, LayoutDecision, LayoutSource, LayoutStatus, TableLayout
from extractors.checklist.table_layouts.sheets_alike import decisions_by_likeness
from extractors.grid import Grid
from tests.extractors.grids import grid_of, lined

HEAD = "符 | たずねたいこと | そちらの様子"
LONG = [f"{n} | 扉{n}の鍵を毎晩確かめていますか。 | {'○' if n % 3 else '×'}" for n in range(1, 13)]


def _grid(lines: list[str]) -> Grid:
    return grid_of(lined("\n".join([HEAD, *lines])))


def _proposal(layout: TableLayout) -> TableLayout:
    return replace(layout, status=LayoutStatus.PROPOSED, form_key="waiting", p=0.3)


def _read() -> TableLayout:
    (layout,) = grid_to_checklists(_grid(LONG)).layouts
    return replace(layout, status=LayoutStatus.USED, p=0.9)


def test_a_waiting_sheet_is_read_as_one_under_the_same_names() -> None:
    layout = _read()
    found = decisions_by_likeness([GridResult(layouts=(layout,)), GridResult(layouts=(_proposal(layout),))])
    roles = tuple(column.role for column in layout.columns)
    assert [(key, entry.roles, entry.p) for key, entry in found.items()] == [("waiting", roles, 0.3)]


def test_other_names_and_readings_that_differ_tell_nothing() -> None:
    layout = _read()
    columns = (*layout.columns[:-1], replace(layout.columns[-1], role="remarks"))
    renamed = (*layout.columns[:-1], replace(layout.columns[-1], label="ほかの名"))
    otherwise = replace(layout, columns=columns)
    waiting = _proposal(layout)
    assert decisions_by_likeness([GridResult(layouts=(layout, otherwise, waiting))]) == {}
    assert decisions_by_likeness([GridResult(layouts=(layout, replace(waiting, columns=renamed)))]) == {}


def test_what_likeness_decides_is_evidence_and_ends_where_another_list_begins() -> None:
    other = ["", "", "記号 | 見る場所 | 見た日 | 様子"]
    other += [f"B-{n} | 窓{n}を閉めていますか。 | 4/{n} | 済" for n in range(1, 9)]
    grid = _grid([*LONG[:3], *other])
    view = GridView(grid)
    own = next(layout for layout in layouts_of(view) if layout.frame.bottom == 1)
    key = form_key(view, own)
    decided = {key: LayoutDecision(key, ("number", "requirement", "answer", "ignore")[: len(own.roles)], 0.3)}
    result = grid_to_checklists(grid, decided)
    first = next(entry for entry in result.layouts if entry.header_rows == (1, 1))
    assert (first.status, first.decided_by) == (LayoutStatus.USED, LayoutSource.EVIDENCE)
    assert [row.item_no for row in result.checklists[0].rows] == ["1", "2", "3"]
