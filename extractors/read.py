"""path → Document: the one door of the room. Which reader was used stands in `Document.extractor`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from extractors.errors import Damaged, Encrypted, Unsupported
from extractors.excel.calamine import read_old_workbook
from extractors.excel.workbook import REFUSALS, read_workbook
from extractors.grid import Document, Trouble
from extractors.pdf.reader import read_pdf
from extractors.sniff import sniff
from extractors.text import read_text


def read(path: Path) -> Document:
    """Everything written in the file at `path`, verbatim, as grids.

    Raises Encrypted, Unsupported, Damaged (errors.py) or OSError; never guesses what it could not read.
    """
    kind = sniff(path)
    if kind == "encrypted":
        raise Encrypted
    if kind == "xlsx":
        return _read_xlsx(path)
    if kind in {"xls", "xlsb", "ods"}:
        return read_old_workbook(path)
    if kind == "pdf":
        return read_pdf(path)
    if kind == "text":
        return read_text(path)
    if kind == "empty":
        raise Damaged(detail="0 bytes")
    raise Unsupported(kind=kind)


def _read_xlsx(path: Path) -> Document:
    """By openpyxl; by calamine where openpyxl refuses a workbook that Excel opens."""
    try:
        return read_workbook(path)
    except REFUSALS as refusal:
        document = read_old_workbook(path)
        words = (("reader", "openpyxl"), ("detail", f"{type(refusal).__name__}: {refusal}"[:200]))
        return replace(document, troubles=(*document.troubles, Trouble("reader_refused", words=words)))
