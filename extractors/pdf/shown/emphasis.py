"""Lines and paths of a page in, what is set off by its paint out; of printed choices the one that is chosen by it.

Of 「はい・いいえ」 one stands on a yellow ground, is red, bold, underlined, or all others are pale. Nothing is told
where more than one stands out: a paint that all share is the form's own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractors.location import Box
from extractors.pdf.page.content import Emphasis
from extractors.pdf.page.glyphs import Glyphs
from extractors.pdf.page.paths import VectorPath
from extractors.pdf.page.text_lines import Paint, TextLine
from extractors.pdf.shown.beside_text import is_pale

_WIDEST, _TALLEST = 150.0, 40.0  # points: a larger coloured area is the ground of cells
_STRONG = 80  # of 255: how far the primaries of a colour lie apart that is no grey
_WHITE = 0xFFFFFF
_UNDER = 0.35  # of the size: how far under its letters a stroke underlines them
_RULE = 1.5  # points: nearer to an edge of the cell it is its rule
_MOST = 0.6  # share of an option's letters that are set off
_LONGEST = 40  # characters: printed choices are short
_BETWEEN = re.compile(r"[・･/／|｜,，、 　]+")


def find_emphasis(
    lines: Sequence[TextLine], paints: Sequence[Paint], paths: Sequence[VectorPath]
) -> Emphasis:
    """What is set off on a page by the paints of its characters, and by grounds and strokes of the size of words."""
    grounds = [
        path.box
        for path in paths
        if path.solid is not None and path.solid != _WHITE and _is_word_size(path.box) and not path.curves
    ]
    underlines = [
        (min(x0, x1), y0, max(x0, x1))
        for path in paths
        if path.stroked and path.box[2] - path.box[0] <= _WIDEST
        for x0, y0, x1, y1 in path.lines
        if abs(y0 - y1) < 1.0 and abs(x0 - x1) > 4.0
    ]
    usual = _usual_paint(lines) if len(paints) > 1 else None
    strong_paints = {id(paint) for paint in paints if usual is not None and _is_strong(paint, usual)}
    pale_paints = {
        id(paint) for paint in paints if usual is not None and is_pale(paint) and not is_pale(usual)
    } - strong_paints
    strong = _boxes_of(lines, strong_paints) if strong_paints else []
    pale = _boxes_of(lines, pale_paints) if pale_paints else []
    return Emphasis((*grounds, *strong), tuple(pale), tuple(underlines))


def chosen_by_emphasis(emphasis: Emphasis, glyphs: Glyphs, indexes: Sequence[int], cell: Box) -> str | None:
    """The printed choice that is set off from the others in a cell; `indexes` are the cell's glyphs."""
    if not 3 <= len(indexes) <= _LONGEST or not emphasis or not (emphasis := _within(emphasis, cell)):
        return None
    options = _options(glyphs, sorted(indexes))
    if len(options) < 2:
        return None
    strong = [option for option in options if _is_set_off(emphasis, glyphs, option, cell)]
    if not strong:
        pale = [option for option in options if _share(glyphs, option, emphasis.pale) >= _MOST]
        strong = [option for option in options if option not in pale] if pale else []
    return "".join(glyphs.chars[i] for i in strong[0]) if len(strong) == 1 else None


def _within(emphasis: Emphasis, cell: Box) -> Emphasis:
    """What is set off within a cell; an underline at the cell's own foot is its rule."""
    left, top, right, foot = cell
    return Emphasis(
        tuple(b for b in emphasis.strong if top < b[3] and b[1] < foot and left < b[2] and b[0] < right),
        tuple(b for b in emphasis.pale if top < b[3] and b[1] < foot and left < b[2] and b[0] < right),
        tuple(
            u
            for u in emphasis.underlines
            if top + _RULE < u[1] < foot - _RULE and left <= u[0] and u[2] <= right
        ),
    )


def _options(glyphs: Glyphs, indexes: Sequence[int]) -> list[list[int]]:
    """The glyphs of each choice: what separators, spaces and line ends part."""
    options: list[list[int]] = [[]]
    for before, index in zip([None, *indexes], indexes, strict=False):
        apart = before is not None and glyphs.lines[index] != glyphs.lines[before]
        if apart or _BETWEEN.fullmatch(glyphs.chars[index]):
            options.append([])
        if not _BETWEEN.fullmatch(glyphs.chars[index]):
            options[-1].append(index)
    return [option for option in options if option]


def _is_set_off(emphasis: Emphasis, glyphs: Glyphs, option: Sequence[int], cell: Box) -> bool:
    grounds = [box for box in emphasis.strong if box[2] - box[0] < 0.95 * (cell[2] - cell[0])]
    return _share(glyphs, option, grounds) >= _MOST or _is_underlined(emphasis, glyphs, option)


def _share(glyphs: Glyphs, option: Sequence[int], boxes: Sequence[Box]) -> float:
    """The share of an option's glyphs whose middle lies in one of the boxes."""
    count = sum(
        any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for box in boxes)
        for x, y in (glyphs.centres[i] for i in option)
    )
    return count / len(option)


def _is_underlined(emphasis: Emphasis, glyphs: Glyphs, option: Sequence[int]) -> bool:
    left, right = min(glyphs.boxes[i][0] for i in option), max(glyphs.boxes[i][2] for i in option)
    foot, size = max(glyphs.boxes[i][3] for i in option), glyphs.sizes[option[0]]
    return any(
        abs(x0 - left) < size and abs(x1 - right) < size and abs(y - foot) < _UNDER * size
        for x0, y, x1 in emphasis.underlines
    )


def _is_word_size(box: Box) -> bool:
    return 4.0 <= box[2] - box[0] <= _WIDEST and 5.0 <= box[3] - box[1] <= _TALLEST


def _usual_paint(lines: Sequence[TextLine]) -> Paint:
    counts: Counter[int] = Counter()
    known: dict[int, Paint] = {}
    for line in lines:
        paint = line.paints[0]
        counts[id(paint)] += len(line.chars)
        known[id(paint)] = paint
    return known[max(counts, key=lambda key: counts[key])] if counts else Paint()


def _is_strong(paint: Paint, usual: Paint) -> bool:
    """Whether a paint stands out from the usual one: a colour that is no grey, or a heavier weight."""
    primaries = (paint.colour >> 16 & 255, paint.colour >> 8 & 255, paint.colour & 255)
    coloured = max(primaries) - min(primaries) >= _STRONG and paint.colour != usual.colour
    return coloured or (paint.bold and not usual.bold)


def _boxes_of(lines: Sequence[TextLine], paints: set[int]) -> list[Box]:
    return [
        box
        for line in lines
        for box, paint in zip(line.boxes, line.paints, strict=True)
        if id(paint) in paints
    ]
