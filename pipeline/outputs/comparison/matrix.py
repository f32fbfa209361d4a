"""A standing in, the sheet of the comparison out: controls down by domain, vendors across, each with mark and figure."""

from __future__ import annotations

from collections import Counter
from typing import Any

from pipeline.assess.comparison.follow_ups import reason_of
from pipeline.assess.comparison.labels import Speech, cut, looks
from pipeline.assess.comparison.model import Cell, ControlLine, Reading, Standing
from pipeline.outputs.comparison.book import Book
from pipeline.outputs.xlsx.cells import lines_of

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


def write_matrix(book: Book, standing: Standing) -> None:
    """Write the sheet; freezes, filters and repeats its header."""
    sheet = book.sheet("matrix")
    speech = Speech(book.language)
    _columns(book, sheet, len(standing.parties))
    _title(book, sheet, standing)
    _head(book, sheet, standing)
    domain = None
    for number, control in enumerate(standing.controls):
        row = _FIRST + number
        _control(book, sheet, (row, control.domain != domain), _line(control, standing))
        domain = control.domain
        heights = [lines_of(speech.control(control), _WIDTHS[book.language][1])]
        for place in range(len(standing.parties)):
            cell = standing.cells.get((control.control_id, place))
            heights.append(_cell(book, sheet, (row, len(_FIXED) + 2 * place), cell))
        sheet.set_row(row, _LINE * min(_TALLEST, max(heights)) + 4)
    _finish(sheet, standing)


def _columns(book: Book, sheet: Any, parties: int) -> None:
    for place, width in enumerate(_WIDTHS[book.language]):
        sheet.set_column(place, place, width)
    for place in range(parties):
        column = len(_FIXED) + 2 * place
        sheet.set_column(column, column, _MARK)
        sheet.set_column(column + 1, column + 1, _FIGURE)


def _title(book: Book, sheet: Any, standing: Standing) -> None:
    speech = Speech(book.language)
    dates = [s.received_at for s in standing.sheets if s.fate == "used" and s.received_at]
    words: dict[str, object] = {
        "vendors": len(standing.parties),
        "controls": len(standing.controls),
        "date": max(dates, default=book.say("undated")),
    }
    marks = "　".join(speech.shown(state) for state, look in looks().items() if look.mark)
    book.put(sheet, (_TITLE, 0), book.say("title"), "title")
    book.put(sheet, (_SUBTITLE, 0), book.say("subtitle", words), "hint")
    book.put(sheet, (_KEY, 0), book.say("key", {"marks": marks}), "hint")
    sheet.set_row(_TITLE, 26)


def _head(book: Book, sheet: Any, standing: Standing) -> None:
    speech = Speech(book.language)
    for place, key in enumerate(_FIXED):
        for row in (_VENDOR, _SERVICE, _COUNTS):
            book.put(sheet, (row, place), "", "vendor")
        book.put(sheet, (_HEAD, place), book.say(key), "head")
    heights, counts = [[1], [1]], _counts(book, standing)
    for place, party in enumerate(standing.parties):
        column = len(_FIXED) + 2 * place
        name = speech.party(party)
        for row, text in enumerate((name, party.service or "")):
            heights[row].append(lines_of(text, (_MARK + _FIGURE) / 1.15))
        _across(book, sheet, (_VENDOR, column), (name, "vendor"))
        _across(book, sheet, (_SERVICE, column), (party.service or "", "vendor"))
        _across(book, sheet, (_COUNTS, column), (counts[place], "counts"))
        book.put(sheet, (_HEAD, column), book.say("answer"), "head_centre")
        book.put(sheet, (_HEAD, column + 1), book.say("figure"), "head")
    sheet.set_row(_VENDOR, _LINE * min(4, max(heights[0])) + 5)
    sheet.set_row(_SERVICE, _LINE * min(4, max(heights[1])) + 3)
    sheet.set_row(_HEAD, 20)


def _across(book: Book, sheet: Any, cell: tuple[int, int], told: tuple[str, str]) -> None:
    """Write over the two columns of a party; merged empty first, so that the text goes through `put`."""
    row, column = cell
    sheet.merge_range(row, column, row, column + 1, "", book.formats[told[1]])
    book.put(sheet, cell, told[0], told[1])


def _counts(book: Book, standing: Standing) -> list[str]:
    """What stands under each party's name: how many controls are met, gaps, and to ask."""
    kinds: list[Counter[str]] = [Counter() for _ in standing.parties]
    for (_, place), cell in standing.cells.items():
        kinds[place][looks()[cell.state].kind] += 1
    return [book.say("counts", {kind: found[kind] for kind in ("good", "gap", "open")}) for found in kinds]


def _line(control: ControlLine, standing: Standing) -> tuple[ControlLine, bool]:
    """A control, and whether any sheet makes it mandatory."""
    cells = [standing.cells.get((control.control_id, place)) for place in range(len(standing.parties))]
    return control, any(r.level == "mandatory" for cell in cells if cell for r in cell.readings)


