"""A cell's printed text and boxes drawn over it in, the places of the text where each box belongs out.

Where a text stands inside its cell is not stored. It follows from font size and alignment (full-width characters
count one size, others half), and how far apart its lines stand depends on the font: the spacing and a few lines
more or less above are tried, and the reading under which all boxes fit best holds. Boxes keep their order.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.excel.objects.sheet_metrics import Look
from extractors.location import Box
from normalizers.text import empty_boxes, is_spoken_of

_PADDING = 2.0
LONGEST = 4_000  # characters of a text in which places are looked for
GLYPH = 11.0  # points: how wide Excel draws the box of a control, whatever the control's own size
_ROOMY = 0.9 * GLYPH
_PITCHES = (1.2, 1.0, 1.1, 1.3, 1.4, 1.5, 1.7)
_SHIFTS = (0, -1, 1, -2, 2)
_SHIFT_COST, _PITCH_COST, _NO_ROOM = 0.8, 0.6, 1.5
_MARGIN = 0.7  # how much worse the next best reading must fit
_WORST = 2.5  # a box a line and more off its label is not placed
_MOST_BOXES, _MOST_SLOTS = 30, 150
_WORD, _CLEARLY = 6, 3.0  # characters of a label, and points by which a box is nearer to one of two
_LABELLING = re.compile(r"[：:)）】」』\]］、。0-9０-９(（\[［【「『]$")
_NO_LABEL = re.compile(r"[・･/／、,|｜)）」』\]】。:：～〜]")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place where a label begins: index in the text, line on the sheet, points from the text's left edge.

    `room` are the points of white space before it, `printed` tells an empty box that is printed there.
    """

    index: int
    line: int
    across: float
    room: float
    printed: bool = False


def text_width(text: str, size: float) -> float:
    """Width of a text in points."""
    return sum(size if unicodedata.east_asian_width(char) in "WFA" else size / 2 for char in text)


def text_to_slots(text: str, width: float, look: Look) -> tuple[list[Slot], list[float]]:
    """The places where labels begin, and the width of each line on the sheet."""
    available = max(width - 2 * _PADDING, look.size)
    slots: list[Slot] = []
    widths = [0.0]
    across = room = 0.0
    for index, char in enumerate(text):
        if char == "\n":
            widths.append(0.0)
            across = room = 0.0
            continue
        size = text_width(char, look.size)
        if look.wrapped and across + size > available:
            widths.append(0.0)
            across = room = 0.0
        if char in empty_boxes() and not is_spoken_of(text, index):
            slots.append(Slot(index, len(widths) - 1, across + size, size, True))
        elif char in " 　\xa0":
            room += size
            across += size
            continue
        elif _begins(text, index) and not _NO_LABEL.match(char):
            slots.append(Slot(index, len(widths) - 1, across, room))
        across += size
        room = 0.0
        widths[-1] = across
    return slots, widths


def _begins(text: str, index: int) -> bool:
    """Whether a label begins here: at a line's start, or behind a full-width or two narrow spaces."""
    before = text[:index]
    bare = before.rstrip(" 　\xa0")
    if not bare or bare.endswith("\n"):
        return True
    gap = before[len(bare) :]
    return text_width(gap, 1.0) >= 1.0 or gap == " "


def boxes_to_slots(
    text: str, boxes: Sequence[Box], ticked: Sequence[bool], cell: Box, look: Look
) -> list[Slot] | None:
    """The slot of each box; None where they do not fit or fit in two ways that tick different labels.

    `boxes` are in reading order, in points like `cell`; `ticked` tells which of them matter.
    """
    if len(text) > LONGEST:
        return None
    slots, widths = text_to_slots(text, cell[2] - cell[0], look)
    printed = [slot for slot in slots if slot.printed]
    if len(printed) >= len(boxes):
        slots = printed
    if not 0 < len(boxes) <= min(len(slots), _MOST_BOXES) or len(slots) > _MOST_SLOTS:
        return None
    roomy = [slot for slot in slots if slot.room >= _ROOMY]
    # One place for each: their order tells, if the heights agree.
    counted = next((places for places in (roomy, slots) if len(places) == len(boxes)), None)
    ranked = _readings(counted or slots, widths, boxes, ticked, (cell, look))
    best, chosen = ranked[0]
    if best > _WORST * len(boxes) or (len(ranked) > 1 and ranked[1][0] - best < _MARGIN):
        return None
    found = [(counted or slots)[at] for at in chosen]
    return None if _may_stand_behind(text, slots, found, boxes, _lefts(widths, cell, look)) else found


def _may_stand_behind(
    text: str, slots: Sequence[Slot], found: Sequence[Slot], boxes: Sequence[Box], lefts: Sequence[float]
) -> bool:
    """Whether the boxes of a line may belong to the words before them: `有 □ 無 □` leaves 有 without a box."""
    seen: set[int] = set()
    for slot, box in zip(found, boxes, strict=True):
        if slot.line in seen or slot.printed:
            continue
        seen.add(slot.line)
        before = [s.index for s in slots if s.line == slot.line and s.index < slot.index]
        word = text[before[-1] : slot.index].strip() if before else ""
        if not 0 < len(word) <= _WORD or _LABELLING.search(word):
            continue
        label = lefts[slot.line] + slot.across
        behind = label - box[0] - min(box[2] - box[0], GLYPH)
        if behind > box[0] - (label - slot.room) - _CLEARLY:
            return True
    return False


