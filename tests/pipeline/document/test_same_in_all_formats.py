"""One sheet as .xlsx, and saved by LibreOffice as .xls, .ods and PDF: the same rows come out of each.

What a format cannot hold is left out: a print has no hidden rows, no comments and no colours.
"""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from pipeline.document.process import read_document
from pipeline.sources.discover import RawFile, discover
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

CORPUS = ROOT.parent / "shared" / "corpus"
FORMATS = ("xls", "ods", "pdf")
LINE = Side(style="thin")
ASKED = (
    "正門の鍵を毎日掛けていること。",
    "裏門の鍵を毎日掛けていること。",
    "窓を開けられる時間を決めていること。",
    "倉庫の温度を記録していること。",
    "荷物の数を毎週数えていること。",
    "来客の名簿を残していること。",
)
Row = tuple[str, ...]


def _write(sheet: Any, rows: list[list[Any]], first: int = 1) -> None:
    for r, values in enumerate(rows, first):
        for c, value in enumerate(values, 1):
            cell = sheet.cell(r, c, None if value == "" else value)
            cell.border = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
            cell.alignment = Alignment(wrap_text=True, vertical="center")
    for letter, width in zip("ABCDEF", (6, 12, 44, 14, 26, 20), strict=True):
        sheet.column_dimensions[letter].width = width


def _plain(book: Any) -> None:
    """Merged categories, bands, a legend, a vendor, remarks in several lines."""
    sheet = book.active
    sheet["A1"], sheet["A2"] = "倉庫設備点検票", "会社名：株式会社かくう倉庫"
    sheet["A3"] = "凡例　○：実施している　×：実施していない　△：計画中"
    rows = [["No.", "区分", "点検項目", "回答", "備考"]]
    replies = ("○", "×", "△", "○", "", "―")
    rows += [
        [n, ("門", "", "屋内", "", "", "")[n - 1], asked, reply, "毎朝\n点検する" if n == 2 else ""]
        for n, (asked, reply) in enumerate(zip(ASKED, replies, strict=True), 1)
    ]
    _write(sheet, rows, 5)
    sheet.row_dimensions[7].height = 30
    sheet.merge_cells("B6:B7")
    sheet.merge_cells("B8:B11")


def _numbers(book: Any) -> None:
    """Numbers as the sheet shows them, two respondents, a hidden row and withdrawn text."""
    sheet = book.active
    _write(
        sheet,
        [
            ["番号", "分類", "確認事項", "回答", "備考"],
            *([f"1-{n}", "設備", asked, "", ""] for n, asked in enumerate(ASKED, 1)),
        ],
    )
    formats: list[tuple[Any, str]] = [
        (0.999, "0.0%"),
        (24, '0"時間"'),
        (1234567, "#,##0"),
        (7, "000"),
        (0.5, "General"),
    ]
    for row, (value, number_format) in enumerate(formats, 2):
        sheet.cell(row, 4).value, sheet.cell(row, 4).number_format = value, number_format
    sheet["D7"] = CellRichText(TextBlock(InlineFont(strike=True), "○"), TextBlock(InlineFont(), "×"))
    sheet["E7"] = "数え直した"
    sheet["E2"] = "去年の値"
    sheet["E2"].font = Font(strike=True)


def _grid_paper(book: Any) -> None:
    """Cells merged over many narrow columns."""
    sheet = book.active
    edges = (1, 4, 10, 28, 33, 41)
    rows = [["項番", "分野", "要求事項", "適合", "補足"]]
    rows += [
        [f"({n})", "門" if n < 4 else "庫", asked, "適合" if n % 2 else "不適合", ""]
        for n, asked in enumerate(ASKED, 1)
    ]
    for r, values in enumerate(rows, 2):
        for value, start, end in zip(values, edges, edges[1:], strict=False):
            sheet.cell(r, start, value or None)
            for col in range(start, end):
                sheet.cell(r, col).border = Border(left=LINE if col == start else None, right=LINE if col == end - 1 else None,
                                                   top=LINE, bottom=LINE)  # fmt: skip
            sheet.merge_cells(start_row=r, start_column=start, end_row=r, end_column=end - 1)
            sheet.cell(r, start).alignment = Alignment(wrap_text=True, vertical="center")
        sheet.row_dimensions[r].height = 30
    for col in range(1, 41):
        sheet.column_dimensions[openpyxl.utils.get_column_letter(col)].width = 2.4


