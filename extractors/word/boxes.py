"""What a Word file says by controls, old fields and symbol fonts in, the characters that it shows out."""

from __future__ import annotations

from extractors.looks import MOST_CHOICES
from extractors.package.drawn_marks import EMPTY, TICKED
from extractors.package.symbol_fonts import symbol_font, symbol_fonts
from extractors.package.xml_parts import Element, child, children
from extractors.word.styles import OFF, value
from normalizers.text import empty_boxes, mixed_boxes, ticked_boxes

UNREAD = "\ufffd"


def box_glyph(state: bool | None, shown: str) -> str:
    """The character of a box: the one shown where it is a box of this state, ▣ where it is one of the other."""
    stripped = shown.strip()
    is_box = len(stripped) == 1 and stripped in ticked_boxes() + empty_boxes()
    if state is None or (is_box and (stripped in ticked_boxes()) is not state):
        return mixed_boxes()[0]
    return stripped if is_box else TICKED if state else EMPTY


def symbol(font: str, code: str) -> str:
    """The character of a symbol font's code (`F0FE` of Wingdings is ☑); one that is not known stays unread."""
    known = symbol_font(font)
    character = symbol_fonts()[known].get(code[-2:].upper()) if known is not None else None
    if character is None and len(code) == 4 and not code.upper().startswith("F0"):
        try:
            return chr(int(code, 16)).encode("utf-8").decode("utf-8")
        except (ValueError, UnicodeEncodeError):
            return UNREAD
    return character or UNREAD


def old_box(box: Element) -> str:
    """The box of an old form's field."""
    state = child(box, "checked")
    state = state if state is not None else child(box, "default")
    return TICKED if state is not None and value(state).lower() not in OFF else EMPTY


def list_entries(drop_down: Element) -> tuple[str, ...]:
    """The entries of a drop-down list, of a content control or of an old form's field; one without a value only prompts."""
    entries = [
        value(entry, "displayText") or value(entry, "value")
        for entry in children(drop_down, "listItem")
        if value(entry, "value")
    ]
    entries += [value(entry) for entry in children(drop_down, "listEntry")]
    return tuple(dict.fromkeys(entry.strip() for entry in entries if entry.strip()))[:MOST_CHOICES]


def old_list(drop_down: Element) -> tuple[str, bool]:
    """The entry that a list shows, and whether somebody chose it."""
    entries = [value(entry) for entry in children(drop_down, "listEntry")]
    result = value(child(drop_down, "result"))
    chosen = result or value(child(drop_down, "default")) or "0"
    at = int(chosen) if chosen.isdecimal() and len(chosen) < 4 else len(entries)
    return (entries[at] if at < len(entries) else UNREAD), bool(result)
