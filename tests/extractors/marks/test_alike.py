"""Marks of one page: sure ones settle what looks the same, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.marks import alike
from extractors.marks.alike import classify_alike
from extractors.marks.classify import SURE, MarkGuess
from tests.extractors.marks.test_classify import CROSS, RING, _crop

TRIANGLE = ("line", (0.5, 0.15, 0.9, 0.85, 0.1, 0.85, 0.5, 0.15))


def _guessing(monkeypatch: pytest.MonkeyPatch, *guesses: tuple[str | None, str, float]) -> None:
    """The classifier replaced by one that says this."""
    said = [MarkGuess(mark, chance, likeliest) for mark, likeliest, chance in guesses]
    monkeypatch.setattr(
        alike, "classify_shapes", lambda shapes, height: said[: len(shapes)] if height is None else said
    )


SURE_RING = ("○", "○", 0.995)


@pytest.mark.parametrize(
    ("guesses", "third", "mark"),
    [
        ((SURE_RING, SURE_RING, (None, "○", 0.97)), (RING,), "○"),
        ((SURE_RING, SURE_RING, (None, "○", 0.4)), (RING,), None),
        ((SURE_RING, SURE_RING, (None, "×", 0.97)), (RING,), None),
        ((SURE_RING, SURE_RING, (None, "○", 0.97)), (TRIANGLE,), None),
        ((SURE_RING, SURE_RING, (None, "", 0.97)), (RING,), None),
        ((SURE_RING, ("×", "×", 0.995), (None, "○", 0.97)), (RING,), "○"),
        ((SURE_RING, ("×", "×", 0.995), (None, "○", 0.7)), (RING,), None),
    ],
    ids=[
        "same picture",
        "too unsure",
        "another mark",
        "another picture",
        "no mark",
        "one sure",
        "one sure is too few",
    ],
)
def test_third(monkeypatch: pytest.MonkeyPatch, guesses: tuple, third: tuple, mark: str | None) -> None:
    _guessing(monkeypatch, *guesses)
    second = CROSS if guesses[1][0] == "×" else (RING,)
    result = classify_alike([_crop(RING), _crop(*second), _crop(*third)])
    assert result[2].mark == mark
    assert [guess.mark for guess in result[:2]] == [guess[0] for guess in guesses[:2]]
    assert mark is None or result[2].chance == SURE


def test_page_without_marks() -> None:
    assert classify_alike([]) == []
    assert [guess.mark for guess in classify_alike([np.full((20, 20), 255, np.uint8)])] == [""]
