"""A fill of form A → a workbook: marks with a legend, a header of two levels, band rows."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tests.golden.excel_front import add_cover, add_instructions
from tests.golden.excel_parts import BAND, ENTRY, for_print, header, height, rule, widths, write
from tests.golden.forms import Fill, Heading, Item, category_runs, plan

COLUMNS = {"A": 5.5, "B": 13.0, "C": 48.0, "D": 17.0, "E": 42.0}
TOTAL = sum(COLUMNS.values())
FIRST_ROW = 11


def marks_workbook(fill: Fill) -> Workbook:
    """The whole workbook of one vendor."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "確認シート"
    _top(sheet, fill)
    _header(sheet)
    _body(sheet, fill)
    for_print(sheet, "9:10")
    if fill.example:
        add_cover(book, fill)
        add_instructions(book, fill.form, fill.example)
        book.active = book.index(sheet)
    return book


def _top(sheet: Worksheet, fill: Fill) -> None:
    form = fill.form
    widths(sheet, COLUMNS)
    write(sheet, "A1:E1", form.title, size=16, bold=True)
    write(sheet, "A2:E2", form.issuer, size=9, across="right")
    write(sheet, "A3:E3", form.intro)
    write(sheet, "A4:E4", form.legend)
    rule(sheet, "A4:E4")
    write(sheet, "A6:C6", f"事業者名：{fill.vendor}")
    write(sheet, "A7:C7", f"サービス名：{fill.service}")
    write(sheet, "D6:E6", f"回答日：{fill.date}")
    write(sheet, "D7:E7", f"記入者：{fill.person}")
    for row, least in ((1, 30.0), (3, 21.0), (4, 24.0), (6, 20.0), (7, 20.0)):
        height(sheet, row, [(form.intro, TOTAL)] if row == 3 else [], least)


def _header(sheet: Worksheet) -> None:
    header(sheet, "A9:C9", "確認すること")
    header(sheet, "D9:E9", "事業者ご記入欄")
    for place, text in (
        ("A10", "No."),
        ("B10", "分類"),
        ("C10", "確認事項"),
        ("D10", "ご回答"),
        ("E10", "補足説明"),
    ):
        header(sheet, place, text)
    sheet.freeze_panes = "A11"


def _body(sheet: Worksheet, fill: Fill) -> None:
    rows = list(plan(fill.form))
    starts = {start for start, _ in category_runs(rows)}
    for index, row in enumerate(rows):
        if isinstance(row, Heading):
            _heading(sheet, FIRST_ROW + index, row)
        else:
            _item(sheet, FIRST_ROW + index, row, fill, index in starts)
    for start, end in category_runs(rows):
        if end > start:
            sheet.merge_cells(f"B{FIRST_ROW + start}:B{FIRST_ROW + end}")
    _choices(sheet, f"D{FIRST_ROW}:D{FIRST_ROW + len(rows) - 1}")


def _heading(sheet: Worksheet, number: int, row: Heading) -> None:
    place = f"A{number}:E{number}"
    write(sheet, place, row.text, bold=row.kind == "band", size=10 if row.kind == "band" else 9)
    rule(sheet, place, BAND if row.kind == "band" else None)
    height(sheet, number, [], 20.0)


def _item(sheet: Worksheet, number: int, item: Item, fill: Fill, opens_run: bool) -> None:
    reply = fill.replies["provider", item.no]
    rule(sheet, f"A{number}:C{number}")
    rule(sheet, f"D{number}:E{number}", ENTRY)
    write(sheet, f"A{number}", item.no, across="center")
    write(sheet, f"B{number}", item.category if opens_run else "", across="center")
    write(sheet, f"C{number}", item.requirement)
    write(sheet, f"D{number}", reply.cell, size=11 if len(reply.cell) < 4 else 10, across="center")
    write(sheet, f"E{number}", reply.remarks)
    height(
        sheet,
        number,
        [(item.requirement, COLUMNS["C"]), (reply.cell, COLUMNS["D"]), (reply.remarks, COLUMNS["E"])],
        24.0,
    )
    sheet.row_dimensions[number].hidden = item.no in fill.hidden


def _choices(sheet: Worksheet, place: str) -> None:
    choices = DataValidation(type="list", formula1='"○,△,×,－"', allow_blank=True, showErrorMessage=False)
    sheet.add_data_validation(choices)
    choices.add(place)
