"""Arrow tables in, one snapshot of the dataset out: all tables of a run change together, or none does.

    manifest.json            names the files of the snapshot that counts; put in place at once, the last step of a run
    .snapshots/000007/       the tables of one run; the one before it stays for readers that are still at it
    answers.parquet …        the same files under plain names (hard links, copies where there are none)

In the layout of parts a table is a folder of files (pipeline/dataset/parts.py), and plain names are links to the folders:

    .snapshots/000007/answers/00012-3f9a….parquet    a hard link to the snapshot before where no row of it is new
    answers                  leads to .snapshots/000007/answers

A run that is killed leaves a folder that no manifest names: the next run removes it. The plain names follow the manifest
one by one (pipeline/dataset/plain_files.py).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import msgspec
import pyarrow as pa

from pipeline.dataset.parts import PartFile, encode_part, part_name, read_files, split_table
from pipeline.dataset.schema import SCHEMA_VERSION
from pipeline.system.atomic_write import replace_file, sync_folder

_MANIFEST, _SNAPSHOTS = "manifest.json", ".snapshots"


@dataclass(frozen=True, slots=True)
class TableFile:
    """One table of a snapshot: SHA-256 in hex of its file or of what its parts are called, bytes, rows, parts."""

    sha256: str
    size: int
    rows: int
    parts: tuple[PartFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Manifest:
    """Which snapshot counts. `key` tells by which program, words and controls its tables were derived."""

    snapshot: int
    schema_version: str
    key: str
    tables: dict[str, TableFile]

    @property
    def in_parts(self) -> bool:
        """Whether tables are folders of parts."""
        return any(entry.parts for entry in self.tables.values())

    def files(self) -> Iterator[tuple[str, TableFile | PartFile]]:
        """Every file of the snapshot by its path in the snapshot's folder."""
        for name, entry in self.tables.items():
            if not entry.parts:
                yield f"{name}.parquet", entry
            for number, part in enumerate(entry.parts):
                yield f"{name}/{part_name(number, part.part_id)}", part


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of the dataset in `folder`; None where there is none or it is damaged."""
    return _manifest_of(folder / _MANIFEST)


def _manifest_of(path: Path) -> Manifest | None:
    try:
        return decode_manifest(path.read_bytes())
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def decode_manifest(data: bytes) -> Manifest:
    """A manifest by its bytes. Raises msgspec.DecodeError or UnicodeDecodeError."""
    return msgspec.json.decode(data, type=Manifest)


def encode_manifest(manifest: Manifest) -> bytes:
    """The bytes of a manifest; of a table that is one file nothing is said of parts."""
    fields = asdict(manifest)
    for entry in fields["tables"].values():
        if not entry["parts"]:
            del entry["parts"]
    return msgspec.json.format(msgspec.json.encode(fields))


def snapshot_folder(folder: Path, number: int) -> Path:
    """Where the tables of a snapshot lie; a folder of `.snapshots` is itself the dataset as it was then."""
    if folder.parent.name == _SNAPSHOTS and folder.name == f"{number:06d}":
        return folder
    return folder / _SNAPSHOTS / f"{number:06d}"


def list_snapshots(folder: Path) -> list[Manifest]:
    """The snapshots that lie in `folder`, the one that counts first, then the newest."""
    counts = read_manifest(folder)
    inside = [_manifest_of(path) for path in (folder / _SNAPSHOTS).glob("*/" + _MANIFEST)]
    older = sorted((m for m in inside if m is not None), key=lambda m: -m.snapshot)
    return [*([counts] if counts else []), *(m for m in older if not counts or m.snapshot < counts.snapshot)]


def load_tables(folder: Path, manifest: Manifest) -> dict[str, pa.Table] | None:
    """All tables of a snapshot; None where a file is missing or is not what the manifest says."""
    here = snapshot_folder(folder, manifest.snapshot)
    if not is_intact(folder, manifest):
        return None
    try:
        return {name: read_files(table_files(here / name, entry)) for name, entry in manifest.tables.items()}
    except (OSError, pa.ArrowException):
        return None


def table_files(place: Path, entry: TableFile) -> tuple[Path, ...]:
    """The files of a table in order: `place` is its name in the snapshot's folder."""
    if not entry.parts:
        return (place.with_name(f"{place.name}.parquet"),)
    return tuple(place / part_name(number, part.part_id) for number, part in enumerate(entry.parts))


