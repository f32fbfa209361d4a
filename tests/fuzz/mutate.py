"""Bytes of a sheet and a seed in, the same sheet broken in one of many ways out: same seed, same bytes."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable

Mutation = Callable[[bytes, random.Random], bytes]
_TOKENS = (
    b"0", b"-1", b"1", b"65536", b"2147483647", b"4294967296", b"99999999999999999999", b"1e400", b"nan", b"", b"/",
    b"<<", b">>", b"[", b"]", b"(", b")", b"null", b"true", b"\x00", b"\xff\xfe", b"R", b"obj", b"endobj", b"stream",
)  # fmt: skip
_XML = (
    b"<", b">", b"&", b"&amp;", b"&#0;", b"&#xD800;", b"&x;", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?x", b"\x00",
    b'<!DOCTYPE x [<!ENTITY x "y">]>', b"<a>" * 300, b"\xef\xbf\xbf", b'xmlns="urn:x"', b' r="A1"', b"\xe3\x81",
)  # fmt: skip
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_TAG = re.compile(rb"<[^<>]{1,200}>")
_ATTRIBUTE = re.compile(rb'\b[\w:]{1,40}="[^"]{0,2000}"')
_OBJECT = re.compile(rb"\d+ \d+ obj\b.*?endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_FIELD = re.compile(rb"^[A-Za-z-]{2,40}:[^\r\n]*", re.MULTILINE)
_HEADS = (
    b"Content-Type: multipart/mixed; boundary=x", b"Content-Type: message/rfc822", b"Content-Transfer-Encoding: base64", b"",
    b"Content-Disposition: attachment; filename*0*=utf-8''%ff; filename*9=x", b"Subject: =?utf-8?B?////?=", b"Date: 99", b"\r\n",
    b"Content-Type: text/plain; charset=\"x-\xff\"", b"From: \x83\x5c <<>>", b"Content-Transfer-Encoding: uuencode",
    b"Content-Disposition: attachment; filename=" + b"../" * 200 + b"\x8a.xlsx", b"Content-Type: text/html; charset=idna",
    b"Content-Type: multipart/mixed; boundary=\"\"", b"Content-Type: message/partial", b"Date: Mon, 1 Jan 0000 99:99:99 +9999",
)  # fmt: skip
_MOST_EDITS = 12


def mutate(data: bytes, seed: int) -> bytes:
    """The sheet broken: edits of its kind three times in four, else edits of any bytes."""
    dice = random.Random(seed)
    kinds = _PDF if data.startswith(b"%PDF") else _ZIP if data.startswith(b"PK") else _TEXT
    kinds = _MAIL if _FIELD.match(data) else kinds
    broken = dice.choice(kinds if dice.random() < 0.75 else _ANY)(data, dice)
    if dice.random() < 0.2:
        broken = dice.choice(_ANY)(broken, dice)
    return broken


def _flip(data: bytes, dice: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(dice.randint(1, _MOST_EDITS) if found else 0):
        found[dice.randrange(len(found))] ^= 1 << dice.randrange(8)
    return bytes(found)


def _cut(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def _hole(data: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(data) + 1)
    return data[:start] + data[start + dice.randint(1, 2000) :]


def _twice(data: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(data) + 1)
    end = start + dice.randint(1, 5000)
    return data[:end] + data[start:end] * dice.choice((1, 1, 2, 30)) + data[end:]


def _zeros(data: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(data) + 1)
    size = dice.randint(1, 600)
    return data[:start] + bytes(len(data[start : start + size])) + data[start + size :]


def _noise(data: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(data) + 1)
    return data[:start] + dice.randbytes(dice.randint(1, 40)) + data[start:]


def _swap(pieces: list[tuple[int, int]], data: bytes, dice: random.Random) -> bytes:
    """Two pieces of the data in each other's place."""
    if len(pieces) < 2:
        return _flip(data, dice)
    (a, b), (c, d) = sorted(dice.sample(pieces, 2))
    if b > c:
        return _flip(data, dice)
    return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]


def _token(data: bytes, dice: random.Random, tokens: tuple[bytes, ...], pattern: re.Pattern[bytes]) -> bytes:
    """Some matches of a pattern in place of which a token stands."""
    for _ in range(dice.randint(1, _MOST_EDITS)):
        found = list(pattern.finditer(data))
        if not found:
            return _flip(data, dice)
        match = dice.choice(found)
        data = data[: match.start()] + dice.choice(tokens) + data[match.end() :]
    return data


