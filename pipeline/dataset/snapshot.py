"""Arrow tables in, one snapshot of the dataset out: all tables of a run change together, or none does.

    manifest.json            names the files of the snapshot that counts; put in place at once, the last step of a run
    .snapshots/000007/       the tables of one run; the one before it stays for readers that are still at it
    answers.parquet …        the same files under plain names (hard links, copies where there are none)

A run that is killed leaves a folder that no manifest names: the next run removes it. The plain names follow the manifest
one by one (pipeline/dataset/plain_files.py).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.dataset.schema import SCHEMA_VERSION
from pipeline.system.atomic_write import replace_file, sync_folder

_MANIFEST, _SNAPSHOTS = "manifest.json", ".snapshots"


@dataclass(frozen=True, slots=True)
class TableFile:
    """One file of a snapshot: SHA-256 in hex, bytes, rows."""

    sha256: str
    size: int
    rows: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """Which snapshot counts. `key` tells by which program, words and controls its tables were derived."""

    snapshot: int
    schema_version: str
    key: str
    tables: dict[str, TableFile]


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of the dataset in `folder`; None where there is none or it is damaged."""
    return _manifest_of(folder / _MANIFEST)


def _manifest_of(path: Path) -> Manifest | None:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def snapshot_folder(folder: Path, number: int) -> Path:
    """Where the tables of a snapshot lie."""
    return folder / _SNAPSHOTS / f"{number:06d}"


def list_snapshots(folder: Path) -> list[Manifest]:
    """The snapshots that lie in `folder`, the one that counts first, then the newest."""
    counts = read_manifest(folder)
    inside = [_manifest_of(path) for path in (folder / _SNAPSHOTS).glob("*/" + _MANIFEST)]
    older = sorted((m for m in inside if m is not None), key=lambda m: -m.snapshot)
    return [*([counts] if counts else []), *(m for m in older if not counts or m.snapshot < counts.snapshot)]


def load_tables(folder: Path, manifest: Manifest) -> dict[str, pa.Table] | None:
    """All tables of a snapshot; None where one is missing or is not what the manifest says."""
    tables = {}
    for name, entry in manifest.tables.items():
        try:
            data = (snapshot_folder(folder, manifest.snapshot) / f"{name}.parquet").read_bytes()
            if hashlib.sha256(data).hexdigest() != entry.sha256:
                return None
            tables[name] = pq.read_table(pa.BufferReader(data))
        except (OSError, pa.ArrowException):
            return None
    return tables


def write_snapshot(folder: Path, tables: Mapping[str, pa.Table], key: str) -> Manifest:
    """Make these tables the dataset of `folder`; the same tables again are not written again.

    Only one process may do so at a time (pipeline.dataset.lock). Raises OSError where they cannot be written: the dataset is
    then what it was, and nothing is left behind.
    """
    current = read_manifest(folder)
    _drop_unnamed(folder, current)
    number = max([0, *(int(p.name) for p in (folder / _SNAPSHOTS).glob("*") if p.name.isdigit())]) + 1
    target = snapshot_folder(folder, number)
    try:
        target.mkdir(parents=True)
        files = {name: _write(target / f"{name}.parquet", table) for name, table in tables.items()}
        manifest = Manifest(number, SCHEMA_VERSION, key, files)
        if current is not None and current.tables == files and is_intact(folder, current):
            shutil.rmtree(target)
            manifest = Manifest(current.snapshot, SCHEMA_VERSION, key, files)
            target = snapshot_folder(folder, current.snapshot)
        data = msgspec.json.format(msgspec.json.encode(manifest))
        replace_file(target / _MANIFEST, data, durable=True)
        sync_folder(target.parent)
        replace_file(folder / _MANIFEST, data, durable=True)
    except OSError:
        _remove_new(folder, number)
        raise
    return manifest


def restore_manifest(folder: Path, manifest: Manifest) -> None:
    """Let this snapshot count, where the manifest is damaged or names one that is. Raises OSError."""
    data = msgspec.json.format(msgspec.json.encode(manifest))
    replace_file(folder / _MANIFEST, data, durable=True)


def _drop_unnamed(folder: Path, counts: Manifest | None) -> None:
    """Remove what a run left that ended before its snapshot counted."""
    if counts is None:
        return
    for path in (folder / _SNAPSHOTS).glob("*"):
        if not path.name.isdigit() or int(path.name) > counts.snapshot:
            shutil.rmtree(path, ignore_errors=True)


def _remove_new(folder: Path, number: int) -> None:
    """Remove a snapshot that does not count, and its folder where it was the first."""
    counts = read_manifest(folder)
    if counts is None or counts.snapshot != number:
        shutil.rmtree(snapshot_folder(folder, number), ignore_errors=True)
    with contextlib.suppress(OSError):
        (folder / _SNAPSHOTS).rmdir()


def is_intact(folder: Path, manifest: Manifest) -> bool:
    """Whether all files of a snapshot are there and are what the manifest says."""
    tables_folder = snapshot_folder(folder, manifest.snapshot)
    return all(holds(tables_folder / f"{name}.parquet", entry) for name, entry in manifest.tables.items())


def _write(path: Path, table: pa.Table) -> TableFile:
    """Write a table and wait until the disk holds it."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    data = sink.getvalue()
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    return TableFile(hashlib.sha256(data).hexdigest(), data.size, table.num_rows)


def holds(path: Path, entry: TableFile) -> bool:
    """Whether a file is there and holds the bytes that the manifest tells of."""
    try:
        return (
            path.stat().st_size == entry.size
            and hashlib.sha256(path.read_bytes()).hexdigest() == entry.sha256
        )
    except OSError:
        return False


def drop_old_snapshots(folder: Path, manifest: Manifest) -> None:
    """Remove all snapshots but the one that counts and the one before it, and what an ended run left half written."""
    snapshots = [p for p in (folder / _SNAPSHOTS).glob("*") if p.is_dir()]
    known = sorted(int(p.name) for p in snapshots if p.name.isdigit() and (p / _MANIFEST).exists())
    keep = {manifest.snapshot, *[n for n in known if n < manifest.snapshot][-1:]}
    for path in snapshots:
        if not path.name.isdigit() or int(path.name) not in keep:
            shutil.rmtree(path, ignore_errors=True)
    for path in (*folder.glob(".*.tmp"), *(folder / _SNAPSHOTS).glob("*/.*.tmp")):
        path.unlink(missing_ok=True)
