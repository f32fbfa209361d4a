"""Marks as a stylus writes them: splines through few points, a slanted nib whose width follows direction and speed.

For tests alone: the classifier never learns from these. A kind in, a picture of 96×96 out (ink 255).
"""

from __future__ import annotations

import itertools

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageDraw
from scipy.interpolate import splev, splprep

SIDE = 96
KINDS = ("○", "◎", "×", "△", "✓", "―", "／", "☑", "☒")
OTHERS = ("initials", "wave", "six", "arrow", "flag", "eight", "struck")
# fmt: off
_PATHS: dict[str, list[list[tuple[float, float]]]] = {
    "×": [[(0.15, 0.15), (0.5, 0.48), (0.85, 0.87)], [(0.86, 0.12), (0.52, 0.5), (0.12, 0.85)]],
    "△": [[(0.5, 0.12), (0.3, 0.5), (0.1, 0.86)],
          [(0.1, 0.86), (0.5, 0.88), (0.92, 0.86)], [(0.92, 0.86), (0.7, 0.5), (0.5, 0.1)]],
    "✓": [[(0.1, 0.5), (0.22, 0.65), (0.36, 0.85)], [(0.36, 0.85), (0.6, 0.45), (0.95, 0.12)]],
    "―": [[(0.08, 0.5), (0.5, 0.5), (0.92, 0.5)]],
    "／": [[(0.85, 0.1), (0.5, 0.5), (0.15, 0.9)]],
    "initials": [[(0.1, 0.2), (0.1, 0.8), (0.3, 0.5)], [(0.4, 0.8), (0.6, 0.2), (0.8, 0.8), (0.95, 0.4)]],
    "wave": [[(0.05, 0.5), (0.25, 0.3), (0.5, 0.6), (0.75, 0.35), (0.95, 0.55)]],
    "six": [[(0.65, 0.1), (0.3, 0.45), (0.25, 0.75), (0.5, 0.9), (0.7, 0.7), (0.45, 0.55), (0.27, 0.7)]],
    "arrow": [[(0.1, 0.5), (0.5, 0.5), (0.9, 0.5)],
              [(0.6, 0.25), (0.75, 0.38), (0.9, 0.5)], [(0.9, 0.5), (0.75, 0.62), (0.6, 0.75)]],
    "flag": [[(0.2, 0.1), (0.2, 0.5), (0.2, 0.9)], [(0.2, 0.1), (0.6, 0.2), (0.8, 0.3)], [(0.8, 0.3), (0.5, 0.4), (0.2, 0.5)]],
    "eight": [
        [(0.5, 0.5), (0.25, 0.3), (0.5, 0.1), (0.75, 0.3), (0.5, 0.5), (0.22, 0.72), (0.5, 0.92), (0.78, 0.7), (0.5, 0.5)]
    ],
    "struck": [[(0.1, 0.3), (0.5, 0.3), (0.9, 0.35)],
              [(0.1, 0.6), (0.5, 0.62), (0.9, 0.6)], [(0.4, 0.1), (0.5, 0.5), (0.45, 0.9)]],
}
# fmt: on


def write_mark(kind: str, chance: Generator) -> NDArray[np.uint8]:
    """A picture of the kind, written as if by a stylus."""
    page = Image.new("L", (SIDE, SIDE), 0)
    pen = ImageDraw.Draw(page)
    nib = chance.uniform(1.6, 5.0)
    angle = chance.uniform(0.3, 1.2)
    for path in _paths(kind, chance):
        _stroke(pen, np.array(path) + chance.normal(0, 0.025, (len(path), 2)), nib, angle)
    return np.asarray(page)


def _paths(kind: str, chance: Generator) -> list[list[tuple[float, float]]]:
    if kind in {"☑", "☒"}:
        edge = [(0.1, 0.1), (0.9, 0.1), (0.9, 0.9), (0.1, 0.9), (0.1, 0.1)]
        sides = [[a, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), b] for a, b in itertools.pairwise(edge)]
        return [*sides, *_PATHS["✓" if kind == "☑" else "×"]]
    if kind in {"○", "◎"}:
        rings = [_ring_path(chance, 0.4)]
        return rings if kind == "○" else [*rings, _ring_path(chance, chance.uniform(0.15, 0.24))]
    return _PATHS[kind]


def _ring_path(chance: Generator, radius: float) -> list[tuple[float, float]]:
    start, over = chance.uniform(0, 2 * np.pi), chance.uniform(-0.15, 0.5)
    angles = start + np.linspace(0, 2 * np.pi + over, 9)
    return [(0.5 + radius * np.cos(a), 0.5 + radius * np.sin(a)) for a in angles]


def _stroke(pen: ImageDraw.ImageDraw, points: NDArray[np.float64], nib: float, angle: float) -> None:
    spline, _ = splprep(points.T, s=0, k=min(3, len(points) - 1))
    x, y = splev(np.linspace(0, 1, 160), spline)
    dx, dy = np.gradient(x), np.gradient(y)
    direction = np.arctan2(dy, dx)
    speed = np.hypot(dx, dy) / max(np.hypot(dx, dy).max(), 1e-6)
    widths = nib * (0.55 + 0.45 * np.abs(np.sin(direction - angle))) * (1.25 - 0.5 * speed)
    for px, py, width in zip(x * SIDE, y * SIDE, widths, strict=True):
        pen.ellipse((px - width / 2, py - width / 3, px + width / 2, py + width / 3), fill=255)
