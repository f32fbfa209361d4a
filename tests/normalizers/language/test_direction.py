"""Sixty sentence pairs with negation and swapped actors: none of opposite meaning is called the same."""

from __future__ import annotations

import tomllib

import pytest

from normalizers.language.polarity import polarity_of
from normalizers.vocabulary import load
from pipeline.align import rank
from tests.conftest import ROOT

PAIRS: dict[str, list[list[str]]] = tomllib.loads(
    (ROOT / "tests" / "normalizers" / "language" / "direction.toml").read_text(encoding="utf-8")
)


def test_there_are_sixty() -> None:
    assert sum(map(len, PAIRS.values())) >= 60


@pytest.mark.parametrize(
    ("one", "other", "word"),
    [(*pair, word) for word in ("inverse", "same", "unclear") for pair in PAIRS[word]],
)
def test_what_yes_to_one_means_for_the_other(one: str, other: str, word: str) -> None:
    assert polarity_of(one, other).value == word
    assert polarity_of(other, one).value == word


@pytest.mark.slow
@pytest.mark.parametrize(("asked", "same", "swapped"), PAIRS["actors"])
def test_who_acts_decides_between_two_that_are_else_alike(asked: str, same: str, swapped: str) -> None:
    best, second = rank([asked], [swapped, same])[0]
    assert (best.index, second.index) == (1, 0)
    assert best.score > second.score


def test_opposite_words_stand_once() -> None:
    pairs = load("normalizers.language", "clauses.toml")["opposites"]["pairs"]
    assert len({tuple(map(tuple, pair)) for pair in pairs}) == len(pairs)
    assert all(len(pair) == 2 and all(pair) for pair in pairs)
