"""PDF file and passwords in, the open PDF out; it is closed when its reader is done.

MuPDF stays silent: what is wrong with a file is said by this program. A password is tried only where the file needs one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pymupdf

from extractors.errors import Encrypted
from extractors.grid import Source


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
