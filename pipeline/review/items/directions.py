"""People's decisions on directions: whether はい to an item is the answer that a buyer hopes for, or the one that he fears.

`data/review/directions.csv` has item_id, good (`yes`: はい is good; `no`: はい is bad), name and requirement of the item. To
「サポートが終了したOSを使っていますか」 はい is bad, whatever its words are taken for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from normalizers.answers.model import AnswerValue
from pipeline.align.match import Candidate
from pipeline.review.decision import Decision, DecisionKind

GOOD = "yes"


@dataclass(frozen=True, slots=True)
class DirectionDecision:
    """What a person said of an item: whether はい is good."""

    decision: Decision
    item_id: str
    good: bool
    name: str
    requirement: str


def direction_decisions(decisions: Iterable[Decision]) -> list[DirectionDecision]:
    """The decisions of the kind `direction`."""
    return [
        DirectionDecision(
            entry, entry.key[0], entry.value[0] == GOOD, entry.about_text(0), entry.about_text(1)
        )
        for entry in decisions
        if entry.kind == DecisionKind.DIRECTION
    ]


def turn_candidates(candidates: Sequence[Candidate], good: bool) -> list[Candidate]:
    """The candidates of a decided item: each asks for its control in the direction that the person said."""
    return [replace(match, polarity=_polarity(match, good), sure=True) for match in candidates]


def _polarity(match: Candidate, good: bool) -> str:
    """A yes is hoped for where the control hopes for one and the item asks for the same, or neither."""
    hopes_for_no = match.desired == AnswerValue.NO
    return "inverse" if good == hopes_for_no else "same"


def hoped_for(answer: str, good: bool) -> bool | None:
    """Whether an answer to a decided item is the one that is hoped for; None for all but a yes and a no."""
    return {AnswerValue.YES: good, AnswerValue.NO: not good}.get(AnswerValue(answer))
