"""A comparison in, the sheet of the comparison out: controls down by domain, vendors across, each with mark and figure."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pipeline.assess.comparison.follow_ups import follow_up_reason
from pipeline.assess.comparison.labels import Labels, cut, state_styles
from pipeline.assess.comparison.model import Comparison, ComparisonCell, ControlLine, VendorResponse
from pipeline.outputs.comparison.book import ComparisonBook
from pipeline.outputs.xlsx.written_cells import lines_of

_TITLE, _SUBTITLE, _KEY, _VENDOR, _SERVICE, _COUNTS, _HEAD, _FIRST = range(8)
_FIXED = ("domain", "control", "hoped", "level")
_WIDTHS = {"ja": (25, 40, 10, 9), "en": (34, 42, 11, 11)}
_MARK, _FIGURE = 12.5, 20.0
_LINE = 15.0  # points of a line of 10-point text
_ON_ONE_PAGE = 6  # parties on an A3 page that can still be read
_SCALE = 52  # per cent, of pages with that many parties
_NOTES_EACH = 4
_DETAIL = 60  # characters beside a mark; the note holds more
_TALLEST = 9  # lines


def write_matrix(book: ComparisonBook, comparison: Comparison) -> None:
    """Write the sheet; freezes, filters and repeats its header."""
    sheet = book.sheet("matrix")
    labels = Labels(book.language)
    _columns(book, sheet, len(comparison.parties))
    _title(book, sheet, comparison)
    _head(book, sheet, comparison)
    domain = None
    for number, control in enumerate(comparison.controls):
        row = _FIRST + number
        _control(book, sheet, (row, control.domain != domain), _line(control, comparison))
        domain = control.domain
        heights = [lines_of(labels.control(control), _WIDTHS[book.language][1])]
        for index in range(len(comparison.parties)):
            cell = comparison.cells.get((control.control_id, index))
            heights.append(_cell(book, sheet, (row, len(_FIXED) + 2 * index), cell))
        sheet.set_row(row, _LINE * min(_TALLEST, max(heights)) + 4)
    _finish(sheet, comparison)


def _columns(book: ComparisonBook, sheet: Any, parties: int) -> None:
    for index, width in enumerate(_WIDTHS[book.language]):
        sheet.set_column(index, index, width)
    for index in range(parties):
        column = len(_FIXED) + 2 * index
        sheet.set_column(column, column, _MARK)
        sheet.set_column(column + 1, column + 1, _FIGURE)


def _title(book: ComparisonBook, sheet: Any, comparison: Comparison) -> None:
    labels = Labels(book.language)
    dates = [s.received_at for s in comparison.sheets if s.fate == "used" and s.received_at]
    words: dict[str, object] = {
        "total": comparison.totals,
        "date": max(dates, default=book.say("undated")),
    }
    marks = "　".join(labels.shown(state) for state, style in state_styles().items() if style.mark)
    book.put(sheet, (_TITLE, 0), book.say("title"), "title")
    book.put(sheet, (_SUBTITLE, 0), book.say("subtitle", words), "hint")
    book.put(sheet, (_KEY, 0), book.say("key", {"marks": marks}), "hint")
    sheet.set_row(_TITLE, 26)


def _head(book: ComparisonBook, sheet: Any, comparison: Comparison) -> None:
    labels = Labels(book.language)
    for index, key in enumerate(_FIXED):
        for row in (_VENDOR, _SERVICE, _COUNTS):
            book.put(sheet, (row, index), "", "vendor")
        book.put(sheet, (_HEAD, index), book.say(key), "head")
    heights, counts = [[1], [1]], _counts(book, comparison)
    for index, party in enumerate(comparison.parties):
        column = len(_FIXED) + 2 * index
        name = labels.party(party)
        for row, text in enumerate((name, party.service or "")):
            heights[row].append(lines_of(text, (_MARK + _FIGURE) / 1.15))
        _across(book, sheet, (_VENDOR, column), (name, "vendor"))
        _across(book, sheet, (_SERVICE, column), (party.service or "", "vendor"))
        _across(book, sheet, (_COUNTS, column), (counts[index], "counts"))
        book.put(sheet, (_HEAD, column), book.say("answer"), "head_centre")
        book.put(sheet, (_HEAD, column + 1), book.say("figure"), "head")
    sheet.set_row(_VENDOR, _LINE * min(4, max(heights[0])) + 5)
    sheet.set_row(_SERVICE, _LINE * min(4, max(heights[1])) + 3)
    sheet.set_row(_HEAD, 20)


def _across(book: ComparisonBook, sheet: Any, cell: tuple[int, int], text_style: tuple[str, str]) -> None:
    """Write over the two columns of a party; merged empty first, so that the text goes through `put`."""
    row, column = cell
    sheet.merge_range(row, column, row, column + 1, "", book.formats[text_style[1]])
    book.put(sheet, cell, text_style[0], text_style[1])


def _counts(book: ComparisonBook, comparison: Comparison) -> list[str]:
    """What stands under each party's name: how many controls are met, gaps, and to ask."""
    kinds: list[Counter[str]] = [Counter() for _ in comparison.parties]
    for (_, index), cell in comparison.cells.items():
        kinds[index][state_styles()[cell.state].kind] += 1
    return [
        book.say("counts", {kind: by_kind[kind] for kind in ("good", "gap", "open")}) for by_kind in kinds
    ]


def _line(control: ControlLine, comparison: Comparison) -> tuple[ControlLine, bool]:
    """A control, and whether any sheet makes it mandatory."""
    cells = [comparison.cells.get((control.control_id, index)) for index in range(len(comparison.parties))]
    return control, any(r.level == "mandatory" for cell in cells if cell for r in cell.responses)


