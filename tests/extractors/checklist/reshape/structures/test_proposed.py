"""Structures that are only likely: proposed with their place, read or dropped as a person decided."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.checklist.extract import grid_to_checklists
from extractors.checklist.model import LayoutDecision, LayoutSource, LayoutStatus
from tests.extractors.grids import grid_of, lined

LIKELY = """
 出航のまえに
 ■ 帆のこと
 □ 帆に破れがないことを見た
 □ 予備の帆を積んである
 ■ 綱のこと
 □ 綱を乾かしてある
 □ 結び目を改めてある
"""


def test_what_is_only_likely_is_proposed_and_not_read() -> None:
    result = grid_to_checklists(grid_of(lined(LIKELY), name="表"))
    (layout,) = result.layouts
    assert result.checklists == ()
    assert (layout.status, layout.location.cells) == (LayoutStatus.PROPOSED, "A3:A7")
    assert [column.role for column in layout.columns] == ["ignore", "answer", "requirement"]
    assert layout.sample[0] == ("", "帆に破れがないことを見た", "□")


def test_a_person_decides_for_the_form() -> None:
    grid = grid_of(lined(LIKELY), name="表")
    (layout,) = grid_to_checklists(grid).layouts
    accepted = LayoutDecision(layout.form_key, tuple(column.role for column in layout.columns))
    result = grid_to_checklists(grid, {layout.form_key: accepted})
    (checklist,) = result.checklists
    assert [(row.section, row.answer) for row in checklist.rows] == [
        (("■ 帆のこと",), "□"),
        (("■ 帆のこと",), "□"),
        (("■ 綱のこと",), "□"),
        (("■ 綱のこと",), "□"),
    ]
    assert [used.decided_by for used in result.layouts] == [LayoutSource.REVIEWED]


def test_a_filled_copy_has_the_form_s_key() -> None:
    blank = grid_to_checklists(grid_of(lined(LIKELY), name="表")).layouts[0].form_key
    grid = grid_of(lined(LIKELY.replace("□ 綱", "☑ 綱")), name="表")
    keys = [layout.form_key for layout in grid_to_checklists(grid).layouts]
    assert keys == [blank]


@pytest.mark.parametrize("cells", [5, 7])
def test_a_form_that_is_no_list_stays_away(cells: int) -> None:
    grid = grid_of(lined(LIKELY), name="表")
    grid = replace(grid, cells=grid.cells[:cells])
    for layout in grid_to_checklists(grid).layouts:
        refused = {layout.form_key: LayoutDecision(layout.form_key)}
        result = grid_to_checklists(grid, refused)
        assert (result.checklists, result.layouts) == ((), ())
