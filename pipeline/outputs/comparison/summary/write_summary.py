"""A comparison in, one A4 page out that a person prints and signs: how each vendor stands, its gravest gaps, who has looked.

What does not fit is counted and not left out in silence; the whole stands in the comparison workbook.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pipeline.assess.comparison.follow_ups import Gap, build_follow_ups, build_gaps
from pipeline.assess.comparison.labels import Labels, cut, state_styles
from pipeline.assess.comparison.model import Comparison
from pipeline.outputs.comparison.words import phrase
from pipeline.outputs.html_page import HtmlPage, own_file, page_html
from pipeline.system.atomic_write import atomic_write

_KINDS = ("good", "gap", "open", "neutral")
_MOST_VENDORS, _MOST_GAPS = 16, 14  # lines that fit a page
_LONGEST = 60


def write_summary(path: Path, comparison: Comparison, language: str) -> None:
    """Write the page in `en` or `ja`, nothing of it fetched from elsewhere. Raises OSError."""
    package = "pipeline.outputs.comparison.summary"
    page = HtmlPage(package, "summary.html.jinja", own_file(package, "summary.css"))
    with atomic_write(path) as partial:
        partial.write_text(page_html(page, summary_values(comparison, language)), encoding="utf-8")


def summary_values(comparison: Comparison, language: str) -> dict[str, Any]:
    """What the page says, as plain data."""
    labels = Labels(language)
    gaps = build_gaps(comparison)
    follow_ups = Counter(follow_up.party for follow_up in build_follow_ups(comparison))
    parties = [
        _party(comparison, index, follow_ups[index], labels) for index in range(len(comparison.parties))
    ]
    keys = (
        "title",
        "vendor",
        "service",
        "good",
        "gap",
        "open",
        "neutral",
        "ask",
        "gaps",
        "control",
        "state",
        "answer",
        "sign",
    )
    return {
        "language": language,
        "words": {key: phrase(language, f"sign_page_{key}") for key in keys},
        "signs": [phrase(language, f"sign_page_sign_{who}") for who in ("made", "checked", "approved")],
        "facts": _facts(comparison, language),
        "parties": parties[:_MOST_VENDORS],
        "more_parties": _more(len(parties) - _MOST_VENDORS, language),
        "gaps": [_gap(comparison, gap, labels) for gap in gaps[:_MOST_GAPS]],
        "more_gaps": _more(len(gaps) - _MOST_GAPS, language),
    }


def _facts(comparison: Comparison, language: str) -> str:
    dates = [sheet.received_at for sheet in comparison.sheets if sheet.fate == "used" and sheet.received_at]
    words = {
        "vendors": len(comparison.parties),
        "controls": len(comparison.controls),
        "sheets": sum(sheet.fate == "used" for sheet in comparison.sheets),
        "newest": max(dates, default="–"),
        "today": dt.date.today().isoformat(),
    }
    return phrase(language, "sign_page_facts", words)


def _party(comparison: Comparison, index: int, questions: int, labels: Labels) -> Sequence[object]:
    kinds = Counter(
        state_styles()[cell.state].kind for (_, party), cell in comparison.cells.items() if party == index
    )
    party = comparison.parties[index]
    return [
        cut(labels.party(party), _LONGEST),
        cut(party.service or "", _LONGEST),
        *(kinds[kind] for kind in _KINDS),
        questions,
    ]


def _gap(comparison: Comparison, gap: Gap, labels: Labels) -> Sequence[str]:
    control = labels.control(gap.control) if gap.control else labels.item(gap.first, _LONGEST)
    level = labels.word("levels", "mandatory") if gap.mandatory else ""
    name = labels.party(comparison.parties[gap.party])
    return [
        cut(name, 30),
        cut(control, _LONGEST),
        level,
        labels.shown(gap.state),
        labels.answer(gap.first, _LONGEST),
    ]


def _more(count: int, language: str) -> str:
    return phrase(language, "sign_page_more", {"count": count}) if count > 0 else ""
