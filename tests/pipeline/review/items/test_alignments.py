"""People's decisions outrank scores, find renumbered items, and survive being written and read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.align.item import Item
from pipeline.align.match import Candidate
from pipeline.catalogue.load import Control
from pipeline.errors import DecisionsUnreadable
from pipeline.review.decision import Decision, DecisionKind
from pipeline.review.items.alignments import AlignmentDecision, alignment_decisions, apply_alignments
from pipeline.review.store import read_decision_file

CONTROLS = tuple(
    Control(name, "rooms", name, name, f"{name}を毎日確かめていること。", "yes", ())
    for name in ("keys", "leaves")
)
ITEM = Item("i1", "", "鍵", "倉庫の鍵を確かめること")
FIRST = Candidate("leaves", 0.7, "fuzzy", "same", "equal", True, "yes", True)
SECOND = replace(FIRST, control_id="keys", score=0.6, accepted=False)
SAID = Decision(
    DecisionKind.ALIGNMENT, ("i1", "keys"), ("yes",), "山田", "2026-06-01", "", ("鍵", "倉庫の鍵を確かめること")
)  # fmt: skip
(YES,) = alignment_decisions([SAID])
NO = replace(YES, control_id="leaves", verdict="no")


def _applied(decisions: list[AlignmentDecision], item: Item = ITEM) -> tuple[list[Candidate], list[str]]:
    found, reached = apply_alignments({item.item_id: [FIRST, SECOND]}, [item], (decisions, CONTROLS))
    return found[item.item_id], [item_id for items in reached.values() for item_id in items]


def test_yes_outranks_the_score() -> None:
    (first, second), reached = _applied([YES])
    assert (first.control_id, first.method, first.accepted, first.score) == ("keys", "reviewed", True, 1.0)
    assert (second.control_id, second.accepted) == ("leaves", False)
    assert reached == ["i1"]


def test_a_decision_follows_its_control_to_another_id() -> None:
    renamed = (replace(CONTROLS[0], control_id="key-count", former_ids=("keys",)), CONTROLS[1])
    found, reached = apply_alignments({"i1": [FIRST]}, [ITEM], ([YES], renamed))
    assert [(m.control_id, m.accepted) for m in found["i1"]] == [("key-count", True), ("leaves", False)]
    assert list(reached.values()) == [["i1"]]


def test_no_takes_the_control_away_and_the_next_is_taken_if_it_is_sure_enough() -> None:
    (first, second), _ = _applied([NO])
    assert (first.control_id, first.accepted) == ("keys", True)
    assert (second.control_id, second.method, second.accepted, second.score) == (
        "leaves",
        "reviewed",
        False,
        0.0,
    )


def test_no_to_both_leaves_none() -> None:
    found, _ = _applied([NO, replace(YES, verdict="no")])
    assert not any(match.accepted for match in found)


def test_a_renumbered_item_is_found_by_its_words() -> None:
    (first, _), reached = _applied([replace(YES, item_id="gone")])
    assert (first.control_id, first.accepted, reached) == ("keys", True, ["i1"])


@pytest.mark.parametrize(
    "decision",
    [replace(YES, item_id="gone", requirement="別の問い"), replace(YES, control_id="no-such-control")],
)
def test_a_decision_without_item_or_control_reaches_nothing(decision: AlignmentDecision) -> None:
    found, reached = _applied([decision])
    assert reached == []
    assert found == [FIRST, SECOND]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"item_id,control_id\n", "verdict"),
        (b"\xff\xfe", "UTF-16"),
        (b"item_id,control_id,verdict,who,when,note,name,requirement\ni1,keys,maybe,,,,,\n", "maybe"),
        (b"item_id,control_id,verdict,who,when,note,name,requirement\ni1,keys\n", "line 2"),
    ],
)
def test_a_broken_file_is_told(tmp_path: Path, text: bytes, told: str) -> None:
    path = tmp_path / "alignments.csv"
    path.write_bytes(text)
    with pytest.raises(DecisionsUnreadable, match=told):
        read_decision_file(path).check()
