"""Sheets in, a table out: pages or cells a second of this reader and of the bare libraries, in one run.

    python -m benchmarks.readers [FOLDER]      default data/raw

Every tool reads every file; the ratio to this project is what to look at, the seconds depend on the machine.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pdfplumber
import pymupdf
import python_calamine
from rich.console import Console
from rich.table import Table

from extractors.errors import ReadError
from extractors.read import read

Reader = Callable[[Path], object]
_ROUNDS = 3


def _project(path: Path) -> object:
    return read(path)


def _floor(path: Path) -> object:
    """Glyphs and rules alone: no reader of tables can be faster."""
    with pymupdf.open(path) as book:
        return [(page.get_text("rawdict"), page.get_cdrawings()) for page in book]


def _pymupdf(path: Path) -> object:
    with pymupdf.open(path) as book:
        return [table.extract() for page in book for table in page.find_tables().tables]


def _pdfplumber(path: Path) -> object:
    with pdfplumber.open(path) as book:
        return [page.extract_tables() for page in book.pages]


def _openpyxl(path: Path) -> object:
    book = openpyxl.load_workbook(path, data_only=True)
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def _calamine(path: Path) -> object:
    book = python_calamine.load_workbook(path)
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


_PDF: dict[str, Reader] = {
    "checksheet": _project,
    "glyphs and rules alone": _floor,
    "PyMuPDF find_tables": _pymupdf,
    "pdfplumber": _pdfplumber,
}
_EXCEL: dict[str, Reader] = {"checksheet": _project, "openpyxl": _openpyxl, "calamine": _calamine}


def _best_seconds(reader: Reader, paths: Sequence[Path]) -> float:
    """The shortest of three rounds over all files, in seconds."""
    rounds = []
    for _ in range(_ROUNDS):
        start = time.perf_counter()
        for path in paths:
            reader(path)
        rounds.append(time.perf_counter() - start)
    return min(rounds)


def _pages(paths: Sequence[Path]) -> int:
    count = 0
    for path in paths:
        with pymupdf.open(path) as book:
            count += len(book)
    return count


def _readable(paths: Sequence[Path]) -> list[Path]:
    """The files that this project can read: a broken or protected one is no measure."""
    kept = []
    for path in paths:
        try:
            read(path)
        except ReadError:
            continue
        kept.append(path)
    return kept


def _print(title: str, unit: str, amount: int, readers: dict[str, Reader], paths: Sequence[Path]) -> None:
    table = Table(
        "reader",
        f"{unit}/s",
        "seconds",
        "times checksheet",
        title=f"{title}: {len(paths)} files, {amount} {unit}",
    )
    base = 0.0
    for name, reader in readers.items():
        seconds = _best_seconds(reader, paths)
        base = base or seconds
        table.add_row(name, f"{amount / seconds:.0f}", f"{seconds:.2f}", f"{seconds / base:.2f}")
    Console().print(table)


def main() -> None:
    """Measure the folder named on the command line."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("data/raw")
    pdfs = _readable(sorted(folder.rglob("*.pdf")))
    books = _readable(sorted(folder.rglob("*.xlsx")))
    if pdfs:
        _print("PDF", "pages", _pages(pdfs), _PDF, pdfs)
    if books:
        _print("Excel", "files", len(books), _EXCEL, books)


if __name__ == "__main__":
    main()
