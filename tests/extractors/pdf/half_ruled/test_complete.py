"""Tables whose rules leave something out: headers without borders or in one piece, several items in one ruled row."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from extractors.pdf.reader import read_pdf
from tests.extractors.pdf.prints import Print

XS = [20.0, 60.0, 130.0, 330.0, 380.0]
NAMES = ["番号", "区分", "設問", "可否"]
BODY = [
    ["1", "扉", "夜は鍵を掛けているか", "○"],
    ["2", "", "窓を閉めているか", "×"],
    ["3", "書庫", "来た人を記しているか", "○"],
]
YS = [80.0, 100.0, 120.0, 140.0]


def _rows(path: Path) -> list[list[str]]:
    """The texts of the rows of a file's grid, cells without one left out."""
    (grid,) = read_pdf(path).grids
    rows: dict[int, list[str]] = {}
    for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.col)):
        if cell.text:
            rows.setdefault(cell.row, []).append(cell.text)
    return list(rows.values())


def _write(sheet: Print, texts: Sequence[str], base: float) -> None:
    for x, text in zip(XS, texts, strict=False):
        sheet.text(x + 3, base, text)


def _columns_of(path: Path, texts: Sequence[str]) -> list[int]:
    (grid,) = read_pdf(path).grids
    return [next(cell.col for cell in grid.cells if cell.text == text) for text in texts]


@pytest.mark.parametrize("gap", [2.0, 6.0, 11.0])
def test_names_without_borders_are_the_header_of_the_ruled_body(tmp_path: Path, gap: float) -> None:
    sheet = Print(tmp_path / "a.pdf").text(20, 30, "架空堂の点検票", 14).table(XS, YS, BODY)
    _write(sheet, NAMES, YS[0] - gap)
    path = sheet.save()
    assert _rows(path)[1:3] == [NAMES, BODY[0]]
    assert _columns_of(path, NAMES) == _columns_of(path, BODY[0])


def test_a_wrapped_name_without_borders_is_one_cell(tmp_path: Path) -> None:
    sheet = Print(tmp_path / "a.pdf").table(XS, YS, BODY)
    _write(sheet, ["番", "区分", "設問", "可否"], YS[0] - 16)
    _write(sheet, ["号"], YS[0] - 4)
    assert [text.replace("\n", "") for text in _rows(sheet.save())[0]] == NAMES


@pytest.mark.parametrize(
    "above",
    [
        ["会社：", "架空", "担当：山田", "印"],
        ["", "", "点検の票", ""],
        ["1", "扉", "鍵", "○"],
    ],
)
def test_other_lines_above_a_table_are_no_header(tmp_path: Path, above: list[str]) -> None:
    sheet = Print(tmp_path / "a.pdf").table(XS, YS, BODY)
    _write(sheet, above, YS[0] - 4)
    (grid,) = read_pdf(sheet.save()).grids
    assert grid.tables[0][1] - grid.tables[0][0] == len(BODY)


def test_a_header_with_borders_gets_no_second_one(tmp_path: Path) -> None:
    sheet = Print(tmp_path / "a.pdf").table(XS, [*YS, 160.0], [NAMES, *BODY])
    _write(sheet, ["甲", "乙", "丙", "丁"], YS[0] - 4)
    (grid,) = read_pdf(sheet.save()).grids
    assert grid.tables[0][1] - grid.tables[0][0] == len(BODY) + 1


def _one_piece(path: Path, names: Sequence[str]) -> Print:
    """A ruled table whose header is one cell over all columns."""
    sheet = Print(path).table(XS, YS, BODY)
    sheet.rule(XS[0], 60, XS[-1], 60).rule(XS[0], 60, XS[0], 80).rule(XS[-1], 60, XS[-1], 80)
    _write(sheet, names, 74)
    return sheet


def test_a_header_in_one_piece_is_cut_at_the_columns(tmp_path: Path) -> None:
    path = _one_piece(tmp_path / "a.pdf", NAMES).save()
    assert _rows(path)[0] == NAMES
    assert _columns_of(path, NAMES) == _columns_of(path, BODY[0])


def test_a_heading_over_all_columns_stays_one_cell(tmp_path: Path) -> None:
    sheet = _one_piece(tmp_path / "a.pdf", []).text(150, 74, "建物の守りについての確かめ")
    assert _rows(sheet.save())[0] == ["建物の守りについての確かめ"]


ITEMS = "(1) 扉に鍵を掛けている\n(2) 窓を閉めている\n(3) 人を記している"


def _items_print(path: Path, question: str, mark: str) -> Path:
    rows = [NAMES, ["4.1", "扉", question, mark]]
    return Print(path).table(XS, [40.0, 60.0, 110.0], rows).save()


def test_items_line_by_line_are_rows_with_the_mark_beside_each(tmp_path: Path) -> None:
    path = _items_print(tmp_path / "a.pdf", ITEMS, "○\n×\n－")
    lines = ITEMS.split("\n")
    assert _rows(path)[1:] == [["4.1", "扉", lines[0], "○"], [lines[1], "×"], [lines[2], "－"]]
    (grid,) = read_pdf(path).grids
    assert next(cell.row_span for cell in grid.cells if cell.text == "4.1") == 3


@pytest.mark.parametrize(
    ("question", "mark"),
    [
        (ITEMS, "○"),
        (ITEMS, "○\n×"),
        ("次のことをしているか\n(1) 施錠\n(2) 記帳", "○\n×\n○"),
        ("鍵を掛け\n窓を閉め\n人を記している", "○\n×\n○"),
    ],
)
def test_a_row_whose_marks_do_not_match_its_items_stays_one(tmp_path: Path, question: str, mark: str) -> None:
    (grid,) = read_pdf(_items_print(tmp_path / "a.pdf", question, mark)).grids
    assert grid.n_rows == 2
