"""A fill of form B → a workbook: a service level table with units and figures."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.golden.excel_parts import BAND, ENTRY, for_print, header, height, rule, widths, write
from tests.golden.forms import Fill, Heading, Item, category_runs, plan

COLUMNS = {"A": 5.5, "B": 14.0, "C": 22.0, "D": 46.0, "E": 12.0, "F": 34.0, "G": 34.0}
TITLES = ("No.", "種別", "項目", "内容", "単位", "回答", "備考")
FIRST_ROW = 9


def levels_workbook(fill: Fill) -> Workbook:
    """The whole workbook of one vendor."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "サービスレベル"
    _top(sheet, fill)
    for letter, text in zip(COLUMNS, TITLES, strict=True):
        header(sheet, f"{letter}8", text)
    height(sheet, 8, [], 24.0)
    _body(sheet, fill)
    sheet.freeze_panes = "A9"
    for_print(sheet, "8:8", landscape=True)
    return book


def _top(sheet: Worksheet, fill: Fill) -> None:
    widths(sheet, COLUMNS)
    write(sheet, "A1:E1", fill.form.title, size=16, bold=True)
    write(sheet, "F1:G1", fill.form.issuer, size=9, across="right")
    write(sheet, "A2:G2", fill.form.intro)
    for row, label, value in ((4, "会社名", fill.vendor), (5, "サービス名", fill.service)):
        header(sheet, f"A{row}:B{row}", label)
        write(sheet, f"C{row}:D{row}", value, size=11)
        rule(sheet, f"C{row}:D{row}")
        height(sheet, row, [], 22.0)
    for row, label, value in ((4, "記入日", fill.date), (5, "ご担当", fill.person)):
        header(sheet, f"E{row}", label)
        write(sheet, f"F{row}:G{row}", value)
        rule(sheet, f"F{row}:G{row}")
    height(sheet, 1, [], 30.0)
    height(sheet, 2, [], 20.0)


def _body(sheet: Worksheet, fill: Fill) -> None:
    rows = list(plan(fill.form))
    starts = {start for start, _ in category_runs(rows)}
    for index, row in enumerate(rows):
        number = FIRST_ROW + index
        if isinstance(row, Heading):
            write(sheet, f"A{number}:G{number}", row.text, bold=True)
            rule(sheet, f"A{number}:G{number}", BAND)
            height(sheet, number, [], 20.0)
        else:
            _item(sheet, number, row, fill, index in starts)
    for start, end in category_runs(rows):
        if end > start:
            sheet.merge_cells(f"B{FIRST_ROW + start}:B{FIRST_ROW + end}")


def _item(sheet: Worksheet, number: int, item: Item, fill: Fill, opens_run: bool) -> None:
    reply = fill.replies["provider", item.no]
    rule(sheet, f"A{number}:E{number}")
    rule(sheet, f"F{number}:G{number}", ENTRY)
    texts = (
        item.no,
        item.category if opens_run else "",
        item.item,
        item.requirement,
        item.unit,
        reply.cell,
        reply.remarks,
    )
    for letter, text in zip(COLUMNS, texts, strict=True):
        write(sheet, f"{letter}{number}", text, across="center" if letter in "ABE" else "left")
    height(
        sheet,
        number,
        [(text, COLUMNS[letter]) for letter, text in zip("CDFG", texts[2:4] + texts[5:], strict=True)],
        22.0,
    )
