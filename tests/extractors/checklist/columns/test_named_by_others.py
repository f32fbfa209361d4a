"""Columns whose names say something else than what they hold: of sections, of what is wanted, of a unit's neighbour."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.checklist.columns.by_words.shown_columns import names_expected
from extractors.checklist.extract import grid_to_checklists
from extractors.checklist.model import LayoutStatus
from tests.extractors.grids import found_in, grid_of, lined

_BELLS = ("鐘を朝に鳴らしていますか。", "鐘楼に鍵を掛けていますか。", "鐘の音を記録していますか。")
_WANTED = (
    "適合とみなす回答", "正しい回答", "期待している回答（はい／いいえ）", "合格となる回答", "Compliant Response",
    "当社が求める回答",
)  # fmt: skip
_GATES = (
    "門の鍵を毎年交換していますか。", "入退の記録を一年以上残していますか。", "預かった書類を施錠して保管していますか。",
    "不要になった書類を溶かして処分していますか。", "従業員に研修を行っていますか。", "作業を他社に再委託していますか。",
)  # fmt: skip
_SAID = ("はい", "いいえ", "はい", "はい", "いいえ", "はい")


def _answers(drawing: str) -> list[tuple[str, str, str]]:
    return [
        (row.item_no, row.requirement, row.answer) for c in found_in(drawing).checklists for row in c.rows
    ]


@pytest.mark.parametrize("wanted", _WANTED)
@pytest.mark.parametrize("answers", [("", "", ""), ("はい", "いいえ", "はい")])
def test_what_the_buyer_wants_to_read_is_nobodys_answer(wanted: str, answers: tuple[str, str, str]) -> None:
    lines = [
        f"{no} | {question} | {said} | いいえ |"
        for no, (question, said) in enumerate(zip(_BELLS, answers, strict=True), 1)
    ]
    drawing = "\n".join([f"No. | 確認事項 | 回答 | {wanted} | 備考", *lines])
    assert [answer for _, _, answer in _answers(drawing)] == list(answers)


@pytest.mark.parametrize(
    "name",
    ["修正回答", "貴社が適切と考える回答", "Your response", "回答を求める事項", "回答", "補正した回答"],
)
def test_answers_that_somebody_gives_are_not_what_is_wanted(name: str) -> None:
    assert not names_expected(name)


def test_the_column_behind_a_unit_is_what_was_measured() -> None:
    drawing = """
    No. | 種別 | サービスレベル項目 | 規定内容 | 測定単位 | 設定
    1 | 運用 | 受付の時間 | 問い合わせを受け付ける時間 | 時間帯 | 平日の朝から夕方まで
    2 | 運用 | 予告 | 止める日を知らせる方法があるか | 有無 | 有, 前日に画面でお知らせします
    3 | 運用 | 預け先 | 控えを別の建物に預けているか | 有無 | 無, 予定はありません
    4 | 保守 | 点検 | 機器を点検する回数 | 回／年 | 二回
    5 | 保守 | 復旧 | 元に戻すまでの目標時間を決めているか | 有無 | 無
    """
    assert [answer for _, _, answer in _answers(drawing)] == [
        "平日の朝から夕方まで", "有, 前日に画面でお知らせします", "無, 予定はありません", "二回", "無",
    ]  # fmt: skip
    (checklist,) = found_in(drawing).checklists
    assert all("answer_column_guessed" in row.doubts for row in checklist.rows)


def test_of_two_unnamed_columns_behind_a_unit_none_is_taken_by_its_place() -> None:
    found = found_in("""
    No. | 種別 | 規定内容 | 測定単位 | 甲 | 乙
    1 | 鐘楼 | 門を開けている時間を書く | 時間帯 | 日の出から日の入りまで | 昼
    2 | 鐘楼 | 鐘を鳴らさない日の知らせ方を書く | 日 | 前日に門に貼ります | 三日
    3 | 庭 | 枝を落とす回数を書く | 回／年 | 二回 | 四回
    """)
    assert not [row for c in found.checklists for row in c.rows if row.answer]


@pytest.mark.parametrize("sections", [("鐘楼", "庭", "運用"), ("運用", "保守", "鐘楼")])
def test_sections_named_over_the_numbers_are_one_list(sections: tuple[str, str, str]) -> None:
    lines = []
    for letter, section in zip("ABC", sections, strict=True):
        lines.append(f"{section} | 質問 | 回答 | 補足 | 案内")
        lines += [f"{letter}-{no} | {letter}の{question} | はい | |" for no, question in enumerate(_BELLS, 1)]
    found = found_in("\n".join(lines))
    (checklist,) = found.checklists
    assert [row.item_no for row in checklist.rows] == [
        f"{letter}-{no}" for letter in "ABC" for no in (1, 2, 3)
    ]


def test_evidence_under_a_question_is_no_question() -> None:
    lines = ["段階 | 鐘楼 | < | はい/いいえ | 聞き取りメモ"]
    for no, (question, said) in enumerate(zip(_GATES, _SAID, strict=True), 1):
        lines.append(f"T-{no} | {question} | < | {said} | ")
        lines += [" | 裏付け： | 帳面がある。 | | ", " | 裏付け： | 先月も見た。 | | "]
    drawing = "\n".join(lines)
    assert [(no, answer) for no, _, answer in _answers(drawing)] == [
        (f"T-{no}", answer) for no, answer in enumerate(_SAID, 1)
    ]
    texts = [leftover.text for leftover in found_in(drawing).leftovers]
    assert texts.count("帳面がある。") == texts.count("先月も見た。") == 6


def test_a_bullet_beside_the_question_is_no_remark() -> None:
    drawing = """
    No. | 災いの種類 | 手当の性質 | チェック | 実施項目 | < | 解説
    1 | 火の粉 | 根本的 | ■ 済\\n□ 未\\n□ 不要 | ■ | 屋根を瓦で葺いておく。 | 1-a
    ^ | ^ | 保険的 | □ 済\\n■ 未\\n□ 不要 | | 水桶を軒下に置いておく。 | 1-b
    2 | 大水 | 根本的 | ■ 済\\n□ 未\\n□ 不要 | | 土手を毎年高くしている。 | 2-a
    ^ | ^ | 保険的 | □ 済\\n□ 未\\n■ 不要 | | 舟を二艘つないである。 | 2-b
    """
    (checklist,) = found_in(drawing).checklists
    assert [row.remarks for row in checklist.rows] == ["", "", "", ""]
    assert [row.requirement for row in checklist.rows][:2] == [
        "屋根を瓦で葺いておく。",
        "水桶を軒下に置いておく。",
    ]


def test_an_answer_column_of_a_known_name_is_no_guess_where_evidence_found_the_list() -> None:
    lines = ["■ 門について | < | 回答 | 備考"]
    lines += [f"{no} | {question} | {_SAID[no - 1]} |" for no, question in enumerate(_GATES, 1)]
    found = found_in("\n".join(lines))
    assert [layout.status for layout in found.layouts][:1] == [LayoutStatus.USED]
    assert not [row for c in found.checklists for row in c.rows if "answer_column_guessed" in row.doubts]


def test_ticks_of_cells_are_answers_where_no_known_name_asks() -> None:
    lines = ["No. | 分類 | 確認事項 | 対応済 | 備考"]
    ticks = ("TRUE", "FALSE", "TRUE", "TRUE", "FALSE", "TRUE")
    lines += [
        f"{no} | 門 | {question} | {tick} |"
        for no, (question, tick) in enumerate(zip(_GATES, ticks, strict=True), 1)
    ]
    assert [answer for _, _, answer in _answers("\n".join(lines))] == list(ticks)


def test_a_comment_on_the_answers_name_explains_codes() -> None:
    lines = [
        "No. | 確認事項 | 回答",
        *(f"{no} | {question} | {1 + no % 2}" for no, question in enumerate(_GATES, 1)),
    ]
    grid = grid_of(lined("\n".join(lines)))
    note = "1＝はい、2＝いいえ から選んでください"
    cells = tuple(replace(c, comments=(note,)) if (c.row, c.col) == (0, 2) else c for c in grid.cells)
    (checklist,) = grid_to_checklists(replace(grid, cells=cells)).checklists
    assert note in checklist.legend_lines
