"""Titles that call a list an example, and those that only speak of one."""

from __future__ import annotations

import pytest

from extractors.checklist.table_kind import is_example_title
from tests.extractors.grids import found_in


@pytest.mark.parametrize(
    "title",
    ["記入例", "記入例　有限会社帆風", "【回答例】", "別紙2 記載例", "記入見本", "安全表（回答サンプル）"],
)
def test_titles_of_examples(title: str) -> None:
    assert is_example_title(title)


@pytest.mark.parametrize(
    "title",
    [
        "架空の安全表",
        "記入例を参考にご回答ください",
        "書き方は別紙の記入例に従うこと",
        "見本坂商会の安全表",
        "記入例　有　無",
        "委託先：帆風印刷所　　記入例　はい　いいえ（選んだ方を塗る）",
        "記入例：○",
        "",
    ],
)
def test_titles_of_forms(title: str) -> None:
    assert not is_example_title(title)


def test_reference_asks_nothing_and_gives_no_answers() -> None:
    found = found_in(
        "参考 鍵の基準 | < | <\n番号 | 基準 | 解説\n1 | 鍵を毎晩掛ける | 夜も\n2 | 戸を毎晩閉める | 朝も"
    )
    assert [(checklist.kind, checklist.rows) for checklist in found.checklists] == [("reference", ())]
    assert "鍵を毎晩掛ける" in {leftover.text for leftover in found.leftovers}
