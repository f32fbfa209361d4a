"""Plain data in, a small sealed file out, and back: MessagePack, zstd and a digest; nothing in it can be executed.

Layout: magic (4 bytes), label (16 bytes, read without the rest), length of the data (8 bytes), BLAKE2b-128 of what
follows, the compressed data. What is damaged, of another shape or of another label is None, never an error.
"""

from __future__ import annotations

import hashlib
import struct
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pyarrow as pa

from pipeline.system.atomic_write import replace_file

Data = TypeVar("Data")
_MAGIC = b"CSP1"
_HEAD = struct.Struct("<4s16sQ16s")
LABEL = 16  # characters of ASCII
LARGEST = 1 << 28  # bytes of data that one file may hold when unpacked


def pack(data: object, label: str) -> bytes | None:
    """The sealed bytes of `data` (frozen dataclasses, dicts, tuples, texts, figures); None where they cannot be kept.

    Raises ValueError where the label has not LABEL characters: a longer one would never be found again.
    """
    if len(label) != LABEL:
        raise ValueError(f"a label has {LABEL} characters: {label!r}")
    try:
        plain = msgspec.msgpack.encode(data)
    except (TypeError, ValueError, OverflowError):  # a text that is no Unicode, a figure beyond 64 bits
        return None
    if len(plain) > LARGEST:
        return None
    body = pa.compress(plain, codec="zstd", asbytes=True)
    head = _HEAD.pack(_MAGIC, label.encode("ascii"), len(plain), _digest(body))
    return head + bytes(body)


def unpack(sealed: bytes, kind: type[Data], label: str | None = None) -> Data | None:
    """The data of a sealed file as a `kind`, None where it is damaged, of another shape or not of `label`."""
    if len(sealed) < _HEAD.size:
        return None
    magic, stored_label, length, digest = _HEAD.unpack_from(sealed)
    body = sealed[_HEAD.size :]
    if magic != _MAGIC or length > LARGEST or digest != _digest(body):
        return None
    if label is not None and stored_label != label.encode("ascii"):
        return None
    try:
        plain = pa.decompress(body, decompressed_size=length, codec="zstd", asbytes=True)
        return msgspec.msgpack.decode(plain, type=kind)
    except (msgspec.DecodeError, pa.ArrowException, OSError, UnicodeDecodeError):
        return None


def read_sealed(path: Path, kind: type[Data], label: str | None = None) -> Data | None:
    """What the file at `path` holds, None where it is missing, damaged, of another shape or not of `label`."""
    try:
        sealed = path.read_bytes()
    except OSError:
        return None
    return unpack(sealed, kind, label)


def read_label(path: Path) -> str | None:
    """The label of the file at `path`, None where it is missing or no sealed file."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD.size)
    except OSError:
        return None
    if len(head) < _HEAD.size or not head.startswith(_MAGIC):
        return None
    return bytes(_HEAD.unpack(head)[1]).decode("ascii", "replace")


def write_sealed(path: Path, data: object, label: str) -> bool:
    """Write `data` to `path` at once or not at all; False where it cannot be kept. Raises OSError."""
    sealed = pack(data, label)
    if sealed is None:
        return False
    replace_file(path, sealed)
    return True


def _digest(data: Any) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()
