"""Bytes of names and header fields in, text out: Windows in Japan writes them in cp932, mail programs in ISO-2022-JP.

`\x83Z\x83L...xlsx` is `セキ…xlsx`. What is no text of any known encoding keeps its bytes as `\\x8a`; nothing is lost.
"""

from __future__ import annotations

import binascii
import re
from email.errors import HeaderParseError
from email.header import decode_header

_ENCODINGS = ("utf-8", "cp932", "euc_jp")
_JIS = re.compile(rb"\x1b\$[@B](.*?)(?=\x1b|$)", re.DOTALL)
_ASCII = re.compile(rb"\x1b\([BJ]")
_FOLDED = re.compile(r"\r?\n[ \t]*")
_BETWEEN_WORDS = re.compile(r"(\?=)[ \t]+(=\?)")


def decode_bytes(data: bytes, charset: str = "") -> str:
    """Text of `data` in its own charset where that is known and holds, else in the first of the usual ones that does."""
    if b"\x1b$" in data:
        return _decode_jis(data)
    for encoding in (charset, *_ENCODINGS):
        try:
            return data.decode(encoding) if encoding else _fail()
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", errors="backslashreplace")


def decode_field(value: str) -> str:
    """The text of a header's field: encoded words (`=?ISO-2022-JP?B?…?=`) and raw bytes (surrogates) are decoded."""
    plain = _BETWEEN_WORDS.sub(r"\1\2", _FOLDED.sub(" ", value))
    if "=?" not in plain:
        return decode_bytes(plain.encode("utf-8", "surrogateescape"))
    try:
        words = decode_header(plain)
    except (HeaderParseError, binascii.Error, ValueError):
        return decode_bytes(plain.encode("utf-8", "surrogateescape"))
    return "".join(
        word if isinstance(word, str) else decode_bytes(word, charset or "") for word, charset in words
    )


def _decode_jis(data: bytes) -> str:
    """ISO-2022-JP with the characters that only Windows has (㈱, ①): each pair of bytes is one of EUC-JIS-2004."""
    euc = _JIS.sub(lambda run: bytes(byte | 0x80 for byte in run.group(1)), data)
    return _ASCII.sub(b"", euc).decode("euc_jis_2004", errors="replace")


def _fail() -> str:
    raise LookupError
