"""Where the bytes of received files lie, told to whoever reads them: a key in, a path on the reader's machine out.

A reader in a confined process opens paths and nothing else. Whoever starts it asks a `FileContents` for the path and holds it
for as long as the file is read: a folder gives the path that is there, a storage elsewhere would copy the bytes into a private
file and remove it afterwards. It is sent to the machines of a cluster, so it holds names, and no open file.
例: 見本社の `/srv/raw/見本社/回答.xlsx` は、共有フォルダーではそのままのパスです。
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

_CHUNK = 1 << 20


class FileContents(Protocol):
    """A place where files lie; small and picklable."""

    def key_of(self, path: Path) -> str:
        """The key of a file that was found at `path`."""

    def open(self, key: str) -> AbstractContextManager[Path]:
        """A path of this machine that holds the file's bytes for the length of the block. Raises OSError."""


@dataclass(frozen=True, slots=True)
class FolderContents:
    """Files of a folder that every machine that reads them sees under the same path."""

    def key_of(self, path: Path) -> str:
        """The absolute path; links stay links."""
        return os.path.abspath(path)  # noqa: PTH100  Path.absolute keeps `..`

    @contextmanager
    def open(self, key: str) -> Iterator[Path]:
        """The path itself, whatever is there."""
        yield Path(key)


def content_hash(path: Path) -> str:
    """SHA-256 of a file's bytes in hex. Raises OSError."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
