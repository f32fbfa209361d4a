"""A standing in, the comparison workbook out, under its name only when it is whole."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pipeline.assess.comparison.model import Standing
from pipeline.outputs.comparison.book import new_book
from pipeline.outputs.comparison.legend import write_legend
from pipeline.outputs.comparison.list_sheet import write_listing
from pipeline.outputs.comparison.lists import (
    ask_listing,
    file_listing,
    gap_listing,
    other_listing,
    source_listing,
)
from pipeline.outputs.comparison.matrix import write_matrix
from pipeline.outputs.comparison.words import told
from pipeline.outputs.xlsx.cells import workbook_at

_NO_DATE = dt.date(2000, 1, 1)


def write_comparison(path: Path, standing: Standing, language: str) -> None:
    """Write the workbook in `en` or `ja`. Raises OSError.

    The workbook's date is that of the newest sheet: the same standing gives the same bytes.
    """
    day = max((s.received_at for s in standing.sheets if s.received_at), default=_NO_DATE)
    with workbook_at(path, told(language, "title"), day) as workbook:
        book = new_book(workbook, language)
        write_matrix(book, standing)
        for listing in (gap_listing, ask_listing, source_listing, other_listing, file_listing):
            write_listing(book, listing(book, standing))
        write_legend(book, standing)
