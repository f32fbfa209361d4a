"""Stamps and hashes of the files that an earlier run met, so that unchanged files are not hashed again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipeline.sources.discover import RawFile, SeenFile
from pipeline.sources.file_names import path_key
from pipeline.system.sealed_file import read_sealed, write_sealed

_LABEL = "seen-1".ljust(16)
# A file that was changed this short before it was hashed may be changed again without another time of change.
_SETTLED = 2_000_000_000  # nanoseconds: the coarsest clock of a file system in use (FAT)


def load_seen_files(store: Path) -> dict[bytes, SeenFile]:
    """What an earlier run met, by path; empty where nothing is known."""
    return read_sealed(store / "seen.csp", dict[bytes, SeenFile], _LABEL) or {}


def save_seen_files(store: Path, raw: Path, files: Iterable[RawFile], started: int) -> None:
    """Keep the stamps of files that were at rest when the run started (nanoseconds). Raises OSError."""
    files_at_rest = {
        path_key(raw, file.path): SeenFile(file.stamp, file.sha256)
        for file in files
        if file.stamp is not None and max(file.stamp.changed, file.stamp.status_changed) < started - _SETTLED
    }
    write_sealed(store / "seen.csp", files_at_rest, _LABEL)
