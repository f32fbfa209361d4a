"""The folder of a user's data in, one zip of it out, and back: what the tables are made of, not the tables themselves.

`data/raw`, `data/review`, `data/controls`, the policy and the lists beside them are in it; `data/parquet` and pictures are made
anew by `ingest`. A backup that is restored moves what it replaces into a folder of its own: nothing is lost.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from pipeline.errors import BackupUnreadable
from pipeline.sources.file_names import file_name, relative_name, stored_name
from pipeline.system.atomic_write import atomic_write

_MADE_ANEW = {"parquet", "explain"}
_REPLACED = "replaced-"  # folders of what a restored backup replaced
_MOST_BYTES = 50 << 30
_OLDEST = (1980, 1, 1, 0, 0, 0)  # that a zip can say


def write_backup(data: Path, path: Path) -> int:
    """Write the zip at `path`; how many files are in it. Links and special files are left out. Raises OSError."""
    count = 0
    with (
        atomic_write(path) as partial,
        zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive,
    ):
        for file in _files(data):
            archive.write(file, stored_name(relative_name(data, file)))
            count += 1
    return count


def _files(data: Path) -> Iterator[Path]:
    for folder, folders, names in os.walk(data):
        here = Path(folder)
        if here == data:
            folders[:] = [
                name for name in folders if name not in _MADE_ANEW and not name.startswith((".", _REPLACED))
            ]
        folders.sort()
        for name in sorted(names):
            file = here / name
            is_passing = name.startswith(".") and name.endswith((".lock", ".tmp"))
            if not is_passing and stat.S_ISREG(file.lstat().st_mode):
                yield file


def restore_backup(data: Path, path: Path) -> Path:
    """Put what the zip holds in the place of what stands in `data`; the folder to which that was moved.

    Raises BackupUnreadable where the file is no backup of this product, and OSError; nothing is changed then.
    """
    inner = data / ".restoring"
    shutil.rmtree(inner, ignore_errors=True)
    try:
        _unpack(path, inner)
        replaced = data / f"{_REPLACED}{dt.datetime.now():%Y%m%d-%H%M%S}"
        replaced.mkdir(parents=True)
        for entry in sorted(inner.iterdir()):
            target = data / entry.name
            if target.exists():
                target.rename(replaced / entry.name)
            entry.rename(target)
        return replaced
    finally:
        shutil.rmtree(inner, ignore_errors=True)


def _unpack(path: Path, folder: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            tops = {PurePosixPath(entry.filename).parts[0] for entry in entries if entry.filename}
            if not tops & {"raw", "review"} or any(map(_leads_out, entries)):
                raise BackupUnreadable({"path": path.name, "why": "raw/, review/"}, "backup_foreign")
            if sum(entry.file_size for entry in entries) > _MOST_BYTES:
                raise BackupUnreadable(
                    {"path": path.name, "why": f"> {_MOST_BYTES >> 30} GB"}, "backup_foreign"
                )
            for entry in entries:
                target = folder.joinpath(*PurePosixPath(file_name(entry.filename)).parts)
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(entry) as source, target.open("wb") as stream:
                    shutil.copyfileobj(source, stream)
                when = dt.datetime(*max(entry.date_time, _OLDEST)).timestamp()
                os.utime(target, (when, when))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        raise BackupUnreadable({"path": path.name, "why": error}, "file_unreadable") from error


def _leads_out(entry: zipfile.ZipInfo) -> bool:
    """Whether an entry would be written elsewhere, or over what is made anew."""
    name = file_name(entry.filename)
    parts = PurePosixPath(name).parts
    kind = stat.S_IFMT(entry.external_attr >> 16)
    outside = (
        not parts or parts[0] in {"/", *_MADE_ANEW} or ".." in parts or parts[0].startswith((".", _REPLACED))
    )
    # A backslash is a character of a vendor's name, and between folders where Windows is; no file of ours has one.
    in_windows = "\\" in (name if os.sep == "\\" else "".join(parts[:1]))
    return outside or "\0" in name or in_windows or kind not in {0, stat.S_IFREG}
