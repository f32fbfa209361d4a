"""Sums of held-out cells in, thresholds and how cells would be stored out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from benchmarks.prose.cells import LabelledCell
from benchmarks.prose.fit import fit_model, sums_of
from normalizers.answers.model import AnswerValue
from normalizers.prose.prose_model import ProseModel, shares_of_sums
from normalizers.prose.read_prose import decide
from normalizers.remarks.classifier.word_cues import Features

MOST_FALSE_YES = 0.005  # of all prose cells, stored as a yes without a caveat
MOST_FALSE_NO = 0.01
_OTHER_FROM = 0.4
_YES_FROM = 0.45
_GROUPS = 5


@dataclass(frozen=True, slots=True)
class Figures:
    """Shares of cells: right, false yes (without caveat), false no, a wrong text, unclear, another answer; idle caveats."""

    cells: int
    counts: Counter[str]

    def line(self) -> str:
        """One line of shares."""
        names = (
            "right",
            "false yes",
            "false no",
            "wrong value",
            "unclear",
            "other",
            "yes with caveat, right",
            "yes with caveat, wrong",
        )
        shares = ", ".join(f"{name} {self.counts[name] / max(1, self.cells):.1%}" for name in names)
        return f"{self.cells} cells: {shares}"


def held_out_sums(
    cells: Sequence[LabelledCell], features: Sequence[Features],
    helpers: Sequence[LabelledCell], helper_features: Sequence[Features],
) -> Any:  # fmt: skip
    """The sums of every cell by a model that saw nothing of its writer."""
    writers = sorted({cell.writer for cell in cells})
    sums: list[Any] = [None] * len(cells)
    for start in range(_GROUPS):
        group = set(writers[start::_GROUPS])
        learnt = [n for n, cell in enumerate(cells) if cell.writer not in group]
        helping = [n for n, cell in enumerate(helpers) if cell.writer not in group]
        model = fit_model(
            [cells[n] for n in learnt] + [helpers[n] for n in helping],
            [features[n] for n in learnt] + [helper_features[n] for n in helping],
        )
        kept = [n for n, cell in enumerate(cells) if cell.writer in group]
        for n, row in zip(kept, sums_of(model, [features[n] for n in kept]), strict=True):
            sums[n] = row
    return np.stack(sums)


def choose_thresholds(model: ProseModel, cells: Sequence[LabelledCell], sums: Any) -> ProseModel:
    """The model with the thresholds that keep false yes and false no as seldom as wanted on held-out sums."""
    shares = [shares_of_sums(row) for row in sums]
    best = [max(row, key=lambda value: row[value]) for row in shares]
    plain = _least(cells, shares, best, AnswerValue.YES, MOST_FALSE_YES)
    no = _least(cells, shares, best, AnswerValue.NO, MOST_FALSE_NO)
    return replace(
        model, plain_from=plain, yes_from=min(plain, _YES_FROM), no_from=no, other_from=_OTHER_FROM
    )


def _least(
    cells: Sequence[LabelledCell], shares: Sequence[dict[AnswerValue, float]], best: Sequence[AnswerValue],
    answer: AnswerValue, allowed: float,
) -> float:  # fmt: skip
    """The share from which an answer is wrong for at most `allowed` of all cells."""
    wrong = sorted(
        (
            shares[n][answer]
            for n, cell in enumerate(cells)
            if best[n] == answer and answer not in cell.accepted
        ),
        reverse=True,
    )
    most = int(allowed * len(cells))
    return float(wrong[most]) + 1e-4 if len(wrong) > most else 0.0


def figures_of(model: ProseModel, cells: Sequence[LabelledCell], sums: Any) -> Figures:
    """How cells would be stored."""
    counts: Counter[str] = Counter()
    for cell, row in zip(cells, sums, strict=True):
        answer, caveat = decide(shares_of_sums(row), model)
        counts[outcome(cell, answer, caveat)] += 1
        counts["right"] += answer in cell.accepted and caveat
    return Figures(len(cells), counts)


def outcome(cell: LabelledCell, answer: AnswerValue, caveat: bool) -> str:
    """What kind of a hit or miss an answer is."""
    is_right = answer in cell.accepted
    if caveat:
        return "yes with caveat, right" if is_right else "yes with caveat, wrong"
    if is_right:
        return "right"
    names = {AnswerValue.YES: "false yes", AnswerValue.NO: "false no", AnswerValue.VALUE: "wrong value"}
    return names.get(answer, "unclear" if answer == AnswerValue.UNCLEAR else "other")
