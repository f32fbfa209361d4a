"""Places that are no folder of this machine: what the product asks of object storage, and how such a place is written.

`s3://bucket/dataset` names a bucket and the beginning of its keys; `s3://bucket/dataset@7` the dataset as run 7 left it. A local
folder stays what it is, a path. Whoever needs bytes asks `read(key)`; whoever writes says what has to stand there before, so
that of two writers one is refused: 二人が同時に書いても、片方は断られ、何も失われない.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

_SCHEME = re.compile(r"^s3:[/\\]+")
_VERSION = re.compile(r"^(?P<place>.+)@(?P<run>\d+)$")


@dataclass(frozen=True, slots=True)
class StoredObject:
    """One object: its key below the place, bytes, what stands for its contents, when it was written."""

    key: str
    size: int
    tag: str
    changed: dt.datetime


class Conflict(Exception):
    """Something else stands under the key than the writer said: another was there first."""


class Storage(Protocol):
    """Objects under keys. Every call raises StorageError where the place cannot be reached or is closed."""

    @property
    def url(self) -> str:
        """How a person calls the place."""

    def list(self, prefix: str = "") -> Iterator[StoredObject]:
        """The objects whose keys begin with `prefix`, a folder of keys."""

    def read(self, key: str) -> tuple[bytes, str]:
        """Bytes and tag of an object. Raises FileNotFoundError."""

    def create(self, key: str, data: bytes) -> str:
        """Write an object that is not there yet; its tag. Raises Conflict."""

    def replace(self, key: str, data: bytes, tag: str) -> str:
        """Write an object in the place of the one with this tag; the new tag. Raises Conflict."""

    def delete(self, key: str) -> None:
        """Remove an object; one that is not there is none."""


def is_remote(place: Path | str) -> bool:
    """Whether a place is in object storage; a path has lost one of the slashes."""
    return bool(_SCHEME.match(str(place)))


def place_text(place: Path | str) -> str:
    """A place as a person writes it: `s3://bucket/raw`, or the path."""
    text = str(place)
    return _SCHEME.sub("s3://", text.replace("\\", "/")) if is_remote(text) else text


def split_version(place: Path | str) -> tuple[str, int | None]:
    """The place, and the run that is asked for: `data/parquet@7`; None for the newest, and where a folder is called so."""
    text = place_text(place)
    match = _VERSION.match(text)
    if match is None or Path(text).exists():
        return text, None
    return match["place"], int(match["run"])
