"""Item rows: one a respondent, sub-items, choices, remarks with their answer."""

from __future__ import annotations

from tests.extractors.grids import items_in


def test_plain_row_holds_every_field() -> None:
    rows = items_in("""
番号 | 種別 | サービスレベル項目 | 規定内容 | 必須／推奨 | 測定単位 | 設定値 | 備考
1 | 可用性 | 開く時刻 | 門を開ける時刻を決めているか | 必須 | 時刻 | 9:00～17:00 | 祝日は休み
2 | 可用性 | 閉める時刻 | 門を閉める時刻を決めているか | 推奨 | 時刻 | 17:00 |
""")
    row = rows[0]
    assert (row.item_no, row.category, row.item) == ("1", "可用性", "開く時刻")
    assert (row.requirement, row.answer, row.remarks) == (
        "門を開ける時刻を決めているか",
        "9:00～17:00",
        "祝日は休み",
    )
    assert (row.level, row.unit, row.respondent, row.sub_item) == ("mandatory", "時刻", "provider", None)
    assert (row.location.sheet, row.location.cells) == ("回答票", "G2")
    assert rows[1].level == "recommended"
    assert row.doubts == ()


def test_blank_answer_is_an_item_with_its_place() -> None:
    rows = items_in("番号 | 設問 | 回答\n1 | 鍵を掛けているか | ○\n2 | 戸を閉めているか |")
    assert (rows[1].answer, rows[1].location.cells) == ("", "C3")


def test_marks_stay_as_printed() -> None:
    marks = ["〇", "◯", "✕", "①", "㈱", "―"]
    drawing = "番号 | 設問 | 回答\n" + "\n".join(
        f"{n} | {n}番の鍵を掛けているか | {m}" for n, m in enumerate(marks, 1)
    )
    assert [row.answer for row in items_in(drawing)] == marks


def test_two_respondents_with_remarks_of_their_own() -> None:
    rows = items_in("""
番号 | 設問 | サービス提供者回答欄 | < | 受託者回答欄 | <
^ | ^ | 回答 | 備考 | 回答 | 備考
1 | 鍵を掛けているか | ○ | 夜も | × | 予定
2 | 戸を閉めているか | × | | ○ | 朝も
""")
    assert [(r.item_no, r.respondent, r.answer, r.remarks) for r in rows] == [
        ("1", "provider", "○", "夜も"),
        ("1", "contractor", "×", "予定"),
        ("2", "provider", "×", ""),
        ("2", "contractor", "○", "朝も"),
    ]


def test_two_respondents_with_one_header_row() -> None:
    rows = items_in("""
番号 | 設問 | 外部サービス提供者回答欄 | 備考 | 受託者回答欄 | 備考
1 | 鍵を掛けているか | ○ | 夜も | × | 予定
2 | 戸を閉めているか | × | | ○ | 朝も
""")
    assert [(r.item_no, r.respondent, r.answer, r.remarks) for r in rows] == [
        ("1", "provider", "○", "夜も"),
        ("1", "contractor", "×", "予定"),
        ("2", "provider", "×", ""),
        ("2", "contractor", "○", "朝も"),
    ]


CHOICES = """
番号 | 設問 | はい | いいえ | 該当なし | 備考
1 | 鍵を掛けているか | ○ | | | 夜も
2 | 戸を閉めているか | | レ | |
3 | 池に柵があるか | | | ■ | 池がない
4 | 垣根を直しているか | | | |
5 | 門を閉めているか | ○ | ○ | |
6 | 窓を閉めているか | ○ | － | － |
"""


def test_choice_columns() -> None:
    rows = items_in(CHOICES)
    assert [(row.item_no, row.answer, row.choice) for row in rows] == [
        ("1", "○", "はい"),
        ("2", "レ", "いいえ"),
        ("3", "■", "該当なし"),
        ("4", "", ""),
        ("5", "○ ○", "はい|いいえ"),
        ("6", "○", "はい"),
    ]
    assert rows[2].remarks == "池がない"
    assert rows[1].location.cells == "D3"


def test_marks_in_several_choices_are_all_kept() -> None:
    rows = items_in("""
番号 | 設問 | はい | いいえ | 備考
1 | 鍵を掛けているか | ○ | × | 夜も
2 | 戸を閉めているか | × | ○ |
""")
    assert [(row.answer, row.choice) for row in rows] == [("○ ×", "はい|いいえ"), ("× ○", "はい|いいえ")]


