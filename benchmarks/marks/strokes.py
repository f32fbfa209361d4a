"""Marks as a hand draws them, by wobbling polar and straight strokes, and what is no mark: what the classifier learns from.

A kind and a generator of chance in, a picture of 96×96 out (ink 255). handwriting.py draws the marks that test it, by
other means.
"""

from __future__ import annotations

import itertools

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from benchmarks.marks.render import MARKS

SIDE = 96
_MIDDLE = SIDE / 2
Picture = NDArray[np.uint8]
Points = NDArray[np.float64]
NO_MARKS = (
    "arc", "one stroke", "curve", "scribble", "angle", "tee", "plus", "crossed ring", "slashed ring", "dotted box",
    "struck box", "two rings", "half box", "dots", "zigzag", "brackets", "bar pair",
)  # fmt: skip
KINDS = (*MARKS, *NO_MARKS)


def draw_mark(kind: str, chance: Generator) -> Picture:
    """A picture of the kind (a mark, or one of NO_MARKS), drawn as if by hand."""
    page = Image.new("L", (SIDE, SIDE), 0)
    pen = ImageDraw.Draw(page)
    width = chance.uniform(2.0, 9.0)
    for points in _strokes(kind, chance):
        _draw(pen, points, width, chance)
    if kind in {"●", "■", "▲"}:
        _fill(pen, kind, chance)
    return np.asarray(page)


def _draw(pen: ImageDraw.ImageDraw, points: Points, width: float, chance: Generator) -> None:
    swing = chance.uniform(0, 0.25)
    for number, (x, y) in enumerate(points):
        radius = width / 2 * (1 + swing * np.sin(number / max(len(points), 1) * 5 + swing))
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)


def _line(chance: Generator, *ends: float, bend: float = 0.06) -> Points:
    """A stroke between two points of -1 to 1 (x, y, x, y), a little bent."""
    x0, y0, x1, y1 = ends
    t = np.linspace(0, 1, 80)
    off = chance.normal(0, bend)
    x = x0 + (x1 - x0) * t + off * np.sin(np.pi * t) * (y1 - y0)
    y = y0 + (y1 - y0) * t - off * np.sin(np.pi * t) * (x1 - x0)
    return np.stack([_MIDDLE + x * 36, _MIDDLE + y * 36], axis=1)


def _ring(chance: Generator, size: float = 1.0, gap: float | None = None) -> Points:
    """A ring of wobbling radius that closes, or nearly so; `gap` radians stay open."""
    start = chance.uniform(0, 2 * np.pi)
    missing = chance.uniform(-0.5, 0.25) if gap is None else gap
    t = np.linspace(start, start + 2 * np.pi - missing, 260)
    radius = size * (
        1 + sum(chance.normal(0, 0.035) * np.cos(k * t + chance.uniform(0, 6)) for k in (1, 2, 3))
    )
    drift = np.linspace(0, chance.normal(0, 0.08), len(t))
    wide = chance.uniform(0.78, 1.28)
    x, y = (radius + drift) * np.cos(t) * np.sqrt(wide), (radius + drift) * np.sin(t) / np.sqrt(wide)
    return np.stack([_MIDDLE + x * 34, _MIDDLE + y * 34], axis=1)


def _polygon(corners: list[tuple[float, float]], chance: Generator, wobble: float = 0.07) -> list[Points]:
    moved = [(x + chance.normal(0, wobble), y + chance.normal(0, wobble)) for x, y in corners]
    return [_line(chance, *a, *b, bend=0.03) for a, b in zip(moved, [*moved[1:], moved[0]], strict=True)]


def _box(chance: Generator) -> list[Points]:
    wobble = chance.choice([0.0, 0.0, 0.05])
    wide = chance.uniform(0.85, 1.15)
    return _polygon([(-wide, -1), (wide, -1), (wide, 1), (-wide, 1)], chance, wobble)


def _cross(chance: Generator, size: float = 1.0) -> list[Points]:
    a, b, c, d = chance.normal(0, 0.12, 4)
    return [
        _line(chance, -size + a, -size + b, size + c, size + d),
        _line(chance, size + b, -size + c, -size + d, size + a),
    ]


def _tick(chance: Generator, size: float = 1.0) -> list[Points]:
    low = chance.uniform(-0.5, 0.0)
    left = (-0.9 + chance.normal(0, 0.1), chance.uniform(-0.5, 0.4))
    if chance.random() < 0.3:  # レ: down, then up
        left = (low - chance.uniform(0.0, 0.15), chance.uniform(-1.0, -0.6))
    turn = (low, 0.9 + chance.normal(0, 0.08))
    end = (1.0 + chance.normal(0, 0.1), chance.uniform(-1.0, -0.4))
    return [
        _line(chance, *(size * v for v in (*left, *turn))),
        _line(chance, *(size * v for v in (*turn, *end)), bend=0.1),
    ]