# PDF


def _pdf_numbers(data: bytes, dice: random.Random) -> bytes:
    return _token(data, dice, _TOKENS, _NUMBER)


def _pdf_swap(data: bytes, dice: random.Random) -> bytes:
    pattern = dice.choice((_OBJECT, _STREAM))
    return _swap([match.span() for match in pattern.finditer(data)], data, dice)


def _pdf_references(data: bytes, dice: random.Random) -> bytes:
    """References that lead elsewhere: loops and wrong kinds."""
    found = list(re.finditer(rb"\d+ 0 R", data))
    for match in dice.sample(found, min(len(found), dice.randint(1, _MOST_EDITS))):
        size = match.end() - match.start()
        other = dice.choice(found).group()[:size].ljust(size)
        data = data[: match.start()] + other + data[match.end() :]
    return data


def _pdf_stream(data: bytes, dice: random.Random) -> bytes:
    """A packed stream unpacked, edited, and packed again in its place; its length and the table after it are wrong."""
    packed = list(_STREAM.finditer(data))
    if not packed:
        return _flip(data, dice)
    match = dice.choice(packed)
    try:
        inner = zlib.decompress(match.group(1))
    except zlib.error:
        return _flip(data, dice)
    edit = dice.choice((_flip, _hole, _twice, _noise, _pdf_numbers))
    again = zlib.compress(edit(inner, dice))
    return data[: match.start(1)] + again + data[match.end(1) :]


# Mails


def _mail_fields(data: bytes, dice: random.Random) -> bytes:
    return _token(data, dice, _HEADS, _FIELD)


def _mail_swap(data: bytes, dice: random.Random) -> bytes:
    return _swap([match.span() for match in _FIELD.finditer(data)], data, dice)


# Packages


def _xml_tokens(data: bytes, dice: random.Random) -> bytes:
    return _token(data, dice, _XML, dice.choice((_TAG, _ATTRIBUTE, _NUMBER)))


def _xml_numbers(data: bytes, dice: random.Random) -> bytes:
    return _token(data, dice, _TOKENS, _NUMBER)


def _xml_swap(data: bytes, dice: random.Random) -> bytes:
    return _swap([match.span() for match in _TAG.finditer(data)], data, dice)


def _zip_part(data: bytes, dice: random.Random) -> bytes:
    """One part of a package edited, the package whole."""
    edit = dice.choice((_flip, _cut, _hole, _twice, _noise, _xml_tokens, _xml_numbers, _xml_swap, _xml_swap))
    return _repacked(data, dice, lambda parts: parts | _edited(parts, dice, edit))


def _zip_swap(data: bytes, dice: random.Random) -> bytes:
    """Two parts under each other's names."""

    def swapped(parts: dict[str, bytes]) -> dict[str, bytes]:
        one, other = dice.sample(sorted(parts), 2)
        return parts | {one: parts[other], other: parts[one]}

    return _repacked(data, dice, swapped)


def _zip_gone(data: bytes, dice: random.Random) -> bytes:
    def without(parts: dict[str, bytes]) -> dict[str, bytes]:
        gone = dice.choice(sorted(parts))
        return {name: part for name, part in parts.items() if name != gone}

    return _repacked(data, dice, without)


def _edited(parts: dict[str, bytes], dice: random.Random, edit: Mutation) -> dict[str, bytes]:
    name = dice.choice(sorted(parts))
    return {name: edit(parts[name], dice)}


def _repacked(
    data: bytes, dice: random.Random, change: Callable[[dict[str, bytes]], dict[str, bytes]]
) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, ValueError, EOFError):
        return _flip(data, dice)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in (change(parts) if len(parts) > 1 else parts).items():
            package.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()


_ANY: tuple[Mutation, ...] = (_flip, _cut, _hole, _twice, _zeros, _noise)
_PDF: tuple[Mutation, ...] = (_pdf_numbers, _pdf_swap, _pdf_references, _pdf_stream, _pdf_stream)
_ZIP: tuple[Mutation, ...] = (_zip_part, _zip_part, _zip_part, _zip_swap, _zip_gone)
_MAIL: tuple[Mutation, ...] = (_mail_fields, _mail_fields, _mail_swap)
_TEXT: tuple[Mutation, ...] = (_xml_tokens, _xml_numbers, _xml_swap)
