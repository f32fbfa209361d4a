"""What `make fuzz` found, each as a small file of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.errors import Damaged, panics
from extractors.excel.fallback.calamine import read_by_calamine
from extractors.pdf.page.glyph_lines import PrintedLine
from extractors.pdf.tables.column_edges import _rivers
from extractors.pdf.tables.text_rows import TextRow
from extractors.read import read
from tests.hostile.books import LIST, package, sheet_xml, workbook_parts
from tests.hostile.pdfs import one_page, pdf, stream

_LINE = b"BT /F 12 Tf 72 700 Td (1 yes) Tj ET\n"


class PanicException(BaseException):
    """Named as what a library written in Rust raises."""


def test_a_page_that_is_counted_and_is_not_there_costs_that_page(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    font = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    kids = "<</Type/Pages/Kids[3 0 R]/Count 2>>"
    path.write_bytes(pdf({1: "<</Type/Catalog/Pages 2 0 R>>", 2: kids, 3: page, 4: stream(_LINE), 5: font}))
    document = read(path)
    assert [cell.text for cell in document.grids[0].cells] == ["1 yes"]
    assert [(issue.code, issue.location.page) for issue in document.issues] == [("page_refused", 2)]


def test_a_library_that_panics_has_met_a_broken_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def panic(_: object) -> None:
        raise PanicException("range start index 116 out of range")

    path = tmp_path / "a.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0")
    monkeypatch.setattr("extractors.excel.fallback.calamine.python_calamine.load_workbook", panic)
    assert PanicException in panics()
    with pytest.raises(Damaged) as caught:
        read_by_calamine(path)
    assert "out of range" in caught.value.words["detail"]


def test_text_outside_of_the_page_has_no_columns_there() -> None:
    def row(*spans: tuple[float, float]) -> TextRow:
        return TextRow(tuple(PrintedLine("a", (x, 0.0, end, 9.0), 9.0) for x, end in spans), spans)

    rows = [row((-900.0, -800.0), (20.0, 40.0), (70.0, 90.0), (400.0, 900.0))] * 3
    assert _rivers([row((20.0, 40.0), (70.0, 90.0))], rows, 100.0)[-1] == pytest.approx(55, abs=15)


def test_a_page_box_beyond_all_numbers_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(one_page(stream(_LINE), "/MediaBox[0 0 1e38 99999999999999999999]"))
    assert read(path).pages == 1


@pytest.mark.parametrize("number", ["0", "1048577", "99999999"])
def test_a_row_that_no_sheet_has_is_no_row(number: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    cell = f'<c r="A{number}" t="inlineStr"><is><t>a</t></is></c>'
    path.write_bytes(package(workbook_parts(sheet_xml(f'{LIST}<row r="{number}">{cell}</row>'))))
    try:
        texts = [c.text for c in read(path).grids[0].cells]
    except Damaged:
        return
    assert "○" in texts
