"""The one atomic write: readers see the old file or the new one entire, never a half, whatever ends the program between.

Input: a path, and its bytes or a block that writes them. Output: the file, in place at once. `.名前.tmp` beside it holds what is
written first; it is renamed at the end, and nothing stays where that fails.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def atomic_write(path: Path) -> Iterator[Path]:
    """The path to write to, in the same folder, which is made; at the end it is given its name. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.tmp")
    try:
        yield partial
        partial.replace(path)
    finally:
        with contextlib.suppress(OSError):
            partial.unlink(missing_ok=True)


def replace_file(path: Path, data: bytes, durable: bool = False) -> None:
    """Put `data` in the place of the file at `path`; `durable` waits until the disk holds it. Raises OSError."""
    with atomic_write(path) as partial, partial.open("wb") as stream:
        stream.write(data)
        if durable:
            stream.flush()
            os.fsync(stream.fileno())
    if durable:
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Wait until the disk holds the names in `folder`; file systems that cannot are left at it."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
