"""Places of a run or a reader in, folders of this machine out: those in object storage as copies, kept for the next time.

A run works on its copy, and publishes it when it ends well; a reader has a copy of its own. Each place has its folder below the
cache. 途中で止まった実行は、公開されない.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.dataset.lock import lock_dataset
from pipeline.dataset.objects.lease import lock_storage
from pipeline.dataset.objects.published import fetch_dataset, publish, start_from
from pipeline.dataset.objects.raw_copy import fetch_raw
from pipeline.dataset.objects.s3 import open_storage
from pipeline.dataset.snapshot import snapshot_folder
from pipeline.dataset.storage import is_remote, place_text, split_version
from pipeline.errors import DatasetMissing

_PATIENCE = 600.0  # seconds for another command of this machine that fetches the same dataset


@dataclass(frozen=True, slots=True)
class LocalPlaces:
    """The folders that a run reads and writes, and whether its tables have to be in parts."""

    raw: Path
    out: Path
    in_parts: bool | None = None


def copy_of(place: str, cache: Path, use: str) -> Path:
    """The folder of the copy of a place for one use; made where it is not there."""
    folder = cache / hashlib.sha256(place.encode()).hexdigest()[:16] / use
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextlib.contextmanager
def local_places(raw: Path, out: Path, cache: Path) -> Iterator[LocalPlaces]:
    """The folders of a run; where the block ends well, the dataset is published.

    Raises StorageError, RawFolderMissing, DatasetBusy.
    """
    if is_remote(raw):
        url = place_text(raw)
        raw = fetch_raw(open_storage(url), copy_of(url, cache, "received"))
    if not is_remote(out):
        yield LocalPlaces(raw, out)
        return
    url = place_text(out)
    storage, folder = open_storage(url), copy_of(url, cache, "written")
    with lock_storage(storage) as lease:
        with lock_dataset(folder):
            base = start_from(storage, folder)
        yield LocalPlaces(raw, folder, in_parts=True)
        with lock_dataset(folder):
            publish(storage, folder, base, lease)


def dataset_to_read(place: Path, cache: Path) -> Path:
    """The folder of a dataset, of the run that is asked for (`data/parquet@7`); what is in object storage is fetched.

    Raises StorageError, DatasetMissing.
    """
    text, run = split_version(place)
    if is_remote(text):
        folder = copy_of(f"{text}@{run}" if run else text, cache, "read")
        with lock_dataset(folder, _PATIENCE):
            fetch_dataset(open_storage(text), folder, run)
        return folder
    if run is None:
        return Path(text)
    older = snapshot_folder(Path(text), run)
    if not older.is_dir():
        raise DatasetMissing({"path": f"{text}@{run}"})
    return older
