"""Which of several columns are answered, where words know only some of them, or take the issuer's for one."""

from __future__ import annotations

from extractors.checklist.extract import grid_to_checklists
from tests.extractors.grids import grid_of, items_in, lined

QUESTIONS = [
    "倉庫の鍵を毎晩数え、帳面に書いていること。",
    "門を夜間に閉め、番人を置いていること。",
    "庭の灯りを日没前に点けていること。",
    "裏口の合鍵を金庫に入れていること。",
    "見回りの道順を毎月改めていること。",
    "火の元を二人で確かめていること。",
    "来客の名を帳面に残していること。",
    "荷車の鍵を番所に預けていること。",
]


def _drawn(head: str, cells: list[str]) -> str:
    return head + "\n".join(
        f"{n} | {q} | {c}" for n, (q, c) in enumerate(zip(QUESTIONS, cells, strict=True), 1)
    )


def test_a_second_answer_that_no_word_knows_is_one_as_well() -> None:
    head = "No. | 点検項目 | 自己点検 | < | 根拠\n^ | ^ | 整備状況 | 運用状況 | ^\n"
    cells = [
        "A | 3 | 番所の規程",
        "A | 2 |",
        "B | 2 | 一部",
        "A | 3 |",
        "C | 1 |",
        "A | 3 |",
        "B | 3 |",
        "A | 1 |",
    ]
    rows = items_in(_drawn(head, cells))
    assert len(rows) == 2 * len(QUESTIONS)
    assert {row.sub_item for row in rows} == {"整備状況", "運用状況"}


def test_what_the_issuer_keeps_for_himself_is_no_answer_whatever_its_name() -> None:
    head = (
        "No. | 確認事項 | 実施状況 | < | 補足 | 当社記入欄 | <\n^ | ^ | 自社 | 委託先 | ^ | 評価 | 確認者\n"
    )
    cells = ["○ | ○ | | |", "○ | △ | 番人は昼のみ | |", "× | ○ | | |", "○ | － | | |"] * 2
    rows = items_in(_drawn(head, cells))
    assert len(rows) == 2 * len(QUESTIONS)
    assert {row.answer for row in rows} == {"○", "△", "×", "－"}


def test_a_table_that_defines_marks_asks_nobody() -> None:
    drawing = """
    番所の調べ | <
    回答者 | 門番の頭
    段階の定め | <
    4 | 町全体で行い、確かめる仕組みもある
    3 | 町全体で行っている
    2 | 一部の番所でのみ行っている
    1 | 時期を決めて支度をしている
    0 | 行っていない
    N/A | 仕事の内容から当てはまらない
    """
    assert grid_to_checklists(grid_of(lined(drawing), name="README")).checklists == ()


def test_lines_that_tell_how_to_fill_in_ask_nobody() -> None:
    drawing = """
    ■ 記入要領
    １．「調べ票」シートの色付きの欄に記入してください。
    ２．実施状況は次の記号で記入してください。
    　　○：行っている　　△：一部行っている　　×：行っていない
    ３．△または×の場合は、補足欄に様子を記入してください。
    ４．当所の欄には何も記入しないでください。
    """
    assert grid_to_checklists(grid_of(lined(drawing), name="記入要領")).checklists == ()
