"""One PDF page in, what was typed or ticked on top of it out: form fields and text annotations, as lines of glyphs.

A field's value stands in the form, its picture may be missing: the value counts. What was typed over a printed
character replaces it: a ■ over the printed □, an answer over a placeholder.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pymupdf
from numpy.typing import NDArray

from extractors.grid import Box
from extractors.pdf.drawings import shown, turn_of
from extractors.pdf.squares import CheckBox
from normalizers.text import empty_boxes, shape_of, ticked_boxes

Glyph = tuple[str, Box, float, bool]
GlyphLine = list[Glyph]

_CHECK, _RADIO = pymupdf.PDF_WIDGET_TYPE_CHECKBOX, pymupdf.PDF_WIDGET_TYPE_RADIOBUTTON
_TEXTS = {pymupdf.PDF_WIDGET_TYPE_TEXT, pymupdf.PDF_WIDGET_TYPE_COMBOBOX, pymupdf.PDF_WIDGET_TYPE_LISTBOX}
_SIZE = 9.0
_LEADING = 1.25


def page_to_added(page: Any) -> list[GlyphLine]:
    """Lines of glyphs for the page's fields and text annotations, in the coordinates a reader sees."""
    lines: list[GlyphLine] = []
    for widget in page.widgets():
        lines += _widget_lines(page, widget)
    for annotation in page.annots(types=[pymupdf.PDF_ANNOT_FREE_TEXT]):
        lines += _annotation_lines(page, annotation)
    return lines


def _widget_lines(page: Any, widget: Any) -> list[GlyphLine]:
    box = shown(widget.rect, turn_of(page))
    if widget.field_type in {_CHECK, _RADIO}:
        return [[("■" if _is_on(page, widget) else "□", _square(box), min(box[3] - box[1], 12.0), True)]]
    if widget.field_type in _TEXTS and widget.field_value:
        value = widget.field_value
        text = "\n".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
        return _typed(text, box, widget.text_fontsize or _SIZE)
    return []


def _is_on(page: Any, widget: Any) -> bool:
    """Whether a check box or radio button is ticked: by its shown state, else by its value."""
    kind, state = page.parent.xref_get_key(widget.xref, "AS")
    if kind == "name":
        return bool(state != "/Off")
    return widget.field_value not in {None, "", "Off", False}


def _annotation_lines(page: Any, annotation: Any) -> list[GlyphLine]:
    """The annotation's lines as it draws them, else as its contents say."""
    matrix = turn_of(page)
    lines: list[GlyphLine] = []
    for block in annotation.get_text("rawdict").get("blocks", ()):
        for line in block.get("lines", ()):
            glyphs = [
                (char["c"], shown(char["bbox"], matrix), span["size"], True)
                for span in line["spans"]
                for char in span["chars"]
            ]
            if any(not glyph[0].isspace() for glyph in glyphs):
                lines.append(glyphs)
    text = annotation.info.get("content", "")
    return lines or (_typed(text, shown(annotation.rect, matrix), _SIZE) if text.strip() else [])


def _square(box: Box) -> Box:
    """The middle of a field as one character."""
    side = min(box[2] - box[0], box[3] - box[1])
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return x - side / 2, y - side / 2, x + side / 2, y + side / 2


def _typed(text: str, box: Box, size: float) -> list[GlyphLine]:
    """A field's value laid into its box: from the top, or in the middle where one line fills the box."""
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    height = box[3] - box[1]
    pitch = min(size * _LEADING, height / len(rows))
    top = box[1] + max(0.0, (height - pitch) / 2) if len(rows) == 1 and height < 2.4 * size else box[1] + 1.0
    return [_row(row, (box[0] + 1.0, top + pitch * number, box[2], top + pitch * (number + 1)), size)
            for number, row in enumerate(rows) if row.strip()]  # fmt: skip


def _row(text: str, box: Box, size: float) -> GlyphLine:
    widths = [size if unicodedata.east_asian_width(char) in "WFA" else size / 2 for char in text]
    squeeze = min(1.0, (box[2] - box[0]) / max(sum(widths), 1.0))
    glyphs: GlyphLine = []
    x = box[0]
    for char, width in zip(text, widths, strict=True):
        glyphs.append((char, (x, box[1], x + width * squeeze, box[3]), size, True))
        x += width * squeeze
    return glyphs


