"""A standing in, the lists of the workbook out: gaps, what to ask again, sources, items without a control, files."""

from __future__ import annotations

from extractors.location import Location
from pipeline.assess.comparison.follow_ups import LOW, Ask, Gap, asks_of, gaps_of, question_of
from pipeline.assess.comparison.labels import Speech
from pipeline.assess.comparison.model import ControlLine, Party, Reading, Sheet, Standing
from pipeline.outputs.comparison.book import Book
from pipeline.outputs.comparison.list_sheet import Column, Listing, Mark
from pipeline.outputs.comparison.matrix import detail_of

_GAPS = (
    Column("level", 8, "centre"), Column("domain", 16), Column("control", 26, "name"), Column("vendor", 20),
    Column("service", 17), Column("state", 13), Column("why", 16), Column("figure", 20), Column("printed", 24),
    Column("remarks", 36), Column("number", 7, "centre"), Column("question", 38), Column("file", 26),
    Column("place", 17),
)  # fmt: skip
_ASKS = (
    Column("vendor", 20), Column("service", 17), Column("reason", 13, "centre"), Column("control", 22, "name"),
    Column("send", 66), Column("reply", 32), Column("printed", 22), Column("remarks", 28), Column("file", 26),
    Column("place", 17),
)  # fmt: skip
_SOURCES = (
    Column("control", 24, "name"), Column("vendor", 20), Column("service", 16), Column("state", 13),
    Column("figure", 16), Column("number", 7, "centre"), Column("question", 38), Column("printed", 24),
    Column("remarks", 34), Column("respondent", 9, "centre"), Column("file", 28), Column("where", 14),
    Column("cells", 21), Column("sure", 9, "number"), Column("score", 9, "number"), Column("received", 12),
    Column("method", 10, "centre"), Column("word", 14, "centre"), Column("domain", 18), Column("control_id", 30),
    Column("document", 20),
)  # fmt: skip
_SOURCES_PRINTED = 15  # the rest is for filters and programs
_OTHERS = (
    Column("vendor", 20), Column("service", 18), Column("number", 7, "centre"), Column("question", 54),
    Column("word", 13, "centre"), Column("printed", 30), Column("remarks", 40), Column("respondent", 10, "centre"),
    Column("why", 18), Column("file", 30), Column("where", 16), Column("cells", 21),
)  # fmt: skip
_FILES = (
    Column("file", 44), Column("status", 16), Column("used", 30), Column("vendor", 22), Column("service", 20),
    Column("received", 12), Column("form", 32), Column("kind_list", 6, "whole"), Column("items", 8, "whole"),
    Column("coverage", 9, "number"), Column("message", 60),
)  # fmt: skip


def gap_listing(book: Book, standing: Standing) -> Listing:
    """The gaps, mandatory ones first."""
    speech = Speech(book.language)
    rows = [_gap(gap, standing, speech) for gap in gaps_of(standing)]
    return Listing("gaps", _GAPS, rows, book.say("hint_gaps"))


def _gap(gap: Gap, standing: Standing, speech: Speech) -> list[object]:
    first, party = gap.first, standing.parties[gap.party]
    level = speech.word("levels", first.level) if first.level else ""
    return [
        level, speech.domain(gap.control.domain) if gap.control else "", speech.control(gap.control) if gap.control else "",
        speech.party(party), party.service, Mark(gap.state), speech.word("whys", first.why or ""),
        detail_of(gap.cell, speech), first.answer_raw, first.remarks, first.item_no,
        first.requirement, first.path, speech.place(first.source),
    ]  # fmt: skip


def ask_listing(book: Book, standing: Standing) -> Listing:
    """What to ask again, by vendor."""
    speech = Speech(book.language)
    rows = [_ask(ask, standing, speech) for ask in asks_of(standing)]
    return Listing("asks", _ASKS, rows, book.say("hint_asks", {"low": LOW}))


