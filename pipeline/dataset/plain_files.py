"""The files of a snapshot get their plain names, one by one, so that at every moment each answer finds what it refers to.

A run that only adds could exchange `documents` first and `answers` last, one that only drops the other way round; a run with
`--prune` does both. So a table that others refer to is bridged where rows of it go: it holds the old rows and the new ones until
`answers` is exchanged, and the new ones alone after that. 見本社の行が消える前に、その回答が消えます.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.dataset.schema import TABLES
from pipeline.dataset.snapshot import Manifest, TableFile, holds, link_file, snapshot_folder
from pipeline.system.atomic_write import atomic_write

# Tables that rows of others name, each before those that name it, and by which columns.
_REFERRED = {
    "documents": ("document_id",), "controls": ("control_id",), "checklists": ("document_id", "checklist"),
    "items": ("item_id",),
}  # fmt: skip
_REFERRING = [table.name for table in TABLES if table.name not in {*_REFERRED, "answers"}] + ["answers"]


def repair_plain_files(folder: Path, manifest: Manifest) -> None:
    """Give the files of the snapshot their plain names where these are missing or name something else.

    Raises OSError where the folder cannot be written; readers that follow the manifest are not touched by that.
    """
    tables = snapshot_folder(folder, manifest.snapshot)
    if manifest.in_parts:
        _lead_to_parts(folder, tables)
        return
    waiting = [
        name
        for name in (*_REFERRED, *_REFERRING)
        if not _is_same(folder / f"{name}.parquet", tables / f"{name}.parquet", manifest.tables[name])
    ]
    for name in (*_REFERRED, *_REFERRING):
        if (folder / name).is_symlink():  # of the layout of parts
            (folder / name).unlink()
    bridged = []
    for name in waiting:
        source, plain = tables / f"{name}.parquet", folder / f"{name}.parquet"
        bridge = _bridge(plain, source, _REFERRED[name]) if name in _REFERRED else None
        if bridge is None:
            _link(source, plain)
        else:
            _write(bridge, plain)
            bridged.append(name)
    for name in reversed(bridged):
        _link(tables / f"{name}.parquet", folder / f"{name}.parquet")


def _lead_to_parts(folder: Path, tables: Path) -> None:
    """Give each folder of parts its plain name, all its rows at once; what stood under plain names before goes.

    A system that allows no links to folders has no plain names in this layout: the tables lie in the snapshot's folder.
    """
    for name in (*_REFERRED, *_REFERRING):
        (folder / f"{name}.parquet").unlink(missing_ok=True)
        plain, target = folder / name, Path(*(tables / name).parts[-3:])
        if not (tables / name).is_dir() or (plain.is_symlink() and plain.readlink() == target):
            continue
        try:
            with atomic_write(plain) as partial:
                partial.unlink(missing_ok=True)
                partial.symlink_to(target, target_is_directory=True)
        except (NotImplementedError, PermissionError):
            return


def _bridge(plain: Path, source: Path, key: tuple[str, ...]) -> pa.Table | None:
    """The rows of both files where the one at the plain name has some that the new one has not; else None."""
    try:
        old, new = pq.read_table(plain), pq.read_table(source)
    except (OSError, pa.ArrowException):
        return None
    if not old.schema.equals(new.schema):
        return None
    kept = {tuple(row.values()) for row in new.select(list(key)).to_pylist()}
    goes = [tuple(row.values()) not in kept for row in old.select(list(key)).to_pylist()]
    if not any(goes):
        return None
    return pa.concat_tables([new, old.filter(pa.array(goes))]).unify_dictionaries()


def _is_same(plain: Path, source: Path, entry: TableFile) -> bool:
    try:
        return plain.samefile(source) or holds(plain, entry)
    except OSError:
        return False


def _write(table: pa.Table, plain: Path) -> None:
    with atomic_write(plain) as partial:
        pq.write_table(table, partial, compression="zstd")


def _link(source: Path, plain: Path) -> None:
    with atomic_write(plain) as partial:
        partial.unlink(missing_ok=True)
        link_file(source, partial)
