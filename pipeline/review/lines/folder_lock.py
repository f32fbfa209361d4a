"""The folder of decisions (`data/review`) in, the right to write in it out: one person after the other.

It is a lock of its own, not the dataset's: while 山田 writes, an ingest may run.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.errors import DecisionNotWritten, DecisionsBusy

_LOCK, _WAIT = ".lock", 10.0  # seconds for others that decide


@contextlib.contextmanager
def lock_folder(review: Path) -> Iterator[None]:
    """Hold the folder for writing; it is made. Raises DecisionsBusy where others hold it too long, and DecisionNotWritten."""
    try:
        review.mkdir(parents=True, exist_ok=True)
        lock = FileLock(review / _LOCK)
        lock.acquire(timeout=_WAIT)
    except Timeout as error:
        raise DecisionsBusy({"path": review}) from error
    except OSError as error:
        raise DecisionNotWritten({"path": review, "why": error.strerror or error}) from error
    try:
        yield
    finally:
        lock.release()
