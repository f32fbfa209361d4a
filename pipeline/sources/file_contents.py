"""Where the bytes of received files lie, told to whoever reads them: a key in, a path on the reader's machine out.

A reader in a confined process opens paths and nothing else. Whoever starts it asks a `FileContents` for the path and holds it
for as long as the file is read: a folder gives the path that is there, a storage elsewhere would copy the bytes into a private
file and remove it afterwards. It is sent to the machines of a cluster, so it holds names, and no open file.
例: 見本社の `/srv/raw/見本社/回答.xlsx` は、共有フォルダーではそのままのパスです。
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

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


def open_regular(path: Path) -> BinaryIO:
    """The file, opened to read; never a wait. Raises OSError, also for what is no regular file (any more).

    What was a file when the folder was listed may be a pipe now, and to open one waits for whoever writes into it.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "no regular file", str(path))
    return os.fdopen(descriptor, "rb")


def content_hash(path: Path) -> str:
    """SHA-256 of a file's bytes in hex. Raises OSError."""
    digest = hashlib.sha256()
    with open_regular(path) as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
