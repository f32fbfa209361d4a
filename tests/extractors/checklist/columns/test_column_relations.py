"""What columns say of each other: what was chosen from beside, names that list values, marks that are no flags, runs of names."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from extractors.checklist.columns.beside.column_relations import picked_from, related, repeated_runs
from extractors.checklist.columns.frames import FrameColumn, frame_of
from extractors.checklist.columns.layouts import layouts_of
from extractors.checklist.columns.names import NAME_ROLES
from extractors.checklist.extract import grid_to_checklists
from extractors.checklist.grid_index import GridView
from tests.extractors.grids import grid_of, lined

GRADES = """
番号 | 領域 | 目安 | 段0 | 段1 | 段2 | 段3 | 採る段
G-1 | 保全 | 部品の備え | 備えない | 主なもの | すべて | 二重に | 主なもの
G-2 | 保全 | 点検の間隔 | しない | 年に一度 | 月に一度 | 毎日 | 毎日
G-3 | 保全 | 戻す早さ | 翌週 | 翌日 | 数時間 | すぐ | 翌日
G-4 | 守り | 鍵の長さ | 短い | 並み | 長い | 最も長い | 長い
G-5 | 守り | 記録の残し | 残さない | ひと月 | 一年 | 三年 | ひと月
G-6 | 守り | 見張り | しない | 昼だけ | 夜も | 常に | 常に
"""


def _even(view: GridView, bottom: int) -> np.ndarray:
    frame = frame_of(view, 0, bottom)
    assert frame is not None
    return np.full((len(frame.columns), len(NAME_ROLES)), 1.0 / len(NAME_ROLES))


def test_a_column_chosen_from_the_texts_left_of_it_is_the_answer() -> None:
    (checklist,) = grid_to_checklists(grid_of(lined(GRADES))).checklists
    assert [(row.item_no, row.requirement, row.answer) for row in checklist.rows][:2] == [
        ("G-1", "部品の備え", "主なもの"),
        ("G-2", "点検の間隔", "毎日"),
    ]
    assert len(checklist.rows) == 6


def test_texts_merged_over_several_columns_are_not_chosen() -> None:
    rows = [["項", "見込み", "<", "<", "<"], *([str(n), f"見込み{n}", "<", "<", "<"] for n in range(1, 9))]
    view = GridView(grid_of(rows))
    frame = frame_of(view, 0, 1)
    assert frame is None or not related(view, frame, _even(view, 1)).chosen


@pytest.mark.parametrize(
    ("texts", "picks"),
    [
        ([["甲案"] * 6, ["乙案"] * 6, ["丙案"] * 6, ["甲案", "乙案", "丙案"] * 2], {3: {0, 1, 2}}),
        ([["甲案"] * 6, ["乙案"] * 6, ["甲案", "乙案"] * 3], {}),
        ([["○"] * 6, ["×"] * 6, ["△"] * 6, ["○", "×", "△"] * 2], {}),
        ([["甲案"] * 6, ["乙案"] * 6, ["丙案"] * 6, ["甲案", "別に", "他に"] * 2], {}),
    ],
)
def test_what_is_picked(texts: list[list[str]], picks: dict[int, set[int]]) -> None:
    assert {index: set(places) for index, places in picked_from(texts).items()} == picks


def _chance(drawing: str, index: int, role: str) -> float:
    view = GridView(grid_of(lined(drawing)))
    frame = frame_of(view, 0, 1)
    assert frame is not None
    return float(related(view, frame, _even(view, 1)).chances[index, NAME_ROLES.index(role)])


def test_a_name_that_lists_its_values_is_the_answers() -> None:
    rows = "\n".join(f"場面{n} | {'一致' if n % 3 else '相違'}" for n in range(6))
    assert _chance(f"場面 | 一致／相違\n{rows}", 1, "answer") > 0.9


def test_a_name_that_lists_how_binding_things_are_is_not() -> None:
    rows = "\n".join(f"場面{n} | {'必須' if n % 3 else '推奨'}" for n in range(6))
    assert _chance(f"場面 | 必須／推奨\n{rows}", 1, "answer") < 0.1


def test_circles_and_crosses_in_every_row_are_no_flag() -> None:
    rows = "\n".join(f"場面{n} | {'○' if n % 3 else '×'} | {'○' if n % 2 else ''}" for n in range(8))
    drawing = f"場面 | 東 | 西\n{rows}"
    assert _chance(drawing, 1, "flag") < _chance(drawing, 2, "flag")


@dataclass(frozen=True)
class _Names:
    labels: str

    def columns(self) -> list[FrameColumn]:
        return [FrameColumn(i, i + 1, (name,)) for i, name in enumerate(self.labels.split())]


@pytest.mark.parametrize(
    ("labels", "runs"),
    [
        ("番号 問い 結果 日付 結果 日付", [(2, 4), (3, 5)]),
        ("番号 問い 結果 日付 担当 結果 日付 担当 結果 日付 担当", [(2, 5, 8), (3, 6, 9), (4, 7, 10)]),
        ("番号 問い 結果 結果", []),
        ("番号 問い 結果 日付", []),
    ],
)
def test_runs_of_names_printed_twice(labels: str, runs: list[tuple[int, ...]]) -> None:
    assert repeated_runs(_Names(labels).columns()) == runs


def test_the_same_places_of_a_repeated_run_are_answered_alike() -> None:
    rows = [
        ["番号", "確認すること", "東の棟", "<", "西の棟", "<"],
        ["^", "^", "結果", "日付", "結果", "日付"],
        *(
            [str(n), f"扉{n}の鍵を掛けていますか。", "はい", f"4/{n}", "いいえ", f"5/{n}"]
            for n in range(1, 9)
        ),
    ]
    best = max(layouts_of(GridView(grid_of(rows))), key=lambda layout: layout.p)
    assert best.answers == (2, 4)
