"""A PDF in, the files that are attached to it out, each as its name and bytes.

A portfolio holds its sheets so, and a covering letter (送付状) may carry the sheet behind it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pymupdf

_MOST = 30
_LARGEST = 100 << 20

Attachment = tuple[str, bytes]


def read_attachments(book: Any) -> tuple[Attachment, ...]:
    """Name and bytes of each file that a PDF carries, at most 30 of at most 100 MB; of a larger one no bytes."""
    attachments = []
    for number in range(min(book.embfile_count(), _MOST)):
        info = book.embfile_info(number)
        name = info.get("ufilename") or info.get("filename") or info.get("name") or str(number + 1)
        attachments.append((_name(name), _unpacked(info, partial(book.embfile_get, number))))
    return tuple(attachments)


def read_pinned_file(annotation: Any) -> Attachment:
    """Name and bytes of the file that an annotation pins to a page."""
    info = annotation.file_info
    name = info.get("filename") or "attachment"
    return _name(name), _unpacked(info, annotation.get_file)


def _name(text: str) -> str:
    """A file's name; MuPDF gives the bytes of UTF-8 one by one as characters."""
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _unpacked(info: dict[str, Any], unpack: Callable[[], bytes]) -> bytes:
    """The bytes of an attachment; none where it is too large, or says that it is small and is not."""
    if _is_large(info):
        return b""
    try:
        data = bytes(unpack())
    except (MemoryError, RuntimeError, ValueError, pymupdf.mupdf.FzErrorBase):  # too large, or broken
        return b""
    return data if len(data) <= _LARGEST else b""


def _is_large(info: dict[str, Any]) -> bool:
    return int(max(info.get("size", 0), info.get("length", 0))) > _LARGEST
