"""Outcomes of pairs and what the rules say of them in, how many limiting remarks stay a plain yes and what that costs out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from benchmarks.remarks.fit import fit_model, outcomes_of
from benchmarks.remarks.pairs import LabelledPair, features_of, read_cells
from normalizers.remarks.beside_yes import falls_short, judge_by, proves
from normalizers.remarks.classifier.verdict_of_remark import RemarkModel, verdict_of
from normalizers.remarks.classifier.word_cues import Features
from normalizers.remarks.effect import remark_effect

LEAST_HEARD = 0.97  # share of limiting remarks that must not be a plain yes
MOST_CHANGED = 0.003  # share of supporting remarks that the classifier may turn


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over pairs: limiting ones and of them those left a plain yes, changed, changed to the truth; the same of others."""

    limiting: int
    plain: int
    changed: int
    right: int
    supporting: int
    flagged: int
    turned: int
    others: int
    others_flagged: int

    def line(self) -> str:
        """One line of shares."""
        return (
            f"{self.limiting} limit: {1 - self.plain / self.limiting:.1%} not a plain yes, {self.changed / self.limiting:.1%} "
            f"changed ({self.right / max(1, self.changed):.1%} of these to the truth); {self.supporting} support: "
            f"{self.flagged / self.supporting:.1%} with a caveat, {self.turned / self.supporting:.1%} changed; "
            f"{self.others} others: {self.others_flagged / max(1, self.others):.1%} with a caveat or changed"
        )


def held_out_outcomes(
    pairs: Sequence[LabelledPair], features: Sequence[Features], writers: Sequence[str]
) -> Any:
    """The outcomes of every pair by a model that saw no pair and no cell of its writer."""
    cells = [cell for cell in read_cells() if cell.writer in writers]
    cell_features = [features_of(cell) for cell in cells]
    outcomes: list[Any] = [None] * len(pairs)
    for writer in writers:
        learnt = [n for n, pair in enumerate(pairs) if pair.writer != writer]
        others = [n for n, cell in enumerate(cells) if cell.writer != writer]
        model = fit_model(
            [pairs[n] for n in learnt] + [cells[n] for n in others],
            [features[n] for n in learnt] + [cell_features[n] for n in others],
        )
        kept = [n for n, pair in enumerate(pairs) if pair.writer == writer]
        for n, row in zip(kept, outcomes_of(model, [features[n] for n in kept]), strict=True):
            outcomes[n] = row
    return np.stack(outcomes)


def choose_thresholds(
    model: RemarkModel, pairs: Sequence[LabelledPair], outcomes: Any, heard: float = LEAST_HEARD
) -> RemarkModel:
    """The model with the thresholds that keep the promises on held-out outcomes, rules counted in."""
    logits = outcomes[:, 0]
    ruled = np.array(
        [
            remark_effect(pair.remark, pair.question) is not None or falls_short(pair.remark, pair.question)
            for pair in pairs
        ]
    )
    proven = np.array([proves(pair.remark) for pair in pairs])
    limits = np.array([pair.limits for pair in pairs])
    supports = np.array([pair.effect == "supports" for pair in pairs])
    heard_logits = np.where(ruled, np.inf, np.where(proven, -np.inf, logits))[limits]
    flags_from = np.sort(heard_logits)[int((1 - heard) * limits.sum())]
    eager = replace(model, changes_from=-np.inf, flags_from=-np.inf)
    may_change = np.array([
        judge_by(verdict_of(row), pair.remark, pair.question, eager).answer is not None
        for pair, row in zip(pairs, outcomes, strict=True)
    ])  # fmt: skip
    highest = np.sort(logits[supports & ~ruled & ~proven & may_change])[::-1]
    changes_from = highest[int(MOST_CHANGED * supports.sum())]
    return replace(model, flags_from=float(flags_from) - 1e-4, changes_from=float(changes_from) + 1e-4)


def figures_of(model: RemarkModel, pairs: Sequence[LabelledPair], outcomes: Any) -> Figures:
    """How pairs would be stored, by the product's own way from a verdict to the answer."""
    counts = dict.fromkeys(Figures.__slots__, 0)
    for pair, row in zip(pairs, outcomes, strict=True):
        judgement = judge_by(verdict_of(row), pair.remark, pair.question, model)
        changed = judgement.answer
        heard = bool(changed or judgement.caveat)
        if pair.limits:
            accepted = {pair.answer, "unclear"} if pair.answer == "no" else {pair.answer}
            counts["limiting"] += 1
            counts["plain"] += not heard
            counts["changed"] += changed is not None
            counts["right"] += changed in accepted
        elif pair.effect == "supports":
            counts["supporting"] += 1
            counts["turned"] += changed is not None
            counts["flagged"] += changed is None and heard
        else:
            counts["others"] += 1
            counts["others_flagged"] += heard
    return Figures(**counts)
