"""A string item (`si`, `is`) in, its text out: plain, or as runs of which some are struck through.

Phonetic runs (furigana) are no cell text.
"""

from __future__ import annotations

from extractors.cell_reference import clean
from extractors.package.xml_parts import Element, child, children

# A run's text, and whether it is struck through; None where it has no font of its own and is as its cell is.
Run = tuple[str, bool | None]
Text = str | tuple[Run, ...]


def item_to_text(item: Element) -> Text:
    """The text of a string item, Excel's escapes in it."""
    plain = [(part.text or "", None) for part in children(item, "t")]
    runs = [_run(part) for part in children(item, "r")]
    parts: list[Run] = [*plain, *runs]
    if all(struck is None for _, struck in parts) and len(parts) <= 1:
        return parts[0][0] if parts else ""
    return tuple(parts)


def _run(element: Element) -> Run:
    text = child(element, "t")
    font = child(element, "rPr")
    words = (text.text or "") if text is not None else ""
    return words, None if font is None else is_struck(font)


def is_struck(font: Element) -> bool:
    """Whether a font (`font`, `rPr`) strikes its text through."""
    mark = child(font, "strike")
    return mark is not None and mark.get("val", "1") not in {"0", "false", "f"}


def cleaned(text: Text) -> Text:
    """A text with Excel's escapes undone."""
    if isinstance(text, str):
        return clean(text)
    return tuple((clean(words), struck) for words, struck in text)


def split_struck(text: Text, whole: bool) -> tuple[str, str]:
    """The part of a text that holds and the part that is struck through; `whole` is the cell's own font."""
    if isinstance(text, str):
        return ("", text) if whole else (text, "")
    marked = [(words, whole if struck is None else struck) for words, struck in text]
    return (
        "".join(words for words, struck in marked if not struck),
        "".join(words for words, struck in marked if struck),
    )
