"""One writer at a time: a lock on the dataset's folder, which the system releases when the writing process ends.

Readers need no lock: they follow the manifest.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.errors import DatasetBusy

_WAIT = 10.0  # seconds for a run that is about to end
_LOCK, _HOLDER = ".lock", ".writer.json"
_FIELDS = ("pid", "host", "since")


@contextlib.contextmanager
def lock_dataset(folder: Path, wait: float = _WAIT) -> Iterator[None]:
    """Hold the dataset of `folder` for writing.

    Raises DatasetBusy where another run still holds it after `wait` seconds, and OSError where the folder cannot be
    written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / _LOCK)
    try:
        lock.acquire(timeout=wait)
    except Timeout as error:
        raise DatasetBusy({"out": folder, **read_lock_holder(folder)}) from error
    try:
        _sign(folder / _HOLDER)
        yield
    finally:
        with contextlib.suppress(OSError):
            (folder / _HOLDER).unlink(missing_ok=True)
        lock.release()


def read_lock_holder(folder: Path) -> dict[str, str]:
    """Who signed for the lock last: pid, host, since."""
    try:
        signature = json.loads((folder / _HOLDER).read_text(encoding="utf-8"))
        words = {key: str(signature[key])[:80] for key in _FIELDS}
    except (OSError, ValueError, KeyError, TypeError):
        return dict.fromkeys(_FIELDS, "?")
    return {key: "".join(c for c in word if c.isprintable()) for key, word in words.items()}


def _sign(path: Path) -> None:
    since = dt.datetime.now().isoformat(sep=" ", timespec="seconds")
    signature = {"pid": os.getpid(), "host": socket.gethostname(), "since": since}
    path.write_text(json.dumps(signature), encoding="utf-8")
