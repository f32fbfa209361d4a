"""Formulas of drop-down lists: inline, ranges, names, and what only a calculation could tell."""

from __future__ import annotations

import pytest

from extractors.excel.looks.choice_lists import ChoiceLists
from extractors.looks import MOST_CHOICES
from tests.extractors.grids import grid_of

ASKED = grid_of([["No.", "設問", "回答"], ["1", "鍵は二重か", ""]], sheet="調査票")
LISTS = grid_of(
    [["評価", "区分"], ["適合", "甲"], ["一部適合", ""], ["不適合", "乙"], ["", ""], ["欄外", ""]],
    sheet="選択肢 1",
)
NAMES = {
    (None, "評価"): "'選択肢 1'!$A$2:$A$4",
    ("調査票", "評価2"): "評価",
    (None, "輪"): "輪",
    (None, "計算"): "OFFSET('選択肢 1'!$A$2,0,0,COUNTA('選択肢 1'!$A:$A)-1,1)",
}
JUDGED = ("適合", "一部適合", "不適合")


@pytest.mark.parametrize(
    ("formula", "entries"),
    [
        ('"はい, いいえ,,該当なし"', ("はい", "いいえ", "該当なし")),
        ('"○,×,○"', ("○", "×")),
        ('="Yes,No"', ("Yes", "No")),
        ('"""可"",否"', ('"可"', "否")),
        ("'選択肢 1'!$A$2:$A$4", JUDGED),
        ("'選択肢 1'!$A$2:$B$4", ("適合", "甲", "一部適合", "不適合", "乙")),
        ("'選択肢 1'!$A:$A", ("評価", *JUDGED, "欄外")),
        ("$A$1:$C$1", ("No.", "設問", "回答")),
        ("評価", JUDGED),
        ("評価2", JUDGED),
        ("計算", JUDGED),
        ('INDIRECT("評価")', JUDGED),
        ("INDIRECT($B2)", ()),
        ("輪", ()),
        ("無い名", ()),
        ("無い票!$A$1:$A$3", ()),
        ("IF(A1=1,評価,計算)", ()),
        ("", ()),
    ],
)
def test_a_list_holds_what_a_person_can_choose(formula: str, entries: tuple[str, ...]) -> None:
    assert ChoiceLists([ASKED, LISTS], NAMES).entries(formula, "調査票") == entries


def test_a_long_list_is_cut() -> None:
    grid = grid_of([[f"項目{row}"] for row in range(500)], sheet="長い")
    assert len(ChoiceLists([grid], {}).entries("$A$1:$A$1048576", "長い")) == MOST_CHOICES
