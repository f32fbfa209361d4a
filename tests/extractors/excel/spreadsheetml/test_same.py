"""The reader of the XML and openpyxl: the same grids of the same workbooks."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.errors import ReadError
from extractors.excel.fallback.openpyxl import REFUSALS, read_by_openpyxl
from extractors.excel.spreadsheetml.reader import read_spreadsheetml
from extractors.grid import Document
from extractors.sniff import sniff
from tests.conftest import ROOT, SHARED

FOLDERS = (ROOT / "data" / "raw", SHARED / "corpus", SHARED / "real")
BOOKS = [path for folder in FOLDERS for path in sorted(folder.rglob("*.xlsx")) if sniff(path) == "xlsx"]


def _told(document: Document) -> object:
    """Everything of a document but blank cells that are not merged, and the order of its issues."""
    grids = [
        (grid.name, grid.hidden, grid.aside, [c for c in grid.cells if c.text or c.row_span * c.col_span > 1])
        for grid in document.grids
    ]
    return grids, sorted(map(str, document.issues))


@pytest.mark.slow
@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.name)
def test_both_readers_give_the_same(path: Path) -> None:
    mine = read_spreadsheetml(path)
    try:
        other = read_by_openpyxl(path)
    except (ReadError, *REFUSALS):
        assert mine.grids  # openpyxl refuses some workbooks that Excel opens
        return
    assert _told(mine) == _told(other)
