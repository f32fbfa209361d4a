"""A comparison in, the lists of the workbook out: gaps, what to ask again, sources, items without a control, files."""

from __future__ import annotations

from extractors.location import Location
from pipeline.assess.comparison.follow_ups import (
    LOW,
    FollowUp,
    Gap,
    build_follow_ups,
    build_gaps,
    build_question,
)
from pipeline.assess.comparison.labels import Labels
from pipeline.assess.comparison.model import Comparison, ControlLine, Party, ReceivedSheet, VendorResponse
from pipeline.outputs.comparison.book import ComparisonBook
from pipeline.outputs.comparison.list_sheet import ListColumn, Listing, StateMark
from pipeline.outputs.comparison.matrix import detail_of

_GAPS = (
    ListColumn("level", 8, "centre"), ListColumn("domain", 16), ListColumn("control", 26, "name"), ListColumn("vendor", 20),
    ListColumn("service", 17), ListColumn("state", 13), ListColumn("why", 16), ListColumn("figure", 20),
    ListColumn("printed", 24), ListColumn("remarks", 36), ListColumn("number", 7, "centre"),
    ListColumn("question", 38), ListColumn("file", 26), ListColumn("place", 17),
)  # fmt: skip
_ASKS = (
    ListColumn("vendor", 20), ListColumn("service", 17), ListColumn("reason", 13, "centre"), ListColumn("control", 22, "name"),
    ListColumn("send", 66), ListColumn("reply", 32), ListColumn("printed", 22), ListColumn("remarks", 28), ListColumn("file", 26),
    ListColumn("place", 17),
)  # fmt: skip
_SOURCES = (
    ListColumn("control", 24, "name"), ListColumn("vendor", 20), ListColumn("service", 16), ListColumn("state", 13),
    ListColumn("figure", 16), ListColumn("number", 7, "centre"), ListColumn("question", 38), ListColumn("printed", 24),
    ListColumn("remarks", 34), ListColumn("respondent", 9, "centre"), ListColumn("file", 28), ListColumn("where", 14),
    ListColumn("cells", 21), ListColumn("sure", 9, "number"), ListColumn("score", 9, "number"), ListColumn("received", 12),
    ListColumn("method", 10, "centre"), ListColumn("word", 14, "centre"), ListColumn("domain", 18), ListColumn("control_id", 30),
    ListColumn("document", 20),
)  # fmt: skip
_OTHERS = (
    ListColumn("vendor", 20), ListColumn("service", 18), ListColumn("number", 7, "centre"), ListColumn("question", 54),
    ListColumn("word", 13, "centre"), ListColumn("printed", 30), ListColumn("remarks", 40),
    ListColumn("respondent", 10, "centre"), ListColumn("why", 18), ListColumn("file", 30),
    ListColumn("where", 16), ListColumn("cells", 21),
)  # fmt: skip
_FILES = (
    ListColumn("file", 44), ListColumn("status", 16), ListColumn("used", 30), ListColumn("vendor", 22), ListColumn("service", 20),
    ListColumn("received", 12), ListColumn("form", 32), ListColumn("kind_list", 6, "whole"), ListColumn("items", 8, "whole"),
    ListColumn("coverage", 9, "number"), ListColumn("message", 60),
)  # fmt: skip


def gap_listing(book: ComparisonBook, comparison: Comparison) -> Listing:
    """The gaps, mandatory ones first."""
    labels = Labels(book.language)
    rows = [_gap(gap, comparison, labels) for gap in build_gaps(comparison)]
    return Listing("gaps", _GAPS, rows, book.say("hint_gaps"))


def _gap(gap: Gap, comparison: Comparison, labels: Labels) -> list[object]:
    first, party = gap.first, comparison.parties[gap.party]
    level = labels.word("levels", first.level) if first.level else ""
    return [
        level, labels.domain(gap.control.domain) if gap.control else "", labels.control(gap.control) if gap.control else "",
        labels.party(party), party.service, StateMark(gap.state), labels.word("whys", first.why or ""),
        detail_of(gap.cell, labels), first.answer_raw, first.remarks, first.item_no,
        first.requirement, first.path, labels.location(first.source),
    ]  # fmt: skip


