"""A cell of printed choices and a ring over it in, the choices that the ring is drawn round out.

Where a text geometries inside its cell is not stored: it follows from alignment and font size, full-width characters
counting one, others half.
"""

from __future__ import annotations

import re

from extractors.excel.objects.checkboxes.text_slots import LONGEST, text_width
from extractors.excel.objects.sheet_metrics import TextSetting
from extractors.location import Box

_PADDING = 2.0
_REACH = 0.8  # of a choice's width: how far the middles of ring and choice may lie apart
_CHOICE = re.compile(r"[^\s　・･/／、,|｜]+")


def ringed_choices(text: str, ring: Box, cell: Box, setting: TextSetting) -> tuple[str, ...]:
    """The printed choice whose middle lies nearest to the ring's; all of them where the ring holds several.

    Empty where no choice is near. `ring` and `cell` are boxes in points.
    """
    if len(text) > LONGEST:
        return ()
    lines = text.split("\n")
    line = lines[_line_of(len(lines), ring, cell, setting)]
    width, text_points = cell[2] - cell[0], text_width(line, setting.size)
    free = {"center": (width - text_points) / 2, "right": width - text_points - _PADDING}
    left = cell[0] + free.get(setting.across, _PADDING)
    middle = (ring[0] + ring[2]) / 2
    near: list[tuple[float, str]] = []
    inside: list[str] = []
    for match in _CHOICE.finditer(line):
        own = text_width(match.group(0), setting.size)
        centre = left + text_width(line[: match.start()], setting.size) + own / 2
        if abs(centre - middle) <= _REACH * own:
            near.append((abs(centre - middle), match.group(0)))
        if ring[0] <= centre <= ring[2]:
            inside.append(match.group(0))
    if len(inside) > 1:
        return tuple(inside)
    return (min(near)[1],) if near else ()


def _line_of(count: int, ring: Box, cell: Box, setting: TextSetting) -> int:
    """The line of a text over which a ring's middle lies; lines stand a fifth of the font size apart."""
    pitch = 1.2 * setting.size
    height = cell[3] - cell[1]
    top = {"top": 1.0, "center": (height - count * pitch) / 2}.get(setting.down, height - count * pitch - 1.0)
    return min(max(int(((ring[1] + ring[3]) / 2 - cell[1] - top) // pitch), 0), count - 1)
