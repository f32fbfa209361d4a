"""Rows over a header that group its columns are part of it; merged names are not cut in two."""

from __future__ import annotations

from extractors.checklist.columns.frames import propose_frames
from extractors.checklist.grid_index import GridView
from tests.extractors.grids import grid_of, lined

GROUPED = """
貯水池の見回り | < | < | < | <
記入日 | 六月三日 |  |  |
当方の要件 | < | 御社の欄 | < | 当方の欄
番号 | 要件 | 対応 | 説明 | 点
1 | 水門の錆を落とすこと | ○ | 春に | 3
2 | 水位を毎朝読むこと | × |  | 0
3 | 柵の穴を塞ぐこと | ○ | 夏に | 2
"""


def _frames(drawing: str) -> list[tuple[int, int]]:
    return [(frame.top, frame.bottom) for frame in propose_frames(GridView(grid_of(lined(drawing))))]


def test_a_row_that_groups_columns_is_part_of_the_header_and_what_stands_over_it_is_not() -> None:
    frames = propose_frames(GridView(grid_of(lined(GROUPED))))
    assert (3, 4) not in _frames(GROUPED)
    (frame,) = [frame for frame in frames if (frame.top, frame.bottom) == (2, 4)]
    assert [column.names for column in frame.columns][1:4] == [
        ("要件", "当方の要件"),
        ("対応", "御社の欄"),
        ("説明", "御社の欄"),
    ]


def test_a_title_over_all_columns_groups_none() -> None:
    titled = GROUPED.replace("当方の要件 | < | 御社の欄 | < | 当方の欄", "水番の記録 | < | < | < | <")
    assert (3, 4) in _frames(titled)


def test_a_header_ends_below_its_merged_names() -> None:
    merged = """
番号 | 要件 | 対応 | < | 説明
^ | ^ | 可 | 不可 | ^
1 | 水門の錆を落とすこと | ○ |  | 春に
2 | 水位を毎朝読むこと |  | ○ |
3 | 柵の穴を塞ぐこと | ○ |  | 夏に
"""
    assert (0, 1) not in _frames(merged)
    assert (0, 2) in _frames(merged)
