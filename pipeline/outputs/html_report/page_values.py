"""A comparison in, everything that the page's template is filled with out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pipeline.assess.comparison.follow_ups import (
    LOW,
    FollowUp,
    Gap,
    build_follow_ups,
    build_gaps,
    build_question,
)
from pipeline.assess.comparison.labels import Labels, cut, state_styles
from pipeline.assess.comparison.model import Comparison, ProblemRow, VendorResponse
from pipeline.outputs.comparison.matrix import detail_of
from pipeline.outputs.html_report.figures import domain_parts, heat_rows, overall, quality_rows
from pipeline.outputs.html_report.model import ProblemGroup
from pipeline.outputs.html_report.words import guidance, phrase

MOST_ROWS = 500  # of a list: more belong into the workbook, which the page says
_EXAMPLES = 3
_UNSURE_MATCH = 0.6
_READ = {"ok", "duplicate"}


def page_values(comparison: Comparison, language: str) -> dict[str, Any]:
    """The template's names and values; texts are plain and not yet escaped."""
    labels = Labels(language)
    gaps, follow_ups = build_gaps(comparison), build_follow_ups(comparison)
    dates = [s.received_at for s in comparison.sheets if s.fate == "used" and s.received_at]
    return {
        "language": language,
        "date": max(dates, default=None),
        "tiles": _tiles(comparison, len(follow_ups), language),
        "overall": overall(comparison, labels),
        "sheets": comparison.sheets,
        "unread": [s for s in comparison.sheets if s.status not in _READ],
        "parties": comparison.parties,
        "names": [labels.party(party) for party in comparison.parties],
        "heat": heat_rows(comparison, labels),
        "gaps": [_gap(gap, comparison, labels) for gap in gaps[:MOST_ROWS]],
        "gaps_more": max(0, len(gaps) - MOST_ROWS),
        "quality": quality_rows(comparison, language),
        "asks": [_follow_up(follow_up, comparison, labels) for follow_up in follow_ups[:MOST_ROWS]],
        "asks_more": max(0, len(follow_ups) - MOST_ROWS),
        "problems": problem_groups(comparison.problems, language),
        "unsure": sum(map(_unsure, comparison.responses)),
        "unsure_below": _UNSURE_MATCH,
        "responses": comparison.totals.answers,
        "unaligned": comparison.totals.answers - comparison.totals.aligned,
        "domains": domain_parts(comparison, labels),
        "legend": [(s, labels.shown(s), labels.word("meanings", s)) for s in state_styles()],
        "looks": state_styles(),
        "low": LOW,
    }


def _tiles(comparison: Comparison, follow_ups: int, language: str) -> list[tuple[str, int]]:
    """(words, figure) of the overview."""
    totals = comparison.totals
    words: dict[str, object] = {"total": totals}
    shown = {
        "tile_files": totals.files,
        "tile_read": totals.files_read,
        "tile_unread": totals.files_not_read,
        "tile_vendors": totals.services,
        "tile_answers": totals.answers,
        "tile_answered": totals.answered,
        "tile_controls": totals.controls,
        "tile_gaps": totals.gap_lines,
        "tile_asks": follow_ups,
    }
    return [(phrase(language, key, words), figure) for key, figure in shown.items()]


def _gap(gap: Gap, comparison: Comparison, labels: Labels) -> dict[str, str]:
    first = gap.first
    return {
        "level": labels.word("levels", first.level) if first.level else "",
        "vendor": labels.party(comparison.parties[gap.party]),
        "service": comparison.parties[gap.party].service or "",
        "control": labels.control(gap.control) if gap.control else "–",
        "domain": labels.domain(gap.control.domain) if gap.control else "",
        "state": gap.state,
        "shown": labels.shown(gap.state),
        "why": labels.word("whys", first.why) if first.why and first.why != gap.state else "",
        "detail": detail_of(gap.cell, labels),
        "printed": labels.answer(first, 200),
        "remarks": cut(first.remarks, 400),
        "question": labels.item(first, 200),
        "where": _where(first, labels),
    }


def _follow_up(follow_up: FollowUp, comparison: Comparison, labels: Labels) -> dict[str, str]:
    return {
        "vendor": labels.party(comparison.parties[follow_up.party]),
        "service": comparison.parties[follow_up.party].service or "",
        "reason": labels.word("reasons", follow_up.reason),
        "control": labels.control(follow_up.control) if follow_up.control else "",
        "send": build_question(follow_up, labels),
        "where": _where(follow_up.first, labels),
    }


def _where(response: VendorResponse, labels: Labels) -> str:
    return f"{response.path} · {labels.location(response.source)}"


def _unsure(response: VendorResponse) -> bool:
    return (
        response.match_method != "reviewed"
        and response.match_score is not None
        and response.match_score < _UNSURE_MATCH
    )


def problem_groups(problems: Sequence[ProblemRow], language: str) -> list[ProblemGroup]:
    """Problems by code: errors first, then the most frequent."""
    groups: dict[str, list[ProblemRow]] = {}
    for problem in problems:
        groups.setdefault(problem.code, []).append(problem)
    by_code = [
        ProblemGroup(
            code,
            any(problem.severity == "error" for problem in group),
            len(group),
            len({problem.path for problem in group}),
            guidance(code, language),
            tuple(cut(problem.message, 400) for problem in group[:_EXAMPLES]),
        )
        for code, group in groups.items()
    ]
    return sorted(by_code, key=lambda group: (not group.error, -group.count, group.code))
