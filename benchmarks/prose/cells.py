"""The labelled cells as plain rows: question, cell, answer, which answers a careful reader may defend.

From four places: `cells.jsonl` (cells of nineteen writers beside single questions), the filled forms of benchmarks/forms, the
remarks of benchmarks/remarks (a remark beside a yes says of the question what a cell would say, and counts little), and
`phrases.tsv` (common ways to say it, written with the program, never measured with).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.remarks.pairs import HELD_OUT as UNTAUGHT_REMARKS
from normalizers.answers.classify import read_answer
from normalizers.answers.model import AnswerResult, AnswerValue, Context
from normalizers.prose.grammar_verdict import impossible_answer
from normalizers.prose.prose_features import prose_features
from normalizers.prose.prose_model import READ_ANSWERS
from normalizers.prose.read_prose import is_prose, rule_name, with_unit
from normalizers.remarks.classifier.word_cues import Features

FOLDER = Path(__file__).parent
FORMS, REMARKS = FOLDER.parent / "forms", FOLDER.parent / "remarks"
# Never learnt from. w20 to w24 were looked at when rules were mended, the others only for the last figures; learning from r22 to
# r25 as well was tried and changed nothing (docs/benchmarks.md).
HELD_OUT = (
    "r3", "r7", "w4", "w6", "w10", "w20", "w21", "w22", "w23", "w24", "r22", "r23", "r24", "r25",
)  # fmt: skip
PHRASES = "phrases"
_REMARK_COUNTS = 0.15
_EFFECTS = {
    "supports": "yes", "scope": "partial", "time": "planned", "condition": "conditional", "denies": "no",
    "moot": "not_applicable", "figure": "no",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LabelledCell:
    """One answer cell with its truth; `counts` is how much it counts in learning."""

    writer: str
    question: str
    cell: str
    unit: str | None
    answer: AnswerValue
    accepted: frozenset[AnswerValue]
    counts: float = 1.0
    is_remark: bool = False

    def read_alone(self) -> AnswerResult:
        """What the cell says without its question."""
        return read_answer(self.cell, Context(unit=self.unit))

    def features(self) -> Features:
        """The features of the cell beside its question."""
        return prose_features(
            self.cell, with_unit(self.question, self.unit), self.unit, rule_name(self.read_alone())
        )


def read_writers() -> list[LabelledCell]:
    """The prose cells of all writers, held-out ones too, without remarks and phrases."""
    return [cell for cell in (*_single_cells(), *_form_cells()) if is_prose(cell.cell, cell.read_alone())]


def read_helpers() -> list[LabelledCell]:
    """Remarks and phrases: learnt from, never measured with."""
    return [cell for cell in (*_remarks(), *_phrases()) if cell.answer in READ_ANSWERS]


def _single_cells() -> Iterator[LabelledCell]:
    for line in (FOLDER / "cells.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield _cell(row["writer"], (row["question"], row["cell"], None), row["answer"], row["ok"])


def _form_cells() -> Iterator[LabelledCell]:
    """The different cells of each writer's forms; where a remark may have changed the truth, they are left out."""
    seen: set[tuple[str, str, str]] = set()
    for path in sorted(FORMS.glob("w*/*.jsonl")):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            question = row["requirement"] or row["item"] or ""
            key = (path.parent.name, question, row["answer_raw"])
            if row["options"] or not row["answer_raw"].strip() or key in seen:
                continue
            seen.add(key)
            accepted = row.get("answer_ok") or [row["answer"]]
            printed = (question, row["answer_raw"], row["unit"])
            yield _cell(path.parent.name, printed, row["answer"], accepted)


def _remarks() -> Iterator[LabelledCell]:
    for path in sorted(path for path in REMARKS.glob("r*.jsonl") if path.stem not in UNTAUGHT_REMARKS):
        for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
            if row["effect"] in _EFFECTS and row["answer"] != "unclear":
                answer = row["answer"] if row["effect"] == "figure" else _EFFECTS[row["effect"]]
                if impossible_answer(row["remark"], row["question"]) == answer:
                    continue  # 例外は認めていない supports a yes, and is none by itself
                yield LabelledCell(
                    path.stem, row["question"], row["remark"], None, AnswerValue(answer), frozenset(),
                    _REMARK_COUNTS, True,
                )  # fmt: skip


def _phrases() -> Iterator[LabelledCell]:
    for line in (FOLDER / "phrases.tsv").read_text(encoding="utf-8").splitlines():
        question, cell, answer, *_ = line.split("\t")
        yield _cell(PHRASES, (question, cell, None), answer, [answer])


def _cell(
    writer: str, printed: tuple[str, str, str | None], answer: str, accepted: Sequence[str]
) -> LabelledCell:
    """A labelled cell of a question, a cell and a unit as printed."""
    values = frozenset(map(AnswerValue, {*accepted, answer}))
    return LabelledCell(writer, *printed, AnswerValue(answer), values)
