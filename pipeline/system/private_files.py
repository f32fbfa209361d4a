"""Files that this program makes are its user's own, whatever the machine's habit (umask) is: answers of vendors are confidential.

Files get 0600 and folders 0700, temporary ones too. A team that shares a dataset sets another mask, 007 for its group.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PRIVATE = 0o077  # bits that are taken away


@contextmanager
def private_files(mask: int = PRIVATE) -> Iterator[None]:
    """A block in which new files lack the rights of `mask`; the process's own habit counts again behind it."""
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def close_folder(folder: Path, mask: int = PRIVATE) -> None:
    """Take the rights of `mask` from a folder that an earlier version made; where that may not be done it stays."""
    with suppress(OSError):
        mode = folder.stat().st_mode & 0o777
        if mode & mask:
            folder.chmod(mode & ~mask)


def mask_of(text: str) -> int | None:
    """The mask that a setting such as `007` names, None where it is none: the owner's own rights are never taken."""
    if not text or len(text) > 4 or any(digit not in "01234567" for digit in text):
        return None
    mask = int(text, 8)
    return mask if mask <= 0o077 else None
