"""A standing in, everything that the page's template is filled with out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.assess.comparison.follow_ups import LOW, Ask, Gap, asks_of, gaps_of, question_of
from pipeline.assess.comparison.labels import Speech, cut, looks
from pipeline.assess.comparison.model import Reading, Standing, Trouble
from pipeline.outputs.comparison.matrix import detail_of
from pipeline.outputs.html_report.figures import domain_parts, heat_rows, overall, quality_rows
from pipeline.outputs.html_report.model import ProblemGroup
from pipeline.outputs.html_report.words import guidance, told

MOST_ROWS = 500  # of a list: more belong into the workbook, which the page says
_EXAMPLES = 3
_UNSURE_MATCH = 0.6
_READ = {"ok", "duplicate"}


def page_of(standing: Standing, language: str) -> dict[str, Any]:
    """The template's names and values; texts are plain and not yet escaped."""
    speech = Speech(language)
    gaps, asks = gaps_of(standing), asks_of(standing)
    dates = [s.received_at for s in standing.sheets if s.fate == "used" and s.received_at]
    return {
        "language": language,
        "date": max(dates, default=None),
        "tiles": _tiles(standing, (len(gaps), len(asks)), language),
        "overall": overall(standing, speech),
        "sheets": standing.sheets,
        "unread": [s for s in standing.sheets if s.status not in _READ],
        "parties": standing.parties,
        "names": [speech.party(party) for party in standing.parties],
        "heat": heat_rows(standing, speech),
        "gaps": [_gap(gap, standing, speech) for gap in gaps[:MOST_ROWS]],
        "gaps_more": max(0, len(gaps) - MOST_ROWS),
        "quality": quality_rows(standing, language),
        "asks": [_ask(ask, standing, speech) for ask in asks[:MOST_ROWS]],
        "asks_more": max(0, len(asks) - MOST_ROWS),
        "problems": problem_groups(standing.troubles, language),
        "unsure": sum(map(_unsure, standing.readings)),
        "unsure_below": _UNSURE_MATCH,
        "readings": len(standing.readings),
        "others": len(standing.others),
        "domains": domain_parts(standing, speech),
        "legend": [(s, speech.shown(s), speech.word("meanings", s)) for s in looks()],
        "looks": looks(),
        "low": LOW,
    }


def _tiles(standing: Standing, found: tuple[int, int], language: str) -> list[tuple[str, int]]:
    """(words, figure) of the overview; `found` are the numbers of gaps and of questions."""
    status = {sheet.path: sheet.status for sheet in standing.sheets}
    asked = sum(control.domain != "new" for control in standing.controls)
    read = sum(word == "ok" for word in status.values())
    duplicates = sum(word == "duplicate" for word in status.values())
    return [
        (told(language, "tile_files"), len(status)),
        (told(language, "tile_read"), read),
        (told(language, "tile_unread"), len(status) - read - duplicates),
        (told(language, "tile_vendors"), len(standing.parties)),
        (told(language, "tile_answers"), len(standing.readings)),
        (told(language, "tile_controls", {"all": standing.catalogue}), asked),
        (told(language, "tile_gaps"), found[0]),
        (told(language, "tile_asks"), found[1]),
    ]


def _gap(gap: Gap, standing: Standing, speech: Speech) -> dict[str, str]:
    first = gap.first
    return {
        "level": speech.word("levels", first.level) if first.level else "",
        "vendor": speech.party(standing.parties[gap.party]),
        "service": standing.parties[gap.party].service or "",
        "control": speech.control(gap.control) if gap.control else "–",
        "domain": speech.domain(gap.control.domain) if gap.control else "",
        "state": gap.state,
        "shown": speech.shown(gap.state),
        "why": speech.word("whys", first.why) if first.why and first.why != gap.state else "",
        "detail": detail_of(gap.cell, speech),
        "printed": speech.answer(first, 200),
        "remarks": cut(first.remarks, 400),
        "question": speech.item(first, 200),
        "where": _where(first, speech),
    }


def _ask(ask: Ask, standing: Standing, speech: Speech) -> dict[str, str]:
    return {
        "vendor": speech.party(standing.parties[ask.party]),
        "service": standing.parties[ask.party].service or "",
        "reason": speech.word("reasons", ask.reason),
        "control": speech.control(ask.control) if ask.control else "",
        "send": question_of(ask, speech),
        "where": _where(ask.first, speech),
    }


def _where(reading: Reading, speech: Speech) -> str:
    return f"{reading.path} · {speech.place(reading.source)}"


def _unsure(reading: Reading) -> bool:
    return (
        reading.match_method != "reviewed"
        and reading.match_score is not None
        and reading.match_score < _UNSURE_MATCH
    )


def problem_groups(troubles: Sequence[Trouble], language: str) -> list[ProblemGroup]:
    """Problems by code: errors first, then the most frequent."""
    groups: dict[str, list[Trouble]] = {}
    for trouble in troubles:
        groups.setdefault(trouble.code, []).append(trouble)
    found = [
        ProblemGroup(
            code,
            any(trouble.severity == "error" for trouble in group),
            len(group),
            len({trouble.path for trouble in group}),
            guidance(code, language),
            tuple(cut(trouble.message, 400) for trouble in group[:_EXAMPLES]),
        )
        for code, group in groups.items()
    ]
    return sorted(found, key=lambda group: (not group.error, -group.count, group.code))
