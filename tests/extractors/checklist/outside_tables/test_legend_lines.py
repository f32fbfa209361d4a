"""Lines of a legend, each in a cell of its own."""

from __future__ import annotations

from extractors.checklist.outside_tables.legend_lines import legend_lines
from extractors.grid import Cell
from extractors.location import Location


def _column(*texts: str, start: int = 20) -> list[Cell]:
    return [Cell(row, 1, text, Location()) for row, text in enumerate(texts, start)]


def test_a_code_a_line_is_a_legend() -> None:
    lines = ("S … 標準で備える", "D … 追加の開発で備える", "X … 備えない")
    assert legend_lines(_column(*lines)) == list(lines)


def test_one_line_alone_or_one_code_twice_is_none() -> None:
    assert legend_lines(_column("S … 標準で備える")) == []
    assert legend_lines(_column("A … 東棟の受付", "A … 西棟の受付")) == []


def test_labels_of_an_address_are_none() -> None:
    assert legend_lines(_column("TEL：00-0000-0000", "FAX：00-0000-0001")) == []


def test_digits_and_letters_before_a_colon_are_a_legend_where_three_stand_one_below_the_other() -> None:
    lines = ("2：どの棟でも行う", "1：本館に限り行う", "0：行わない　／　N：棟がない")
    assert legend_lines(_column(*lines)) == list(lines)
    assert legend_lines(_column(*lines[:2])) == []
    assert legend_lines(_column("A：東棟", "A：西棟", "B：南棟")) == []
