"""People's decisions outrank scores, find renumbered items, and survive being written and read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.align.item import Item
from pipeline.align.match import Candidate
from pipeline.catalogue.load import Control
from pipeline.errors import DecisionsUnreadable
from pipeline.review.alignments import Decision, apply_decisions, read_decisions, write_decisions

CONTROLS = tuple(
    Control(name, "rooms", name, name, f"{name}を毎日確かめていること。", "yes", ())
    for name in ("keys", "leaves")
)
ITEM = Item("i1", "", "鍵", "倉庫の鍵を確かめること")
FIRST = Candidate("leaves", 0.7, "fuzzy", "same", "equal", True, "yes", True)
SECOND = replace(FIRST, control_id="keys", score=0.6, accepted=False)
YES = Decision("i1", "keys", "yes", "山田", "2026-06-01", "", "鍵", "倉庫の鍵を確かめること")
NO = replace(YES, control_id="leaves", verdict="no")


def _applied(decisions: list[Decision], item: Item = ITEM) -> tuple[list[Candidate], list[Decision]]:
    found, lost = apply_decisions({item.item_id: [FIRST, SECOND]}, [item], (decisions, CONTROLS))
    return found[item.item_id], lost


def test_yes_outranks_the_score() -> None:
    (first, second), lost = _applied([YES])
    assert (first.control_id, first.method, first.accepted, first.score) == ("keys", "reviewed", True, 1.0)
    assert (second.control_id, second.accepted) == ("leaves", False)
    assert lost == []


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
    (first, _), lost = _applied([replace(YES, item_id="gone")])
    assert (first.control_id, first.accepted, lost) == ("keys", True, [])


@pytest.mark.parametrize(
    "decision",
    [replace(YES, item_id="gone", requirement="別の問い"), replace(YES, control_id="no-such-control")],
)
def test_a_decision_without_item_or_control_is_told(decision: Decision) -> None:
    found, lost = _applied([decision])
    assert lost == [decision]
    assert found == [FIRST, SECOND]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "review" / "alignments.csv"
    said = [replace(NO, note='a "quoted", note\nwith lines'), YES]
    write_decisions(path, said)
    assert read_decisions(path) == sorted(said, key=lambda d: d.control_id)
    write_decisions(path, [*said, replace(YES, verdict="no")])
    assert [d.verdict for d in read_decisions(path)] == ["no", "no"]


def test_no_file_is_no_decision(tmp_path: Path) -> None:
    assert read_decisions(tmp_path / "none.csv") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"item_id,control_id\n", "verdict"),
        (b"\xff\xfe", "utf-8"),
        (b"item_id,control_id,verdict,who,when,note,name,requirement\ni1,keys,maybe,,,,,\n", "maybe"),
        (b"item_id,control_id,verdict,who,when,note,name,requirement\ni1,keys\n", "row 2"),
    ],
)
def test_a_broken_file_is_told(tmp_path: Path, text: bytes, told: str) -> None:
    path = tmp_path / "alignments.csv"
    path.write_bytes(text)
    with pytest.raises(DecisionsUnreadable, match=told):
        read_decisions(path)
