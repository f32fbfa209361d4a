"""One PDF page in, what people put on top of it with a viewer out: typed text, rings and marks, strokes through text.

Every annotation is in one of the fields of the result: what cannot be understood is counted, so that it can be told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from extractors.location import Box
from extractors.pdf.page.attachments import Attached, pinned_file
from extractors.pdf.page.form_fields import GlyphLine, typed
from extractors.pdf.page.paths import shown, turn_of

_SIZE = 9.0
_HIDDEN = 2  # bit 2 of the flags, ISO 32000-2 table 167
_TYPED = "FreeText"
_RINGS = {"Circle", "Ink", "Polygon", "Square"}
_MARKERS = {"Highlight", "Underline", "Squiggly"}
_STRUCK = "StrikeOut"
_STAMP = "Stamp"
_PINNED = "FileAttachment"
_NOTHING = {"Popup", "Link", "Widget"}


@dataclass(frozen=True, slots=True)
class Annotations:
    """What stands on a page, in the coordinates a reader sees (points).

    `typed` are lines of text that hold, `stamps` boxes of stamps with the lines on each, `rings` boxes drawn round or
    over something, `struck` boxes of what is struck through, `notes` comments that only show on a click, `pinned`
    files, and `unread` is how many are of other kinds.
    """

    typed: tuple[GlyphLine, ...] = ()
    stamps: tuple[tuple[Box, tuple[GlyphLine, ...]], ...] = ()
    rings: tuple[Box, ...] = ()
    struck: tuple[Box, ...] = ()
    notes: tuple[tuple[Box, str], ...] = ()
    unread: int = 0
    pinned: tuple[Attached, ...] = ()


def page_to_annotations(page: Any) -> Annotations:
    """Read the annotations of a page, each once, and hide them in memory: what else is drawn is the page's own."""
    lines: list[GlyphLine] = []
    stamps: list[tuple[Box, tuple[GlyphLine, ...]]] = []
    rings: list[Box] = []
    struck: list[Box] = []
    notes: list[tuple[Box, str]] = []
    pinned: list[Attached] = []
    unread = 0
    matrix = turn_of(page)
    for annotation in page.annots():
        kind, box = annotation.type[1], shown(annotation.rect, matrix)
        if annotation.flags & _HIDDEN:
            continue
        if kind == _TYPED:
            lines += _drawn_lines(annotation, matrix) or _content_lines(annotation, box)
        elif kind == _STAMP:
            stamps.append((box, tuple(_drawn_lines(annotation, matrix))))
        elif kind in _RINGS:
            rings.append(box)
        elif kind in _MARKERS:
            rings += _quads(annotation, matrix) or [box]
        elif kind == _STRUCK:
            struck += _quads(annotation, matrix) or [box]
        elif kind == _PINNED:
            pinned.append(pinned_file(annotation))
        elif kind not in _NOTHING and kind != "Text":
            unread += 1
        if kind not in {_TYPED, _STAMP} and (note := annotation.info.get("content", "").strip()):
            notes.append((box, note))
        if kind not in _NOTHING:
            annotation.set_flags(annotation.flags | _HIDDEN)
    return Annotations(
        tuple(lines), tuple(stamps), tuple(rings), tuple(struck), tuple(notes), unread, tuple(pinned)
    )


def _drawn_lines(annotation: Any, matrix: Sequence[float] | None) -> list[GlyphLine]:
    """The annotation's lines as it draws them."""
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
    return lines


def _content_lines(annotation: Any, box: Box) -> list[GlyphLine]:
    """Its words laid into its box, where nothing draws them."""
    text = annotation.info.get("content", "")
    return typed(text, box, _SIZE) if text.strip() else []


def _quads(annotation: Any, matrix: Sequence[float] | None) -> list[Box]:
    """The boxes of the lines of text that a marker runs over."""
    points = [tuple(point)[:2] for point in annotation.vertices or ()]
    quads = [points[i : i + 4] for i in range(0, len(points) - 3, 4)]
    return [
        shown(
            (min(x for x, _ in q), min(y for _, y in q), max(x for x, _ in q), max(y for _, y in q)), matrix
        )
        for q in quads
    ]
