"""Columns of choices: which label the mark stands under, and what labels say beside each other."""

from __future__ import annotations

import pytest

from extractors.checklist.model import ItemRow
from extractors.location import Location
from normalizers.responses.read_responses import read_responses


def _row(number: int, answer: str, choice: str | None) -> ItemRow:
    return ItemRow(str(number), "鍵を預かる。", answer, "", "provider", Location(), choice=choice)


def _answers(*marked: tuple[str, str | None]) -> list[str]:
    rows = [_row(number, answer, choice) for number, (answer, choice) in enumerate(marked, 1)]
    return [str(result.answer) for result in read_responses(rows, (), None)]


def test_a_label_beside_nothing_but_its_contrary_says_no() -> None:
    assert _answers(("○", "該当"), ("○", "非該当"), ("レ", "該当")) == ["yes", "no", "yes"]


def test_it_says_that_nobody_is_asked_where_others_say_no() -> None:
    assert _answers(("○", "適合"), ("○", "非該当"), ("○", "不適合")) == ["yes", "not_applicable", "no"]


def test_words_typed_in_one_column_are_read_the_same_way() -> None:
    assert _answers(("該当", None), ("非該当", None)) == ["yes", "no"]
    assert _answers(("該当", None), ("非該当", None), ("いいえ", None)) == ["yes", "not_applicable", "no"]


@pytest.mark.parametrize("cell", ["該当", "■該当", "○"])
def test_the_label_itself_ticks_its_column(cell: str) -> None:
    assert _answers((cell, "該当"), ("○", "非該当"), ("○", "該当"))[0] == "yes"
