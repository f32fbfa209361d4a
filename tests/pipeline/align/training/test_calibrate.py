"""Items with their controls: what the step learnt on them does, and that the labelled items are well formed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.align.item import Item
from pipeline.align.match import match_items
from pipeline.align.training.calibrate import (
    LabelledItem,
    evaluate_items,
    fit_control_model,
    held_out_lines,
    judge,
    read_labelled_items,
)
from pipeline.catalogue.load import Control, load_controls
from tests.conftest import ROOT

ITEMS = ROOT / "benchmarks" / "check_items.toml"
KEYS = Control("keys", "rooms", "鍵の管理", "keys", "倉庫の鍵を二人で管理していること。", "yes", ())
GUESTS = Control("guests", "rooms", "来客の記録", "guests", "来客の氏名と時刻を記録していること。", "yes", ())


def test_the_labelled_items_name_controls_of_the_catalogue_once() -> None:
    known = {control.control_id for control in load_controls()}
    sets = read_labelled_items(ITEMS)
    told = [one for found in sets.values() for one in found]
    assert len(told) >= 380
    assert {one for t in told for one in t.controls} <= known
    assert all(bool(t.controls) == (t.polarity in {"same", "inverse"}) for t in told)
    texts = [(t.item.category, t.item.name, t.item.requirement) for t in told]
    assert len(set(texts)) == len(texts)


def test_a_broken_file_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "items.toml"
    path.write_text('[[sets]]\nname = "a"\nitems = [["x"]]\n', encoding="utf-8")
    with pytest.raises(ValueError, match="unpack"):
        read_labelled_items(path)


@pytest.mark.slow
class TestLearning:
    def test_right_pairs_are_likelier_after_learning(self) -> None:
        told = [
            LabelledItem(Item("a", "", "", "倉庫の鍵は二名で管理する"), frozenset({"keys"}), "same"),
            LabelledItem(Item("b", "", "", "来客があれば氏名を書き留める"), frozenset({"guests"}), "same"),
            LabelledItem(Item("c", "", "", "うさぎに人参を与える"), frozenset(), ""),
        ]
        judged = judge(told, [KEYS, GUESTS])
        model = fit_control_model([judged])
        assert all(weight >= 0 for weight in model.accept.weights[:6])
        lines = list(evaluate_items(judged, model, "rooms"))
        assert lines[0] == "rooms: 3 items, 2 with a control; right first 1.000, in three 1.000"

    def test_most_items_of_unseen_writers_get_their_control_and_few_a_wrong_one(self) -> None:
        # By weights and a catalogue without their own set: this holds what was reached, see docs/benchmarks.md.
        sets = {
            name: judge(labelled, load_controls(without=frozenset({name})))
            for name, labelled in read_labelled_items(ITEMS).items()
        }
        lines = list(held_out_lines(sets))
        precision, recall = re.search(
            r"from 0.4: precision ([\d.]+) of \d+, recall ([\d.]+)", lines[-4]
        ).groups()  # type: ignore[union-attr]
        assert float(precision) >= 0.91
        assert float(recall) >= 0.86

    def test_no_accepted_item_has_the_opposite_polarity(self) -> None:
        told = [
            one for found in read_labelled_items(ITEMS).values() for one in found if len(one.controls) == 1
        ]
        found = match_items([one.item for one in told], load_controls())
        firsts = [(found[one.item.item_id][0], one) for one in told]
        opposite = [
            one.item.requirement
            for match, one in firsts
            if match.control_id in one.controls and match.sure and match.polarity != one.polarity
        ]
        assert opposite == []
