"""A comparison in, the sheet that explains the marks out."""

from __future__ import annotations

from collections import Counter

from pipeline.assess.comparison.labels import Labels, state_styles
from pipeline.assess.comparison.model import Comparison
from pipeline.outputs.comparison.book import ComparisonBook

_HEAD = 3


def write_legend(book: ComparisonBook, comparison: Comparison) -> None:
    """Write marks, words, meanings and how often each occurs; below, what to know about the workbook."""
    sheet, labels = book.sheet("legend"), Labels(book.language)
    for index, width in enumerate((16, 100, 9)):
        sheet.set_column(index, index, width)
    book.put(sheet, (0, 0), book.say("title_legend"), "title")
    book.put(sheet, (1, 0), book.say("hint_legend"), "hint")
    sheet.set_row(0, 26)
    for index, key in enumerate(("mark", "means", "count")):
        book.put(sheet, (_HEAD, index), book.say(key), "head")
    counts = Counter(cell.state for cell in comparison.cells.values())
    empty = len(comparison.controls) * len(comparison.parties) - len(comparison.cells)
    for row, state in enumerate(state_styles(), _HEAD + 1):
        book.put(sheet, (row, 0), labels.shown(state), state)
        book.put(sheet, (row, 1), labels.word("meanings", state), "text")
        book.put(sheet, (row, 2), empty if state == "not_asked" else counts[state], "whole")
        sheet.set_row(row, 22)
    words: dict[str, object] = {
        "asked": comparison.totals.controls,
        "all": comparison.totals.catalogue,
        "new": labels.domain("new"),
    }
    for row, key in enumerate(
        ("line_catalogue", "line_new", "line_matching", "line_cut"), _HEAD + len(state_styles()) + 2
    ):
        book.put(sheet, (row, 0), "・" + book.say(key, words), "hint")
    sheet.fit_to_pages(1, 0)