def follow_up_listing(book: ComparisonBook, comparison: Comparison) -> Listing:
    """What to ask again, by vendor."""
    labels = Labels(book.language)
    rows = [_follow_up(follow_up, comparison, labels) for follow_up in build_follow_ups(comparison)]
    return Listing("asks", _ASKS, rows, book.say("hint_asks", {"low": LOW}))


def _follow_up(follow_up: FollowUp, comparison: Comparison, labels: Labels) -> list[object]:
    first, party = follow_up.first, comparison.parties[follow_up.party]
    return [
        labels.party(party), party.service, labels.word("reasons", follow_up.reason),
        labels.control(follow_up.control) if follow_up.control else "", build_question(follow_up, labels), "", first.answer_raw,
        first.remarks, first.path, labels.location(first.source),
    ]  # fmt: skip


def source_listing(book: ComparisonBook, comparison: Comparison) -> Listing:
    """Every reading of the comparison with its place, by control and vendor."""
    labels = Labels(book.language)
    received = {sheet.document_id: sheet.received_at for sheet in comparison.sheets}
    rows: list[list[object]] = []
    for control in comparison.controls:
        for index, party in enumerate(comparison.parties):
            cell = comparison.cells.get((control.control_id, index))
            rows += [
                [
                    *_source(response, (control, party), labels),
                    received.get(response.document_id),
                    *_sureness(response, control, labels),
                ]
                for response in (cell.responses if cell else ())
            ]
    hint = book.say("hint_sources")
    return Listing("sources", _SOURCES, rows, hint, tallest=6, printed=False)


def _source(response: VendorResponse, where: tuple[ControlLine, Party], labels: Labels) -> list[object]:
    control, party = where
    return [
        labels.control(control), labels.party(party), party.service, StateMark(response.state), labels.figure(response),
        response.item_no, response.requirement, response.answer_raw, response.remarks,
        labels.word("respondents", response.respondent), response.path, *location_texts(response.source, labels),
        response.confidence, response.match_score,
    ]  # fmt: skip


def _sureness(response: VendorResponse, control: ControlLine, labels: Labels) -> list[object]:
    answer = labels.answer_word(response.answer)
    domain = labels.domain(control.domain)
    return [response.match_method, answer, domain, response.control_id, response.document_id]


def unaligned_listing(book: ComparisonBook, comparison: Comparison) -> Listing:
    """Items that no control takes, so that nothing is lost."""
    labels = Labels(book.language)
    rows: list[list[object]] = []
    for response in sorted(
        comparison.unaligned, key=lambda response: (response.party, response.path, response.row)
    ):
        party = comparison.parties[response.party]
        why = "customer" if response.respondent == "customer" else "no_control"
        rows.append([
            labels.party(party), party.service, response.item_no, response.requirement, labels.answer_word(response.answer),
            response.answer_raw,
            response.remarks, labels.word("respondents", response.respondent), book.say(why), response.path,
            *location_texts(response.source, labels),
        ])  # fmt: skip
    return Listing("others", _OTHERS, rows, book.say("hint_others"), tallest=8)


def file_listing(book: ComparisonBook, comparison: Comparison) -> Listing:
    """Every file of the dataset, every list in it, and whether it stands here."""
    labels = Labels(book.language)
    rows = [_file(book, sheet, labels) for sheet in comparison.sheets]
    return Listing("files", _FILES, rows, book.say("hint_files"))


def _file(book: ComparisonBook, sheet: ReceivedSheet, labels: Labels) -> list[object]:
    blank = "、".join(labels.word("respondents", who) for who in sheet.blank_columns)
    notes = [sheet.message, book.say("blank_columns", {"who": blank}) if blank else ""]
    return [
        sheet.path, labels.word("statuses", sheet.status), labels.word("fates", sheet.fate), sheet.vendor,
        sheet.service, sheet.received_at, sheet.form_name, sheet.checklist or None, sheet.items, sheet.coverage,
        "\n".join(filter(None, notes)),
    ]  # fmt: skip


def location_texts(source: Location, labels: Labels) -> tuple[str, str]:
    """(sheet or page, cell or box) in words; a box in whole PDF points."""
    where = source.sheet or (labels.phrase("page", {"page": source.page}) if source.page is not None else "")
    box = ", ".join(f"{edge:.0f}" for edge in source.bbox) if source.bbox else ""
    return where, source.cells or box
