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
_HIDDEN, _NO_VIEW = 2, 32  # flags of annotations and fields, ISO 32000-2 table 167
UNSEEN = _HIDDEN | _NO_VIEW
_SOLID = 0.9  # an opacity above which nothing shows through
_SHADES = (0.97, 0.3)  # a ground as white as paper, or as dark as a bar that blackens
_COVERING = {"Square", "Circle", "Polygon", "FreeText"}
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
    click, `attachments` files pinned to the page, and `unread_count` is how many are of other kinds. `covers` are boxes
    of those that hide what lies under them, `hidden` texts of those that no viewer shows, with their boxes.
    """

    typed_lines: tuple[GlyphLine, ...] = ()
    stamps: tuple[tuple[Box, tuple[GlyphLine, ...]], ...] = ()
    circles: tuple[Box, ...] = ()
    struck_boxes: tuple[Box, ...] = ()
    notes: tuple[tuple[Box, str], ...] = ()
    unread_count: int = 0
    attachments: tuple[Attachment, ...] = ()
    covers: tuple[Box, ...] = ()
    hidden: tuple[tuple[Box, str], ...] = ()


def page_to_annotations(page: Any) -> Annotations:
    """Read the annotations of a page, each once, and hide them in memory: what else is drawn is the page's own."""
    matrix = rotation_of(page)
    parts: list[Annotations] = []
    for annotation in page.annots():
        if annotation.flags & UNSEEN or annotation.opacity == 0:
            parts.append(_unseen(annotation, matrix))
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
        tuple(box for part in parts for box in part.covers),
        tuple(text for part in parts for text in part.hidden),
    )


def _unseen(annotation: Any, matrix: Sequence[float] | None) -> Annotations:
    """What an annotation that is not shown would say; it is kept from being drawn, too."""
    text = annotation.info.get("content", "").strip() if annotation.type[1] == _TYPED else ""
    annotation.set_flags(annotation.flags | _HIDDEN)
    return Annotations(hidden=((box_on_page(annotation.rect, matrix), text),) if text else ())


def _is_cover(annotation: Any) -> bool:
    """Whether an annotation has a ground of its own that nothing shows through."""
    ground = annotation.colors.get("fill") or (
        () if annotation.type[1] != _TYPED else annotation.colors.get("stroke")
    )
    shades = [float(part) for part in ground or ()]
    solid = annotation.opacity < 0 or annotation.opacity > _SOLID
    if annotation.type[1] not in _COVERING or len(shades) not in {1, 3} or not solid or annotation.blendmode:
        return False
    return min(shades) >= _SHADES[0] or max(shades) <= _SHADES[1]


def _read_annotation(annotation: Any, matrix: Sequence[float] | None) -> Annotations:
    """What a single annotation says."""
    kind, box = annotation.type[1], box_on_page(annotation.rect, matrix)
    covers = (box,) if _is_cover(annotation) else ()
    if kind == _TYPED:
        lines = _drawn_lines(annotation, matrix) or _content_lines(annotation, box)
        return Annotations(typed_lines=tuple(lines), covers=covers)
    if kind == _STAMP:
        return Annotations(stamps=((box, tuple(_drawn_lines(annotation, matrix))),))
    note = annotation.info.get("content", "").strip()
    boxes = tuple(_quads(annotation, matrix) or [box]) if kind in _OVER_TEXT else (box,)
    return Annotations(
        circles=boxes if kind in _CIRCLES | _MARKERS and not covers else (),
        struck_boxes=boxes if kind == _STRUCK else (),
        notes=((box, note),) if note else (),
        unread_count=int(kind not in _READ),
        attachments=(read_pinned_file(annotation),) if kind == _PINNED else (),
        covers=covers,
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
