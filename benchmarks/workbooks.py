"""Nothing in, a table out: seconds and memory of this reader, calamine and openpyxl on the same made-up workbook.

    python -m benchmarks.workbooks [SHEETS]      default 200

The workbook is written into a temporary folder as Excel writes one: shared strings with furigana, number formats,
formatted blank cells, categories merged over four rows. Each reader runs alone in a process of its own.
"""

from __future__ import annotations

import multiprocessing
import resource
import sys
import tempfile
import time
import warnings
import zipfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import openpyxl
import python_calamine
from rich.console import Console
from rich.table import Table

from extractors.read import read

_ROWS = 150
_ROUNDS = 3
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FORMATS = (0, 0, 49, 49, 14)


class Strings:
    """The shared strings of a workbook while it is written."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def cell(self, address: str, style: int, text: str) -> str:
        """The cell of a text; a formatted blank one for no text."""
        if not text:
            return f'<c r="{address}" s="{style}"/>'
        number = self.numbers.setdefault(text, len(self.numbers))
        return f'<c r="{address}" s="{style}" t="s"><v>{number}</v></c>'

    def part(self) -> str:
        """The part of the package."""
        reading = '<rPh sb="0" eb="2"><t>ミホン</t></rPh><phoneticPr fontId="1"/>'
        items = (f"<si><t>{text}</t>{reading if n % 2 else ''}</si>" for text, n in self.numbers.items())
        return f'<sst xmlns="{_MAIN}">{"".join(items)}</sst>'


def _sheet(number: int, strings: Strings) -> str:
    rows = []
    for row in range(1, _ROWS + 1):
        text = f"点検表{number}の{row}番目の作業について、担当者を決め、その手順を文書にしていること。"
        cells = (
            f'<c r="A{row}" s="1"><v>{row}</v></c>',
            strings.cell(f"B{row}", 2, f"区分{number}-{row // 4}" if row % 4 == 1 else ""),
            strings.cell(f"C{row}", 2, f"作業{row % 37}"),
            strings.cell(f"D{row}", 2, text),
            strings.cell(f"E{row}", 3, "○×△―"[(row + number) % 4]),
            strings.cell(f"F{row}", 2, f"{row}番目は年に{number % 10}回見直す。" if row % 3 == 0 else ""),
            f'<c r="G{row}" s="4"><v>{46000 + row}</v></c>',
        )
        rows.append(f'<row r="{row}" spans="1:7" ht="27" customHeight="1">{"".join(cells)}</row>')
    merges = "".join(f'<mergeCell ref="B{top}:B{min(top + 3, _ROWS)}"/>' for top in range(1, _ROWS + 1, 4))
    return (
        f'<worksheet xmlns="{_MAIN}"><cols><col min="1" max="1" width="5" customWidth="1"/></cols>'
        f"<sheetData>{''.join(rows)}</sheetData><mergeCells>{merges}</mergeCells></worksheet>"
    )


def _relations(targets: list[tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="r{number}" Type="{_KINDS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def write_workbook(path: Path, sheets: int) -> None:
    """A workbook of `sheets` sheets of 150 rows and 7 columns."""
    strings = Strings()
    numbers = range(1, sheets + 1)
    parts = {f"xl/worksheets/sheet{n}.xml": _sheet(n, strings) for n in numbers}
    targets = [("worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    types = [("worksheets/sheet" + str(n), "worksheet") for n in numbers]
    types += [("workbook", "sheet.main"), ("sharedStrings", "sharedStrings"), ("styles", "styles")]
    entries = "".join(f'<sheet name="点検{n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
    styles = "".join(f'<xf numFmtId="{n}" fontId="0" fillId="0" borderId="0"/>' for n in _FORMATS)
    parts |= {
        "xl/sharedStrings.xml": strings.part(),
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts><font><sz val="11"/></font></fonts>'
        f"<fills><fill><patternFill/></fill></fills>"
        f"<borders><border/></borders><cellXfs>{styles}</cellXfs></styleSheet>",
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_KINDS}"><sheets>{entries}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relations(
            [*targets, ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")]
        ),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + "".join(f'<Override PartName="/xl/{n}.xml" ContentType="{_TYPE}.{k}+xml"/>' for n, k in types)
        + "</Types>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts.items():
            package.writestr(name, text)


def _checksheet(path: Path) -> object:
    return read(path)


def _calamine(path: Path) -> object:
    book = python_calamine.load_workbook(path)
    sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
    return [(sheet.to_python(), sheet.merged_cell_ranges) for sheet in sheets]


def _openpyxl(path: Path) -> object:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(path, data_only=True, rich_text=True)


_READERS: dict[str, Callable[[Path], object]] = {
    "calamine, values and merges": _calamine,
    "checksheet": _checksheet,
    "openpyxl": _openpyxl,
}


def _measure(name: str, path: Path) -> tuple[float, float]:
    """The shortest of three rounds in seconds, and by how many MB the process grew at most."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    rounds = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        kept = _READERS[name](path)
        rounds.append(time.perf_counter() - start)
        del kept
    return min(rounds), (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024


def main() -> None:
    """Write the workbook, measure each reader, print the table."""
    sheets = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    table = Table("reader", "seconds", "times calamine", "MB", title=f"{sheets} sheets of {_ROWS} rows")
    spawn = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "点検.xlsx"
        # A process begins with the peak of the one that started it: this one has to stay small.
        with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as alone:
            alone.submit(write_workbook, path, sheets).result()
        base = 0.0
        for name in _READERS:
            with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as alone:
                seconds, grown = alone.submit(_measure, name, path).result()
            base = base or seconds
            table.add_row(name, f"{seconds:.2f}", f"{seconds / base:.1f}", f"{grown:.0f}")
    Console().print(table)


if __name__ == "__main__":
    main()
