"""path → Document: the one door of the room. Which reader was used stands in `Document.extractor`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from extractors.errors import Damaged, Encrypted, Unsupported
from extractors.excel.calamine import read_old_workbook
from extractors.excel.drawn import not_drawn
from extractors.excel.locked import unlock
from extractors.excel.package import check_package
from extractors.excel.workbook import REFUSALS, read_workbook
from extractors.grid import Document, Source, Trouble
from extractors.pdf.reader import read_pdf
from extractors.sniff import sniff
from extractors.text import read_text


def read(path: Path, passwords: Sequence[str] = ()) -> Document:
    """Everything written in the file at `path`, verbatim, as grids; `passwords` are tried on protected files.

    Raises Encrypted, Unsupported, Damaged (errors.py) or OSError; never guesses what it could not read.
    """
    kind = sniff(path)
    if kind == "encrypted":
        return _read_xlsx(unlock(path, passwords))
    if kind == "xlsx":
        return _read_xlsx(path)
    if kind in {"xls", "xlsb", "ods"}:
        return _read_old(path, passwords)
    if kind == "pdf":
        return read_pdf(path, passwords)
    if kind == "text":
        return read_text(path)
    if kind == "empty":
        raise Damaged(detail="0 bytes")
    raise Unsupported(kind=kind)


def _read_old(path: Path, passwords: Sequence[str]) -> Document:
    """An old workbook may be protected from the inside of its container."""
    try:
        return read_old_workbook(path)
    except Encrypted:
        return read_old_workbook(unlock(path, passwords))


def _read_xlsx(source: Source) -> Document:
    """By openpyxl; by calamine where openpyxl refuses a workbook that Excel opens."""
    try:
        return read_workbook(source)
    except REFUSALS as refusal:
        if isinstance(source, BytesIO):
            source.seek(0)
        document = read_old_workbook(source)
        undrawn = not_drawn(check_package(source).drawn)
        words = (("reader", "openpyxl"), ("detail", f"{type(refusal).__name__}: {refusal}"[:200]))
        return replace(
            document, troubles=(*document.troubles, *undrawn, Trouble("reader_refused", words=words))
        )
