"""Where a list ends that has numbers: at a text among them nothing of the list goes on."""

from __future__ import annotations

from tests.extractors.grids import items_in


def test_a_text_in_the_column_of_numbers_is_no_number() -> None:
    drawing = """
    項番 | 確認事項 | 回答 | 根拠
    C1 | 倉庫の鍵を毎晩数えていること。 | ○ | 番所の帳面
    C2 | 門を夜間に閉めていること。 | × |
    C3 | 庭の灯りを点けていること。 | ○ |
    C4 | 番人を置いていること。 | △ | 昼のみ
     | | |
    番所使用欄 | 見回り審査：□承認　□差戻し | 審査日 |
    """
    assert [(row.item_no, row.answer) for row in items_in(drawing)] == [
        ("C1", "○"), ("C2", "×"), ("C3", "○"), ("C4", "△"),
    ]  # fmt: skip


def test_a_list_whose_numbers_are_names_goes_on_to_its_end() -> None:
    drawing = """
    記号 | 確認事項 | 回答
    鍵 | 倉庫の鍵を毎晩数えていること。 | ○
    門 | 門を夜間に閉めていること。 | ×
    灯 | 庭の灯りを点けていること。 | ○
    番 | 番人を置いていること。 | ×
    """
    assert len(items_in(drawing)) == 4
