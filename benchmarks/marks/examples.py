"""Examples of marks and of what is none, as crops with labels: from fonts (glyphs.npz) and from strokes, degraded by chance."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image

from benchmarks.marks import handwriting, strokes
from benchmarks.marks.degrade import Crop, degrade
from benchmarks.marks.render import GLYPHS, MARKS, SIDE

NO_MARK = ""
LABELS = (NO_MARK, *MARKS)
# Families that nothing learns from: their marks test it.
HELD_OUT = (
    "BIZ UDGothic", "BIZ UDMincho", "BIZ UDPGothic", "BIZ UDPMincho", "UmePlus Gothic", "UmePlus P Gothic", "KouzanBrushFont",
    "KouzanBrushFontGyousyo", "Sawarabi Gothic", "Sawarabi Mincho", "STIX", "STIXGeneral", "NanumMyeongjo", "AR PL UMing CN",
    "WenQuanYi Micro Hei", "DejaVu Serif", "FreeSerif", "Noto Sans Symbols2", "Noto Serif CJK JP", "Liberation Sans",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Example:
    """A crop, the mark in it ("" for none), and what made it (`font`, `drawn`, `written`, `together`)."""

    crop: Crop
    label: str
    source: str


@dataclass(frozen=True, slots=True)
class _Glyphs:
    pictures: NDArray[np.uint8]
    labels: list[str]

    def picture(self, index: int) -> NDArray[np.uint8]:
        return np.unpackbits(self.pictures[index]).reshape(SIDE, SIDE) * np.uint8(255)


def learning_examples(seed: int, copies: int = 5) -> Iterator[Example]:
    """What the classifier learns from."""
    chance = np.random.default_rng(seed)
    glyphs = _read(held_out=False)
    for index, label in enumerate(glyphs.labels):
        for _ in range(copies if label else 3):
            yield Example(degrade(glyphs.picture(index), chance), label, "font")
    for kind in strokes.KINDS:
        for _ in range(130 * copies if kind in MARKS else 45 * copies):
            label = kind if kind in MARKS else NO_MARK
            yield Example(degrade(strokes.draw_mark(kind, chance), chance), label, "drawn")
    for _ in range(700 * copies):
        yield Example(degrade(_together(glyphs, chance), chance), NO_MARK, "together")


def held_out_examples(seed: int) -> Iterator[Example]:
    """What tests it: fonts that it has not seen, and marks of another generator."""
    chance = np.random.default_rng(seed)
    glyphs = _read(held_out=True)
    for index, label in enumerate(glyphs.labels):
        for _ in range(8 if label else 2):
            yield Example(degrade(glyphs.picture(index), chance), label, "font")
    for kind in (*handwriting.KINDS, *handwriting.OTHERS):
        for _ in range(200):
            label = kind if kind in MARKS else NO_MARK
            yield Example(degrade(handwriting.write_mark(kind, chance), chance), label, "written")
    for _ in range(1500):
        yield Example(degrade(_together(glyphs, chance), chance), NO_MARK, "together")


def _read(held_out: bool) -> _Glyphs:
    with np.load(GLYPHS) as data:
        kept = np.isin(data["families"], HELD_OUT) == held_out
        return _Glyphs(data["pictures"][kept], data["labels"][kept].tolist())


def _together(glyphs: _Glyphs, chance: Generator) -> NDArray[np.uint8]:
    """What several shapes make together: two characters, a ring round one, a stroke through one, a cut one."""
    others = [index for index, label in enumerate(glyphs.labels) if not label]
    first, second = (glyphs.picture(int(chance.choice(others))) for _ in range(2))
    kind = chance.integers(5)
    if kind == 0:
        return np.hstack([first, second])
    if kind == 1:
        small = np.asarray(Image.fromarray(first).resize((48, 48)))
        return np.maximum(strokes.draw_mark("○", chance), np.pad(small, 24))
    if kind == 2:
        stroke = np.asarray(Image.fromarray(strokes.draw_mark("one stroke", chance)).resize((SIDE, SIDE)))
        return np.maximum(first, stroke)
    any_mark = glyphs.picture(int(chance.integers(len(glyphs.labels))))
    if kind == 3:  # a mark beside a character
        return np.hstack([any_mark, first] if chance.random() < 0.5 else [first, any_mark])
    cut = int(SIDE * chance.uniform(0.3, 0.6))
    return first[:cut] if chance.random() < 0.5 else first[:, :cut]
