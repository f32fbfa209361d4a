"""OpenDocument spreadsheets: text as shown, what is hidden, struck out, pinned and drawn, and repeats without end."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from extractors.errors import Damaged, Encrypted, TooMuch
from extractors.excel.opendocument.reader import read_open_document
from extractors.excel.opendocument.styles import points
from extractors.grid import Grid
from extractors.read import read
from tests.extractors.excel.books import open_document
from tests.extractors.excel.old_books import cell, flat, row, table
from tests.extractors.grids import texts


def _grid(tables: str, styles: str = "") -> Grid:
    return read_open_document(BytesIO(flat(tables, styles))).grids[0]


def _one(inner: str, attributes: str = "") -> str:
    xml = f"<table:table-cell {attributes}>{inner}</table:table-cell>"
    (found,) = _grid(table(row(xml))).cells
    return found.text


def test_package_and_flat_file_are_read(tmp_path: Path) -> None:
    document = read(open_document(tmp_path, [["番号", "問"], ["1", "鍵はあるか"]]))
    assert (document.extractor, document.sheets, document.issues) == ("opendocument", 1, ())
    assert texts(document.grids[0]) == {(0, 0): "番号", (0, 1): "問", (1, 0): "1", (1, 1): "鍵はあるか"}
    path = tmp_path / "回答.fods"
    path.write_bytes(flat(table(row(cell("鍵"), cell("○")))))
    assert texts(read(path).grids[0]) == {(0, 0): "鍵", (0, 1): "○"}


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<text:p>一</text:p><text:p>二</text:p>", "一\n二"),
        ("<text:p>一<text:line-break/>二<text:tab/>三</text:p>", "一\n二\t三"),
        ('<text:p>\n  一<text:s text:c="3"/>二 \n 三</text:p>', "一   二 三"),
        ('<text:p><text:s text:c="99999999999999999999"/>一</text:p>', " " * 1000 + "一"),
        ("<text:p><text:a>一</text:a><text:span>二</text:span></text:p>", "一二"),
        (
            "<text:p><text:ruby><text:ruby-base>鍵</text:ruby-base><text:ruby-text>かぎ</text:ruby-text>"
            "</text:ruby></text:p>",
            "鍵",
        ),
    ],
)
def test_text_of_a_cell(inner: str, expected: str) -> None:
    assert _one(inner) == expected


def test_text_as_shown_counts_not_the_value() -> None:
    assert _one("<text:p>99.9%</text:p>", 'office:value-type="percentage" office:value="0.999"') == "99.9%"


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('office:value-type="float" office:value="3"', "3"),
        ('office:value-type="percentage" office:value="0.5"', "50%"),
        ('office:value-type="boolean" office:boolean-value="true"', "TRUE"),
        ('office:value-type="date" office:date-value="2026-06-05"', "2026/6/5"),
        ('office:value-type="date" office:date-value="2026-06-05T18:30:00"', "2026/6/5 18:30"),
        ('office:value-type="string" office:string-value="鍵"', "鍵"),
    ],
)
def test_value_where_the_file_holds_no_text(attributes: str, expected: str) -> None:
    assert _one("", attributes) == expected


def test_hidden_columns_rows_and_sheets() -> None:
    columns = (
        '<table:table-column/><table:table-column table:visibility="collapse"/>'
        '<table:table-column table:number-columns-repeated="9"/>'
    )
    rows = (
        row(cell("番号"), cell("前の答"), cell("答")),
        row(cell("1"), attributes='table:visibility="filter"'),
        f'<table:table-row-group table:display="false">{row(cell("2"))}</table:table-row-group>',
    )
    tables = table(*rows, columns=columns) + table(
        row(cell("旧")), title="控え", attributes='table:style-name="away"'
    )
    shown, away = read_open_document(BytesIO(flat(tables))).grids
    assert {c.location.cells: c.hidden for c in shown.cells} == {
        "A1": False, "B1": True, "C1": False, "A2": True, "A3": True,
    }  # fmt: skip
    assert (shown.hidden, away.hidden, away.name) == (False, True, "控え")


def test_repeats_are_written_out_and_blank_ones_skipped() -> None:
    columns = '<table:table-column table:number-columns-repeated="16384"/>'
    blank = '<table:table-cell table:number-columns-repeated="3"/>'
    grid = _grid(
        table(
            row(blank, cell("○", 'table:number-columns-repeated="2"')),
            row(blank, attributes='table:number-rows-repeated="1000"'),
            row(cell("×"), attributes='table:number-rows-repeated="2"'),
            row(blank, attributes='table:number-rows-repeated="99999999999"'),
            row(cell("unter dem Blatt")),
            columns=columns,
        )
    )
    assert texts(grid) == {(0, 3): "○", (0, 4): "○", (1001, 0): "×", (1002, 0): "×"}


def test_a_million_filled_repeats_are_refused(tmp_path: Path) -> None:
    bomb = row(
        cell("○", 'table:number-columns-repeated="16384"'), attributes='table:number-rows-repeated="1048576"'
    )
    with pytest.raises(TooMuch):
        _grid(table(bomb))
    path = tmp_path / "回答.fods"
    path.write_bytes(flat(table(bomb)))
    with pytest.raises(TooMuch):
        read(path)


def test_merged_cells_and_what_they_cover() -> None:
    covered = "<table:covered-table-cell><text:p>覆われた</text:p></table:covered-table-cell>"
    spans = 'table:number-columns-spanned="2" table:number-rows-spanned="{}"'
    grid = _grid(
        table(row(cell("鍵", spans.format(3)), covered, cell("○")), row(cell("窓", spans.format("9" * 30))))
    )
    found = [(c.text, c.location.cells, c.row_span, c.col_span) for c in grid.cells]
    assert found == [
        ("鍵", "A1:B3", 3, 2), ("○", "C1", 1, 1), ("窓", "A2:B1048576", 1048575, 2),
    ]  # fmt: skip


def test_struck_text_is_withdrawn() -> None:
    mixed = '<text:p><text:span text:style-name="below">○</text:span> ×</text:p>'
    back = '<text:p><text:span text:style-name="plain">△</text:span>後</text:p>'
    rows = (
        row(f"<table:table-cell>{mixed}</table:table-cell>"),
        row(f'<table:table-cell table:style-name="gone">{back}</table:table-cell>'),
        row(cell("無")),
        row(
            '<table:table-cell><text:p text:style-name="gone">○</text:p><text:p>×</text:p></table:table-cell>'
        ),
    )
    columns = '<table:table-column table:default-cell-style-name="gone"/>'
    document = read_open_document(
        BytesIO(flat(table(*rows[:2]) + table(*rows[2:3], columns=columns) + table(rows[3])))
    )
    assert [texts(grid) for grid in document.grids] == [{(0, 0): " ×", (1, 0): "△"}, {}, {(0, 0): "×"}]
    assert [c.text for grid in document.grids for c in grid.aside] == ["○", "後", "無", "○"]
    assert [t.code for t in document.issues] == ["text_struck_through"] * 4


def test_styles_that_are_their_own_parents_end() -> None:
    ring = "".join(
        f'<style:style style:name="{a}" style:family="table-cell" style:parent-style-name="{b}"/>'
        for a, b in ("ab", "ba")
    )
    assert texts(_grid(table(row(cell("鍵", 'table:style-name="a"'))), ring)) == {(0, 0): "鍵"}


def test_comments_are_no_text_of_the_cell() -> None:
    note = "<office:annotation><text:p>確認済</text:p><text:p>再掲</text:p></office:annotation>"
    grid = _grid(table(row(f"<table:table-cell>{note}<text:p>○</text:p></table:table-cell>", cell(""))))
    assert [(c.text, c.comments) for c in grid.cells] == [("○", ("確認済\n再掲",))]


def test_boxes_are_printed_into_their_cells() -> None:
    form = (
        '<office:forms><form:form><form:checkbox form:id="c1" form:current-state="checked"/>'
        '<form:checkbox form:id="c2"/></form:form></office:forms>'
    )
    place = 'svg:x="0.1in" svg:y="0.02in" svg:width="0.15in" svg:height="0.12in"'
    boxes = [
        row(cell("鍵"), f'<table:table-cell><draw:control draw:control="{name}" {place}/></table:table-cell>')
        for name in ("c1", "c2")
    ]
    document = read_open_document(BytesIO(flat(table(*boxes, columns=form))))
    assert texts(document.grids[0]) == {(0, 0): "鍵", (0, 1): "☑", (1, 0): "鍵", (1, 1): "□"}
    assert document.issues == ()


def test_rings_round_printed_choices() -> None:
    shape = '<draw:ellipse svg:x="0.02in" svg:y="0.01in" svg:width="0.2in" svg:height="0.17in"/>'
    xml = f"<table:table-cell><text:p>有 ・ 無</text:p>{shape}</table:table-cell>"
    (found,) = _grid(table(row(xml))).cells
    assert found.chosen == ("有",)


def test_entities_are_not_expanded() -> None:
    data = flat(table(row(cell("鍵")))).replace(
        b"<office:document ", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><office:document ', 1
    )
    data = data.replace("鍵".encode(), "鍵&a;".encode())
    with pytest.raises(Damaged, match="entities"):
        read_open_document(BytesIO(data))


def test_locked_and_broken_packages(tmp_path: Path) -> None:
    path = tmp_path / "回答.ods"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", "<office:document-content")
    with pytest.raises(Damaged):
        read(path)
    locked = tmp_path / "鍵.ods"
    with zipfile.ZipFile(locked, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("META-INF/manifest.xml", "<manifest:encryption-data/>")
        package.writestr("content.xml", b"\x00\x01")
    with pytest.raises(Encrypted):
        read(locked)


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        ("1in", 72.0),
        ("2.54cm", 72.0),
        ("10mm", 720 / 25.4),
        ("9pt", 9.0),
        ("", None),
        ("nan", None),
        (None, None),
    ],
)
def test_lengths_in_points(length: str | None, expected: float | None) -> None:
    assert points(length) == (expected if expected is None else pytest.approx(expected))
