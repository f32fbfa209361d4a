"""One writer at a time in object storage: an object `.lock.json` that says who writes and until when, and is renewed.

It is created on the condition that it is not there, and taken over on the condition that it is still the one that ran out, so
that of two writers one gets it. Clocks decide only how long others wait for a run that is gone: that nothing is lost does not
rest on them but on the manifest, which is exchanged on the condition that it is still the one that the run began with
(pipeline/dataset/objects/published.py), as Kleppmann has it ("How to do distributed locking", 2016: a lock needs fencing).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from typing import Any

from pipeline.dataset.storage import Conflict, Storage
from pipeline.errors import DatasetBusy, StorageError

LOCK = ".lock.json"
LASTS = 120.0  # seconds after which a lock that is not renewed may be taken over; it is renewed four times as often
_WAIT, _POLL = 10.0, 1.0


class Lease:
    """The right to write, while it is renewed."""

    def __init__(self, storage: Storage, tag: str, owner: str, lasts: float) -> None:
        self._storage, self._tag, self._owner, self._lasts = storage, tag, owner, lasts
        self._ended, self._lost = threading.Event(), False
        self._thread = threading.Thread(target=self._renew, name="lease", daemon=True)
        self._thread.start()

    def check(self) -> None:
        """Raises DatasetBusy where another has taken the lock over, or it is gone."""
        try:
            data, _ = self._storage.read(LOCK)
        except FileNotFoundError:
            data = b""
        if self._lost or _fields_of(data).get("owner") != self._owner:
            raise _busy(self._storage, data)

    def end(self) -> None:
        """Give the lock back; another's stays."""
        self._ended.set()
        self._thread.join()
        with contextlib.suppress(StorageError, FileNotFoundError):
            if _fields_of(self._storage.read(LOCK)[0]).get("owner") == self._owner:
                self._storage.delete(LOCK)

    def _renew(self) -> None:
        while not self._ended.wait(self._lasts / 4):
            try:
                self._tag = self._storage.replace(LOCK, _signed(self._owner, self._lasts), self._tag)
            except Conflict:
                self._lost = True
                return
            except StorageError:
                continue  # tried again: while it cannot be renewed it runs out, and what is written is refused


@contextlib.contextmanager
def lock_storage(storage: Storage, wait: float = _WAIT, lasts: float = LASTS) -> Iterator[Lease]:
    """Hold the dataset in `storage` for writing. Raises DatasetBusy where another holds it after `wait` seconds."""
    owner = uuid.uuid4().hex
    until = time.monotonic() + wait
    while True:
        tag = _take(storage, owner, lasts)
        if tag is not None:
            break
        if time.monotonic() >= until:
            raise _busy(storage)
        time.sleep(_POLL)
    lease = Lease(storage, tag, owner, lasts)
    try:
        yield lease
    finally:
        lease.end()


def _take(storage: Storage, owner: str, lasts: float) -> str | None:
    """The tag of the lock where it was free or had run out, None where another holds it."""
    data = _signed(owner, lasts)
    try:
        return storage.create(LOCK, data)
    except Conflict:
        pass
    try:
        held, tag = storage.read(LOCK)
        return storage.replace(LOCK, data, tag) if _has_run_out(held) else None
    except (Conflict, FileNotFoundError):
        return None


def _signed(owner: str, lasts: float) -> bytes:
    now = dt.datetime.now(dt.UTC)
    until = now + dt.timedelta(seconds=lasts)
    signature = {"owner": owner, "pid": os.getpid(), "host": socket.gethostname()}
    return json.dumps(signature | {"since": now.isoformat(), "until": until.isoformat()}).encode()


def _fields_of(data: bytes) -> dict[str, Any]:
    """What a lock says; nothing where it is damaged."""
    try:
        fields = json.loads(data)
    except ValueError:
        return {}
    return fields if isinstance(fields, dict) else {}


def _has_run_out(data: bytes) -> bool:
    try:
        return dt.datetime.fromisoformat(str(_fields_of(data).get("until"))) < dt.datetime.now(dt.UTC)
    except (ValueError, TypeError):
        return True


def _busy(storage: Storage, data: bytes | None = None) -> DatasetBusy:
    if data is None:
        try:
            data = storage.read(LOCK)[0]
        except FileNotFoundError:
            data = b""
    words = _fields_of(data)
    names = {
        name: "".join(c for c in str(words.get(name, "?"))[:80] if c.isprintable())
        for name in ("pid", "host")
    }
    return DatasetBusy({"out": storage.url, "until": _local(words.get("until")), **names}, "busy_in_storage")


def _local(moment: object) -> str:
    """A moment by this machine's clock, to the second."""
    try:
        return dt.datetime.fromisoformat(str(moment)).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    except ValueError:
        return "?"