def _control(book: ComparisonBook, sheet: Any, at: tuple[int, bool], line: tuple[ControlLine, bool]) -> None:
    """The fixed columns; `at` is the row and whether its domain begins there."""
    row, begins = at
    control, mandatory = line
    labels = Labels(book.language)
    book.put(sheet, (row, 0), labels.domain(control.domain), "domain" if begins else "domain_again")
    book.put(sheet, (row, 1), labels.control(control), "control")
    hoped = "" if control.domain == "new" else labels.word("desired", control.desired)
    book.put(sheet, (row, 2), hoped, "middle")
    book.put(sheet, (row, 3), labels.word("levels", "mandatory") if mandatory else "", "middle")
    words: dict[str, object] = {"definition": control.definition, "control_id": control.control_id}
    _note(book, sheet, (row, 1), book.say("note_control", words))


def _cell(book: ComparisonBook, sheet: Any, at: tuple[int, int], cell: ComparisonCell | None) -> int:
    """Mark, figure and note of one party on one control; how many lines it needs."""
    labels = Labels(book.language)
    row, column = at
    if cell is None:
        book.put(sheet, at, "", "not_asked")
        book.put(sheet, (row, column + 1), "", "figure")
        return 1
    detail = detail_of(cell, labels)
    book.put(sheet, at, labels.shown(cell.state), cell.state)
    book.put(sheet, (row, column + 1), detail, "figure")
    note = note_of(book, cell)
    if note:
        _note(book, sheet, at, note)
    return lines_of(detail, _FIGURE)


def detail_of(cell: ComparisonCell, labels: Labels) -> str:
    """What stands beside a mark: figures and dates, all answers where they differ, a word where one should look."""
    said = [response for response in cell.responses if response.state != "unanswered"]
    if cell.state in {"conflict", "mixed", "unclear"}:
        texts = [_labelled(response, cut(labels.answer(response), 24), labels) for response in said]
    else:
        texts = [labels.figure(response) for response in said]
        if cell.respondents_differ:  # the provider itself says nothing: who does belongs beside the mark
            texts += [labels.word("respondents", r.respondent) for r in said if r.respondent != "provider"]
    if cell.state != "unclear" and any(
        follow_up_reason(response) in {"contradicted", "low_confidence"} for response in said
    ):
        texts.append(labels.phrase("look", {}))
    return cut(" / ".join(dict.fromkeys(filter(None, texts))), _DETAIL)


def _labelled(response: VendorResponse, answer: str, labels: Labels) -> str:
    """An answer with who gives it, if not the provider, and for what: a sub-item, one of several plans or products."""
    who = "" if response.respondent == "provider" else labels.word("respondents", response.respondent)
    label = " ".join(filter(None, (who, cut(response.sub_item or "", 20))))
    return f"{label}: {answer}" if label else answer


def note_of(book: ComparisonBook, cell: ComparisonCell) -> str:
    """Remarks and places of a cell's readings; empty where the mark says all."""
    shown = [response for response in cell.responses if response.answer_raw or response.remarks]
    if not any(r.remarks or len(r.answer_raw) > 2 for r in shown) and len(shown) < 2:
        return ""
    parts = [_note_part(book, response) for response in shown[:_NOTES_EACH]]
    if len(shown) > _NOTES_EACH:
        parts.append(book.say("note_more", {"count": len(shown) - _NOTES_EACH}))
    return "\n\n".join(parts)


def _note_part(book: ComparisonBook, response: VendorResponse) -> str:
    labels = Labels(book.language)
    score = "–" if response.match_score is None else f"{response.match_score:.2f}"
    source: dict[str, object] = {
        "file": response.path.rsplit("/", 1)[-1],
        "place": labels.location(response.source),
        "sure": f"{response.confidence:.2f}",
        "score": score,
    }
    lines = [labels.item(response, 80), book.say("note_answer", {"answer": labels.answer(response, 300)})]
    if response.remarks:
        lines.append(book.say("note_remarks", {"remarks": cut(response.remarks, 600)}))
    return "\n".join([*lines, book.say("note_source", source)])


def _note(book: ComparisonBook, sheet: Any, cell: tuple[int, int], text: str) -> None:
    text = book.held(text)
    tall = 20 + 15 * lines_of(text, 52)
    font = {"font_name": "Yu Gothic", "font_size": 9}
    sheet.write_comment(*cell, text, {"width": 340, "height": min(620, tall), **font})


def _finish(sheet: Any, comparison: Comparison) -> None:
    """Freeze, filter, print: the header and the fixed columns come again on every page."""
    last_row = max(_HEAD, _FIRST + len(comparison.controls) - 1)
    last_column = len(_FIXED) + 2 * max(1, len(comparison.parties)) - 1
    sheet.freeze_panes(_FIRST, 2)
    sheet.autofilter(_HEAD, 0, last_row, last_column)
    sheet.repeat_rows(_KEY, _HEAD)
    sheet.print_area(0, 0, last_row, last_column)
    if len(comparison.parties) <= _ON_ONE_PAGE:
        sheet.fit_to_pages(1, 0)
        return
    sheet.repeat_columns(0, len(_FIXED) - 1)
    sheet.set_print_scale(_SCALE)
    pages = range(_ON_ONE_PAGE, len(comparison.parties), _ON_ONE_PAGE)
    sheet.set_v_pagebreaks([len(_FIXED) + 2 * index for index in pages])
