"""A fill of form C → a workbook: check boxes in the cells, two respondents, life-cycle columns."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.golden.excel_parts import ENTRY, for_print, header, height, rule, widths, write
from tests.golden.forms import Fill, Item

COLUMNS = {"A": 5.0, "B": 5.0, "C": 5.0, "D": 5.0, "E": 5.0, "F": 48.0, "G": 8.0, "H": 40.0, "I": 40.0}
FIRST_ROW = 10


def boxes_workbook(fill: Fill) -> Workbook:
    """The whole workbook, filled in or blank."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "様式第3号"
    _top(sheet, fill)
    _header(sheet, fill.form.stages)
    for number, item in enumerate(fill.form.items, start=FIRST_ROW):
        _item(sheet, number, item, fill)
    sheet.freeze_panes = f"A{FIRST_ROW}"
    for_print(sheet, "8:9", landscape=True)
    return book


def _top(sheet: Worksheet, fill: Fill) -> None:
    widths(sheet, COLUMNS)
    write(sheet, "A1:G1", fill.form.title, size=16, bold=True)
    write(sheet, "H1:I1", fill.form.issuer, size=9, across="right")
    write(sheet, "A2:I2", fill.form.intro)
    lines = (
        (4, "サービス名", fill.service),
        (5, "サービス提供者", fill.vendor),
        (6, "受託者", fill.contractor),
    )
    for row, label, value in lines:
        header(sheet, f"A{row}:E{row}", label)
        write(sheet, f"F{row}:G{row}", value, size=11)
        rule(sheet, f"F{row}:G{row}")
        height(sheet, row, [], 22.0)
    write(sheet, "H4", f"記入日：{fill.date}")
    write(sheet, "H5", f"記入者：{fill.person}")
    height(sheet, 1, [], 30.0)
    height(sheet, 2, [], 20.0)


def _header(sheet: Worksheet, stages: tuple[str, ...]) -> None:
    header(sheet, "A8:A9", "No.")
    header(sheet, "B8:E8", "利用段階")
    for letter, stage in zip("BCDE", stages, strict=True):
        header(sheet, f"{letter}9", stage)
    for place, text in (
        ("F8:F9", "要件"),
        ("G8:G9", "区分"),
        ("H8:H9", "サービス提供者回答欄"),
        ("I8:I9", "受託者回答欄"),
    ):
        header(sheet, place, text)
    height(sheet, 8, [], 20.0)
    height(sheet, 9, [], 20.0)


def _item(sheet: Worksheet, number: int, item: Item, fill: Fill) -> None:
    rule(sheet, f"A{number}:G{number}")
    rule(sheet, f"H{number}:I{number}", ENTRY)
    write(sheet, f"A{number}", item.no, across="center")
    for letter, stage in zip("BCDE", fill.form.stages, strict=True):
        write(sheet, f"{letter}{number}", "○" if stage in item.stages.split() else "", across="center")
    write(sheet, f"F{number}", item.requirement)
    write(sheet, f"G{number}", item.level, across="center")
    for letter, respondent in (("H", "provider"), ("I", "contractor")):
        text = fill.printed(item, respondent)
        write(sheet, f"{letter}{number}", text, across="center" if text == "―" else "left")
    height(
        sheet,
        number,
        [
            (item.requirement, COLUMNS["F"]),
            (fill.printed(item), COLUMNS["H"]),
            (fill.printed(item, "contractor"), COLUMNS["I"]),
        ],
        40.0,
    )