def _shifted(strokes: list[Points], chance: Generator, by: float) -> list[Points]:
    return [points + chance.normal(0, by, 2) for points in strokes]


def _strokes(kind: str, chance: Generator) -> list[Points]:  # noqa: PLR0911  one line a kind
    u = chance.uniform
    match kind:
        case "○":
            return [_ring(chance)]
        case "◎":
            return [_ring(chance), *_shifted([_ring(chance, u(0.35, 0.62))], chance, 1.5)]
        case "●":
            return [_ring(chance, 0.9)]
        case "×":
            return _cross(chance)
        case "△" | "▲":
            return _polygon([(u(-0.2, 0.2), -0.9), (1, 0.85), (-1, 0.85)], chance)
        case "✓":
            return _tick(chance)
        case "―":
            return [_line(chance, -1, chance.normal(0, 0.06), 1, chance.normal(0, 0.06), bend=0.02)]
        case "／":
            return [_line(chance, u(0.6, 1.0), -1, -u(0.6, 1.0), 1, bend=0.04)]
        case "□" | "■":
            return _box(chance)
        case "☑":
            return [*_box(chance), *_shifted(_tick(chance, u(0.65, 1.25)), chance, 4)]
        case "☒":
            return [*_box(chance), *_shifted(_cross(chance, u(0.6, 1.1)), chance, 2)]
        case _:
            return _no_mark(kind, chance)


def _no_mark(kind: str, chance: Generator) -> list[Points]:  # noqa: C901, PLR0911, PLR0912  one line a kind
    u = chance.uniform
    match kind:
        case "arc":
            return [_ring(chance, gap=u(1.3, 4.0))]
        case "one stroke":
            return [_line(chance, u(-1.0, 0.2), -1, u(0.2, 0.9), 1)]  # never as ／ or ― run
        case "curve":
            return [_line(chance, *u(-1, 1, 4), bend=0.6)]
        case "scribble":
            knots = np.cumsum(chance.normal(0, 0.6, (int(u(4, 12)), 2)), axis=0)
            knots = np.clip(knots - knots.mean(axis=0), -1, 1)
            return [_line(chance, *a, *b, bend=0.3) for a, b in itertools.pairwise(knots)]
        case "angle":
            x, y = chance.choice([-1, 1], 2)
            return [_line(chance, -1, y, 1, y, bend=0.01), _line(chance, x, -1, x, 1, bend=0.01)]
        case "tee":
            return [_line(chance, -1, -1, 1, -1, bend=0.01), _line(chance, u(-0.5, 0.5), -1, 0, 1, bend=0.01)]
        case "plus":
            return [_line(chance, -1, 0, 1, 0, bend=0.02), _line(chance, 0, -1, 0, 1, bend=0.02)]
        case "crossed ring":
            return [_ring(chance), *_cross(chance, u(0.6, 1.1))]
        case "slashed ring":
            return [_ring(chance), _line(chance, 0.8, -0.9, -0.8, 0.9)]
        case "dotted box":
            return [*_box(chance), _line(chance, *(u(-0.4, 0.4) + np.array([0, 0, 0.15, 0.1])))]
        case "struck box":
            return [*_box(chance), _line(chance, -1.2, 0, 1.2, chance.normal(0, 0.2))]
        case "two rings":
            return [points * [0.5, 1] + [x, 0] for points, x in ((_ring(chance), 0), (_ring(chance), 46))]
        case "half box":
            return _box(chance)[: int(u(2, 4))]
        case "dots":
            return [_line(chance, x, 0, x + 0.02, 0.02) for x in np.linspace(-0.8, 0.8, int(u(2, 5)))]
        case "zigzag":
            xs = np.linspace(-1, 1, int(u(4, 7)))
            return [
                _line(chance, a, (-1) ** n * 0.6, b, -((-1) ** n) * 0.6)
                for n, (a, b) in enumerate(itertools.pairwise(xs))
            ]
        case "brackets":
            return [_ring(chance, gap=4.5), _line(chance, 0.8, -1, 0.8, 1, bend=0.2)]
        case _:
            return [
                _line(chance, -1, -0.35, 1, -0.35, bend=0.01),
                _line(chance, -1, 0.35, 1, 0.35, bend=0.01),
            ]


def _fill(pen: ImageDraw.ImageDraw, kind: str, chance: Generator) -> None:
    """The inside, filled or hatched closely."""
    reach = 30 if kind == "●" else 34 if kind == "■" else 31
    for y in np.arange(-reach, reach, chance.uniform(1, 4.4)):
        half = {"●": np.sqrt(max(reach**2 - y**2, 0)), "■": reach}.get(kind, (y + reach) * 0.56)
        pen.line(
            (_MIDDLE - half, _MIDDLE + y, _MIDDLE + half, _MIDDLE + y + chance.normal(0, 2)),
            fill=255,
            width=4,
        )
