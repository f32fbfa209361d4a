"""Crops of one page in, their marks out, those that are nearly sure settled by sure ones of the same page that look the same.

A sheet answers with one ○ in one font, thirty times: where ten are sure beyond doubt, the eleventh, at 0.98, that is the same
picture is one too. What looks like no sure mark of its page stays unsure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from extractors.marks.classify import SURE, Heights, MarkGuess, classify_shapes
from extractors.marks.normalize import N_RASTERS, Crop, crop_to_shape

_LEAST, _NEARLY = 0.6, 0.9  # the chances from which on a mark may be settled by two others, and by one
_ALIKE = 0.95  # cosine: of 210 pairs of ○ on one scan the least was 0.988, of ○ and △ the most 0.734
_SIZE = 0.35  # share by which their sides may differ: a legend is set smaller than the answers, an o by half


def classify_alike(crops: Sequence[Crop], text_height: Heights = None) -> list[MarkGuess]:
    """The mark in each crop of a page, as `classify_marks` gives it, and of nearly sure ones by their likes."""
    shapes = [crop_to_shape(crop) for crop in crops]
    guesses = classify_shapes(shapes, text_height)
    sure = [
        (shape, guess.mark)
        for shape, guess in zip(shapes, guesses, strict=True)
        if shape is not None and guess.mark
    ]
    if not sure:
        return guesses
    known = _directed([shape.features for shape, _ in sure])
    result = []
    for shape, guess in zip(shapes, guesses, strict=True):
        if shape is None or guess.mark is not None or guess.chance < _LEAST or not guess.likeliest:
            result.append(guess)
            continue
        nearness = known @ _directed([shape.features])[0]
        near = [
            mark for (twin, mark), cosine in zip(sure, nearness.tolist(), strict=True)
            if cosine >= _ALIKE and abs(twin.side - shape.side) <= _SIZE * shape.side
        ]  # fmt: skip
        is_enough = len(near) >= (1 if guess.chance >= _NEARLY else 2)
        is_same = is_enough and set(near) == {guess.likeliest}
        result.append(replace(guess, mark=guess.likeliest, chance=SURE) if is_same else guess)
    return result


def _directed(features: Sequence[np.ndarray]) -> np.ndarray:
    """The rasters of shapes as rows of length 1."""
    rows = np.stack(features)[:, :N_RASTERS]
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6))
