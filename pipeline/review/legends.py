"""People's decisions on legends: what the words or a mark of a legend mean, in one form or in every form that has them.

`data/review/legends.csv` has the columns form_key, mark, meaning, answer, who, at, why: `,,北棟の係に委ねる,not_applicable,…`
holds for every form, `6a3f…,A,,yes,…` for the mark A of one form. Width, case and white space do not matter.
"""

from __future__ import annotations

from collections.abc import Iterable

from normalizers.answers.model import AnswerValue
from normalizers.legends.meaning import LegendDecision
from pipeline.review.decision import Decision, DecisionKind


def legend_decisions(decisions: Iterable[Decision]) -> list[LegendDecision]:
    """The decisions of the kind `legend`."""
    entries = ((entry.key, entry.value) for entry in decisions if entry.kind == DecisionKind.LEGEND)
    return [
        LegendDecision(meaning, AnswerValue(answer), form_key, mark)
        for (form_key, mark, meaning), (answer,) in entries
    ]
