"""The rules of a page in, the plane on which they are level and upright out: a photo taken from aside, a page fed askew.

The slopes of level rules change evenly from top to bottom where a page is seen in perspective, those of upright ones from left
to right. From the fitted slopes the page's four corners follow, and from them the plane.
"""

from __future__ import annotations

import numpy as np

from extractors.scan.picture.plane import Plane, plane_of
from extractors.scan.picture.rule_runs import PageRules, PixelRule

_LONG = 0.25  # of the page's side: shorter rules say little of slopes
_FEW = 3
_BENT = 2.0  # pixels by which a rule across the page is off: less is left as it is
_MOST = 0.08  # a slope beyond is no perspective of a page


def rules_plane(rules: PageRules, shape: tuple[int, int]) -> Plane | None:
    """The plane of a page of this shape (height, width), None where its rules are straight enough or too few."""
    height, width = shape
    level = _slopes(rules.level, width, height)
    upright = _slopes(rules.upright, height, width)
    if level is None and upright is None:
        return None
    (a, b), (c, d) = level or (0.0, 0.0), upright or (0.0, 0.0)
    bends = [abs(a) * width, abs(a + b * height) * width, abs(c) * height, abs(c + d * width) * height]
    if max(bends) < _BENT or max(abs(a), abs(a + b * height), abs(c), abs(c + d * width)) > _MOST:
        return None
    # A corner of the straight page is where the level and the upright line through its neighbours meet on this one.
    middle_x, middle_y = width / 2, height / 2
    corners = []
    for x, y in ((0, 0), (width, 0), (width, height), (0, height)):
        corners.append((x + (c + d * x) * (y - middle_y), y + (a + b * y) * (x - middle_x)))
    return plane_of(_projection([(0, 0), (width, 0), (width, height), (0, height)], corners))


def _slopes(rules: tuple[PixelRule, ...], along: int, across: int) -> tuple[float, float] | None:
    """The slope at 0, and by how much it grows a pixel across; None where there are too few long rules."""
    long = [rule for rule in rules if rule.end - rule.start >= _LONG * along]
    if len(long) < _FEW:
        return None
    at, slope = np.array([rule.at for rule in long]), np.array([rule.slope for rule in long])
    kept = np.abs(slope - np.median(slope)) < 0.02
    at, slope = at[kept], slope[kept]
    if len(at) < _FEW or np.ptp(at) < 0.3 * across:
        return float(np.median(slope)), 0.0
    growth, start = np.polyfit(at, slope, 1)
    return float(start), float(growth)


def _projection(points: list[tuple[float, float]], images: list[tuple[float, float]]) -> np.ndarray:
    """The projective matrix that takes four points to their images."""
    rows, values = [], []
    for (x, y), (u, v) in zip(points, images, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    solved = np.linalg.solve(np.array(rows, float), np.array(values, float))
    return np.append(solved, 1.0).reshape(3, 3)