def _lefts(widths: Sequence[float], cell: Box, look: Look) -> list[float]:
    """Where each line of a text begins, in points."""
    free = [cell[2] - cell[0] - width for width in widths]
    return [cell[0] + {"center": f / 2, "right": f - _PADDING}.get(look.across, _PADDING) for f in free]


def _readings(
    slots: Sequence[Slot],
    widths: Sequence[float],
    boxes: Sequence[Box],
    ticked: Sequence[bool],
    stand: tuple[Box, Look],
) -> list[tuple[float, tuple[int, ...]]]:
    """The ways to give boxes to slots, cheapest first, one for each set of labels that they tick."""
    found: dict[tuple[int, ...], tuple[float, tuple[int, ...]]] = {}
    for pitch in _PITCHES:
        for shift in _SHIFTS:
            costs = _costs(slots, widths, boxes, stand, (pitch, shift))
            cost, chosen = _fit(len(slots), costs)
            for other, way in [(cost, chosen), *_near(cost, chosen, costs)]:
                key = tuple(at for at, tick in zip(way, ticked, strict=True) if tick)
                if key not in found or other < found[key][0]:
                    found[key] = other, way
    return sorted(found.values())


def _costs(
    slots: Sequence[Slot],
    widths: Sequence[float],
    boxes: Sequence[Box],
    stand: tuple[Box, Look],
    tried: tuple[float, int],
) -> list[list[float]]:
    """How badly each box fits each slot, with lines `tried[0]` sizes apart and moved by `tried[1]` lines."""
    (cell, look), (spacing, shift) = stand, tried
    pitch = spacing * look.size
    odd = (_SHIFT_COST * abs(shift) + _PITCH_COST * abs(spacing - _PITCHES[0])) / len(boxes)
    height, block = cell[3] - cell[1], pitch * len(widths)
    top = {"top": 1.0, "center": (height - block) / 2}.get(look.down, height - block - 1.0)
    top = cell[1] + (max(top, 0.0) if block > height else top) + shift * pitch
    lefts = _lefts(widths, cell, look)
    table = []
    for box in boxes:
        edge, down = box[0] + min(box[2] - box[0], GLYPH), (box[1] + box[3]) / 2
        row = []
        for slot in slots:
            away = abs(down - (top + (slot.line + 0.5) * pitch)) / pitch
            label = lefts[slot.line] + slot.across
            beside = abs(label - edge) / look.size
            first = slot.room == slot.across
            room = (label - cell[0]) if first else slot.room
            tight = _NO_ROOM if room < 0.7 * GLYPH and not slot.printed else 0.0
            row.append(2.0 * away + 0.5 * min(beside, 8.0) + tight + odd)
        table.append(row)
    return table


def _near(
    cost: float, chosen: tuple[int, ...], costs: Sequence[Sequence[float]]
) -> Iterator[tuple[float, tuple[int, ...]]]:
    """The readings in which one box stands before another free label, with their costs."""
    for i, at in enumerate(chosen):
        first = chosen[i - 1] + 1 if i else 0
        end = chosen[i + 1] if i + 1 < len(chosen) else len(costs[i])
        for other in range(first, end):
            if other != at:
                yield cost - costs[i][at] + costs[i][other], (*chosen[:i], other, *chosen[i + 1 :])


def _fit(count: int, costs: Sequence[Sequence[float]]) -> tuple[float, tuple[int, ...]]:
    """The cheapest of `count` slots for boxes in their order, no slot twice (dynamic programming over both)."""
    best = [0.0] * (count + 1)  # cheapest use of the first n slots by the boxes so far
    taken: list[list[bool]] = []
    for row in costs:
        after = [float("inf")] * (count + 1)
        took = [False] * (count + 1)
        for n in range(1, count + 1):
            here = best[n - 1] + row[n - 1]
            took[n] = here < after[n - 1]
            after[n] = min(here, after[n - 1])
        best = after
        taken.append(took)
    chosen: list[int] = []
    n = count
    for took in reversed(taken):
        while not took[n]:
            n -= 1
        n -= 1
        chosen.append(n)
    return best[count], tuple(reversed(chosen))


def with_boxes(text: str, slots: Sequence[Slot], glyphs: Sequence[str]) -> str:
    """The text with a glyph at each slot, in place of the white space or the empty box that made room for it."""
    parts: list[str] = []
    at = 0
    for slot, glyph in zip(slots, glyphs, strict=True):
        before = text[at : slot.index]
        bare = before if slot.printed else _without_room(before)
        joint = " " if bare != before and bare and not bare[-1].isspace() and bare[-1] not in "（([" else ""
        parts += [bare, joint, glyph]
        at = slot.index + slot.printed
    return "".join([*parts, text[at:]])


def _without_room(before: str) -> str:
    """A text without the white space at its end that stood for a box: at most one and a half full widths."""
    left = 1.5
    while before and before[-1] in " 　\xa0" and text_width(before[-1], 1.0) <= left:
        left -= text_width(before[-1], 1.0)
        before = before[:-1]
    return before
