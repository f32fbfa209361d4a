"""A standing in, the sheet that explains the marks out."""

from __future__ import annotations

from collections import Counter

from pipeline.assess.comparison.labels import Speech, looks
from pipeline.assess.comparison.model import Standing
from pipeline.outputs.comparison.book import Book

_HEAD = 3


def write_legend(book: Book, standing: Standing) -> None:
    """Write marks, words, meanings and how often each occurs; below, what to know about the workbook."""
    sheet, speech = book.sheet("legend"), Speech(book.language)
    for place, width in enumerate((16, 100, 9)):
        sheet.set_column(place, place, width)
    book.put(sheet, (0, 0), book.say("title_legend"), "title")
    book.put(sheet, (1, 0), book.say("hint_legend"), "hint")
    sheet.set_row(0, 26)
    for place, key in enumerate(("mark", "means", "count")):
        book.put(sheet, (_HEAD, place), book.say(key), "head")
    counts = Counter(cell.state for cell in standing.cells.values())
    empty = len(standing.controls) * len(standing.parties) - len(standing.cells)
    for row, state in enumerate(looks(), _HEAD + 1):
        book.put(sheet, (row, 0), speech.shown(state), state)
        book.put(sheet, (row, 1), speech.word("meanings", state), "text")
        book.put(sheet, (row, 2), empty if state == "not_asked" else counts[state], "whole")
        sheet.set_row(row, 22)
    asked = sum(control.domain != "new" for control in standing.controls)
    words: dict[str, object] = {"asked": asked, "all": standing.catalogue, "new": speech.domain("new")}
    for row, key in enumerate(
        ("line_catalogue", "line_new", "line_matching", "line_cut"), _HEAD + len(looks()) + 2
    ):
        book.put(sheet, (row, 0), "・" + book.say(key, words), "hint")
    sheet.fit_to_pages(1, 0)
