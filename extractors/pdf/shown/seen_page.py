"""One PDF page in, what a person sees of it out: lines of text, paths, pictures; and lines that are not the page's text.

Everything behind it works on this alone. A page whose writing is turned is put upright in memory first. Hidden text,
watermarks and ruby are kept with the reason why they stand aside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from extractors.location import Box
from extractors.pdf.page.annotations import Annotations, page_to_annotations
from extractors.pdf.page.paths import VectorPath, box_on_page, page_to_paths, rotation_of
from extractors.pdf.page.text_lines import PageText, Paint, TextLine, page_to_text
from extractors.pdf.shown.beside_text import split_pattern, split_writing
from extractors.pdf.shown.hidden_text import paths_to_areas, split_hidden
from extractors.pdf.shown.painted_over import covered_by_annotations, covered_characters
from extractors.pdf.shown.picture import PagePicture
from extractors.pdf.shown.symbol_text import read_symbols
from extractors.pdf.shown.turned_page import turn_of
from extractors.pdf.shown.typed_rules import lines_to_typed_rules

_EDGE = 3.0  # points


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page as seen: its lines, those that are hidden, watermarks, ruby; paths, pictures, annotations, fields.

    `rules` are rules typed as characters, `pictures` boxes of pictures, `turn` is by how many degrees the page's writing
    was turned, `paints` are those that its characters have, `picture` draws parts of the page.
    """

    lines: tuple[TextLine, ...]
    hidden: tuple[TextLine, ...]
    watermarks: tuple[TextLine, ...]
    ruby: tuple[TextLine, ...]
    paths: tuple[VectorPath, ...]
    rules: tuple[VectorPath, ...]
    pictures: tuple[Box, ...]
    annotations: Annotations
    widgets: tuple[Any, ...]
    turn: int
    paints: tuple[Paint, ...]
    picture: Callable[[], PagePicture]


def page_to_seen(page: Any) -> SeenPage:
    """What is seen of a page."""
    text, display_list, turn = _upright(page)
    if page.first_annot is not None or page.first_widget is not None:
        display_list = page.get_displaylist(
            annots=1
        )  # before annotations are hidden: they are part of what is seen
    picture = cache(partial(PagePicture, display_list))
    annotations = page_to_annotations(page)
    widgets = tuple(page.widgets()) if page.first_widget is not None else ()
    paths = page_to_paths(page)
    pattern = split_pattern(read_symbols(text, partial(_has_unicode, page.parent)), text.paints)
    lines = pattern.lines
    grounds = {box_on_page(widget.rect, rotation_of(page)) for widget in widgets}
    covered = covered_characters(
        page, lines, [p for p in paths if not _is_field(p.box, grounds)], text.pictures
    )
    covered |= covered_by_annotations(lines, annotations.covers, picture)
    seen = split_hidden(lines, text.paints, paths_to_areas(paths), picture, covered)
    writing = split_writing(seen.seen, text.paints)
    typed = lines_to_typed_rules(writing.lines)
    return SeenPage(
        typed.lines,
        seen.hidden,
        (*pattern.watermarks, *writing.watermarks),
        writing.ruby,
        paths,
        typed.paths,
        tuple(box for box, _ in text.pictures),
        annotations,
        widgets,
        turn,
        text.paints,
        picture,
    )


def _is_field(box: Box, fields: Iterable[Box]) -> bool:
    """Whether a path is the ground of a form field: what is typed there replaces what it hides."""
    return any(all(abs(a - b) <= _EDGE for a, b in zip(box, field, strict=True)) for field in fields)


def _upright(page: Any) -> tuple[PageText, Any, int]:
    """The text of the page put upright, its display list, and by how many degrees its writing was turned."""
    display_list = page.get_displaylist(annots=0)
    text = page_to_text(display_list)
    turn = turn_of(text.lines)
    if turn:
        page.set_rotation((page.rotation - turn) % 360)
        display_list = page.get_displaylist(annots=0)
        text = page_to_text(display_list)
    return text, display_list, turn


def _has_unicode(book: Any, font: str) -> bool:
    """Whether a Type 3 font, which MuPDF calls 「Type3 (8 0 R)」 by its place in the file, maps its codes to Unicode."""
    number = font.partition("(")[2].split(" ")[0]
    return number.isdecimal() and book.xref_get_key(int(number), "ToUnicode")[0] != "null"
