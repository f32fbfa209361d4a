"""A dataset in object storage in, a folder with one version of it out; and back: what is new is put there, then it counts.

    manifest.json                     names the version that counts: exchanged last, while it is still the one that was read
    parts/answers/3f9a….parquet       parts by the digest of their rows (pipeline/dataset/parts.py): never changed
    versions/000007.json              manifests before it; parts that none of them names are removed

A run that is killed leaves parts that no manifest names. A reader takes one manifest, and the parts that it names are there as
long as the last KEPT versions stand: 読む人が見るのは、いつも1つの版.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pipeline.dataset.objects.lease import Lease
from pipeline.dataset.parts import PartFile
from pipeline.dataset.snapshot import (
    Manifest,
    decode_manifest,
    drop_old_snapshots,
    encode_manifest,
    holds,
    is_intact,
    known_parts,
    link_file,
    list_snapshots,
    read_manifest,
    snapshot_folder,
    write_durable,
)
from pipeline.dataset.storage import Conflict, Storage
from pipeline.errors import DatasetMissing, StorageError
from pipeline.system.atomic_write import replace_file

MANIFEST, KEPT = "manifest.json", 10  # versions that stand beside the one that counts
_PARTS, _VERSIONS = "parts", "versions"
_AT_ONCE = 8  # transfers: a part is a megabyte, so most of its time is the way there
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Published:
    """The version that counts and the tag of its manifest; None and empty where nothing is there yet."""

    manifest: Manifest | None = None
    tag: str = ""


def read_published(storage: Storage, run: int | None = None) -> Published:
    """The version that counts, or that of a run. Raises StorageError where its manifest is damaged."""
    keys = [MANIFEST] if run is None else [MANIFEST, version_key(run)]
    for key in keys:
        try:
            data, tag = storage.read(key)
            manifest = decode_manifest(data)
        except FileNotFoundError:
            continue
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise StorageError({"url": storage.url, "why": key}, "storage_damaged") from error
        if run is None or manifest.snapshot == run:
            return Published(manifest, tag)
    return Published()


def version_key(number: int) -> str:
    """Where the manifest of a version lies that counts no more."""
    return f"{_VERSIONS}/{number:06d}.json"


def fetch_dataset(storage: Storage, folder: Path, run: int | None = None) -> Manifest:
    """Make `folder` hold the version that counts, or that of a run, for a reader.

    Raises DatasetMissing where there is none, StorageError where it cannot be fetched, OSError where the folder is closed.
    """
    for attempt in range(_TRIES):
        published = read_published(storage, run)
        if published.manifest is None:
            break
        try:
            fetch_version(storage, published.manifest, folder)
            return published.manifest
        except FileNotFoundError as error:  # the version went while it was fetched: many runs ended meanwhile
            if attempt == _TRIES - 1:
                raise StorageError({"url": storage.url, "why": error}, "storage_damaged") from error
    raise DatasetMissing({"path": storage.url if run is None else f"{storage.url}@{run}"})


def fetch_version(storage: Storage, manifest: Manifest, folder: Path) -> None:
    """Make `folder` hold this version: parts that it holds already are linked.

    Raises FileNotFoundError where a part is gone, StorageError, and OSError where the folder cannot be written.
    """
    if read_manifest(folder) == manifest and is_intact(folder, manifest):
        return  # others may be reading it
    known: dict[str, tuple[Path, PartFile]] = {}
    for older in reversed(list_snapshots(folder)):
        known |= known_parts(folder, older)
    target, data = snapshot_folder(folder, manifest.snapshot), encode_manifest(manifest)
    fresh = target.with_name(f"{target.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for name in manifest.tables:
        (fresh / name).mkdir(parents=True)

    def fetch(file: tuple[str, PartFile]) -> None:
        name, part = file
        old = known.get(part.part_id)
        if old is not None and holds(*old):
            link_file(old[0], fresh / name)
            return
        bytes_of_part, _ = storage.read(part_key(name.partition("/")[0], part))
        if hashlib.sha256(bytes_of_part).hexdigest() != part.sha256:
            raise StorageError({"url": storage.url, "why": name}, "storage_damaged")
        write_durable(fresh / name, bytes_of_part)

    _all_of(fetch, [(name, entry) for name, entry in manifest.files() if isinstance(entry, PartFile)])
    replace_file(fresh / MANIFEST, data, durable=True)
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)
    replace_file(folder / MANIFEST, data, durable=True)
    for path in target.parent.iterdir():  # versions that were never published, or are of another dataset
        if not path.name.isdigit() or int(path.name) > manifest.snapshot:
            shutil.rmtree(path, ignore_errors=True)
    drop_old_snapshots(folder, manifest)


def start_from(storage: Storage, folder: Path) -> Published:
    """Make `folder` hold the version that counts, or nothing where there is none, for a run that will publish the next."""
    published = read_published(storage)
    if published.manifest is None:
        (folder / MANIFEST).unlink(missing_ok=True)
        shutil.rmtree(snapshot_folder(folder, 0).parent, ignore_errors=True)
        return published
    try:
        fetch_version(storage, published.manifest, folder)
    except FileNotFoundError as error:
        raise StorageError({"url": storage.url, "why": error}, "storage_damaged") from error
    return published


def publish(storage: Storage, folder: Path, base: Published, lease: Lease) -> None:
    """Let the dataset of `folder`, that began as `base`, count in `storage`; the same dataset again is not written again.

    Raises StorageError where the place cannot be written or another version counts by now, and DatasetBusy where the lock was
    lost: what stood there then stands there still.
    """
    manifest = read_manifest(folder)
    if manifest is None or manifest == base.manifest:
        return
    known = {(name, part.part_id) for name, part in _parts(base.manifest)}
    new = [(name, part) for name, part in _parts(manifest) if (name, part.part_id) not in known]
    here = {
        part_key(name.partition("/")[0], e): name for name, e in manifest.files() if isinstance(e, PartFile)
    }

    def send(entry: tuple[str, PartFile]) -> None:
        key = part_key(*entry)
        with contextlib.suppress(Conflict):  # the same rows, left by a run that ended before they counted
            storage.create(key, (snapshot_folder(folder, manifest.snapshot) / here[key]).read_bytes())

    _all_of(send, new)
    if base.manifest is not None:
        with contextlib.suppress(Conflict):
            storage.create(version_key(base.manifest.snapshot), encode_manifest(base.manifest))
    lease.check()
    try:
        data = encode_manifest(manifest)
        if base.manifest is None:
            storage.create(MANIFEST, data)
        else:
            storage.replace(MANIFEST, data, base.tag)
    except Conflict as error:
        raise StorageError({"url": storage.url}, "storage_changed") from error
    _vacuum(storage, manifest, lease)


def part_key(table: str, part: PartFile) -> str:
    """Where a part of a table lies."""
    return f"{_PARTS}/{table}/{part.part_id}.parquet"


def _parts(manifest: Manifest | None) -> list[tuple[str, PartFile]]:
    if manifest is None:
        return []
    return [(name, part) for name, entry in manifest.tables.items() for part in entry.parts]


def _vacuum(storage: Storage, manifest: Manifest, lease: Lease) -> None:
    """Remove versions beyond the last KEPT, and parts that no version names."""
    versions = sorted((entry.key for entry in storage.list(_VERSIONS)), reverse=True)
    kept_keys = {part_key(*entry) for entry in _parts(manifest)}
    for key in versions[:KEPT]:
        with contextlib.suppress(FileNotFoundError):
            kept_keys |= {part_key(*entry) for entry in _parts(decode_manifest(storage.read(key)[0]))}
    unnamed = [entry.key for entry in storage.list(_PARTS) if entry.key not in kept_keys]
    lease.check()
    _all_of(storage.delete, [*versions[KEPT:], *unnamed])


def _all_of(work: Callable[..., None], entries: Iterable[object]) -> None:
    """Do the work for each entry, some at once; the first error ends it."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for _ in pool.map(work, entries):
            pass
