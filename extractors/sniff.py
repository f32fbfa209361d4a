"""File in, its kind out: decided by its bytes, never by its name alone; the table of kinds is formats.py."""

from __future__ import annotations

from pathlib import Path

from extractors.file_content import BrokenPackage, FileContent
from extractors.formats import FORMATS
from extractors.grid import Source, source_name


def sniff(source: Source) -> str:
    """The kind of a file, a key of MEDIA_TYPES. Raises OSError where it cannot be opened, TooLarge as Package does."""
    content = FileContent(source)
    try:
        return next(entry.kind for entry in FORMATS if entry.matches(content))
    except BrokenPackage:
        return _kind_by_name(source)


def _kind_by_name(source: Source) -> str:
    """What a broken package says it is: its reader says what is wrong with it."""
    ending = Path(source_name(source)).suffix.lower()
    return next((entry.kind for entry in FORMATS if ending in entry.endings), "zip")
