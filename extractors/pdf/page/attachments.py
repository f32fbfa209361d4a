"""A PDF in, the files that are attached to it out: a portfolio, or a covering letter with the sheet behind it."""

from __future__ import annotations

from typing import Any

_MOST = 30
_LARGEST = 100 << 20

Attached = tuple[str, bytes]


def attached_files(book: Any) -> tuple[Attached, ...]:
    """Name and bytes of each file that a PDF carries, at most 30 of at most 100 MB; of a larger one no bytes."""
    found = []
    for number in range(min(book.embfile_count(), _MOST)):
        told = book.embfile_info(number)
        name = told.get("ufilename") or told.get("filename") or told.get("name") or str(number + 1)
        found.append((_name(name), b"" if _is_large(told) else bytes(book.embfile_get(number))))
    return tuple(found)


def pinned_file(annotation: Any) -> Attached:
    """Name and bytes of the file that an annotation pins to a page."""
    told = annotation.file_info
    name = told.get("filename") or "attachment"
    return _name(name), b"" if _is_large(told) else bytes(annotation.get_file())


def _name(text: str) -> str:
    """A file's name; MuPDF gives the bytes of UTF-8 one by one as characters."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _is_large(told: dict[str, Any]) -> bool:
    return int(max(told.get("size", 0), told.get("length", 0))) > _LARGEST
