"""The rules of a page and its ink in, the same out with upright rules drawn on through dark headers.

White names on a dark ground: the black rules between them do not show there, and 「番号　設問　回答」 would be one cell.
The rules below end at the dark band's foot; they go on to its head where no name is cut, if most of what they part there has one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.scan.picture.rule_runs import PageRules, PixelRule

Mask = NDArray[np.bool_]
_TALLEST = 0.9  # inches: a taller dark band is no header
_NEAR = 0.04  # inches: so far from the band's foot a rule may end
_DARK = 0.6  # share of a band that is dark, names and all
_SOLID = 0.97  # share of a rule's way through it that is
_NAMED = 0.01  # share of a cell that is white where it has a name
_COLUMNS, _MOST_NAMED = 3, 0.6


def through_dark_headers(rules: PageRules, ink: Mask, dpi: float) -> PageRules:
    """The rules of a page, the upright ones through dark bands above them."""
    upright = list(rules.upright)
    for head, foot in pairwise(sorted(rules.level, key=lambda rule: rule.at)):
        if foot.at - head.at > _TALLEST * dpi:
            continue
        below = [n for n, rule in enumerate(upright) if _ends_at(rule, foot, dpi) and rule.at < foot.end]
        if below and _is_header(ink, head, foot, [upright[n] for n in below]):
            for number in below:
                upright[number] = replace(upright[number], start=round(head.at))
    return replace(rules, upright=tuple(upright))


def _ends_at(rule: PixelRule, foot: PixelRule, dpi: float) -> bool:
    """Whether an upright rule begins at a level one and goes down from it."""
    return abs(rule.start - foot.at) <= _NEAR * dpi and foot.start - _NEAR * dpi <= rule.at


def _is_header(ink: Mask, head: PixelRule, foot: PixelRule, below: Sequence[PixelRule]) -> bool:
    """Whether a band is dark, and most of the columns that rules below it part have a name in it, none of them cut."""
    top, bottom = round(head.at + head.thickness) + 1, round(foot.at - foot.thickness)
    left, right = max(head.start, foot.start), min(head.end, foot.end)
    band = ink[top:bottom, left:right]
    if not band.size or band.mean() < _DARK:
        return False
    middles = [round(rule.at) for rule in below if left < rule.at < right]
    if any(float(ink[top:bottom, max(0, x - 1) : x + 2].mean()) < _SOLID for x in middles):
        return False
    edges = sorted({left, *middles, right})
    columns = [ink[top:bottom, a:b] for a, b in pairwise(edges) if b - a > 4]
    with_names = sum(1 - column.mean() >= _NAMED for column in columns)
    return bool(with_names >= max(_COLUMNS, _MOST_NAMED * len(columns)))
