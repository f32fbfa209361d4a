"""People's decisions in, alignments that follow them out: a verdict outranks every score, a `no` too.

Decisions stand in `data/review/alignments.csv`: item_id, control_id, verdict (yes or no), who, when, note, and the item's own
words, by which a decision still finds its item after the form was renumbered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from pipeline.align.item import Item
from pipeline.align.match import ACCEPT, Candidate, build_candidate
from pipeline.catalogue.load import Control, controls_by_id
from pipeline.review.decision import Decision, DecisionKind
from pipeline.review.items.item_targets import with_targets
from pipeline.review.lines.decision_times import moment_of


class DecisionVerdict(StrEnum):
    """What a person says of an item and a control: it is asked there, or it is not."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True, slots=True)
class AlignmentDecision:
    """What a person said about an item and a control, in the item's own words."""

    decision: Decision
    item_id: str
    control_id: str
    verdict: str
    name: str
    requirement: str


def alignment_decisions(decisions: Iterable[Decision]) -> list[AlignmentDecision]:
    """The decisions of the kind `alignment`."""
    return [
        AlignmentDecision(
            entry, entry.key[0], entry.key[1], entry.value[0], entry.about_text(0), entry.about_text(1)
        )
        for entry in decisions
        if entry.kind == DecisionKind.ALIGNMENT
    ]


def apply_alignments(
    matches: Mapping[str, Sequence[Candidate]],
    items: Sequence[Item],
    reviewed: tuple[Sequence[AlignmentDecision], Sequence[Control]],
) -> tuple[dict[str, list[Candidate]], dict[Decision, list[str]]]:
    """The matches after the decisions, and for each decision the ids of the items that it reached.

    An item that nobody decided on and that says hardly anything else than a decided one, as in another edition of the
    form, inherits the decision with a score of 0.95. A decision about a control that became another one is about that one.
    """
    decisions, controls = reviewed
    known = controls_by_id(controls)
    result = {item_id: list(candidates) for item_id, candidates in matches.items()}
    reached: dict[Decision, list[str]] = {}
    for decision, targets in sorted(with_targets(decisions, items), key=_yes_last):
        if decision.control_id not in known:
            continue
        reached[decision.decision] = [item.item_id for item, _ in targets]
        control = known[decision.control_id]
        for item, score in targets:
            result[item.item_id] = _decide(item, result.get(item.item_id, []), (decision, control), score)
    return result, reached


def _yes_last(entry: tuple[AlignmentDecision, Sequence[tuple[Item, float]]]) -> tuple[bool, tuple[int, ...]]:
    """Decisions in their order: every no, then every yes, each by its date."""
    decision = entry[0]
    return decision.verdict == DecisionVerdict.YES, moment_of(decision.decision.at)


def _decide(
    item: Item, candidates: Sequence[Candidate], decided: tuple[AlignmentDecision, Control], score: float
) -> list[Candidate]:
    """The candidates of an item after a decision about it."""
    decision, control = decided
    remaining = [match for match in candidates if match.control_id != control.control_id]
    if decision.verdict == DecisionVerdict.YES:
        chosen = build_candidate(item, control, score)
        chosen = replace(chosen, method="reviewed", accepted=True, relation="equal")
        return [chosen, *(replace(match, accepted=False) for match in remaining)]
    refused = [match for match in candidates if match.control_id == control.control_id]
    if remaining and not any(m.accepted for m in remaining) and remaining[0].method == "fuzzy":
        remaining[0] = replace(remaining[0], accepted=remaining[0].score >= ACCEPT)
    return [*remaining, *(replace(match, method="reviewed", accepted=False, score=0.0) for match in refused)]
