"""The form fields of a page in, their values out, as lines of glyphs, each as a viewer shows it.

A field's value stands in the form, its picture may be missing: the value counts, unless viewers are told not to show
the field. A ticked 「□ 対応」 comes out as ■, a list that stores 1 and shows 「はい」 as 「はい」.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pymupdf

from extractors.location import Box
from extractors.looks import MOST_CHOICES
from extractors.pdf.page.paths import box_on_page, rotation_of

Glyph = tuple[str, Box, float, bool]
GlyphLine = list[Glyph]
Seen = Callable[[Box], bool]  # whether anything can be seen within a box of the page

_CHECK, _RADIO = pymupdf.PDF_WIDGET_TYPE_CHECKBOX, pymupdf.PDF_WIDGET_TYPE_RADIOBUTTON
_BOXES = {_CHECK, _RADIO}
_LISTS = {pymupdf.PDF_WIDGET_TYPE_COMBOBOX, pymupdf.PDF_WIDGET_TYPE_LISTBOX}
_TEXTS = {pymupdf.PDF_WIDGET_TYPE_TEXT, *_LISTS}
_UNSEEN = 2 | 32  # Hidden and NoView, ISO 32000-2 table 167
_SIZE = 9.0
_LEADING = 1.25
_MIDDLE = 0.25  # of a box's side: what of it is its edge, and no tick
_EDGE = 1.5  # points
_OFF = "Off"
_TAKING = {*_TEXTS, *_BOXES}
_MOST_FIELDS, _LONGEST_PROMPT = 5_000, 300


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a form: its box in points, the entries of its list, None where it has none, its prompt, whether it is locked."""

    box: Box
    choices: tuple[str, ...] | None = None
    prompt: str = ""
    locked: bool = False


@dataclass(frozen=True, slots=True)
class ShownFields:
    """The fields of a page: lines of glyphs for what is shown, texts that no viewer shows, with their boxes.

    `boxes` are those of the fields shown: where in its field a value is drawn is not known. `undrawn` is how many values nobody
    has drawn: programs fill in forms so, and not every viewer draws them itself. `fields` say what each takes.
    """

    lines: tuple[GlyphLine, ...] = ()
    hidden: tuple[tuple[Box, str], ...] = ()
    boxes: tuple[Box, ...] = ()
    undrawn: int = 0
    fields: tuple[FormField, ...] = ()


def widgets_to_fields(page: Any, widgets: Sequence[Any], seen: Seen) -> ShownFields:
    """A page's form fields, in the coordinates a reader sees; `seen` looks at the page as it is drawn."""
    lines: list[GlyphLine] = []
    hidden: list[tuple[Box, str]] = []
    boxes: list[Box] = []
    undrawn = 0
    for widget in widgets:
        field = _Field(page.parent, widget, box_on_page(widget.rect, rotation_of(page)))
        is_empty = not field.is_hidden and field.is_drawn_empty(seen)
        field_lines = field.lines(is_empty)
        text = "".join(glyph[0] for line in field_lines for glyph in line).strip()
        is_unseen = bool(text) and widget.field_type in _TEXTS and not seen(_inner(field.box, _EDGE))
        if field.is_hidden or (is_unseen and field.draws_text):
            hidden += [(field.box, text)] * bool(text and text != "□")
            continue
        lines += field_lines
        boxes.append(field.box)
        undrawn += is_unseen and not field.is_drawn_by_viewers
        if is_empty:
            hidden.append((field.box, "■"))
    taking = [widget for widget in widgets if widget.field_type in _TAKING][:_MOST_FIELDS]
    fields = tuple(_form_field(page, widget) for widget in taking)
    return ShownFields(tuple(lines), tuple(hidden), tuple(boxes), undrawn, fields)


def _form_field(page: Any, widget: Any) -> FormField:
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


@dataclass(frozen=True, slots=True)
class _Field:
    """One place of a form field on a page."""

    book: Any
    widget: Any
    box: Box

    @property
    def is_hidden(self) -> bool:
        """Whether a flag keeps viewers from showing the field."""
        kind, flags = self.book.xref_get_key(self.widget.xref, "F")
        return kind == "int" and bool(int(flags) & _UNSEEN)

    @property
    def draws_text(self) -> bool:
        """Whether the field's picture writes anything, seen or not."""
        kind, reference = self.book.xref_get_key(self.widget.xref, "AP/N")
        stream = self.book.xref_stream(int(reference.split()[0])) if kind == "xref" else b""
        return any(operator in (stream or b"") for operator in (b"Tj", b"TJ"))

    @property
    def is_drawn_by_viewers(self) -> bool:
        """Whether the file asks viewers to draw the values of its fields."""
        return str(self.book.xref_get_key(self.book.pdf_catalog(), "AcroForm/NeedAppearances")[1]) == "true"

    def lines(self, is_empty: bool) -> list[GlyphLine]:
        """The field's value as lines of glyphs; `is_empty` where a ticked box is drawn as an empty one."""
        if self.widget.field_type in _BOXES:
            char = "■" if self._is_on() and not is_empty else "□"
            return [[(char, _square(self.box), min(self.box[3] - self.box[1], 12.0), True)]]
        if self.widget.field_type not in _TEXTS or not self.widget.field_value:
            return []
        value = self.widget.field_value
        values = [str(part) for part in value] if isinstance(value, list | tuple) else [str(value)]
        text = "\n".join(map(self._shown, values))
        return text_to_glyph_lines(text, self.box, self.widget.text_fontsize or _SIZE)

    def is_drawn_empty(self, seen: Seen) -> bool:
        """Whether a box that is ticked by its state shows nothing inside: 「/No」 may be drawn as an empty box."""
        if self.widget.field_type not in _BOXES or not self._is_on():
            return False
        pictures = self.book.xref_get_key(self.widget.xref, "AP/N")[0]
        if pictures == "null":
            return False
        if (
            pictures == "dict"
            and self.book.xref_get_key(self.widget.xref, f"AP/N/{self._state()}")[0] == "null"
        ):
            return True
        side = min(self.box[2] - self.box[0], self.box[3] - self.box[1])
        return not seen(_inner(self.box, _MIDDLE * side))

    def _state(self) -> str | None:
        """The state that a check box or radio button shows, None where none is said."""
        kind, state = self.book.xref_get_key(self.widget.xref, "AS")
        return str(state).removeprefix("/") if kind == "name" else None

    def _is_on(self) -> bool:
        """Whether a check box or radio button is ticked: by its shown state, else by its value."""
        state = self._state()
        return state != _OFF if state is not None else self.widget.field_value not in {None, "", _OFF, False}

    def _shown(self, value: str) -> str:
        """The words that a list shows for a value that it stores."""
        if self.widget.field_type not in _LISTS:
            return value
        pairs = [entry for entry in self.widget.choice_values or () if isinstance(entry, list | tuple)]
        return next((str(pair[1]) for pair in pairs if len(pair) > 1 and str(pair[0]) == value), value)


def _inner(box: Box, edge: float) -> Box:
    return box[0] + edge, box[1] + edge, box[2] - edge, box[3] - edge


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
