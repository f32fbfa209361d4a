"""Readers of PDF tables in one form: a path in, all rows of all tables out, each a list of cell texts.

`tablers` and `camelot` come with the extra `bench`; a peer that is not installed is left out and named.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pdfplumber
import pymupdf

from extractors.checklist.extract import grid_to_checklists
from extractors.read import read

Rows = list[list[str]]


def cells(path: Path) -> Rows:
    """This project up to cells: what the others do."""
    found: Rows = []
    for grid in read(path).grids:
        rows: dict[int, list[str]] = {}
        for cell in grid.cells:
            rows.setdefault(cell.row, []).append(cell.text)
        found += rows.values()
    return found


def items(path: Path) -> Rows:
    """This project up to the items of checklists: number, requirement and answer."""
    found = [grid_to_checklists(grid) for grid in read(path).grids]
    return [[r.item_no, r.requirement, r.answer] for part in found for c in part.checklists for r in c.rows]


def floor(path: Path) -> Rows:
    """Glyphs and drawings through PyMuPDF and nothing made of them: no reader in Python is faster."""
    with pymupdf.open(path) as book:
        for page in book:
            page.get_text("rawdict")
            page.get_cdrawings()
    return []


def find_tables(path: Path) -> Rows:
    """PyMuPDF's own tables."""
    with pymupdf.open(path) as book:
        return _texts(row for page in book for table in page.find_tables().tables for row in table.extract())


def plumber(path: Path) -> Rows:
    """pdfplumber's tables by rules."""
    with pdfplumber.open(path) as book:
        return _texts(row for page in book.pages for table in page.extract_tables() for row in table)


def tablers(path: Path) -> Rows:
    """tablers, a reader in Rust."""
    import tablers as library  # noqa: PLC0415  not there without the extra

    book = library.Document(str(path))
    tables = [table for page in book.pages() for table in library.find_tables(page, extract_text=True)]
    rows = _texts([cell.text for cell in row.cells if cell] for table in tables for row in table.rows)
    book.close()
    return rows


def camelot(path: Path) -> Rows:
    """camelot's lattice."""
    import camelot as library  # noqa: PLC0415  not there without the extra

    tables: Any = library.read_pdf(str(path), pages="all", flavor="lattice", suppress_stdout=True)
    return _texts(row for table in tables for row in table.df.to_numpy().tolist())


def _texts(rows: Iterable[Iterable[Any]]) -> Rows:
    return [[str(cell) for cell in row if cell] for row in rows]


_ALL: dict[str, tuple[str, Callable[[Path], Rows]]] = {
    "checksheet, cells": ("pymupdf", cells),
    "checksheet, items": ("pymupdf", items),
    "glyphs and drawings alone": ("pymupdf", floor),
    "PyMuPDF find_tables": ("pymupdf", find_tables),
    "pdfplumber": ("pdfplumber", plumber),
    "tablers": ("tablers", tablers),
    "camelot lattice": ("camelot", camelot),
}


def installed() -> dict[str, Callable[[Path], Rows]]:
    """The peers whose libraries are there, this project first."""
    return {name: read for name, (module, read) in _ALL.items() if importlib.util.find_spec(module)}


def missing() -> list[str]:
    """The names of the others."""
    return [name for name in _ALL if name not in installed()]
