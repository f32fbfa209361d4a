"""Squares of a page in, those that are check boxes out, each with what it says: □, ■, or ▣ where it may be either.

A square part of a kanji (目, 国, 月) looks like a box with something in it. A box is one that the classifier is sure of, and of
unsure ones those that stand apart from print and are as large as sure ones of the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.marks.alike import classify_alike
from extractors.marks.classify import MarkGuess
from extractors.scan.picture.ink_parts import InkPart

Gray = NDArray[np.uint8]
PixelBox = tuple[int, int, int, int]
EMPTY, TICKED, MIXED = "□", "■", "▣"
_TICKED_SHAPES = {"☑", "☒", "■"}
_ALIKE = 0.2  # share by which sides of boxes of one page differ
_APART = 0.18  # of a character's height: print left of a box is no nearer
_DARK = 160
_RIM, _STICKS_OUT = (
    0.22,
    0.15,
)  # of a box's side: what belongs to its edge, and by how much ink beyond it is a tick's
_PALE, _WHITE = 185, 230  # of 255: in an empty box no pixel is darker, and on the average it is no darker


@dataclass(frozen=True, slots=True)
class DrawnBox:
    """A check box: its square in pixels, the box of all its ink (a tick may stick out), and what it says."""

    box: PixelBox
    ink_box: PixelBox
    mark: str


def drawn_boxes(flat: Gray, squares: Sequence[tuple[InkPart, PixelBox]], em: float) -> list[DrawnBox]:
    """The check boxes among squares of a page."""
    apart = [(part, square) for part, square in squares if _stands_apart(flat, part, em)]
    guesses = classify_alike([_crop(flat, part) for part, _ in apart], em)
    marks = [_mark_of(guess) for guess in guesses]
    sides = [square[2] - square[0] for (_, square), mark in zip(apart, marks, strict=True) if mark]
    boxes = []
    for (part, square), mark, guess in zip(apart, marks, guesses, strict=True):
        alike = any(abs(side - (square[2] - square[0])) <= _ALIKE * side for side in sides)
        if mark or (alike and guess.likeliest in {EMPTY, *_TICKED_SHAPES}):
            unsure = EMPTY if _is_clear(flat, part, square) else MIXED
            boxes.append(DrawnBox(square, part.box, mark or unsure))
    return boxes


def _is_clear(flat: Gray, part: InkPart, square: PixelBox) -> bool:
    """Whether a box has nothing in it, and no ink that sticks out: then nobody ticked it, whatever it looks like at its rim."""
    left, top, right, bottom = square
    rim = max(2, round(_RIM * (right - left)))
    inner = flat[top + rim : bottom - rim, left + rim : right - rim]
    reach = max(2, round(_STICKS_OUT * (right - left)))
    sticks_out = any(abs(edge - side) > reach for edge, side in zip(part.box, square, strict=True))
    return bool(inner.size) and not sticks_out and int(inner.min()) > _PALE and float(inner.mean()) > _WHITE


def _mark_of(guess: MarkGuess) -> str | None:
    return EMPTY if guess.mark == EMPTY else TICKED if guess.mark in _TICKED_SHAPES else None


def _crop(flat: Gray, part: InkPart) -> Gray:
    left, top, right, bottom = part.box
    return flat[max(0, top - 2) : bottom + 2, max(0, left - 2) : right + 2]


def _stands_apart(flat: Gray, part: InkPart, em: float) -> bool:
    """Whether no print touches a square from the left, above or below, as the strokes of one kanji do."""
    left, top, right, bottom = part.box
    gap = max(2, round(_APART * em))
    beside = flat[top:bottom, max(0, left - gap) : max(0, left - 1)]
    above = flat[max(0, top - gap) : max(0, top - 1), left:right]
    below = flat[bottom + 1 : bottom + gap, left:right]
    return not any((strip < _DARK).any() for strip in (beside, above, below))
