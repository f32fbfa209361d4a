"""A string item (`si`, `is`) in, its text out: plain, or as runs of which some are struck through.

Phonetic runs (furigana) are no cell text.
"""

from __future__ import annotations

from extractors.cell_reference import clean
from extractors.package.xml_parts import Element, child, children

# A run's text, and whether it is struck through; None where it has no font of its own and is as its cell is.
TextRun = tuple[str, bool | None]
StoredText = str | tuple[TextRun, ...]


def item_to_text(item: Element) -> StoredText:
    """The text of a string item, Excel's escapes in it."""
    plain = [(part.text or "", None) for part in children(item, "t")]
    runs = [_run(part) for part in children(item, "r")]
    parts: list[TextRun] = [*plain, *runs]
    if all(struck is None for _, struck in parts) and len(parts) <= 1:
        return parts[0][0] if parts else ""
    return tuple(parts)


def _run(element: Element) -> TextRun:
    text = child(element, "t")
    font = child(element, "rPr")
    words = (text.text or "") if text is not None else ""
    return words, None if font is None else is_struck(font)


def is_struck(font: Element) -> bool:
    """Whether a font (`font`, `rPr`) strikes its text through."""
    return is_set(font, "strike")


def is_set(font: Element, name: str) -> bool:
    """Whether a font has a property (`b`, `strike`)."""
    mark = child(font, name)
    return mark is not None and mark.get("val", "1") not in {"0", "false", "f"}


def cleaned(text: StoredText) -> StoredText:
    """A text with Excel's escapes undone."""
    if isinstance(text, str):
        return clean(text)
    return tuple((clean(words), struck) for words, struck in text)


def split_struck(text: StoredText, cell_struck: bool) -> tuple[str, str]:
    """The part of a text that holds and the part that is struck through; `cell_struck` is the cell's own font."""
    if isinstance(text, str):
        return ("", text) if cell_struck else (text, "")
    runs = [(words, cell_struck if struck is None else struck) for words, struck in text]
    return (
        "".join(words for words, struck in runs if not struck),
        "".join(words for words, struck in runs if struck),
    )
