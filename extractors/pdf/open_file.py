"""PDF file and passwords in, the open PDF out; it is closed when its reader is done.

MuPDF stays silent: what is wrong with a file is said by this program. A password is tried only where the file needs one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from io import BytesIO
from typing import Any

import pymupdf

from extractors.errors import Encrypted
from extractors.grid import Source
from extractors.scan.picture.page_pictures import load_pages

_HEAD = 1024  # bytes within which a PDF says that it is one


@contextmanager
def open_pdf(source: Source, passwords: Sequence[str] = ()) -> Iterator[Any]:
    """The PDF as PyMuPDF opens it. Raises Encrypted where no password fits, else what PyMuPDF raises."""
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    stream = source.getvalue() if isinstance(source, BytesIO) else None
    path = None if isinstance(source, BytesIO) else source
    with pymupdf.open(path, stream=stream, filetype="pdf") as book:
        if book.needs_pass and not any(book.authenticate(password) for password in passwords):
            raise Encrypted
        yield book


def open_shown(source: Source, passwords: Sequence[str] = ()) -> Any:
    """What is to be drawn, as a context: a PDF as `open_pdf` opens it, a picture's file as a PDF with a page for each of its.

    Its pages are as large as `load_pages` says, so that places in points lie where they were read.
    """
    return open_pdf(source, passwords) if _is_pdf(source) else nullcontext(_pictures_to_pdf(source))


def _is_pdf(source: Source) -> bool:
    if isinstance(source, BytesIO):
        return b"%PDF-" in source.getvalue()[:_HEAD]
    with source.open("rb") as stream:
        return b"%PDF-" in stream.read(_HEAD)


def _pictures_to_pdf(source: Source) -> Any:
    """Raises TooLarge and Damaged as `load_pages` does."""
    book = pymupdf.open()
    for picture in load_pages(source):
        height, width = picture.pixels.shape
        page = book.new_page(width=width * 72 / picture.dpi, height=height * 72 / picture.dpi)
        pixels = pymupdf.Pixmap(pymupdf.csGRAY, width, height, picture.pixels.tobytes(), False)
        page.insert_image(page.rect, pixmap=pixels)
    return book
