"""Checklists and the answers after people's decisions in, the checklists as those fill them in out.

A reply to a question that a vendor had left blank is an answer: the list holds one more, and is no blank form any more.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from normalizers.answers.model import AnswerValue
from pipeline.document.status import ChecklistKind
from pipeline.incremental.previous_run import Row

_NO_ANSWER = (AnswerValue.UNANSWERED, AnswerValue.NOT_APPLICABLE)


def count_answered(checklists: Sequence[Row], answers: pa.Table) -> tuple[Row, ...]:
    """The checklists with how many of their answers are any, and whether they are filled in at all."""
    # An array at the top of the file would import pandas into every process that reads files, and count as its memory.
    no_answer = pa.array(_NO_ANSWER, pa.string())
    spoken = answers.filter(pc.invert(pc.is_in(answers["answer"], no_answer)))
    counts = spoken.group_by(["document_id", "checklist"]).aggregate([([], "count_all")]).to_pylist()
    by_list = {(row["document_id"], row["checklist"]): row["count_all"] for row in counts}
    return tuple(_counted(row, by_list.get((row["document_id"], row["checklist"]), 0)) for row in checklists)


def _counted(row: Row, answered: int) -> Row:
    kind = row["kind"]
    if kind in {ChecklistKind.FILLED, ChecklistKind.BLANK}:
        kind = ChecklistKind.FILLED if answered else ChecklistKind.BLANK
    return row | {"answered": answered, "kind": kind}
