"""A folder in, the moments at which its new files may be taken out: once nothing in it grows any more.

Changes are told by the operating system; on network shares, which tell nothing, the folder is looked through again
and again instead.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from watchfiles import Change, watch
from watchfiles._rust_notify import WatchfilesRustInternalError

from pipeline.system.signals import raise_if_ended

# Kinds of file systems that other machines write to: their changes are not told to this one.
_REMOTE = re.compile(r"nfs.*|cifs|smb.*|9p|afs|ceph|fuse\..*|glusterfs|vboxsf|davfs|drvfs")
_MOUNTS = Path("/proc/self/mounts")
Size = tuple[int, int]  # bytes, nanoseconds of the last change


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds without any change after which files are taken, seconds after which they are in any case, seconds between
    two looks; `poll` looks through the folder instead of waiting to be told, None decides by the file system.
    """

    quiet: float = 3.0
    longest: float = 120.0
    beat: float = 0.5
    poll: bool | None = None


class Settling:
    """Which changed files still grow. `size_of` tells a file's size and time of change, None where it is gone."""

    def __init__(self, patience: Patience, size_of: Callable[[str], Size | None]) -> None:
        self._patience = patience
        self._size_of = size_of
        self._sizes: dict[str, Size | None] = {}
        self._first = self._last = 0.0

    def add_changed(self, paths: Iterable[str], now: float) -> None:
        """Files that were told to have changed at `now` (seconds)."""
        for path in paths:
            if not self._sizes:
                self._first = now
            self._sizes[path] = self._size_of(path)
            self._last = now

    def is_settled(self, now: float) -> bool:
        """Whether the files may be taken: nothing changed for a while, or they were waited for too long."""
        if not self._sizes:
            return False
        sizes = {path: self._size_of(path) for path in self._sizes}
        if sizes != self._sizes:
            self._sizes, self._last = sizes, now
        return now - self._last >= self._patience.quiet or now - self._first >= self._patience.longest

    def clear(self) -> None:
        """Forget what was waited for."""
        self._sizes = {}


def watch_folder(raw: Path, patience: Patience, stop: threading.Event) -> Iterator[None]:
    """Yields whenever files of `raw` came, changed or went and have stopped growing, until `stop` is set.

    A folder that goes away, as a share does, is waited for: it yields when it is back. Raises FileNotFoundError where
    there is no folder to begin with.
    """
    if not raw.is_dir():
        raise FileNotFoundError(str(raw))
    while not stop.is_set():
        yield from _while_there(raw, patience, stop)
        while not raw.is_dir() and not stop.wait(patience.beat):
            pass
        if not stop.is_set():
            yield None


def _while_there(raw: Path, patience: Patience, stop: threading.Event) -> Iterator[None]:
    settling = Settling(patience, _size_of)
    for changes in _changes(raw, patience, stop):
        raise_if_ended()
        if not raw.is_dir():
            return
        now = time.monotonic()
        settling.add_changed((path for _, path in changes), now)
        if settling.is_settled(now):
            settling.clear()
            yield None


def _changes(raw: Path, patience: Patience, stop: threading.Event) -> Iterator[set[tuple[Change, str]]]:
    """What the watcher tells, nothing at each beat; a name that is no UTF-8, which it cannot tell, is a change of the folder."""
    poll = is_remote(raw) if patience.poll is None else patience.poll
    beat = int(1000 * patience.beat)
    while True:
        try:
            # No filter: what is to be passed over is decided where files are discovered.
            yield from watch(
                raw, watch_filter=None, stop_event=stop, rust_timeout=beat, yield_on_timeout=True,
                force_polling=poll, poll_delay_ms=beat, ignore_permission_denied=True,
            )  # fmt: skip
            return
        except WatchfilesRustInternalError:
            yield {(Change.modified, str(raw))}


def _size_of(path: str) -> Size | None:
    try:
        stat = Path(path).stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns


def is_remote(folder: Path, mounts: Path = _MOUNTS) -> bool:
    """Whether the folder lies on a share of another machine; False where this machine does not tell."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return False
    kinds = {parts[1].replace(r"\040", " "): parts[2] for line in lines if len(parts := line.split()) > 2}
    here = folder.resolve()
    nearest = next((str(path) for path in (here, *here.parents) if str(path) in kinds), None)
    return nearest is not None and _REMOTE.fullmatch(kinds[nearest]) is not None