def test_empty_boxes_choose_nothing() -> None:
    rows = items_in("""
番号 | 設問 | はい | いいえ | 該当なし | 備考
1 | 鍵を掛けているか | ☑ | □ | □ | 夜も
2 | 戸を閉めているか | □ | ☑ | □ |
3 | 池に柵があるか | □ | □ | □ |
""")
    assert [row.choice for row in rows] == ["はい", "いいえ", ""]


def test_false_in_a_choice_column_chooses_nothing() -> None:
    rows = items_in("""
番号 | 設問 | はい | いいえ | 備考
1 | 鍵を掛けているか | TRUE | FALSE | 夜も
2 | 戸を閉めているか | FALSE | TRUE |
""")
    assert [row.choice for row in rows] == ["はい", "いいえ"]


def test_sub_items_under_a_merged_number() -> None:
    rows = items_in("""
番号 | 設問 | < | 回答 | 備考
1 | 鍵を毎晩掛けているか | < | ○ |
2 | どこの窓を閉めているか | 東の窓 | ○ | 毎晩
^ | ^ | 西の窓 | × | 予定
3 | 戸を毎晩閉めているか | < | ○ |
""")
    assert [(r.item_no, r.sub_item, r.requirement, r.answer, r.remarks) for r in rows] == [
        ("1", None, "鍵を毎晩掛けているか", "○", ""),
        ("2", "東の窓", "どこの窓を閉めているか", "○", "毎晩"),
        ("2", "西の窓", "どこの窓を閉めているか", "×", "予定"),
        ("3", None, "戸を毎晩閉めているか", "○", ""),
    ]


def test_labels_in_the_answer_column_with_marks_behind_them() -> None:
    rows = items_in("""
番号 | 設問 | 回答 | 備考
1 | 鍵を毎晩掛けているか | ○ | 夜も
2 | どの鍵を掛けているか | 玄関の鍵 | ○
^ | ^ | 裏口の鍵 | ×
^ | ^ | 倉庫の鍵 |
3 | 戸を毎晩閉めているか | × | 予定
""")
    assert [(r.item_no, r.sub_item, r.answer, r.remarks) for r in rows] == [
        ("1", None, "○", "夜も"),
        ("2", "玄関の鍵", "○", ""),
        ("2", "裏口の鍵", "×", ""),
        ("2", "倉庫の鍵", "", ""),
        ("3", None, "×", "予定"),
    ]


def test_answer_merged_over_several_items_answers_each() -> None:
    rows = items_in("""
番号 | 設問 | 回答 | 備考
1 | 鍵を毎晩掛けているか | ○ | 夜も
2 | 戸を毎晩閉めているか | ^ | ^
3 | 窓を毎晩閉めているか | × |
""")
    assert [(row.answer, row.remarks) for row in rows] == [("○", "夜も"), ("○", "夜も"), ("×", "")]


def test_several_remarks_columns_are_joined_in_order() -> None:
    rows = items_in("""
番号 | 設問 | 回答 | 根拠 | 備考
1 | 鍵を掛けているか | ○ | 規程 | 夜も
2 | 戸を閉めているか | × | | 予定
""")
    assert [row.remarks for row in rows] == ["規程\n夜も", "予定"]


def test_numbers_side_by_side_are_all_kept() -> None:
    rows = items_in("""
大項番 | 中項番 | 小項番 | 設問 | 回答
1 | 2 | 3 | 鍵を掛けているか | ○
1 | 2 | 4 | 戸を閉めているか | ×
""")
    assert [row.item_no for row in rows] == ["1-2-3", "1-2-4"]


def test_an_answer_merged_over_lines_of_one_question_is_that_of_one_item() -> None:
    (first, second, *_) = items_in(
        """
        確認事項 | 回答
        扉を開けると鈴が鳴り | はい
        明かりがつくもの | ^
        窓は自分で閉まるもの | いいえ
        夜は明かりが消えるもの | はい
        """
    )
    assert (first.requirement, first.answer) == (
        "扉を開けると鈴が鳴り\n明かりがつくもの",
        "はい",
    )
    assert second.requirement == "窓は自分で閉まるもの"


def test_whole_sentences_that_share_an_answer_stay_items() -> None:
    rows = items_in(
        """
        確認事項 | 回答
        扉の鍵を掛けていますか。 | はい
        窓の鍵を掛けていますか。 | ^
        火の元を見ていますか。 | いいえ
        """
    )
    assert [row.answer for row in rows] == ["はい", "はい", "いいえ"]