def _hidden(book: Any) -> None:
    """A hidden row, a hidden column of earlier answers, a hidden sheet."""
    sheet = book.active
    rows = [["No.", "区分", "点検項目", "回答", "備考", "回答"]]
    rows += [[n, "門", asked, "×", "", "○" if n != 4 else "×"] for n, asked in enumerate(ASKED, 1)]
    _write(sheet, rows)
    sheet.column_dimensions["D"].hidden = True
    sheet.row_dimensions[6].hidden = True
    other = book.create_sheet("控え")
    _write(other, [["別の表", "", "", "", "", ""]])
    other.sheet_state = "hidden"


def _colours(book: Any) -> None:
    """Blank cells answered by their ground, and letters in colours."""
    sheet = book.active
    sheet["A1"] = "凡例　緑：対応　赤：未対応"
    _write(
        sheet,
        [["No.", "区分", "点検項目", "回答"], *([n, "門", asked, ""] for n, asked in enumerate(ASKED, 1))],
        3,
    )
    for row, code in enumerate(("00B050", "FF0000", "00B050", "FF0000", "00B050"), 4):
        sheet.cell(row, 4).fill = PatternFill("solid", fgColor=code)


SHEETS: dict[str, Callable[[Any], None]] = {
    "plain": _plain,
    "numbers": _numbers,
    "grid_paper": _grid_paper,
    "hidden": _hidden,
    "colours": _colours,
}
NOT_PRINTED = {"colours"}


def _squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def _rows(file: RawFile, printed: bool) -> list[Row]:
    """Number, question, answer, remarks and meaning of the rows, as far as they are printed."""
    outcome = read_document(file)
    return [
        (
            *map(_squeezed, (r.row.item_no, r.row.requirement, r.row.answer, r.remarks)),
            r.reading.answer,
        )
        for c in outcome.checklists
        for r in c.records
        if not (printed and (r.row.hidden or c.checklist.hidden))
    ]


def _files(folder: Path) -> dict[str, RawFile]:
    return {file.path.name: file for file in discover(folder)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up sheets and the shipped ones in all formats."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed: nothing saves the other formats")
    folder = tmp_path_factory.mktemp("formats")
    for name, fill in SHEETS.items():
        book = openpyxl.Workbook()
        fill(book)
        for sheet in book.worksheets:
            sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
            sheet.page_setup.orientation = "landscape"
            sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(
                fitToPage=True
            )
        book.save(folder / f"{name}.xlsx")
    for path in (ROOT / "data" / "raw").rglob("*.xlsx"):
        shutil.copy(path, folder)
    books = sorted(str(path) for path in folder.glob("*.xlsx"))
    home = f"-env:UserInstallation={(tmp_path_factory.mktemp('office')).as_uri()}"
    for kind in FORMATS:
        command = [office, home, "--headless", "--convert-to", kind, "--outdir", str(folder), *books]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder


@pytest.mark.parametrize("kind", FORMATS)
def test_made_up_sheets(folder: Path, kind: str) -> None:
    files = _files(folder)
    printed = kind == "pdf"
    differing = {}
    books = [name.removesuffix(".xlsx") for name in files if name.endswith(".xlsx")]
    assert len(books) == len(SHEETS) + 5
    for name in books:
        if printed and name in NOT_PRINTED:
            continue
        expected, found = (_rows(files[f"{name}.{ending}"], printed) for ending in ("xlsx", kind))
        if expected != found or not expected:
            differing[name] = sorted(set(expected) ^ set(found))
    assert differing == {}


def test_the_sheets_say_what_they_should(folder: Path) -> None:
    files = _files(folder)
    answers = {name: [row[-1] for row in _rows(files[f"{name}.xlsx"], False)] for name in SHEETS}
    assert answers == {
        "plain": ["yes", "no", "planned", "yes", "unanswered", "not_applicable"],
        "numbers": ["value", "value", "value", "value", "value", "no"],
        "grid_paper": ["yes", "no", "yes", "no", "yes", "no"],
        "hidden": ["yes", "yes", "yes", "no", "yes", "yes"],
        "colours": ["yes", "no", "yes", "no", "yes", "unanswered"],
    }
    assert [row[2] for row in _rows(files["numbers.xlsx"], False)] == [
        "99.9%",
        "24時間",
        "1,234,567",
        "007",
        "0.5",
        "×",
    ]


@pytest.mark.skipif(
    not CORPUS.is_dir(), reason="../shared/corpus is not there: no sheet of others in several formats"
)
@pytest.mark.parametrize("form", ["003-filled-1", "004-filled-1"])
@pytest.mark.parametrize("other", ["plain.ods", "legacy.xls", "plain.pdf"])
def test_sheets_of_the_corpus(form: str, other: str) -> None:
    files = _files(CORPUS)
    expected, found = (_rows(files[f"{form}-{ending}"], True) for ending in ("plain.xlsx", other))
    assert len(expected) > 10
    assert sorted(found) == sorted(expected)
