"""Answers in the light of their own column, where one respondent has several."""

from __future__ import annotations

from extractors.checklist.model import ItemRow
from extractors.location import Location
from normalizers.responses.read_responses import read_responses


def _row(number: int, part: str | None, answer: str, unit: str | None = None) -> ItemRow:
    question = f"{number}番の倉庫を見回る間隔"
    return ItemRow(str(number), question, answer, "", "provider", Location(), sub_item=part, unit=unit)


def test_a_number_in_a_column_of_figures_is_no_mark_of_the_column_beside_it() -> None:
    marks = [_row(n, "充足", mark) for n, mark in enumerate("可可否可", 1)]
    figures = [_row(n, "提案", figure, "日") for n, figure in enumerate(("3", "1", "7", "14"), 1)]
    results = read_responses([*marks, *figures], (), None)
    assert [r.answer for r in results[:4]] == ["yes", "yes", "no", "yes"]
    assert [r.answer for r in results[4:]] == ["value"] * 4


def test_choices_that_nobody_marked_are_unanswered_beside_marked_ones() -> None:
    cells = [
        "〔有〕・　無",
        "有　・〔無〕",
        "有　・　無",
        "〔有〕・　無",
        "〔有〕・　無",
        "〔有〕・　無",
        "〔有〕・　無",
        "〔有〕・　無",
    ]
    results = read_responses([_row(n, None, cell) for n, cell in enumerate(cells, 1)], (), None)
    assert [r.answer for r in results[:3]] == ["yes", "no", "unanswered"]


def test_a_figure_in_a_column_of_figures_and_texts_is_one_of_them() -> None:
    cells = ["週に一度", "毎月", "三日に一度", "一時間ごと", "半年に一度", "一日二回"]
    questions = ["見回り", "点検", "掃除", "門を使うときだけ開け", "棚卸し", "灯りの確認"]
    rows = [
        ItemRow(str(n), question, cell, "", "provider", Location())
        for n, (question, cell) in enumerate(zip(questions, cells, strict=True), 1)
    ]
    assert {result.answer for result in read_responses(rows, (), None)} == {"value"}
