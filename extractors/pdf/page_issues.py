"""What a page holds in, the issues that a person should look at out: what is hidden, drawn, struck through or cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from extractors.issue import Issue
from extractors.location import Box, Location
from extractors.pdf.cells.apply_check import ShownPage
from extractors.pdf.page.content import HIDDEN, STRUCK, PageContent
from extractors.pdf.page.glyph_lines import PrintedLine
from extractors.pdf.page.glyphs import Glyphs

_SHOWN = 40
_SAME = 0.7  # share of hidden characters that are seen in the same place
_EMPTY = 5  # characters: a picture with no more text on it holds its text itself


def book_issues(book: Any) -> list[Issue]:
    """What the whole file says: it was repaired, it is a form that only some programs can show, layers are switched off."""
    issues = [Issue("file_repaired")] if book.is_repaired else []
    catalog = book.pdf_catalog()
    if book.xref_get_key(catalog, "AcroForm/XFA")[0] != "null" and not any(
        page.first_widget for page in book
    ):
        issues.append(Issue("dynamic_form"))
    if any(not layer.get("on", True) for layer in book.get_ocgs().values()):
        issues.append(Issue("layers_hidden"))
    return issues


def page_issues(content: PageContent, is_scan: bool) -> list[Issue]:
    """What a person should look at: withdrawn words, annotations and, where not all is one, pictures that may hold answers."""
    issues = [
        Issue(
            "text_struck_through", Location(page=content.number, bbox=line.box), {"text": line.text[:_SHOWN]}
        )
        for line, why in content.aside
        if why == STRUCK
    ]
    if content.unread_count:
        params = {"count": str(content.unread_count)}
        issues.append(Issue("annotations_not_read", Location(page=content.number), params))
    if content.undrawn_fields:
        params = {"count": str(content.undrawn_fields)}
        issues.append(Issue("fields_not_drawn", Location(page=content.number), params))
    pictures = [box for box in content.drawings.pictures if _count_within(content.glyphs, box) <= _EMPTY]
    if pictures and not is_scan:
        params = {"count": str(len(pictures))}
        issues.append(Issue("picture_not_read", Location(page=content.number, bbox=pictures[0]), params))
    return issues


def shown_issues(content: PageContent, shown: ShownPage) -> list[Issue]:
    """What the page as shown says against its text: texts that nobody sees, and marks that nobody read."""
    issues = hidden_issues(content.number, shown.page.glyphs, shown.page.aside)
    if shown.unread:
        params = {"count": str(len(shown.unread))}
        issues.append(Issue("ink_not_read", Location(page=content.number, bbox=shown.unread[0]), params))
    return issues


def hidden_issues(number: int, glyphs: Glyphs, aside: Sequence[tuple[PrintedLine, str]]) -> list[Issue]:
    """One issue for the hidden texts of a page; a copy of what is seen in the same place is none."""
    hidden = [line for line, why in aside if why == HIDDEN and not _is_copy(line, glyphs)]
    if not hidden:
        return []
    params = {"count": str(len(hidden)), "text": hidden[0].text[:_SHOWN]}
    return [Issue("hidden_text", Location(page=number, bbox=hidden[0].box), params)]


def _is_copy(line: PrintedLine, glyphs: Glyphs) -> bool:
    """Whether most characters of a hidden line are seen where it stands."""
    x0, y0, x1, y1 = line.box
    x, y = glyphs.centres[:, 0], glyphs.centres[:, 1]
    size = max(line.size, 4.0)
    near = np.flatnonzero(
        (x > x0 - size) & (x < x1 + size) & (y > y0 - size / 2) & (y < y1 + size / 2)
    ).tolist()
    seen = [glyphs.chars[index] for index in near]
    chars = [char for char in line.text if not char.isspace()]
    return sum(char in seen for char in chars) >= _SAME * max(len(chars), 1)


def _count_within(glyphs: Glyphs, box: Box) -> int:
    if not len(glyphs.chars):
        return 0
    inside = (glyphs.centres >= box[:2]) & (glyphs.centres <= box[2:])
    return int((inside.all(axis=1) & ~glyphs.blank).sum())
