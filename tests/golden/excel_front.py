"""The sheets that stand before a list: a cover and filling-in instructions with an example row."""

from __future__ import annotations

from openpyxl import Workbook

from tests.golden.excel_parts import ENTRY, for_print, header, height, rule, widths, write
from tests.golden.forms import Example, Fill, Form

STEPS = (
    "1.　「確認シート」の黄色の欄にご記入ください。行や列は増やさないでください。",
    "2.　記号は一つだけ選び、迷うときは補足説明にご事情をお書きください。",
    "3.　ご提出の後に変わった点は、あらためて同じ様式でお知らせください。",
)


def add_cover(book: Workbook, fill: Fill) -> None:
    """Put a cover sheet in front of the workbook."""
    sheet = book.create_sheet("表紙", 0)
    sheet.sheet_view.showGridLines = False
    widths(sheet, {"A": 4, "B": 18, "C": 48})
    write(sheet, "B3:C3", fill.form.title, size=20, bold=True, across="center")
    write(sheet, "B5:C5", "まぼろし商事株式会社　御中", size=12)
    lines = (
        ("ご提出者", fill.vendor),
        ("対象サービス", fill.service),
        ("ご提出日", fill.date),
        ("ご担当", fill.person),
    )
    for row, (label, value) in enumerate(lines, start=8):
        header(sheet, f"B{row}", label)
        write(sheet, f"C{row}", value, size=11)
        rule(sheet, f"C{row}:C{row}")
        height(sheet, row, [], 26.0)
    height(sheet, 3, [], 40.0)
    for_print(sheet)
    write(sheet, "B13:C13", "※2026年6月10日付でお出ししたものを差し替えます。", size=9)


def add_instructions(book: Workbook, form: Form, example: Example) -> None:
    """Put the instruction sheet behind the cover."""
    sheet = book.create_sheet("記入要領", 1)
    sheet.sheet_view.showGridLines = False
    widths(sheet, {"A": 6, "B": 13, "C": 40, "D": 10, "E": 40})
    write(sheet, "A1:E1", "記入要領", size=14, bold=True)
    for row, text in enumerate((*STEPS, form.legend), start=3):
        write(sheet, f"A{row}:E{row}", text)
        height(sheet, row, [], 20.0)
    write(sheet, "A8:E8", "（ご記入の例）", bold=True)
    for letter, text in zip("ABCDE", ("No.", "分類", "確認事項", "ご回答", "補足説明"), strict=True):
        header(sheet, f"{letter}9", text)
    cells = ("例", example.category, example.requirement, example.reply.cell, example.reply.remarks)
    for letter, text in zip("ABCDE", cells, strict=True):
        write(sheet, f"{letter}10", text, across="center" if letter in "AD" else "left")
    rule(sheet, "A10:C10")
    rule(sheet, "D10:E10", ENTRY)
    height(sheet, 10, [], 26.0)
    for_print(sheet, landscape=True)
