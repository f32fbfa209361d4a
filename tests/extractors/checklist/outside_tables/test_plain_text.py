"""Lines without columns: numbered lines with a mark are items, and every one of them is doubted."""

from __future__ import annotations

import pytest

from extractors.checklist.model import GridResult
from extractors.checklist.outside_tables.plain_text import lines_to_checklist
from tests.extractors.grids import grid_of, left

LINES = [
    "架空の安全表",
    "1 毎晩鍵を掛けているか ○ 夜も",
    "2 毎晩戸を閉めているか × 予定",
    "3 毎晩窓を閉めて",
    "いるか ○",
    "4 毎年垣根を直しているか △ 春から",
    "5 毎年池を浚っているか ○",
]


def _found(lines: list[str]) -> GridResult:
    return lines_to_checklist(grid_of([[line] for line in lines], sheet=None))


def test_mark_behind_the_question_is_the_answer() -> None:
    (checklist,) = _found(LINES).checklists
    assert [(row.item_no, row.requirement, row.answer, row.remarks) for row in checklist.rows] == [
        ("1", "毎晩鍵を掛けているか", "○", "夜も"),
        ("2", "毎晩戸を閉めているか", "×", "予定"),
        ("3", "毎晩窓を閉めているか", "○", ""),
        ("4", "毎年垣根を直しているか", "△", "春から"),
        ("5", "毎年池を浚っているか", "○", ""),
    ]
    assert checklist.title == "架空の安全表"
    assert {row.doubts for row in checklist.rows} == {("columns_guessed",)}


def test_places_are_those_of_the_answers() -> None:
    (checklist,) = _found(LINES).checklists
    assert checklist.rows[2].location.bbox == (0.0, 80.0, 50.0, 100.0)


def test_unit_before_the_mark_is_no_question() -> None:
    lines = [f"{n} 毎晩{n}番の鍵を掛けているか 〇☓ 〇" for n in range(1, 6)]
    (checklist,) = _found(lines).checklists
    assert [(row.requirement, row.answer) for row in checklist.rows] == [
        (f"毎晩{n}番の鍵を掛けているか", "〇") for n in range(1, 6)
    ]


def test_value_behind_the_end_of_the_question() -> None:
    lines = [f"{n} 毎年{n}番の池を浚う月を定めること。 {n}月" for n in range(1, 6)]
    (checklist,) = _found(lines).checklists
    assert [(row.requirement, row.answer) for row in checklist.rows] == [
        (f"毎年{n}番の池を浚う月を定めること。", f"{n}月") for n in range(1, 6)
    ]


@pytest.mark.parametrize(
    "end",
    [
        "",
        "。",
    ],
)
def test_value_behind_its_unit(end: str) -> None:
    lines = [f"{n} 毎年{n}番の池を浚う度数を定めること{end} 回 年{n}回" for n in range(1, 6)]
    (checklist,) = _found(lines).checklists
    assert [row.answer for row in checklist.rows] == [f"年{n}回" for n in range(1, 6)]


def test_lost_number_does_not_end_the_list() -> None:
    (checklist,) = _found(
        [line for line in [*LINES, "6 毎朝門を開けているか ×"] if not line.startswith("4")]
    ).checklists
    assert [row.item_no for row in checklist.rows] == ["1", "2", "3", "5", "6"]


def test_boxes_are_the_answer_as_printed() -> None:
    lines = []
    for number in range(1, 6):
        lines += [f"{number} 毎晩{number}番の鍵を掛けているか", "", "■適合 □不適合", ""]
    (checklist,) = _found(lines).checklists
    assert [(row.requirement, row.answer) for row in checklist.rows] == [
        (f"毎晩{n}番の鍵を掛けているか", "■適合 □不適合") for n in range(1, 6)
    ]


def test_boxes_of_two_respondents() -> None:
    lines = ["サービス提供者回答欄", "受託者回答欄"]
    for number in range(1, 6):
        lines += [f"{number} 毎晩{number}番の鍵を掛けているか", ""]
        lines += ["■適合 □不適合", "備考：夜も", "", "□適合 ■不適合", "備考：予定", ""]
    (checklist,) = _found(lines).checklists
    assert [(r.item_no, r.respondent, r.answer.splitlines()[0]) for r in checklist.rows[:2]] == [
        ("1", "provider", "■適合 □不適合"),
        ("1", "contractor", "□適合 ■不適合"),
    ]
    assert len(checklist.rows) == 10


def test_few_numbered_lines_are_no_list() -> None:
    found = _found(LINES[:4])
    assert found.checklists == ()
    assert left(found) == dict.fromkeys(LINES[:4], "no_checklist")


def test_numbered_lines_without_answers_are_no_list() -> None:
    found = _found([f"{n} 庭の手入れの順序その{n}" for n in range(1, 8)])
    assert found.checklists == ()
    assert found.used == 0


def test_every_line_is_used_or_left_over() -> None:
    lines = [*LINES, "", "以上"]
    found = _found(lines)
    assert found.used + len(found.leftovers) == sum(bool(line) for line in lines)


def test_vendor_is_told_by_the_lines_above() -> None:
    assert _found(["会社名：架空堂", *LINES]).meta.vendor == "架空堂"
