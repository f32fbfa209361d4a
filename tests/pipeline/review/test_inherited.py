"""Decisions go over to items of another edition that say hardly anything else."""

from __future__ import annotations

import pytest

from pipeline.align.item import Item
from pipeline.catalogue.load import Control
from pipeline.review.decision import Decision, DecisionKind
from pipeline.review.items.alignments import AlignmentDecision, alignment_decisions, apply_alignments

KEYS = Control("keys", "rooms", "鍵の管理", "keys", "倉庫の鍵を二人で管理していること。", "yes", ())
ASKED = "倉庫の入口の鍵は、二名の当番で管理していること。"


def _decision(verdict: str = "yes", item_id: str = "old") -> AlignmentDecision:
    said = Decision(DecisionKind.ALIGNMENT, (item_id, "keys"), (verdict,), about=("鍵", ASKED))
    return alignment_decisions([said])[0]


@pytest.mark.parametrize(
    ("name", "requirement", "inherits"),
    [
        ("鍵", "倉庫の入口の鍵は、二名の当番で管理していますか。", True),
        ("鍵", "倉庫の入口の鍵は二名の当番で管理しないこと。", False),
        ("札", "倉庫の入口の鍵は、二名の当番で管理していますか。", False),
        ("鍵", "倉庫の入口の鍵は、3名の当番で管理していること。", False),
        ("鍵", "事務所の裏口の窓は、毎晩だれかが閉めていること。", False),
    ],
)
def test_nearly_the_same_words_inherit(name: str, requirement: str, inherits: bool) -> None:
    items = [Item("old", "", "鍵", ASKED), Item("new", "", name, requirement)]
    found, reached = apply_alignments({}, items, ([_decision()], [KEYS]))
    assert list(reached.values()) == [["old", "new"] if inherits else ["old"]]
    assert [(m.score, m.method) for m in found["old"]] == [(1.0, "reviewed")]
    assert [(m.score, m.method, m.accepted) for m in found.get("new", [])] == (
        [(0.95, "reviewed", True)] if inherits else []
    )


def test_an_own_decision_outranks_an_inherited_one() -> None:
    items = [Item("old", "", "鍵", ASKED), Item("new", "", "鍵", ASKED.replace("こと", "か"))]
    found, _ = apply_alignments({}, items, ([_decision(), _decision("no", "new")], [KEYS]))
    assert found["old"][0].accepted
    assert not any(match.accepted for match in found["new"])


def test_a_decision_that_only_an_heir_stands_for_is_not_lost() -> None:
    items = [Item("new", "", "鍵", ASKED.replace("こと", "か"))]
    found, reached = apply_alignments({}, items, ([_decision()], [KEYS]))
    assert (list(reached.values()), found["new"][0].control_id) == ([["new"]], "keys")
