"""A gray picture of a page in, what a person reads on it out: the whole way of a scan, step by step.

even light → upright → rules → cells → lines → characters; boxes, rings and lone marks by their shapes, never by the reader of
characters. Which cells rules form is said by the caller, so that scans and prints are cut alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from extractors.location import Box
from extractors.scan.check_squares import drawn_boxes
from extractors.scan.picture.dark_headers import through_dark_headers
from extractors.scan.picture.even_light import flatten, ink_limit, skew_angle, straighten
from extractors.scan.picture.ink_parts import (
    InkPart,
    Parts,
    character_height,
    find_boxes,
    find_parts,
    find_rings,
    ring_pixels,
    without_dirt,
)
from extractors.scan.picture.perspective import rules_plane
from extractors.scan.picture.plane import Plane, quarter_plane, turn_plane
from extractors.scan.picture.rule_runs import PageRules, PixelRule, find_rules
from extractors.scan.picture_reading import PictureContent, PictureGlyph, Rule
from extractors.scan.read_words import ReadLine, read_words
from extractors.scan.regions import find_regions, region_to_words
from normalizers.text import UNREAD

Gray = NDArray[np.uint8]
Mask = NDArray[np.bool_]
CellFinder = Callable[[Sequence[Rule], Sequence[Rule]], Sequence[Box]]
_SURE_READING = 0.75  # the mean chance of characters under which the page may lie the wrong way round
_SURE_CHAR = 0.6
_BETTER = 0.1  # by how much surer another way round must read
_PROBE = 14  # lines that are read to see whether a way round is the right one
_LINE = 4  # characters of a line that says how surely a page is read


@dataclass(frozen=True, slots=True)
class _Upright:
    """A page made flat and straight: its shades, its ink without rules, its rules, and the plane it came from."""

    flat: Gray
    ink: Mask
    rules: PageRules
    plane: Plane


def read_page(gray: Gray, dpi: float, find_cells: CellFinder) -> PictureContent:
    """Read a page of `dpi` pixels an inch; `find_cells` gives the boxes (points) of the cells that rules form."""
    best = _read_turned(gray, dpi, find_cells)
    if best.quality >= _SURE_READING or not best.content.glyphs:
        return best.content
    probes = {
        quarter: _read_turned(np.rot90(gray, quarter), dpi, find_cells, most_lines=_PROBE).quality
        for quarter in (1, 2, 3)
    }
    quarter = max(probes, key=lambda turn: probes[turn])
    if probes[quarter] < best.quality + _BETTER:
        return best.content
    content = _read_turned(np.rot90(gray, quarter), dpi, find_cells).content
    back = quarter_plane(quarter, gray.shape[1], gray.shape[0]).scaled(72 / dpi)
    return replace(content, plane=content.plane.then(back))


@dataclass(frozen=True, slots=True)
class _PageReading:
    """What was read, and how surely on the whole: the mean chance of the characters of its longer lines."""

    content: PictureContent
    quality: float


def _read_turned(
    gray: Gray, dpi: float, find_cells: CellFinder, most_lines: int | None = None
) -> _PageReading:
    gray = np.ascontiguousarray(gray)
    page = _upright(gray, dpi)
    scale = 72 / dpi
    level, upright = (
        [_in_points(rule, scale) for rule in rules] for rules in (page.rules.level, page.rules.upright)
    )
    cells = [tuple(edge / scale for edge in box) for box in find_cells(level, upright)]
    parts = find_parts(page.ink)
    em = character_height(parts.parts, dpi)
    parts, clean = without_dirt(parts, em)
    rings = find_rings(parts, clean, em)
    ink = _without_rings(clean, parts, rings)
    regions = find_regions(page.flat, ink, cells)
    boxes = drawn_boxes(page.flat, find_boxes(parts, em), em)
    words = [word for region in regions for word in region_to_words(region, boxes, em)]
    if most_lines is not None:
        words = sorted(words, key=lambda word: word.box[0] - word.box[2])[:most_lines]
    lines = read_words(words, em)
    glyphs, unsure = _glyphs(lines, scale)
    height, width = gray.shape
    content = PictureContent(
        width * scale, height * scale, glyphs, tuple(level), tuple(upright),
        tuple(_scaled(ring.box, scale) for ring in rings), unsure, page.plane.scaled(scale),
    )  # fmt: skip
    return _PageReading(content, _quality(lines))


def _quality(lines: Sequence[ReadLine]) -> float:
    chances = [
        char.chance
        for line in lines
        if len(line.chars) >= _LINE
        for char in line.chars
        if char.char != UNREAD
    ]
    return float(np.mean(chances)) if chances else 0.0


def _upright(gray: Gray, dpi: float) -> _Upright:
    """The page flat and straight; where its rules show that it was seen from aside, that is taken back too."""
    flat = flatten(gray)
    limit = ink_limit(flat)
    plane = Plane()
    angle = skew_angle(flat < limit)
    straight = flat
    if angle:
        plane = turn_plane(angle, flat.shape[1], flat.shape[0])
        straight = straighten(flat, plane)
    rules = find_rules(straight < _rule_limit(limit), dpi)
    bent = rules_plane(rules, straight.shape)
    if bent is not None:
        plane = bent.then(plane)
        straight = straighten(flat, plane)
        rules = find_rules(straight < _rule_limit(limit), dpi)
    through = through_dark_headers(rules, straight < _rule_limit(limit), dpi)
    return _Upright(straight, _without_rules(straight < limit, rules), through, plane)


def _rule_limit(limit: int) -> int:
    """The shade of rules, which are thinner and paler than print."""
    return min(limit + 40, 215)


def _without_rules(ink: Mask, rules: PageRules) -> Mask:
    """The ink but for the rules and what is left at their edges."""
    near = ndimage.maximum_filter(rules.mask.view(np.uint8), 3)
    return np.asarray(ink & (near == 0))


def _in_points(rule: PixelRule, scale: float) -> Rule:
    return float(rule.at * scale), float(rule.start * scale), float(rule.end * scale)


def _scaled(box: Sequence[float], scale: float) -> Box:
    left, top, right, bottom = (float(edge * scale) for edge in box)
    return left, top, right, bottom


def _without_rings(ink: Mask, parts: Parts, rings: Sequence[InkPart]) -> Mask:
    ink = ink.copy()
    for ring in rings:
        left, top, right, bottom = ring.box
        ink[top:bottom, left:right] &= ~ring_pixels(parts.mask(ring))
    return ink


def _glyphs(lines: Sequence[ReadLine], scale: float) -> tuple[tuple[PictureGlyph, ...], tuple[Box, ...]]:
    """The characters of all lines in points, and the boxes of what is unsure."""
    glyphs, unsure = [], []
    for number, line in enumerate(lines):
        for char in line.chars:
            box = _scaled(char.box, scale)
            glyphs.append(PictureGlyph(char.char, box, line.size * scale, number, char.chance))
            if char.chance < _SURE_CHAR:
                unsure.append(box)
    return tuple(glyphs), tuple(unsure)