def _ask(ask: Ask, standing: Standing, speech: Speech) -> list[object]:
    first, party = ask.first, standing.parties[ask.party]
    return [
        speech.party(party), party.service, speech.word("reasons", ask.reason),
        speech.control(ask.control) if ask.control else "", question_of(ask, speech), "", first.answer_raw,
        first.remarks, first.path, speech.place(first.source),
    ]  # fmt: skip


def source_listing(book: Book, standing: Standing) -> Listing:
    """Every reading of the comparison with its place, by control and vendor."""
    speech = Speech(book.language)
    received = {sheet.document_id: sheet.received_at for sheet in standing.sheets}
    rows: list[list[object]] = []
    for control in standing.controls:
        for place, party in enumerate(standing.parties):
            cell = standing.cells.get((control.control_id, place))
            rows += [
                [
                    *_source(reading, (control, party), speech),
                    received.get(reading.document_id),
                    *_sureness(reading, control, speech),
                ]
                for reading in (cell.readings if cell else ())
            ]
    hint = book.say("hint_sources")
    return Listing("sources", _SOURCES, rows, hint, tallest=6, printed=_SOURCES_PRINTED)


def _source(reading: Reading, where: tuple[ControlLine, Party], speech: Speech) -> list[object]:
    control, party = where
    return [
        speech.control(control), speech.party(party), party.service, Mark(reading.state), speech.figure(reading),
        reading.item_no, reading.requirement, reading.answer_raw, reading.remarks,
        speech.word("respondents", reading.respondent), reading.path, *place_of(reading.source, speech),
        reading.confidence, reading.match_score,
    ]  # fmt: skip


def _sureness(reading: Reading, control: ControlLine, speech: Speech) -> list[object]:
    return [
        reading.match_method, reading.answer, speech.domain(control.domain), reading.control_id, reading.document_id,
    ]  # fmt: skip


def other_listing(book: Book, standing: Standing) -> Listing:
    """Items that no control takes, so that nothing is lost."""
    speech = Speech(book.language)
    rows: list[list[object]] = []
    for reading in sorted(standing.others, key=lambda other: (other.party, other.path, other.row)):
        party = standing.parties[reading.party]
        why = "customer" if reading.respondent == "customer" else "no_control"
        rows.append([
            speech.party(party), party.service, reading.item_no, reading.requirement, reading.answer, reading.answer_raw,
            reading.remarks, speech.word("respondents", reading.respondent), book.say(why), reading.path,
            *place_of(reading.source, speech),
        ])  # fmt: skip
    return Listing("others", _OTHERS, rows, book.say("hint_others"), tallest=8)


def file_listing(book: Book, standing: Standing) -> Listing:
    """Every file of the dataset, every list in it, and whether it stands here."""
    speech = Speech(book.language)
    rows = [_file(book, sheet, speech) for sheet in standing.sheets]
    return Listing("files", _FILES, rows, book.say("hint_files"))


def _file(book: Book, sheet: Sheet, speech: Speech) -> list[object]:
    blank = "、".join(speech.word("respondents", who) for who in sheet.blank_columns)
    notes = [sheet.message, book.say("blank_columns", {"who": blank}) if blank else ""]
    return [
        sheet.path, speech.word("statuses", sheet.status), speech.word("fates", sheet.fate), sheet.vendor,
        sheet.service, sheet.received_at, sheet.form_name, sheet.checklist or None, sheet.items, sheet.coverage,
        "\n".join(filter(None, notes)),
    ]  # fmt: skip


def place_of(source: Location, speech: Speech) -> tuple[str, str]:
    """(sheet or page, cell or box) in words; a box in whole PDF points."""
    where = source.sheet or (speech.phrase("page", {"page": source.page}) if source.page is not None else "")
    box = ", ".join(f"{edge:.0f}" for edge in source.bbox) if source.bbox else ""
    return where, source.cells or box
