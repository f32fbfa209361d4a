"""One PDF page in, its annotations out: typed text, stamps, circles and marks, strokes through text, comments, files.

A vendor who answers in a viewer types 「対応済」 into a FreeText box and draws an oval round 「有」. Every annotation is in
one of the fields of the result: what cannot be understood is counted, so that it can be reported.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from extractors.location import Box
from extractors.pdf.page.attachments import Attachment, read_pinned_file
from extractors.pdf.page.form_fields import GlyphLine, text_to_glyph_lines
from extractors.pdf.page.paths import box_on_page, rotation_of

_SIZE = 9.0
_HIDDEN = 2  # bit 2 of the flags, ISO 32000-2 table 167
_TYPED = "FreeText"
_CIRCLES = {"Circle", "Ink", "Polygon", "Square"}
_MARKERS = {"Highlight", "Underline", "Squiggly"}
_STRUCK = "StrikeOut"
_STAMP = "Stamp"
_PINNED = "FileAttachment"
_COMMENT = "Text"
_NOTHING = {"Popup", "Link", "Widget"}
_OVER_TEXT = {*_MARKERS, _STRUCK}
_READ = {*_CIRCLES, *_OVER_TEXT, _PINNED, _COMMENT, *_NOTHING}


@dataclass(frozen=True, slots=True)
class Annotations:
    """What stands on a page, in the coordinates a reader sees (points).

    `typed_lines` are lines of text that hold, `stamps` boxes of stamps with the lines on each, `circles` boxes drawn
    round or over something, `struck_boxes` boxes of what is struck through, `notes` comments that only show on a
    click, `attachments` files pinned to the page, and `unread_count` is how many are of other kinds.
    """

    typed_lines: tuple[GlyphLine, ...] = ()
    stamps: tuple[tuple[Box, tuple[GlyphLine, ...]], ...] = ()
    circles: tuple[Box, ...] = ()
    struck_boxes: tuple[Box, ...] = ()
    notes: tuple[tuple[Box, str], ...] = ()
    unread_count: int = 0
    attachments: tuple[Attachment, ...] = ()


def page_to_annotations(page: Any) -> Annotations:
    """Read the annotations of a page, each once, and hide them in memory: what else is drawn is the page's own."""
    matrix = rotation_of(page)
    parts: list[Annotations] = []
    for annotation in page.annots():
        if annotation.flags & _HIDDEN:
            continue
        parts.append(_read_annotation(annotation, matrix))
        if annotation.type[1] not in _NOTHING:
            annotation.set_flags(annotation.flags | _HIDDEN)
    return Annotations(
        tuple(line for part in parts for line in part.typed_lines),
        tuple(stamp for part in parts for stamp in part.stamps),
        tuple(box for part in parts for box in part.circles),
        tuple(box for part in parts for box in part.struck_boxes),
        tuple(note for part in parts for note in part.notes),
        sum(part.unread_count for part in parts),
        tuple(file for part in parts for file in part.attachments),
    )


def _read_annotation(annotation: Any, matrix: Sequence[float] | None) -> Annotations:
    """What a single annotation says."""
    kind, box = annotation.type[1], box_on_page(annotation.rect, matrix)
    if kind == _TYPED:
        lines = _drawn_lines(annotation, matrix) or _content_lines(annotation, box)
        return Annotations(typed_lines=tuple(lines))
    if kind == _STAMP:
        return Annotations(stamps=((box, tuple(_drawn_lines(annotation, matrix))),))
    note = annotation.info.get("content", "").strip()
    boxes = tuple(_quads(annotation, matrix) or [box]) if kind in _OVER_TEXT else (box,)
    return Annotations(
        circles=boxes if kind in _CIRCLES | _MARKERS else (),
        struck_boxes=boxes if kind == _STRUCK else (),
        notes=((box, note),) if note else (),
        unread_count=int(kind not in _READ),
        attachments=(read_pinned_file(annotation),) if kind == _PINNED else (),
    )


def _drawn_lines(annotation: Any, matrix: Sequence[float] | None) -> list[GlyphLine]:
    """The annotation's lines as it draws them."""
    lines: list[GlyphLine] = []
    for block in annotation.get_text("rawdict").get("blocks", ()):
        for line in block.get("lines", ()):
            glyphs = [
                (char["c"], box_on_page(char["bbox"], matrix), span["size"], True)
                for span in line["spans"]
                for char in span["chars"]
            ]
            if any(not glyph[0].isspace() for glyph in glyphs):
                lines.append(glyphs)
    return lines


def _content_lines(annotation: Any, box: Box) -> list[GlyphLine]:
    """Its words laid into its box, where nothing draws them."""
    text = annotation.info.get("content", "")
    return text_to_glyph_lines(text, box, _SIZE) if text.strip() else []


def _quads(annotation: Any, matrix: Sequence[float] | None) -> list[Box]:
    """The boxes of the lines of text that a marker runs over."""
    points = [tuple(point)[:2] for point in annotation.vertices or ()]
    quads = [points[i : i + 4] for i in range(0, len(points) - 3, 4)]
    return [
        box_on_page(
            (min(x for x, _ in q), min(y for _, y in q), max(x for x, _ in q), max(y for _, y in q)), matrix
        )
        for q in quads
    ]
