"""Several answers to each question: for plans, products, environments, vendors; and the buyer's own columns beside them."""

from __future__ import annotations

import pytest

from extractors.checklist.columns.by_words.respondents_variants import contrasted, variant_of
from extractors.checklist.model import ItemRow
from tests.extractors.grids import found_in, left

Told = tuple[str, str | None, str, str, str]


def _told(row: ItemRow) -> Told:
    return row.item_no, row.sub_item, row.answer, row.remarks, row.respondent


def _rows(drawing: str) -> list[Told]:
    (checklist,) = found_in(drawing).checklists
    return [_told(row) for row in checklist.rows]


def test_plans_under_one_name_are_an_answer_each_and_share_the_remarks() -> None:
    assert _rows("""
    No | 確認事項 | 対応状況 | < | 備考
    ^ | ^ | 梅プラン | 竹プラン | ^
    1 | 合鍵を作れるか | × | ○ | 竹は二本まで
    2 | 戸を二重にできるか | ○ | ○ |
    3 | 窓に格子を付けられるか | × | △ |
    """) == [
        ("1", "梅プラン", "×", "竹は二本まで", "provider"),
        ("1", "竹プラン", "○", "竹は二本まで", "provider"),
        ("2", "梅プラン", "○", "", "provider"),
        ("2", "竹プラン", "○", "", "provider"),
        ("3", "梅プラン", "×", "", "provider"),
        ("3", "竹プラン", "△", "", "provider"),
    ]


def test_answers_and_remarks_of_each_building_stay_together() -> None:
    assert _rows("""
    No | 対策 | 本館 | < | 別館 | <
    ^ | ^ | 実施 | 補足 | 実施 | 補足
    1 | 門を夜間に閉めている | ○ | 番人あり | × | 門なし
    2 | 塀を毎年直している | ○ | | ○ |
    3 | 庭の灯りを点けている | △ | | ○ | 新設
    """)[:2] == [("1", "本館", "○", "番人あり", "provider"), ("1", "別館", "×", "門なし", "provider")]


def test_names_in_brackets_tell_answers_apart() -> None:
    rows = _rows("""
    No | 確認項目 | 回答（本館） | 回答（別館） | 備考
    1 | 門を夜間に閉めている | ○ | × |
    2 | 塀を毎年直している | ○ | ○ | 別館は隔年
    3 | 庭の灯りを点けている | × | ○ |
    """)
    assert [row[1:4] for row in rows[:2]] == [("本館", "○", ""), ("別館", "×", "")]
    assert [row[3] for row in rows[2:4]] == ["別館は隔年", "別館は隔年"]


def test_choices_of_each_building() -> None:
    (checklist,) = found_in("""
    No | 確認項目 | 本館 | < | 別館 | <
    ^ | ^ | 有 | 無 | 有 | 無
    1 | 門を夜間に閉める当番 | ○ | | | ○
    2 | 塀を毎年直す決まり | ○ | | ○ |
    3 | 庭の灯りを点ける人 | | ○ | | ○
    """).checklists
    assert [(row.item_no, row.sub_item, row.choice) for row in checklist.rows[:4]] == [
        ("1", "本館", "有"), ("1", "別館", "無"), ("2", "本館", "有"), ("2", "別館", "有"),
    ]  # fmt: skip


