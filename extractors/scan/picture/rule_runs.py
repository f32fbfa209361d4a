"""The ink of a page in, its straight rules out: runs of ink far longer than any stroke of a character.

A rule of a scan is broken, a pixel thick here and three there, and steps up by a pixel where the page lay askew: a run may have
gaps of a twentieth, and is looked for three pixels high. Of a dark header the outline counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

Mask = NDArray[np.bool_]
_LEVEL = 0.35  # inches: the shortest level rule that is looked for
_UPRIGHT = 0.2
_FILLED = 0.95  # share of a run that is ink
_THICKEST = 0.06  # inches: what is thicker is a dark area
_OUTLINE = 5  # pixels: twice the thickness of an area's outline
_FREE = 0.5  # inches: a shorter rule touches others at both ends


@dataclass(frozen=True, slots=True)
class PixelRule:
    """A rule in pixels: where its middle lies at its start and at its end, how far it runs, how thick it is."""

    at: float
    start: int
    end: int
    slope: float
    thickness: float


@dataclass(frozen=True, slots=True)
class PageRules:
    """The level and upright rules of a page, and the pixels that they cover."""

    level: tuple[PixelRule, ...]
    upright: tuple[PixelRule, ...]
    mask: Mask


def find_rules(ink: Mask, dpi: float) -> PageRules:
    """The rules of a page; of upright rules `at` is x, and `start` and `end` are y."""
    outlines = _outlines(ink, max(3, round(_THICKEST * dpi)))
    level_mask = _runs(outlines, round(_LEVEL * dpi))
    upright_mask = _runs(outlines.T, round(_UPRIGHT * dpi)).T
    level, upright = _rules(level_mask, dpi), _rules(upright_mask.T, dpi)
    near = 0.03 * dpi
    level = [rule for rule in level if rule.end - rule.start >= _FREE * dpi or _is_held(rule, upright, near)]
    upright = [
        rule for rule in upright if rule.end - rule.start >= _FREE * dpi or _is_held(rule, level, near)
    ]
    mask = _covered(level, level_mask) | _covered(upright, upright_mask.T).T
    return PageRules(tuple(level), tuple(upright), mask)


def _outlines(ink: Mask, thick: int) -> Mask:
    """The ink, of areas thicker than any rule the outline alone."""
    solid = _squares(
        _squares(ink.view(np.uint8), thick, ndimage.minimum_filter1d), thick, ndimage.maximum_filter1d
    )
    return np.asarray(ink & (_squares(solid, _OUTLINE, ndimage.minimum_filter1d) == 0))


def _squares(
    values: NDArray[np.uint8], side: int, along: Callable[..., NDArray[np.uint8]]
) -> NDArray[np.uint8]:
    """A filter over squares, one direction after the other: many times as fast as over both at once."""
    return along(along(values, side, axis=0), side, axis=1)


def _runs(ink: Mask, length: int) -> Mask:
    """Where level runs of at least `length` pixels lie (opening by a line, Serra 1982, tolerant of gaps)."""
    high = ndimage.maximum_filter1d(ink.view(np.uint8), 3, axis=0)
    sums = np.cumsum(np.pad(high, ((0, 0), (1, 0))), axis=1, dtype=np.int32)
    full = (sums[:, length:] - sums[:, :-length]) >= _FILLED * length
    marks = np.zeros((ink.shape[0], ink.shape[1] + 1), np.int32)
    marks[:, : full.shape[1]] += full
    marks[:, length : length + full.shape[1]] -= full
    return np.asarray((np.cumsum(marks, axis=1)[:, :-1] > 0) & (high > 0))


def _rules(mask: Mask, dpi: float) -> list[PixelRule]:
    """The level rules that a mask of runs holds."""
    parts, _ = ndimage.label(mask, np.ones((3, 3)))
    rules = []
    for number, (rows, cols) in enumerate(ndimage.find_objects(parts), 1):
        width, height = cols.stop - cols.start, rows.stop - rows.start
        if width < 3 * height and width < 2 * _FREE * dpi:
            continue
        y, x = np.nonzero(parts[rows, cols] == number)
        slope, at = np.polyfit(x, y, 1) if width > 3 else (0.0, y.mean())
        thickness = len(x) / width
        if thickness > _THICKEST * dpi + 2:
            continue
        middle = rows.start + at + slope * width / 2
        rules.append(PixelRule(float(middle), cols.start, cols.stop, float(slope), float(thickness)))
    return rules


def _is_held(rule: PixelRule, crossing: list[PixelRule], near: float) -> bool:
    """Whether a short rule touches others at both of its ends."""
    return all(
        any(
            abs(across.at - end) <= near and across.start - near <= rule.at <= across.end + near
            for across in crossing
        )
        for end in (rule.start, rule.end)
    )


def _covered(rules: list[PixelRule], mask: Mask) -> Mask:
    """The part of a mask that belongs to rules."""
    covered = np.zeros_like(mask)
    for rule in rules:
        drop = abs(rule.slope) * (rule.end - rule.start) / 2 + rule.thickness / 2 + 2
        top, bottom = max(0, int(rule.at - drop)), int(rule.at + drop) + 1
        covered[top:bottom, rule.start : rule.end] = mask[top:bottom, rule.start : rule.end]
    return covered