def write_snapshot(
    folder: Path, tables: Mapping[str, pa.Table], key: str, in_parts: bool | None = None
) -> Manifest:
    """Make these tables the dataset of `folder`; the same tables again are not written again.

    `in_parts` chooses the layout, None leaves it as it is (files where there is no dataset). Only one process may do so at a
    time (pipeline.dataset.lock). Raises OSError where they cannot be written: the dataset is then what it was, and nothing is
    left behind.
    """
    current = read_manifest(folder)
    _drop_unnamed(folder, current)
    number = max([0, *(int(p.name) for p in (folder / _SNAPSHOTS).glob("*") if p.name.isdigit())]) + 1
    target = snapshot_folder(folder, number)
    if in_parts is None:
        in_parts = current is not None and current.in_parts
    try:
        target.mkdir(parents=True)
        if in_parts:
            known = known_parts(folder, current)
            files = {name: _write_parts(target / name, table, known) for name, table in tables.items()}
        else:
            files = {name: _write(target / f"{name}.parquet", table) for name, table in tables.items()}
        manifest = Manifest(number, SCHEMA_VERSION, key, files)
        if current is not None and current.tables == files and is_intact(folder, current):
            shutil.rmtree(target)
            manifest = Manifest(current.snapshot, SCHEMA_VERSION, key, files)
            target = snapshot_folder(folder, current.snapshot)
        data = encode_manifest(manifest)
        replace_file(target / _MANIFEST, data, durable=True)
        sync_folder(target.parent)
        replace_file(folder / _MANIFEST, data, durable=True)
    except OSError:
        _remove_new(folder, number)
        raise
    return manifest


def restore_manifest(folder: Path, manifest: Manifest) -> None:
    """Let this snapshot count, where the manifest is damaged or names one that is. Raises OSError."""
    replace_file(folder / _MANIFEST, encode_manifest(manifest), durable=True)


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
    here = snapshot_folder(folder, manifest.snapshot)
    return all(holds(here / name, entry) for name, entry in manifest.files())


def _write(path: Path, table: pa.Table) -> TableFile:
    """Write a table and wait until the disk holds it."""
    data = encode_part(table)
    write_durable(path, data)
    return TableFile(hashlib.sha256(data).hexdigest(), data.size, table.num_rows)


def write_durable(path: Path, data: bytes | pa.Buffer) -> None:
    """Write a file that nobody reads yet and wait until the disk holds it. Raises OSError."""
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def known_parts(folder: Path, manifest: Manifest | None) -> dict[str, tuple[Path, PartFile]]:
    """The parts that a snapshot has, by their id, with the path of each."""
    if manifest is None:
        return {}
    here = snapshot_folder(folder, manifest.snapshot)
    return {e.part_id: (here / name, e) for name, e in manifest.files() if isinstance(e, PartFile)}


def _write_parts(place: Path, table: pa.Table, known: Mapping[str, tuple[Path, PartFile]]) -> TableFile:
    """Write the parts of a table that are new, and link the others; a damaged one is written again."""
    place.mkdir()
    parts = []
    for number, (part_id, rows) in enumerate(split_table(table)):
        path = place / part_name(number, part_id)
        old = known.get(part_id)
        if old is not None and holds(*old):
            link_file(old[0], path)
            parts.append(old[1])
            continue
        data = encode_part(rows)
        write_durable(path, data)
        parts.append(PartFile(part_id, hashlib.sha256(data).hexdigest(), data.size, rows.num_rows))
    sync_folder(place)
    return table_of_parts(parts)


def table_of_parts(parts: list[PartFile]) -> TableFile:
    """A table by its parts."""
    names = hashlib.sha256("\n".join(part.part_id for part in parts).encode()).hexdigest()
    return TableFile(names, sum(p.size for p in parts), sum(p.rows for p in parts), tuple(parts))


def link_file(source: Path, path: Path) -> None:
    """Give a file a second name; a copy where the file system has no hard links. Raises OSError."""
    try:
        path.hardlink_to(source)
    except OSError:
        shutil.copyfile(source, path)


def holds(path: Path, entry: TableFile | PartFile) -> bool:
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
