"""Password-protected workbook and passwords in, the open workbook's bytes out; nothing is written to disk."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import nullcontext
from xml.parsers.expat import ExpatError

import msoffcrypto
from msoffcrypto.exceptions import DecryptionError, FileFormatError, InvalidKeyError, ParseError
from msoffcrypto.format.ooxml import OOXMLFile

from extractors.errors import Damaged, Encrypted
from extractors.grid import Source

_VERIFIED = {"verify_password": True}  # of a .xls the password is verified in any case
_BUILT_IN = (
    "VelvetSweatshop"  # by which Excel protects a workbook that is read-only for others, and opens it unasked
)
_BROKEN = (FileFormatError, ParseError, ExpatError, OSError, ValueError, KeyError, AttributeError)


def decrypt(path: Source, passwords: Sequence[str]) -> io.BytesIO:
    """The workbook at `path` without its protection.

    Raises Encrypted where no password fits and Damaged where the container is broken.
    """
    with nullcontext(path) if isinstance(path, io.BytesIO) else path.open("rb") as stream:
        try:
            container = msoffcrypto.OfficeFile(stream)
        except _BROKEN as error:
            if not passwords:
                raise Encrypted from error
            raise Damaged(detail=str(error)[:200]) from error
        for password in (*passwords, _BUILT_IN):
            opened = io.BytesIO()
            try:
                container.load_key(password=password, **_VERIFIED if isinstance(container, OOXMLFile) else {})
                container.decrypt(opened)
            except (InvalidKeyError, DecryptionError):
                continue
            except _BROKEN as error:
                raise Damaged(detail=str(error)[:200]) from error
            opened.seek(0)
            return opened
    raise Encrypted
