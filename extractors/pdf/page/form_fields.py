"""One PDF page in, the values of its form fields out, as lines of glyphs, and what the fields take.

A field's value stands in the form, its picture may be missing: the value counts. A ticked 「□ 対応」 comes out as ■.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

import pymupdf

from extractors.location import Box
from extractors.looks import MOST_CHOICES
from extractors.pdf.page.paths import box_on_page, rotation_of

Glyph = tuple[str, Box, float, bool]
GlyphLine = list[Glyph]

_CHECK, _RADIO = pymupdf.PDF_WIDGET_TYPE_CHECKBOX, pymupdf.PDF_WIDGET_TYPE_RADIOBUTTON
_TEXTS = {pymupdf.PDF_WIDGET_TYPE_TEXT, pymupdf.PDF_WIDGET_TYPE_COMBOBOX, pymupdf.PDF_WIDGET_TYPE_LISTBOX}
_LISTS = {pymupdf.PDF_WIDGET_TYPE_COMBOBOX, pymupdf.PDF_WIDGET_TYPE_LISTBOX}
_TAKING = {*_TEXTS, _CHECK, _RADIO}
_MOST_FIELDS, _LONGEST_PROMPT = 5_000, 300
_SIZE = 9.0
_LEADING = 1.25


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a form: its box in points, the entries of its list, None where it has none, its prompt, whether it is locked."""

    box: Box
    choices: tuple[str, ...] | None = None
    prompt: str = ""
    locked: bool = False


def page_to_fields(page: Any) -> tuple[list[GlyphLine], tuple[FormField, ...]]:
    """Lines of glyphs for the values of the page's form fields, in the coordinates a reader sees, and the fields."""
    lines: list[GlyphLine] = []
    fields: list[FormField] = []
    for widget in page.widgets():
        lines += _widget_lines(page, widget)
        if widget.field_type in _TAKING and len(fields) < _MOST_FIELDS:
            fields.append(_field(page, widget))
    return lines, tuple(fields)


def _field(page: Any, widget: Any) -> FormField:
    choices = None
    if widget.field_type in _LISTS:
        values = [
            value[-1] if isinstance(value, list | tuple) and value else value
            for value in widget.choice_values or ()
        ]
        texts = (str(value).strip() for value in values)
        choices = tuple(dict.fromkeys(text for text in texts if text))[:MOST_CHOICES]
    locked = bool((widget.field_flags or 0) & pymupdf.PDF_FIELD_IS_READ_ONLY)
    prompt = " ".join(str(widget.field_label or "").split())[:_LONGEST_PROMPT]
    return FormField(box_on_page(widget.rect, rotation_of(page)), choices, prompt, locked)


def _widget_lines(page: Any, widget: Any) -> list[GlyphLine]:
    box = box_on_page(widget.rect, rotation_of(page))
    if widget.field_type in {_CHECK, _RADIO}:
        return [[("■" if _is_on(page, widget) else "□", _square(box), min(box[3] - box[1], 12.0), True)]]
    if widget.field_type in _TEXTS and widget.field_value:
        value = widget.field_value
        text = "\n".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
        return text_to_glyph_lines(text, box, widget.text_fontsize or _SIZE)
    return []


def _is_on(page: Any, widget: Any) -> bool:
    """Whether a check box or radio button is ticked: by its shown state, else by its value."""
    kind, state = page.parent.xref_get_key(widget.xref, "AS")
    if kind == "name":
        return bool(state != "/Off")
    return widget.field_value not in {None, "", "Off", False}


def _square(box: Box) -> Box:
    """The middle of a field as one character."""
    side = min(box[2] - box[0], box[3] - box[1])
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return x - side / 2, y - side / 2, x + side / 2, y + side / 2


def text_to_glyph_lines(text: str, box: Box, size: float) -> list[GlyphLine]:
    """A text laid into its box: from the top, or in the middle where one line fills the box."""
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