def _control(book: Book, sheet: Any, at: tuple[int, bool], line: tuple[ControlLine, bool]) -> None:
    """The fixed columns; `at` is the row and whether its domain begins there."""
    row, begins = at
    control, mandatory = line
    speech = Speech(book.language)
    book.put(sheet, (row, 0), speech.domain(control.domain), "domain" if begins else "domain_again")
    book.put(sheet, (row, 1), speech.control(control), "control")
    hoped = "" if control.domain == "new" else speech.word("desired", control.desired)
    book.put(sheet, (row, 2), hoped, "middle")
    book.put(sheet, (row, 3), speech.word("levels", "mandatory") if mandatory else "", "middle")
    words: dict[str, object] = {"definition": control.definition, "control_id": control.control_id}
    _note(book, sheet, (row, 1), book.say("note_control", words))


def _cell(book: Book, sheet: Any, at: tuple[int, int], cell: Cell | None) -> int:
    """Mark, figure and note of one party on one control; how many lines it needs."""
    speech = Speech(book.language)
    row, column = at
    if cell is None:
        book.put(sheet, at, "", "not_asked")
        book.put(sheet, (row, column + 1), "", "figure")
        return 1
    detail = detail_of(cell, speech)
    book.put(sheet, at, speech.shown(cell.state), cell.state)
    book.put(sheet, (row, column + 1), detail, "figure")
    note = note_of(book, cell)
    if note:
        _note(book, sheet, at, note)
    return lines_of(detail, _FIGURE)


def detail_of(cell: Cell, speech: Speech) -> str:
    """What stands beside a mark: figures and dates, all answers where they differ, a word where one should look."""
    said = [reading for reading in cell.readings if reading.state != "unanswered"]
    if cell.state in {"conflict", "unclear"}:
        texts = [_labelled(reading, cut(speech.answer(reading), 24), speech) for reading in said]
    else:
        texts = [speech.figure(reading) for reading in said]
        if cell.respondents_differ:  # the provider itself says nothing: who does belongs beside the mark
            texts += [speech.word("respondents", r.respondent) for r in said if r.respondent != "provider"]
    if cell.state != "unclear" and any(
        reason_of(reading) in {"contradicted", "low_confidence"} for reading in said
    ):
        texts.append(speech.phrase("look", {}))
    return cut(" / ".join(dict.fromkeys(filter(None, texts))), _DETAIL)


def _labelled(reading: Reading, answer: str, speech: Speech) -> str:
    """An answer with who gives it, if not the provider, and for what: a sub-item, one of several plans or products."""
    who = "" if reading.respondent == "provider" else speech.word("respondents", reading.respondent)
    label = " ".join(filter(None, (who, cut(reading.sub_item or "", 20))))
    return f"{label}: {answer}" if label else answer


def note_of(book: Book, cell: Cell) -> str:
    """Remarks and places of a cell's readings; empty where the mark says all."""
    told = [reading for reading in cell.readings if reading.answer_raw or reading.remarks]
    if not any(r.remarks or len(r.answer_raw) > 2 for r in told) and len(told) < 2:
        return ""
    parts = [_note_part(book, reading) for reading in told[:_NOTES_EACH]]
    if len(told) > _NOTES_EACH:
        parts.append(book.say("note_more", {"count": len(told) - _NOTES_EACH}))
    return "\n\n".join(parts)


def _note_part(book: Book, reading: Reading) -> str:
    speech = Speech(book.language)
    score = "–" if reading.match_score is None else f"{reading.match_score:.2f}"
    source: dict[str, object] = {
        "file": reading.path.rsplit("/", 1)[-1],
        "place": speech.place(reading.source),
        "sure": f"{reading.confidence:.2f}",
        "score": score,
    }
    lines = [speech.item(reading, 80), book.say("note_answer", {"answer": speech.answer(reading, 300)})]
    if reading.remarks:
        lines.append(book.say("note_remarks", {"remarks": cut(reading.remarks, 600)}))
    return "\n".join([*lines, book.say("note_source", source)])


def _note(book: Book, sheet: Any, cell: tuple[int, int], text: str) -> None:
    text = book.held(text)
    tall = 20 + 15 * lines_of(text, 52)
    font = {"font_name": "Yu Gothic", "font_size": 9}
    sheet.write_comment(*cell, text, {"width": 340, "height": min(620, tall), **font})


def _finish(sheet: Any, standing: Standing) -> None:
    """Freeze, filter, print: the header and the fixed columns come again on every page."""
    last_row = max(_HEAD, _FIRST + len(standing.controls) - 1)
    last_column = len(_FIXED) + 2 * max(1, len(standing.parties)) - 1
    sheet.freeze_panes(_FIRST, 2)
    sheet.autofilter(_HEAD, 0, last_row, last_column)
    sheet.repeat_rows(_KEY, _HEAD)
    sheet.print_area(0, 0, last_row, last_column)
    if len(standing.parties) <= _ON_ONE_PAGE:
        sheet.fit_to_pages(1, 0)
        return
    sheet.repeat_columns(0, len(_FIXED) - 1)
    sheet.set_print_scale(_SCALE)
    pages = range(_ON_ONE_PAGE, len(standing.parties), _ON_ONE_PAGE)
    sheet.set_v_pagebreaks([len(_FIXED) + 2 * place for place in pages])
