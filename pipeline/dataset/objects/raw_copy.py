"""A raw folder in object storage in, a folder of this machine with the same files out: what is new there is fetched.

Readers of files run without a network (pipeline/execution/sandbox.py), so bytes have to be here before they are read. Which
objects were fetched is kept beside the folder by key and tag. Keys are no paths: what a folder cannot hold (`..`, `a` beside
`a/b`, a name of 300 bytes) gets a name of its own, so that no object is lost and none lands outside. 受領フォルダーの写し.
"""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

import msgspec

from pipeline.dataset.storage import Storage, StoredObject
from pipeline.errors import RawFolderMissing
from pipeline.system.atomic_write import replace_file

_INDEX = "fetched.json"
_LONGEST = 200  # bytes of a name that every file system takes
_AT_ONCE = 8


def fetch_raw(storage: Storage, place: Path) -> Path:
    """The folder `place`/raw, made equal to the storage.

    Raises RawFolderMissing where nothing was ever put there, StorageError where it cannot be fetched: the folder then holds
    what was fetched so far, and the next run goes on.
    """
    folder, index = place / "raw", _read_index(place / _INDEX)
    objects = [entry for entry in storage.list() if not entry.key.endswith("/")]
    if not objects and not index:
        raise RawFolderMissing({"raw": storage.url})
    names = local_names([entry.key for entry in objects])
    folder.mkdir(parents=True, exist_ok=True)
    for name in index.keys() - set(names.values()):
        (folder / name).unlink(missing_ok=True)
        del index[name]
    _drop_unknown(folder, index)
    new = [
        e
        for e in objects
        if index.get(names[e.key]) != e.tag or not e.tag or not (folder / names[e.key]).is_file()
    ]
    try:
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            for entry, tag in pool.map(lambda e: (e, _fetch(storage, e, folder / names[e.key])), new):
                index[names[entry.key]] = tag
    finally:
        replace_file(place / _INDEX, msgspec.json.encode(index))
    return folder


def local_names(keys: list[str]) -> dict[str, str]:
    """Key → path in the folder, another for each."""
    folders = {str(parent) for key in keys for parent in PurePosixPath(key).parents}
    names: dict[str, str] = {}
    for key in keys:
        parts = key.split("/")
        fits = all(
            part not in {"", ".", ".."} and len(part.encode()) <= _LONGEST and "\0" not in part
            for part in parts
        )
        names[key] = key if fits and key not in folders else _own_name(key)
    return names


def _own_name(key: str) -> str:
    """A name at the top of the folder for a key that is no path, with what stands behind its last point."""
    last = key.rpartition("/")[2].replace("\0", "")
    stem, point, ending = last.rpartition(".")
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    short = (stem or last)[:40].strip(". ") or "object"
    return f"{short}~{digest}{point}{ending[:10]}" if stem else f"{short}~{digest}"


def _fetch(storage: Storage, entry: StoredObject, path: Path) -> str:
    """Put an object's bytes at a path; the tag of what was fetched, empty where it went meanwhile."""
    try:
        data, tag = storage.read(entry.key)
    except FileNotFoundError:
        path.unlink(missing_ok=True)
        return ""
    if path.is_dir():
        path.rmdir()
    for parent in path.parents:
        if parent.is_file():  # was a file, is a folder of keys now
            parent.unlink()
            break
    replace_file(path, data)
    seconds = entry.changed.timestamp()
    os.utime(path, (seconds, seconds))
    return tag


def _drop_unknown(folder: Path, index: dict[str, str]) -> None:
    """Remove files that no index names (a run ended while it fetched them), and folders that are empty."""
    for path, _, files in os.walk(folder, topdown=False):
        for name in files:
            file = Path(path) / name
            if file.relative_to(folder).as_posix() not in index:
                file.unlink()
        if Path(path) != folder and not any(Path(path).iterdir()):
            Path(path).rmdir()


def _read_index(path: Path) -> dict[str, str]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, str])
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return {}
