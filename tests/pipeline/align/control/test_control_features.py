"""What speaks for a control: must words, twins, and the absolute evidence."""

from __future__ import annotations

import numpy as np

from normalizers.text import fold
from pipeline.align.control.control_features import (
    ACCEPT_FEATURES,
    CONTROL_FEATURES,
    accept_features,
    control_pairs,
)
from pipeline.align.control.must_words import must_features
from pipeline.align.control.twins import twin_matrix
from pipeline.align.item import Item
from pipeline.catalogue.load import Control, load_controls

KEYS = Control(
    "keys",
    "rooms",
    "鍵",
    "keys",
    "倉庫の鍵を二人で管理していること。",
    "yes",
    (),
    must=("鍵&倉庫",),
    must_not=("車",),
)
CLOCK = Control(
    "clock", "rooms", "時計合わせ", "clock", "壁の時計を標準の時刻に合わせていること。", "yes", ()
)
CHIME = Control(
    "chime", "rooms", "時刻合わせ", "chime", "壁の時計の時刻を標準に合わせていること。", "yes", ()
)


def _flags(text: str) -> list[float]:
    zero = np.zeros(1, np.intp)
    flags: list[float] = must_features([fold(text)], [KEYS], (zero, zero, zero)).tolist()[0]
    return flags


def test_words_that_a_control_must_have_and_must_not() -> None:
    assert _flags("倉庫の鍵を数える") == [0.0, 0.0]
    assert _flags("家の鍵を数える") == [1.0, 0.0]
    assert _flags("倉庫の車の鍵を数える") == [0.0, 1.0]


def test_controls_in_nearly_the_same_words_are_twins() -> None:
    twins = twin_matrix((KEYS, CLOCK, CHIME))
    assert twins.tolist() == [[True, False, False], [False, True, True], [False, True, True]]
    assert twin_matrix(load_controls()).sum() < 2 * len(load_controls())


def test_a_twin_is_no_rival() -> None:
    controls = (KEYS, CLOCK, CHIME)
    pairs = control_pairs([Item("i", "", "", "壁の時計を標準の時刻に合わせる")], controls)
    logits = np.where(pairs.cols == 0, -5.0, 3.0)
    alone, together = (
        accept_features(pairs, logits, twins) for twins in (np.eye(3, dtype=bool), twin_matrix(controls))
    )
    clock = int(np.flatnonzero(pairs.cols == 1)[0])
    assert pairs.features.shape == (3, len(CONTROL_FEATURES))
    assert together.shape == (3, len(ACCEPT_FEATURES))
    assert alone[clock, 1] == 0.0 < together[clock, 1]
    assert alone[clock, 2] < 0.6 < together[clock, 2]