def test_vendors_side_by_side_are_all_kept() -> None:
    rows = _rows("""
    No | 要件 | 株式会社きつね | 株式会社たぬき | むじな合同会社
    1 | 門を夜間に閉めている | ○ | × | ○
    2 | 塀を毎年直している | × | ○ | △
    3 | 庭の灯りを点けている | ○ | ○ | ×
    """)
    assert [row[1:3] for row in rows[:3]] == [
        ("株式会社きつね", "○"), ("株式会社たぬき", "×"), ("むじな合同会社", "○"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "names",
    [
        "現状 | 目標",
        "初回点検 | 改善後",
        "2025年度 | 2026年度",
        "一次回答 | 二次回答",
        "回答例 | 回答",
        "今回 | 前回",
    ],
)
def test_rounds_years_and_examples_are_no_variants(names: str) -> None:
    rows = _rows(f"""
    No | 点検項目 | {names} | 備考
    1 | 門を夜間に閉めている | ○ | × |
    2 | 塀を毎年直している | × | ○ |
    3 | 庭の灯りを点けている | ○ | ○ |
    """)
    assert [row[1] for row in rows] == [None, None, None]


@pytest.mark.parametrize(
    ("texts", "variant"),
    [
        (["回答", "本館"], "本館"),
        (["フリー", "対応状況"], "フリー"),
        (["回答（検証環境）"], "検証環境"),
        (["回答", "貴社記入欄"], None),
        (["回答", "1月"], None),
        (["回答", "第2四半期"], None),
        (["必須", "区分"], None),
        (["回答", "ご回答にあたっては裏面をお読みください。"], None),
    ],
)
def test_a_variant_is_a_name_that_no_form_uses_for_itself(texts: list[str], variant: str | None) -> None:
    assert variant_of(texts) == variant


BUYERS = [
    ("委託先記入", "当金庫記入", "結果"),
    ("提案者", "本学評価", "評価"),
    ("貴社記入欄", "審査員記入欄", "一次評価"),
    ("協力会社記入", "当社記入", "判定"),
    ("貴社", "当院記入欄", "採否"),
]


@pytest.mark.parametrize(("vendor", "buyer", "verdict"), BUYERS)
@pytest.mark.parametrize("first", [False, True])
def test_a_buyers_verdict_is_no_answer(vendor: str, buyer: str, verdict: str, first: bool) -> None:
    theirs, ours = f"{vendor} | <", f"{buyer} | <"
    names = ["回答 | 説明", f"{verdict} | 所見"]
    cells = [("× | 夜は開ける", "○ | 代替を確認"), ("○ |", "○ |"), ("△ | 半分", "× | 要相談")]
    order = (1, 0) if first else (0, 1)
    heads = [theirs, ours]
    lines = [
        f"No | 項目 | {heads[order[0]]} | {heads[order[1]]}",
        f"^ | ^ | {names[order[0]]} | {names[order[1]]}",
    ]
    questions = ("門を夜間に閉めている", "塀を毎年直している", "庭の灯りを点けている")
    for number, (question, pair) in enumerate(zip(questions, cells, strict=True), 1):
        lines.append(f"{number} | {question} | {pair[order[0]]} | {pair[order[1]]}")
    found = found_in("\n".join(lines))
    (checklist,) = found.checklists
    assert [_told(row)[2:] for row in checklist.rows] == [
        ("×", "夜は開ける", "provider"), ("○", "", "provider"), ("△", "半分", "provider"),
    ]  # fmt: skip
    assert left(found)["代替を確認"] == "verdict"


def test_the_vendor_calls_himself_tosha_where_no_buyer_stands_beside_him() -> None:
    rows = _rows("""
    No | 確認事項 | 当社回答 | 備考
    1 | 門を夜間に閉めているか | ○ |
    2 | 塀を毎年直しているか | × | 予定
    """)
    assert [row[4] for row in rows] == ["provider", "provider"]


def test_what_a_customer_answers_is_kept_as_his() -> None:
    rows = _rows("""
    No | 要件 | 提供者 | 利用者
    ^ | ^ | 回答 | 回答
    1 | 門を夜間に閉めている | ○ | ○
    2 | 塀を毎年直している | × | ○
    """)
    assert [(row[0], row[2], row[4]) for row in rows] == [
        ("1", "○", "provider"), ("1", "○", "customer"), ("2", "×", "provider"), ("2", "○", "customer"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("ought", "told"),
    [("標準", "実態"), ("基準", "実績"), ("対応予定の有無", "現状"), ("To-Be", "As-Is")],
)
def test_what_ought_to_be_is_no_answer_beside_what_is(ought: str, told: str) -> None:
    rows = _rows(f"""
    No | 点検内容 | {ought} | {told} | 備考
    1 | 合鍵を金庫にしまっている | ○ | × | 来月しまう
    2 | 戸締まりを二人で見回っている | ○ | ○ |
    3 | 窓の格子を毎年塗り直している | ○ | △ |
    4 | 門灯を夜どおし点けている | ○ | ○ |
    5 | 裏口の番を置いている | ○ | × |
    6 | 来客に名札を渡している | ○ | ○ |
    """)
    assert [(row[1], row[2]) for row in rows] == [(None, mark) for mark in "×○△○×○"]


def test_what_is_planned_alone_stays_the_answer() -> None:
    assert contrasted(["No", "点検内容", "対応予定の有無", "備考"]) == set()
    assert contrasted(["標準", "備考"]) == set()
    assert contrasted(["点検内容", "現状の対応", "改善後の目標"]) == {2}


def test_a_contractor_who_employs_another_is_the_vendor() -> None:
    rows = _rows("""
    No | 確認項目 | 受託者 | 再委託先 | 備考
    1 | 門を夜間に閉めている | YES | NO | 再委託先の門は開けたまま
    2 | 塀を毎年直している | YES | YES |
    3 | 庭の灯りを点けている | NO | YES |
    4 | 番人を置いている | YES | YES |
    """)
    assert [(row[0], row[2], row[4]) for row in rows[:2]] == [
        ("1", "YES", "provider"),
        ("1", "NO", "contractor"),
    ]
    assert len(rows) == 8


def test_parties_under_one_name_answer_each() -> None:
    rows = _rows("""
    ID | 確認内容 | 回答 | < | 備考
    ^ | ^ | 提供者 Provider | 代理店 Reseller | ^
    1 | 門を夜間に閉めている | Yes | N/A |
    2 | 塀を毎年直している | Partial | Yes | 西側のみ
    3 | 庭の灯りを点けている | Yes | No |
    4 | 番人を置いている | No | Yes |
    """)
    assert [row[2] for row in rows] == ["Yes", "N/A", "Partial", "Yes", "Yes", "No", "No", "Yes"]
    assert {row[1] for row in rows} == {"提供者 Provider", "代理店 Reseller"}
