"""The labelled pairs as plain rows: question, remark, what the remark does to the yes, what a careful reader would store."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from normalizers.remarks.classifier.pairs import pair_features
from normalizers.remarks.classifier.verdict_of_remark import KINDS, own_features
from normalizers.remarks.classifier.word_cues import (
    Features,
    question_features,
    read_words,
)

FOLDER = Path(__file__).parent
# Never learnt from. Weights of all nine flag more and turn a yes that stands (docs/benchmarks.md).
HELD_OUT = ("r3", "r7", "r8", "r9")
_CELLS = "cells"  # answer cells and legend entries of the same writers, with what each says of its question
LIMITING = frozenset(KINDS)


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
    lines = [
        (writer, json.loads(line))
        for writer in writers
        for line in (FOLDER / f"{writer}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    return [
        LabelledPair(writer, row["question"], row["remark"], row["effect"], row["answer"])
        for writer, row in lines
    ]


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
