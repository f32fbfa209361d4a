"""A grayscale crop of a cell in, the mark in it and how likely that is out; unsure is None, never a guess.

Several small networks (weights.npz, made by `make weights-marks`) each look at the shape, and the least sure of them is believed:
what none of them has seen, as 「◯」 with a word inside, they seldom take for the same mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from extractors.marks.normalize import Crop, InkShape, crop_to_shape

WEIGHTS = "weights.npz"
SURE = 0.99  # from here on no mark of the fonts and hands held out became a wrong yes (docs/benchmarks.md)
_NEARLY = 0.9  # what every view of a mark must say of it at least
_LEAST_HEIGHT = 0.45  # of the height of a character: smaller is a full stop 。 or a middle dot ・

Matrix = NDArray[np.float32]
Heights = float | Sequence[float] | None


@dataclass(frozen=True, slots=True)
class MarkGuess:
    """The mark in a crop: None where it is none or not sure, "" where there is no ink; how likely, 0 to 1.

    `likeliest` is the best guess, however unsure ("" for no mark): for people to look at, never an answer.
    """

    mark: str | None
    chance: float
    likeliest: str = ""


@dataclass(frozen=True, slots=True)
class MarkModel:
    """The layers of each network, by which features are shifted and scaled, and the mark of each output."""

    labels: tuple[str, ...]
    shift: Matrix
    scale: Matrix
    networks: tuple[tuple[Matrix, Matrix, Matrix, Matrix], ...]

    def chances(self, features: Matrix) -> Matrix:
        """For rows of features how likely each label is by the network that believes least in it (n, labels)."""
        scaled = (features - self.shift) * self.scale
        return np.asarray(
            np.stack([_chances(scaled, *layers) for layers in self.networks]).min(axis=0), np.float32
        )


def _chances(
    features: Matrix, first: Matrix, first_bias: Matrix, second: Matrix, second_bias: Matrix
) -> Matrix:
    hidden = np.maximum(features @ first + first_bias, 0.0)
    logits = hidden @ second + second_bias
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True), np.float32)


@cache
def load_model() -> MarkModel:
    """The weights that lie beside this module, read once."""
    with (resources.files(__package__) / WEIGHTS).open("rb") as file, np.load(file) as data:
        count = int(data["count"])
        networks = tuple(
            tuple(data[f"{name}{number}"].astype(np.float32) for name in ("a", "b", "c", "d"))
            for number in range(count)
        )
        labels = tuple(data["labels"].tobytes().decode("utf-8").split("\n"))
        return MarkModel(labels, data["shift"], data["scale"], networks)


def classify_mark(crop: Crop, text_height: float | None = None) -> tuple[str | None, float]:
    """The mark in a grayscale crop (uint8, height × width; rules of the cell cut off), None where unsure, and its chance.

    "" says that the crop holds no ink. `text_height` is the height of a character in pixels: ink much smaller than that is
    a full stop or dirt, and no mark.
    """
    guess = classify_marks([crop], text_height)[0]
    return guess.mark, guess.chance


def classify_marks(crops: Sequence[Crop], text_height: Heights = None) -> list[MarkGuess]:
    """The mark in each of many crops, in one go; see `classify_mark`. Crops of lines of several sizes have a height each."""
    return classify_shapes([crop_to_shape(crop) for crop in crops], text_height)


def classify_views(views: Sequence[Sequence[Crop]], text_heights: Sequence[float]) -> list[MarkGuess]:
    """The mark in each of many drawings, of which each of `views` is a drawing at another scale, with its text's height there.

    A mark is sure where all views say the same and one of them is sure of it: of 1,682 clean drawings held out, 78 % of the
    marks are kept so and 68 % by one view at 200 dpi, none of either wrong as a yes.
    """
    columns = zip(
        *(classify_marks(crops, height) for crops, height in zip(views, text_heights, strict=True)),
        strict=True,
    )
    return [_agreed(guesses) for guesses in columns]


def _agreed(guesses: Sequence[MarkGuess]) -> MarkGuess:
    first = guesses[0]
    best = max(guesses, key=lambda guess: guess.chance)
    is_one = len({guess.likeliest for guess in guesses}) == 1 and min(g.chance for g in guesses) >= _NEARLY
    if all(guess.mark == "" for guess in guesses):
        return first
    return replace(best, mark=best.likeliest if is_one and best.chance >= SURE and best.likeliest else None)


def classify_shapes(shapes: Sequence[InkShape | None], text_height: Heights = None) -> list[MarkGuess]:
    """The same for shapes whose ink was looked at already; None where a crop has too little."""
    guesses = [MarkGuess("" if shape is None else None, 0.0) for shape in shapes]
    heights = np.broadcast_to(0.0 if text_height is None else text_height, len(shapes)).tolist()
    large = [
        index for index, (shape, height) in enumerate(zip(shapes, heights, strict=True))
        if shape is not None and shape.side >= _LEAST_HEIGHT * height
    ]  # fmt: skip
    if large:
        model = load_model()
        chances = model.chances(
            np.stack([shape.features for shape in shapes if shape is not None])[_positions(shapes, large)]
        )
        for index, row in zip(large, chances, strict=True):
            best = int(row.argmax())
            label, chance = model.labels[best], float(row[best])
            guesses[index] = MarkGuess(label if label and chance >= SURE else None, chance, label)
    return guesses


def _positions(shapes: Sequence[object], indexes: Sequence[int]) -> list[int]:
    """Where the shapes with these indexes stand among those that are not None."""
    rank = np.cumsum([shape is not None for shape in shapes]) - 1
    return [int(rank[index]) for index in indexes]
