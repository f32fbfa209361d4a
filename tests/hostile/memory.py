"""How large the processes that this one starts become, each measured by itself.

The operating system's own figure for ended children (RUSAGE_CHILDREN) will not do: a child that was forked from a large
process counts that process's size as its own, even after it has begun another program.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PAUSE = 0.05  # seconds


@dataclass(slots=True)
class Peak:
    """The largest resident size that any one child had, in kilobytes; 0 where none was seen."""

    kilobytes: int = 0


@contextmanager
def peak_of_children() -> Iterator[Peak]:
    """Watches all children of this process until the block ends (Linux; elsewhere the peak stays 0)."""
    peak, ended = Peak(), threading.Event()
    known = _children()
    watcher = threading.Thread(target=_watch, args=(peak, ended, known), daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        ended.set()
        watcher.join()


def _watch(peak: Peak, ended: threading.Event, known: set[str]) -> None:
    while not ended.wait(_PAUSE):
        for child in _children() - known:
            peak.kilobytes = max(peak.kilobytes, _high_water(child))


def _children() -> set[str]:
    """The process numbers of this process's children, whichever of its threads began them."""
    numbers: set[str] = set()
    for path in Path("/proc/self/task").glob("*/children"):
        try:
            numbers |= set(path.read_text().split())
        except OSError:  # the thread has ended
            continue
    return numbers


def _high_water(number: str) -> int:
    """The most that a process held since it began its program, in kilobytes; 0 where it has ended.

    0 too while it has not begun one: until then it is a copy of this process and holds what this one does.
    """
    try:
        begun = _command(number) != _command("self")
        lines = Path(f"/proc/{number}/status").read_text().splitlines()
    except OSError:
        return 0
    if not begun:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def _command(number: str) -> bytes:
    return Path(f"/proc/{number}/cmdline").read_bytes()
