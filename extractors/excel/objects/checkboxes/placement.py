"""A cell's printed text and boxes drawn over it in, the slot of the text where each box belongs out.

How far apart the lines of a text stand depends on the font and is not stored: the spacing and a few lines more or less
above are tried, and the reading under which all boxes fit best holds, if no other one that ticks another label fits
nearly as well. Boxes keep their order. Two boxes over `有　無` belong to the words behind them, in `有 □ 無 □` perhaps not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.excel.objects.checkboxes.text_slots import LONGEST, Slot, TextBlock, text_to_slots
from extractors.excel.objects.sheet_metrics import TextSetting
from extractors.location import Box

GLYPH = 11.0  # points: how wide Excel draws the box of a control, whatever the control's own size
_ROOMY = 0.9 * GLYPH
_TIGHT = 0.7 * GLYPH
_PITCHES = (1.2, 1.0, 1.1, 1.3, 1.4, 1.5, 1.7)
_SHIFTS = (0, -1, 1, -2, 2)
_SHIFT_COST, _PITCH_COST, _NO_ROOM = 0.8, 0.6, 1.5
_MARGIN = 0.7  # how much worse the next best reading must fit
_WORST = 2.5  # a box a line and more off its label is not placed
_MOST_BOXES, _MOST_SLOTS = 30, 150
_WORD, _CLEARLY = 6, 3.0  # characters of a label, and points by which a box is nearer to one of two
_LABELLING = re.compile(r"[：:)）】」』\]］、。0-9０-９(（\[［【「『]$")

PlacedBoxes = tuple[float, tuple[int, ...]]  # how badly boxes fit, and the index of the slot of each


def boxes_to_slots(
    text: str, boxes: Sequence[Box], ticked: Sequence[bool], cell: Box, setting: TextSetting
) -> list[Slot] | None:
    """The slot of each box; None where they do not fit or fit in two ways that tick different labels.

    `boxes` are in reading order, in points like `cell`; `ticked` tells which of them matter.
    """
    if len(text) > LONGEST:
        return None
    slots, widths = text_to_slots(text, cell[2] - cell[0], setting)
    slots = _printed_slots(slots, len(boxes)) or slots
    if not 0 < len(boxes) <= min(len(slots), _MOST_BOXES) or len(slots) > _MOST_SLOTS:
        return None
    block = TextBlock(widths, cell, setting)
    candidates = _counted_slots(slots, len(boxes)) or slots
    chosen = _clear_reading(_readings(candidates, block, boxes, ticked), len(boxes))
    if chosen is None:
        return None
    box_slots = [candidates[index] for index in chosen]
    return None if _may_stand_behind(text, slots, box_slots, boxes, block.lefts()) else box_slots


def _printed_slots(slots: Sequence[Slot], count: int) -> list[Slot]:
    """The slots at empty boxes that are printed, where there is one for each box that is drawn."""
    printed = [slot for slot in slots if slot.printed]
    return printed if len(printed) >= count else []


def _counted_slots(slots: Sequence[Slot], count: int) -> Sequence[Slot]:
    """As many slots as there are boxes: those with room for a box, or all; then the order tells, if the heights agree."""
    roomy = [slot for slot in slots if slot.room >= _ROOMY]
    return next((some for some in (roomy, slots) if len(some) == count), [])


def _clear_reading(ranked: Sequence[PlacedBoxes], count: int) -> tuple[int, ...] | None:
    """The best reading where it fits well enough, and clearly better than the next one."""
    best, chosen = ranked[0]
    unclear = len(ranked) > 1 and ranked[1][0] - best < _MARGIN
    return None if best > _WORST * count or unclear else chosen


def _may_stand_behind(
    text: str,
    slots: Sequence[Slot],
    box_slots: Sequence[Slot],
    boxes: Sequence[Box],
    lefts: Sequence[float],
) -> bool:
    """Whether the boxes of a line may belong to the words before them: `有 □ 無 □` leaves 有 without a box."""
    return any(
        _is_label(_word_before(text, slots, slot)) and _is_behind(box, slot, lefts[slot.line] + slot.across)
        for slot, box in _first_of_lines(box_slots, boxes)
    )


def _first_of_lines(box_slots: Sequence[Slot], boxes: Sequence[Box]) -> Iterator[tuple[Slot, Box]]:
    """The first box of each line whose place is not printed, with its slot."""
    lines: set[int] = set()
    for slot, box in zip(box_slots, boxes, strict=True):
        if slot.line not in lines and not slot.printed:
            lines.add(slot.line)
            yield slot, box


def _word_before(text: str, slots: Sequence[Slot], slot: Slot) -> str:
    """The words between the slot before on the same line and this one."""
    before = [s.index for s in slots if s.line == slot.line and s.index < slot.index]
    return text[before[-1] : slot.index].strip() if before else ""


def _is_label(word: str) -> bool:
    """Whether a word may be the label of a box behind it: short, and not `回答：`, which labels what follows."""
    return 0 < len(word) <= _WORD and not _LABELLING.search(word)


def _is_behind(box: Box, slot: Slot, label: float) -> bool:
    """Whether a box geometries clearly nearer to the word before it than to its own label, which begins at `label`."""
    behind = label - box[0] - min(box[2] - box[0], GLYPH)
    return behind > box[0] - (label - slot.room) - _CLEARLY


def _readings(
    slots: Sequence[Slot], block: TextBlock, boxes: Sequence[Box], ticked: Sequence[bool]
) -> list[PlacedBoxes]:
    """The ways to give boxes to slots, cheapest first, one for each set of labels that they tick."""
    cheapest: dict[tuple[int, ...], PlacedBoxes] = {}
    for spacing in _PITCHES:
        for shift in _SHIFTS:
            costs = _costs(slots, block, boxes, spacing, shift)
            cost, chosen = _cheapest_slots(len(slots), costs)
            for way_cost, way in [(cost, chosen), *_neighbours(cost, chosen, costs)]:
                key = tuple(index for index, tick in zip(way, ticked, strict=True) if tick)
                if key not in cheapest or way_cost < cheapest[key][0]:
                    cheapest[key] = way_cost, way
    return sorted(cheapest.values())


def _costs(
    slots: Sequence[Slot], block: TextBlock, boxes: Sequence[Box], spacing: float, shift: int
) -> list[list[float]]:
    """How badly each box fits each slot, with lines `spacing` font sizes apart and moved by `shift` lines."""
    size = block.setting.size
    pitch = spacing * size
    odd = (_SHIFT_COST * abs(shift) + _PITCH_COST * abs(spacing - _PITCHES[0])) / len(boxes)
    top = block.top(pitch) + shift * pitch
    lefts = block.lefts()
    table = []
    for box in boxes:
        edge, down = box[0] + min(box[2] - box[0], GLYPH), (box[1] + box[3]) / 2
        row = []
        for slot in slots:
            away = abs(down - (top + (slot.line + 0.5) * pitch)) / pitch
            label = lefts[slot.line] + slot.across
            beside = abs(label - edge) / size
            row.append(2.0 * away + 0.5 * min(beside, 8.0) + _tightness(slot, label - block.cell[0]) + odd)
        table.append(row)
    return table


def _tightness(slot: Slot, inset: float) -> float:
    """What it costs that there is no room for a box; the first label of a line has room from the cell's edge on."""
    room = inset if slot.room == slot.across else slot.room
    return _NO_ROOM if room < _TIGHT and not slot.printed else 0.0


def _neighbours(
    cost: float, chosen: tuple[int, ...], costs: Sequence[Sequence[float]]
) -> Iterator[PlacedBoxes]:
    """The readings in which one box geometries before another free label, with their costs."""
    for box, index in enumerate(chosen):
        first = chosen[box - 1] + 1 if box else 0
        end = chosen[box + 1] if box + 1 < len(chosen) else len(costs[box])
        for free in range(first, end):
            if free != index:
                changed = (*chosen[:box], free, *chosen[box + 1 :])
                yield cost - costs[box][index] + costs[box][free], changed


def _cheapest_slots(count: int, costs: Sequence[Sequence[float]]) -> PlacedBoxes:
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
    return best[count], _traced_back(taken, count)


def _traced_back(taken: Sequence[Sequence[bool]], count: int) -> tuple[int, ...]:
    """The slots that the cheapest way took, from the last box back."""
    chosen: list[int] = []
    n = count
    for took in reversed(taken):
        while not took[n]:
            n -= 1
        n -= 1
        chosen.append(n)
    return tuple(reversed(chosen))
