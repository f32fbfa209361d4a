"""The labelled pairs as plain rows: question, remark, what the remark does to the yes, what a careful reader would store."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from normalizers.answers.model import AnswerValue
from normalizers.remarks.classifier.pairs import pair_features
from normalizers.remarks.classifier.verdict_of_remark import KINDS, own_features
from normalizers.remarks.classifier.word_cues import (
    Features,
    question_features,
    read_words,
)

FOLDER = Path(__file__).parent
# Never learnt from, and no threshold, word or feature was chosen by them: for a look when all stands.
HELD_OUT = ("r10", "r11", "r12", "r21", "r26")
_CELLS = "cells"  # answer cells and legend entries of the same writers, with what each says of its question
LIMITING = frozenset(KINDS)
EFFECTS = LIMITING | {"supports", "other"}
# What a kind makes of a yes where a line does not tell.
STORED = {
    "scope": "partial", "time": "planned", "condition": "conditional", "denies": "no", "moot": "not_applicable", "figure": "no",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """One remark beside a yes, with its truth; `effect` is supports, other or one of the kinds that limit."""

    writer: str
    question: str
    remark: str
    effect: str
    answer: str
    is_cell: bool = False

    @property
    def limits(self) -> bool:
        """Whether the remark limits the yes or takes it back."""
        return self.effect in LIMITING


def read_pairs(writers: Sequence[str]) -> list[LabelledPair]:
    """The pairs of the writers, in their order."""
    return [pair for writer in writers for pair in read_file(FOLDER / f"{writer}.jsonl")]


def read_file(path: Path) -> list[LabelledPair]:
    """The pairs of a file, one JSON object a line: question (or requirement), remark, effect, and what should be stored.

    `effect` is one of the kinds that limit (KINDS), supports or other. `answer` is what a careful reader would store; only where
    it is yes or missing and the remark limits, the kind tells it. Raises ValueError with the line's number for anything else.
    """
    pairs = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        row = json.loads(line) if line.strip() else None
        if row is None:
            continue
        if row.get("effect") not in EFFECTS or not (row.get("question") or row.get("requirement")):
            raise ValueError(
                f"{path.name}:{number}: no question, or an effect that is none of {sorted(EFFECTS)}"
            )
        told = row.get("stored", row.get("answer", ""))
        answer = told if told in set(AnswerValue) - {AnswerValue.YES} else STORED.get(row["effect"], "yes")
        asked = row.get("question") or row["requirement"]
        pairs.append(LabelledPair(path.stem, asked, row["remark"], row["effect"], answer))
    return pairs


def read_cells() -> list[LabelledPair]:
    """Answer cells and legend entries as pairs: 一部は対応 limits in scope, in a cell as in a remark."""
    rows = map(json.loads, (FOLDER / f"{_CELLS}.jsonl").read_text(encoding="utf-8").splitlines())
    return [
        LabelledPair(row["writer"], row["question"], row["remark"], row["effect"], row["answer"], True)
        for row in rows
    ]


def learning_writers() -> list[str]:
    """All writers but those that are held out."""
    return sorted(path.stem for path in FOLDER.glob("*.jsonl") if path.stem not in {*HELD_OUT, _CELLS})


def features_of(pair: LabelledPair) -> Features:
    """All features of a pair."""
    return {
        **own_features(pair.remark),
        **question_features(read_words(pair.question)),
        **pair_features(pair.remark, pair.question),
    }
