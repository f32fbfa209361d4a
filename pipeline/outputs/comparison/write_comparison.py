"""A comparison in, the comparison workbook out; it gets its name only when it is complete."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pipeline.assess.comparison.model import Comparison
from pipeline.outputs.comparison.book import new_book
from pipeline.outputs.comparison.legend_sheet import write_legend
from pipeline.outputs.comparison.list_sheet import write_listing
from pipeline.outputs.comparison.lists import (
    file_listing,
    follow_up_listing,
    gap_listing,
    source_listing,
    unaligned_listing,
)
from pipeline.outputs.comparison.matrix import write_matrix
from pipeline.outputs.comparison.summary_sheet import write_summary
from pipeline.outputs.comparison.words import phrase
from pipeline.outputs.xlsx.written_cells import workbook_at

_NO_DATE = dt.date(2000, 1, 1)


def write_comparison(path: Path, comparison: Comparison, language: str) -> None:
    """Write the workbook in `en` or `ja`. Raises OSError.

    The workbook's date is that of the newest sheet: the same comparison gives the same bytes.
    """
    day = max((s.received_at for s in comparison.sheets if s.received_at), default=_NO_DATE)
    with workbook_at(path, phrase(language, "title"), day) as workbook:
        book = new_book(workbook, language)
        write_summary(book, comparison)
        write_matrix(book, comparison)
        for listing in (gap_listing, follow_up_listing, source_listing, unaligned_listing, file_listing):
            write_listing(book, listing(book, comparison))
        write_legend(book, comparison)
