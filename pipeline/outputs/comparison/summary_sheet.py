"""A comparison in, the first sheet of the workbook out: what whoever decides reads on one A4 page.

A line a vendor's service: how many controls are met, gaps, to ask, and its gravest gaps by name (必須 first); below, what was
received, what could not be read, and where to look for more.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from pipeline.assess.comparison.follow_ups import Gap, build_follow_ups, build_gaps
from pipeline.assess.comparison.labels import Labels, cut, state_styles
from pipeline.assess.comparison.model import Comparison
from pipeline.outputs.comparison.book import ComparisonBook
from pipeline.outputs.xlsx.written_cells import A4, lines_of

_HEAD = 3
_COLUMNS = (("vendor", 24), ("service", 18), ("good", 8), ("gap", 8), ("open", 8), ("gravest", 54))
_LINE = 15.0
_NAMED, _UNREAD = 4, 6
_NOT_READ = {"failed", "encrypted"}


def write_summary(book: ComparisonBook, comparison: Comparison) -> None:
    """Write the sheet, to be printed on one page."""
    sheet = book.sheet("summary")
    _title(book, sheet, comparison)
    gaps = build_gaps(comparison)
    for index in range(len(comparison.parties)):
        _party(book, sheet, (_HEAD + 1 + index, index), (comparison, gaps))
    notes = _notes(book, comparison, len(gaps))
    first = _HEAD + len(comparison.parties) + 2
    for row, text in enumerate(notes, first):
        sheet.merge_range(row, 0, row, len(_COLUMNS) - 1, "", book.formats["note"])
        book.put(sheet, (row, 0), text, "note")
        sheet.set_row(row, _LINE * lines_of(text, sum(width for _, width in _COLUMNS)) + 3)
    sheet.set_portrait()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 1)
    sheet.print_area(0, 0, first + len(notes) - 1, len(_COLUMNS) - 1)


def _title(book: ComparisonBook, sheet: Any, comparison: Comparison) -> None:
    dates = [s.received_at for s in comparison.sheets if s.fate == "used" and s.received_at]
    words: dict[str, object] = {
        "total": comparison.totals,
        "date": max(dates, default=book.say("undated")),
    }
    book.put(sheet, (0, 0), book.say("title"), "title")
    book.put(sheet, (1, 0), book.say("subtitle_summary", words), "hint")
    sheet.set_row(0, 26)
    for index, (key, width) in enumerate(_COLUMNS):
        sheet.set_column(index, index, width)
        book.put(sheet, (_HEAD, index), book.say(f"summary_{key}"), "head")


def _party(
    book: ComparisonBook, sheet: Any, at: tuple[int, int], source: tuple[Comparison, list[Gap]]
) -> None:
    """A line of one vendor's service; `at` is the row and the party's index."""
    (row, index), (comparison, gaps), labels = at, source, Labels(book.language)
    party = comparison.parties[index]
    kinds = Counter(
        state_styles()[cell.state].kind for (_, number), cell in comparison.cells.items() if number == index
    )
    gravest = _gravest([gap for gap in gaps if gap.party == index], labels)
    book.put(sheet, (row, 0), labels.party(party), "name")
    book.put(sheet, (row, 1), party.service, "text")
    for column, kind in enumerate(("good", "gap", "open"), 2):
        book.put(sheet, (row, column), kinds[kind], "whole")
    book.put(sheet, (row, len(_COLUMNS) - 1), gravest, "text")
    texts = (labels.party(party), party.service or "", *[""] * 3, gravest)
    lines = (lines_of(text, width) for text, (_, width) in zip(texts, _COLUMNS, strict=True))
    sheet.set_row(row, _LINE * max(1, *lines) + 3)


def _gravest(gaps: list[Gap], labels: Labels) -> str:
    """The first gaps on controls, one a line with how the vendor stands; `build_gaps` has mandatory ones first."""
    on_controls = [gap for gap in gaps if gap.control is not None and state_styles()[gap.state].kind == "gap"]
    lines = [
        cut(f"{labels.shown(gap.state)}　{labels.control(gap.control)}", 60)
        for gap in on_controls[:_NAMED]
        if gap.control
    ]
    return "\n".join(lines)


def _notes(book: ComparisonBook, comparison: Comparison, gaps: int) -> list[str]:
    """What stands under the table."""
    unread = list(dict.fromkeys(sheet.path for sheet in comparison.sheets if sheet.status in _NOT_READ))
    words: dict[str, object] = {
        "total": comparison.totals,
        "gaps": gaps,
        "asks": len(build_follow_ups(comparison)),
    }
    notes = [book.say("summary_files", words), book.say("summary_more", words)]
    if unread:
        shown = "、".join(unread[:_UNREAD]) + ("…" if len(unread) > _UNREAD else "")
        notes.insert(1, book.say("summary_unread", {"files": shown}))
    return [*notes, book.say("line_matching")]
