"""Comments on cells of a list: with the row they stand on, for the respondent whose cell they are pinned to."""

from __future__ import annotations

from dataclasses import replace

from extractors.checklist.extract import grid_to_checklists
from extractors.grid import Grid
from tests.extractors.grids import grid_of, lined


def _commented(rows: list[list[str]], comments: dict[tuple[int, int], str]) -> Grid:
    grid = grid_of(rows)
    cells = [
        replace(c, comments=(comments[c.row, c.col],)) if (c.row, c.col) in comments else c
        for c in grid.cells
    ]
    return replace(grid, cells=tuple(cells))


def test_comment_goes_to_the_respondent_it_is_pinned_to() -> None:
    rows = lined("""
        No. | 設問 | 事業者回答 | 受託者回答
        1 | 入口に鍵を掛けているか | ○ | ×
        2 | 窓に鍵を掛けているか | ○ | ○
        3 | 戸に鍵を掛けているか | ○ | ○
    """)
    found = grid_to_checklists(
        _commented(rows, {(0, 1): "見出し", (1, 3): "受託者", (2, 1): "設問", (2, 2): "事業者"})
    )
    told = {(r.item_no, r.respondent): r.comments for c in found.checklists for r in c.rows if r.comments}
    assert told == {("1", "contractor"): ("受託者",), ("2", "provider"): ("設問", "事業者")}
    assert [(left.text, left.reason) for left in found.leftovers] == [("見出し", "comment")]


def test_comments_outside_of_lists_are_left_over() -> None:
    for rows in ([["覚え書き", "別紙"]], [["覚え書き"], ["別紙"]]):
        found = grid_to_checklists(_commented(rows, {(0, 0): "確認のこと"}))
        assert ("確認のこと", "comment") in [(left.text, left.reason) for left in found.leftovers]
