"""People's decisions on layouts: which column of a form is what, for every sheet of that form, past and future.

`data/review/layouts.csv` has the columns form_key, form (a name for people), roles (one a column, left to right, joined by `|`;
empty where the form is no list of questions), who, at, why. `No. | 確認事項 | 回答` is `number|requirement|answer`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extractors.checklist.model import LayoutDecision
from pipeline.review.decision import Decision, DecisionKind
from pipeline.review.lines.cell_checks import split_roles


@dataclass(frozen=True, slots=True)
class ReviewedLayout:
    """One line: the form by its key and a name for people, the roles of its columns, who said so, when, and why."""

    form_key: str
    form: str
    roles: tuple[str, ...]
    who: str
    at: str
    why: str

    @property
    def decision(self) -> LayoutDecision:
        """What the readers are told."""
        return LayoutDecision(self.form_key, self.roles)


def layout_decisions(decisions: Iterable[Decision]) -> list[ReviewedLayout]:
    """The decisions of the kind `layout`."""
    return [
        ReviewedLayout(
            entry.key[0], entry.about_text(0), split_roles(entry.value[0]), entry.who, entry.at, entry.why
        )
        for entry in decisions
        if entry.kind == DecisionKind.LAYOUT
    ]