def without_overwritten(printed: Sequence[GlyphLine], added: Sequence[GlyphLine]) -> list[GlyphLine]:
    """The printed lines without the characters that something was typed over."""
    centres = _centres(glyph for line in printed for glyph in line)
    covered = iter(_covered(centres, np.asarray([_area(line) for line in added])).tolist())
    kept = ([glyph for glyph in line if not next(covered) or glyph[0].isspace()] for line in printed)
    return [line for line in kept if line]


def _centres(glyphs: Iterable[Glyph]) -> NDArray[np.float64]:
    boxes = np.asarray([glyph[1] for glyph in glyphs], dtype=np.float64).reshape(-1, 4)
    return (boxes[:, :2] + boxes[:, 2:]) / 2


def _covered(centres: NDArray[np.float64], areas: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which of the centres (n, 2) lie in one of the areas (m, 4)."""
    x, y = centres[:, :1], centres[:, 1:]
    inside = (areas[:, 0] <= x) & (x <= areas[:, 2]) & (areas[:, 1] <= y) & (y <= areas[:, 3])
    return np.asarray(inside.any(axis=1))


def ticked(added: Sequence[GlyphLine], printed: Sequence[GlyphLine]) -> list[GlyphLine]:
    """The added lines; a lone mark over a printed empty box is a ticked box."""
    boxes = [glyph[1] for line in printed for glyph in line if glyph[0] in empty_boxes()]
    result = []
    for line in added:
        inked = [glyph for glyph in line if not glyph[0].isspace()]
        over = len(inked) == 1 and any(_inside(box, _area(inked)) for box in boxes)
        if over and (shape_of(inked[0][0]) not in {None, "dash"} or inked[0][0] in "■☑☒"):
            line = [("■", *inked[0][1:])]  # noqa: PLW2901
        result.append(line)
    return result


def with_check_boxes(lines: Sequence[GlyphLine], boxes: Sequence[CheckBox]) -> list[GlyphLine]:
    """The page's lines and □ or ■ for each drawn check box; a mark printed in one ticks it.

    A square round a printed box or round words is no check box.
    """
    glyphs = [glyph for line in lines for glyph in line if not glyph[0].isspace()]
    centres = _centres(glyphs)
    drawn: list[GlyphLine] = []
    ticks: set[int] = set()
    for found in boxes:
        inside = np.flatnonzero(_covered(centres, np.asarray([found.box]))).tolist()
        if inside and not (len(inside) == 1 and _is_tick(glyphs[inside[0]][0])):
            continue
        ticks.update(id(glyphs[index]) for index in inside)
        char = "■" if found.ticked or inside else "□"
        drawn.append([(char, found.box, min(found.box[3] - found.box[1], 12.0), True)])
    kept = ([glyph for glyph in line if id(glyph) not in ticks] for line in lines)
    return [*(line for line in kept if line), *drawn] if drawn else list(lines)


def _is_tick(char: str) -> bool:
    """Whether a character ticks a drawn box: any mark but a dash or a box."""
    return shape_of(char) not in {None, "dash"} and char not in empty_boxes() + ticked_boxes()


def _area(line: Sequence[Glyph]) -> Box:
    """The box around a line's ink, a little higher, as no line is drawn exactly over another."""
    boxes = [glyph[1] for glyph in line if not glyph[0].isspace()] or [glyph[1] for glyph in line]
    height = max(b[3] for b in boxes) - min(b[1] for b in boxes)
    margin = 0.15 * height
    return (min(b[0] for b in boxes) - margin, min(b[1] for b in boxes) - margin,
            max(b[2] for b in boxes) + margin, max(b[3] for b in boxes) + margin)  # fmt: skip


def _inside(box: Box, area: Box) -> bool:
    """Whether the middle of a character lies in an area."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return area[0] <= x <= area[2] and area[1] <= y <= area[3]
