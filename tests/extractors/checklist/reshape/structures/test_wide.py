"""Questions across the page, items side by side: both are told from tables of columns by what stands in them."""

from __future__ import annotations

import pytest

from extractors.checklist.extract import READ_STRUCTURE
from extractors.checklist.reshape.detect_structures import structures_of
from tests.extractors.grids import grid_of, items_in, lined

SHEDS = """
 納屋ごとの調べ（持ち主がご記入ください） | | | | |
  | 1 | 2 | 3 | 4 |
 納屋の名 | 夜に鍵を掛けているか | 火災の報知器があるか | 屋根の点検の年月 | 鼠の侵入を防いでいるか | 備考
 北の納屋 | ○ | × | 2024/5 | ○ |
 南の納屋 | × | ○ | 未定 | ○ | 改築中
 川の納屋 | ○ | ○ | | △ |
"""
GROUPS = """
 工房ごとの聞き取り（ご回答ください） | | | |
 工房 | 火の扱い | < | 人の出入り | <
 ^ | 炉の火を毎晩落としているか | 灰の置き場を分けているか | 来客の名を控えているか | 鍵の数を毎月数えているか
 染めの工房 | ○ | × | ○ | ○
 織りの工房 | × | ○ | ○ | ×
"""
SIDEWAYS = """
 船の改め（答える人：船主） | | | | |
 改め番号 | F-1 | F-2 | F-3 | F-4
 満たしてほしい条件 | 帆に破れがないこと | 錨の鎖が切れていないこと | 灯が三つ点くこと | 綱が乾いていること
 改め方 | 目で見る | 引いてみる | 点けてみる | 触ってみる
 ご回答 | 適合 | 不適合 | 適合 | 対象外
"""


def test_each_row_answers_each_question() -> None:
    rows = items_in(SHEDS)
    assert [(r.item_no, r.sub_item, r.requirement, r.answer) for r in rows][:5] == [
        ("1", "北の納屋", "夜に鍵を掛けているか", "○"),
        ("2", "北の納屋", "火災の報知器があるか", "×"),
        ("3", "北の納屋", "屋根の点検の年月", "2024/5"),
        ("4", "北の納屋", "鼠の侵入を防いでいるか", "○"),
        ("1", "南の納屋", "夜に鍵を掛けているか", "×"),
    ]
    assert (len(rows), rows[4].location.cells, rows[4].remarks) == (12, "B5", "改築中")
    assert (rows[10].answer, rows[10].location.cells) == ("", "D6")


def test_groups_over_questions_are_their_sections() -> None:
    rows = items_in(GROUPS)
    assert [(r.section, r.sub_item, r.answer) for r in rows[:4]] == [
        (("火の扱い",), "染めの工房", "○"),
        (("火の扱い",), "染めの工房", "×"),
        (("人の出入り",), "染めの工房", "○"),
        (("人の出入り",), "染めの工房", "○"),
    ]


def test_items_side_by_side_under_unknown_names() -> None:
    rows = items_in(SIDEWAYS)
    assert [(r.item_no, r.requirement, r.answer) for r in rows] == [
        ("F-1", "帆に破れがないこと", "適合"),
        ("F-2", "錨の鎖が切れていないこと", "不適合"),
        ("F-3", "灯が三つ点くこと", "適合"),
        ("F-4", "綱が乾いていること", "対象外"),
    ]
    assert rows[1].location.cells == "C5"


@pytest.mark.parametrize(
    "drawing",
    [
        "店 | 電話 | 駐車場 | 喫茶 | 休み\n北店 | 11-22 | ○ | × | 月\n南店 | 33-44 | × | ○ | 火\n西店 | 55-66 | ○ | ○ | 水",
        "番号 | 作業 | 担当 | 期日 | 状態\n1 | 帆を縫う | 林 | 5/1 | 済\n2 | 綱を編む | 森 | 5/9 | 未",
        "型 | 1号 | 2号 | 3号 | 4号\n長さ | 3m | 4m | 5m | 6m\n重さ | 2t | 3t | 4t | 5t",
    ],
)
def test_lists_of_shops_work_and_sizes_ask_nothing(drawing: str) -> None:
    grid = grid_of(lined(drawing))
    assert [s.kind for s in structures_of(grid) if s.chance >= READ_STRUCTURE] == []
