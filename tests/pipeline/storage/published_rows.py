"""Datasets of few rows that are published: two tables that have to agree, so that a mixture of versions is seen.

python -m tests.pipeline.storage.published_rows URL CACHE COUNT STEP     a run that is killed at its STEP-th write
"""

from __future__ import annotations

import functools
import os
import signal
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.dataset.lock import lock_dataset
from pipeline.dataset.objects import copies, lease
from pipeline.dataset.objects.s3 import S3Storage
from pipeline.dataset.schema import TABLES
from pipeline.dataset.tables import Row, read_table, rows_to_table, write_tables

LASTS = 2.0  # seconds of a lock whose writer is gone
PAIR = ("rescued", "checklists")


def _rows(name: str, count: int) -> list[Row]:
    spec = next(table for table in TABLES if table.name == name)
    blank = {field.name: None if field.nullable else _empty(field.type) for field in spec.schema}
    return [blank | {"document_id": f"{n:016d}"} for n in range(count)]


def _empty(kind: pa.DataType) -> object:
    if pa.types.is_list(kind):
        return []
    return False if pa.types.is_boolean(kind) else 0 if pa.types.is_integer(kind) else ""


def publish_rows(place: str, cache: Path, count: int) -> None:
    """One run whose dataset has `count` documents."""
    with copies.local_places(Path("raw"), Path(place), cache) as places, lock_dataset(places.out):
        tables = {
            spec.name: rows_to_table(spec, _rows(spec.name, count) if spec.name in PAIR else ())
            for spec in TABLES
        }
        write_tables(places.out, tables, "", places.in_parts)


def rows_seen(place: str, cache: Path) -> int:
    """How many documents a reader finds: the same in both tables, each once."""
    folder = copies.dataset_to_read(Path(place), cache)
    told = [read_table(folder, name)["document_id"].to_pylist() for name in PAIR]
    assert told[0] == told[1] == [f"{n:016d}" for n in range(len(told[0]))]
    return len(told[0])


def _killed_at(step: int, patch: pytest.MonkeyPatch) -> None:
    put, delete, done = S3Storage._put, S3Storage.delete, [0]

    def count() -> None:
        done[0] += 1
        if done[0] == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def counted_put(self: S3Storage, key: str, data: bytes, mode: object) -> str:
        count()
        return put(self, key, data, mode)

    def counted_delete(self: S3Storage, key: str) -> None:
        count()
        delete(self, key)

    patch.setattr(S3Storage, "_put", counted_put)
    patch.setattr(S3Storage, "delete", counted_delete)


if __name__ == "__main__":
    url, folder, number, at = sys.argv[1:]
    with pytest.MonkeyPatch.context() as patches:
        _killed_at(int(at), patches)
        patches.setattr(copies, "lock_storage", functools.partial(lease.lock_storage, lasts=LASTS, wait=20))
        publish_rows(url, Path(folder), int(number))
