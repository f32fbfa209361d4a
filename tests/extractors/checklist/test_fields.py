"""Which cells a list took in, as what, and where its rows begin."""

from __future__ import annotations

from dataclasses import replace

from extractors.checklist.extract import grid_to_checklists
from extractors.grid import Cell
from extractors.location import Location
from tests.extractors.grids import found_in, grid_of

SHEET = """
    まぼろし点検表 | < | < | < | <
    事業者名：株式会社ゆめまる | < | < | < | <
    No. | 分類 | 確認事項 | 回答 | 備考
    ■受付 | < | < | < | <
    1 | 窓口 | 窓口を平日に開けていること。 | ○ | 祝日を除く
    2 | ^ | 電話を録音していること。 | × |
    例 | 窓口 | 名札を付けていること。 | ○ |
    ※夜間は別の番号です。 | < | < | < | <
"""


def test_every_cell_of_a_list_has_its_role() -> None:
    (checklist,) = found_in(SHEET).checklists
    roles = {(field.location.cells, field.role) for field in checklist.fields}
    assert roles == {
        ("A3", "header"), ("B3", "header"), ("C3", "header"), ("D3", "header"), ("E3", "header"),
        ("A4:E4", "heading"),
        ("A5", "number"), ("B5:B6", "category"), ("C5", "requirement"), ("D5", "answer"), ("E5", "remarks"),
        ("A6", "number"), ("C6", "requirement"), ("D6", "answer"),
    }  # fmt: skip


def test_a_field_names_its_column() -> None:
    (checklist,) = found_in(SHEET).checklists
    columns = {field.location.cells: field.column for field in checklist.fields}
    assert [checklist.columns[columns[cell] or 0].role for cell in ("A3", "B3", "C3", "D3", "E3")] == [
        "number", "category", "requirement", "answer", "remarks",
    ]  # fmt: skip
    assert (columns["A4:E4"], columns["D6"]) == (None, 3)


def test_the_upper_row_of_a_header_names_no_column() -> None:
    (checklist,) = found_in("""
        No. | 確認事項 | 事業者記入欄 | <
        ^   | ^        | 回答 | 備考
        1   | 鍵を掛けていること。 | ○ |
        2   | 灯りを消していること。 | × |
    """).checklists
    columns = {field.location.cells: field.column for field in checklist.fields if field.role == "header"}
    assert columns == {"A1:A2": 0, "B1:B2": 1, "C1:D1": None, "C2": 2, "D2": 3}


def test_what_is_told_of_the_sheet_is_no_field_and_not_left_over() -> None:
    found = found_in(SHEET)
    assert [place.cells for place in found.metadata_locations] == ["A1:E1", "A2:E2"]
    assert {left.location.cells for left in found.leftovers} == {"A7", "B7", "C7", "D7", "A8:E8"}


def test_a_row_begins_at_its_number() -> None:
    (checklist,) = found_in(SHEET).checklists
    assert [row.start.cells for row in checklist.rows] == ["A5", "A6"]


def test_a_row_without_a_number_begins_at_its_question() -> None:
    (checklist,) = found_in("""
        分類 | 確認事項 | 回答
        窓口 | 窓口を平日に開けていること。 | ○
        ^    | 電話を録音していること。 | ×
    """).checklists
    assert [row.start.cells for row in checklist.rows] == ["B2", "B3"]


def test_a_reference_takes_in_its_header_only() -> None:
    (checklist,) = found_in("""
        参考 鍵の基準 | < | <
        番号 | 基準 | 解説
        1 | 鍵を毎晩掛ける | 夜も
        2 | 戸を毎晩閉める | 朝も
    """).checklists
    assert (checklist.kind, {field.role for field in checklist.fields}) == ("reference", {"header"})


def test_lines_without_columns_are_taken_in_as_lines() -> None:
    text = "\n".join(f"{n} 倉庫の鍵を{n}人で管理していること。 ○" for n in range(1, 7))
    (checklist,) = found_in(text).checklists
    assert {field.role for field in checklist.fields} == {"line"}
    assert [row.start for row in checklist.rows] == [field.location for field in checklist.fields]


def test_page_numbers_of_a_letter_are_left_over() -> None:
    grid = grid_of([["拝啓"], ["敬具"]], sheet=None)
    footer = Cell(0, 0, "1 / 1", Location(page=1, bbox=(9.0, 280.0, 30.0, 290.0)))
    found = grid_to_checklists(replace(grid, aside=(footer,)))
    assert [(leftover.text, leftover.reason) for leftover in found.leftovers] == [
        ("拝啓", "no_checklist"), ("敬具", "no_checklist"), ("1 / 1", "running_text")
    ]  # fmt: skip
