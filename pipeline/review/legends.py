"""People's decisions on legends in: what the words of a legend mean, in every form that has them.

`data/review/legends.csv` has the columns meaning, answer, who, at, why: `北棟の係に委ねる,not_applicable,…`. A later line
outranks an earlier one of the same words; width, case and white space do not matter.
"""

from __future__ import annotations

from pathlib import Path

from normalizers.answers.model import ANSWERS, AnswerValue
from normalizers.legends.meaning import LegendDecision
from pipeline.errors import LegendsUnreadable
from pipeline.review.decision_rows import decision_rows

COLUMNS = ("meaning", "answer", "who", "at", "why")


def read_legend_decisions(path: Path) -> list[LegendDecision]:
    """All decisions of the CSV file at `path`, none where it is missing.

    Raises LegendsUnreadable where a column is missing, a line is broken or names what is no answer, or the text cannot be read.
    """
    if not path.exists():
        return []
    decisions = []
    for line, (meaning, answer, *_) in decision_rows(path, COLUMNS, LegendsUnreadable):
        if not meaning:
            raise LegendsUnreadable({"path": path, "line": line}, "legend_no_meaning")
        if answer.lower() not in ANSWERS:
            params = {"path": path, "line": line, "answer": answer, "known": ", ".join(ANSWERS)}
            raise LegendsUnreadable(params, "legend_no_answer")
        decisions.append(LegendDecision(meaning, AnswerValue(answer.lower())))
    return decisions
