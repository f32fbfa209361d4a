"""Marks and hashes of the files that an earlier run met, so that unchanged files are not hashed again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.sources.discover import RawFile, Seen, path_key
from pipeline.system.sealed_file import load, save

_LABEL = "seen-1".ljust(16)
# A file that was changed this short before it was hashed may be changed again without another time of change.
_SETTLED = 2_000_000_000  # nanoseconds: the coarsest clock of a file system in use (FAT)


def load_seen(store: Path) -> dict[bytes, Seen]:
    """What an earlier run met, by path; empty where nothing is known."""
    return load(store / "seen.csp", dict[bytes, Seen], _LABEL) or {}


def save_seen(store: Path, raw: Path, files: Iterable[RawFile], started: int) -> None:
    """Keep the marks of files that were at rest when the run started (nanoseconds). Raises OSError."""
    seen = {
        path_key(raw, file.path): Seen(file.mark, file.sha256)
        for file in files
        if file.mark is not None and max(file.mark.changed, file.mark.status_changed) < started - _SETTLED
    }
    save(store / "seen.csp", seen, _LABEL)
