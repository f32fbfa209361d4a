"""Rows under an item that only carry a label and what it says are no items of their own."""

from __future__ import annotations

import pytest

from tests.extractors.grids import found_in, left

DRAWING = """
番号 | 点検項目 | 回答 | メモ
K-1 | 梯子を毎年取り替えているか | はい |
| {label} | 台帳の写し |
K-2 | 綱の傷みを月ごとに見ているか | いいえ |
| {label} | 見回りの記録 |
K-3 | 鍵の数を毎晩かぞえているか | はい |
"""


@pytest.mark.parametrize("label", ["根拠：", "確認資料:", "補足 ："])
def test_a_label_under_an_item_is_none(label: str) -> None:
    found = found_in(DRAWING.format(label=label))
    assert [row.item_no for row in found.checklists[0].rows] == ["K-1", "K-2", "K-3"]
    assert "台帳の写し" in left(found)
