"""Marks in crops: drawn here by other means than the classifier learned from, and what must never be taken for a mark."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from extractors.marks.classify import SURE, classify_mark, classify_marks, classify_views


def _crop(*shapes: tuple[str, tuple[float, ...]], width: int = 4, size: int = 40) -> np.ndarray:
    """A crop on which shapes of Pillow are drawn, coordinates of 0 to 1, a little blurred as by a scanner."""
    page = Image.new("L", (size * 4, size * 4), 245)
    pen = ImageDraw.Draw(page)
    for name, points in shapes:
        scaled = [value * size * 4 for value in points]
        if name == "line":
            pen.line(scaled, fill=40, width=width * 4)
        elif name == "disc":
            pen.ellipse(scaled, fill=40)
        elif name == "ring":
            pen.ellipse(scaled, outline=40, width=width * 4)
        elif name == "fill":
            pen.rectangle(scaled, fill=40)
        else:
            pen.rectangle(scaled, outline=40, width=width * 4)
    return np.asarray(page.resize((size, size), Image.Resampling.BOX).filter(ImageFilter.GaussianBlur(0.5)))


RING = ("ring", (0.15, 0.15, 0.85, 0.85))
BOX = ("box", (0.15, 0.15, 0.85, 0.85))
CROSS = (("line", (0.2, 0.2, 0.8, 0.8)), ("line", (0.8, 0.2, 0.2, 0.8)))
MARKS = [
    ("○", (RING,)),
    ("×", CROSS),
    ("✓", (("line", (0.15, 0.55, 0.4, 0.8, 0.85, 0.2)),)),
    ("△", (("line", (0.5, 0.15, 0.9, 0.85, 0.1, 0.85, 0.5, 0.15)),)),
    ("□", (BOX,)),
    ("―", (("line", (0.1, 0.5, 0.9, 0.5)),)),
]


@pytest.mark.parametrize(("mark", "shapes"), MARKS)
def test_plain_mark_is_its_mark_or_unsure(mark: str, shapes: tuple) -> None:
    guesses = classify_marks(
        [_crop(*shapes, size=size, width=width) for size in (28, 40, 64) for width in (2, 3)]
    )
    assert {guess.mark for guess in guesses} <= {mark, None}
    assert {guess.likeliest for guess in guesses} == {mark}


@pytest.mark.parametrize(
    "shapes",
    [
        (RING, *CROSS),
        (("ring", (0.05, 0.3, 0.45, 0.7)), ("ring", (0.55, 0.3, 0.95, 0.7))),
        (RING, ("line", (0.5, 0.3, 0.5, 0.7)), ("line", (0.3, 0.5, 0.7, 0.5))),
        (("line", (0.2, 0.2, 0.8, 0.2)), ("line", (0.2, 0.2, 0.2, 0.8))),
        (("line", (0.1, 0.3, 0.9, 0.3)), ("line", (0.1, 0.6, 0.9, 0.6)), ("line", (0.5, 0.1, 0.5, 0.9))),
    ],
    ids=["crossed ring", "two rings", "ring round a plus", "corner", "letters"],
)
def test_what_is_no_mark_is_not_sure(shapes: tuple) -> None:
    for size in (24, 40, 64):
        mark, chance = classify_mark(_crop(*shapes, size=size, width=3))
        assert mark is None
        assert 0 <= chance <= 1


def test_a_crop_without_ink_is_told_from_one_not_understood() -> None:
    blank = np.full((30, 30), 250, np.uint8)
    assert classify_mark(blank) == ("", 0.0)
    assert classify_mark(np.zeros((0, 5), np.uint8)) == ("", 0.0)


def test_a_full_stop_is_no_ring() -> None:
    crop = _crop(("ring", (0.4, 0.5, 0.6, 0.7)), size=60, width=2)
    assert classify_mark(crop, text_height=40)[0] is None


def test_white_on_dark_reads_as_dark_on_white() -> None:
    crop = _crop(*CROSS, size=48)
    assert classify_mark(255 - crop)[0] == classify_mark(crop)[0] == "×"


def test_many_crops_give_what_each_gives_alone() -> None:
    crops = [_crop(*shapes) for _, shapes in MARKS] + [np.full((9, 9), 255, np.uint8)]
    guesses = classify_marks(crops)
    assert [(g.mark, round(g.chance, 4)) for g in guesses] == [
        (m, round(c, 4)) for m, c in map(classify_mark, crops)
    ]
    assert all(guess.chance >= SURE for guess in guesses if guess.mark)


def test_views_that_agree_are_sure_and_those_that_differ_are_not() -> None:
    small, large = _crop(*CROSS, size=30, width=3), _crop(*CROSS, size=60, width=6)
    ring, blank = _crop(RING, size=60, width=6), np.full((20, 20), 255, np.uint8)
    guesses = classify_views(([small, small, blank], [large, ring, blank]), (20, 40))
    assert [guess.mark for guess in guesses] == ["×", None, ""]
