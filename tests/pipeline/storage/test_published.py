"""Datasets in object storage: runs that are killed, two writers, readers beside a writer; nothing lost, nothing doubled."""

from __future__ import annotations

import functools
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from pipeline.dataset.objects import copies, lease, published
from pipeline.dataset.objects.lease import LOCK, lock_storage
from pipeline.dataset.objects.published import publish, start_from
from pipeline.dataset.objects.s3 import open_storage
from pipeline.errors import DatasetBusy, DatasetMissing, StorageError
from tests.conftest import ROOT
from tests.pipeline.storage.published_rows import LASTS, publish_rows, rows_seen

pytestmark = pytest.mark.slow


@pytest.fixture
def dataset(place: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(copies, "lock_storage", functools.partial(lease.lock_storage, lasts=LASTS, wait=20))
    return f"{place}/dataset"


def _run_killed_at(step: int, dataset: str, cache: Path, count: int) -> bool:
    """A run in a process of its own, killed at its step-th write; whether it was killed before its end."""
    command = [
        sys.executable,
        "-m",
        "tests.pipeline.storage.published_rows",
        dataset,
        str(cache),
        str(count),
        str(step),
    ]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode in {0, -9}, done.stderr
    return done.returncode == -9


def test_a_run_that_is_killed_at_any_write_leaves_the_version_before(dataset: str, tmp_path: Path) -> None:
    """Its writes are the lock, parts of two tables, the old version, the manifest; then what nobody needs is removed."""
    publish_rows(dataset, tmp_path / "a", 1)
    killed = []
    for step in (1, 2, 3, 4, 5, 6):
        killed.append(_run_killed_at(step, dataset, tmp_path / "a", step + 1))
        assert rows_seen(dataset, tmp_path / "reader") in {step, step + 1}
        publish_rows(dataset, tmp_path / "b", step + 1)  # another machine goes on
        assert rows_seen(dataset, tmp_path / "reader") == step + 1
    assert killed[:5] == [True] * 5


def test_a_first_run_that_is_killed_leaves_nothing_that_counts(dataset: str, tmp_path: Path) -> None:
    for step in (2, 9):
        assert _run_killed_at(step, dataset, tmp_path / "a", 3)
        with pytest.raises(DatasetMissing):
            rows_seen(dataset, tmp_path / "reader")
    publish_rows(dataset, tmp_path / "b", 3)
    assert rows_seen(dataset, tmp_path / "reader") == 3


def test_a_reader_beside_a_writer_sees_one_version(
    dataset: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published, "KEPT", 1)
    publish_rows(dataset, tmp_path / "a", 1)
    ended, seen, errors = threading.Event(), [], []

    def read() -> None:
        while not ended.is_set():
            try:
                seen.append(rows_seen(dataset, tmp_path / "reader"))
            except (AssertionError, OSError, StorageError) as error:
                errors.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    for count in range(2, 9):
        publish_rows(dataset, tmp_path / "a", count)
    ended.set()
    reader.join()
    assert errors == []
    assert seen == sorted(seen)
    assert len(set(seen)) > 1


def test_of_two_writers_the_second_is_told_and_changes_nothing(dataset: str, tmp_path: Path) -> None:
    publish_rows(dataset, tmp_path / "a", 1)
    storage = open_storage(dataset)
    base = start_from(storage, tmp_path / "slow")
    publish_rows(dataset, tmp_path / "a", 2)
    with lock_storage(
        storage
    ) as held:  # a writer that slept over the other's whole run, and has the lock again
        (tmp_path / "slow" / "manifest.json").write_bytes(
            (tmp_path / "slow" / "manifest.json").read_bytes().replace(b'"key": ""', b'"key": "x"')
        )
        with pytest.raises(StorageError, match="Another run wrote"):
            publish(storage, tmp_path / "slow", base, held)
    assert rows_seen(dataset, tmp_path / "reader") == 2


def test_a_writer_that_lost_its_lock_publishes_nothing(dataset: str, tmp_path: Path) -> None:
    publish_rows(dataset, tmp_path / "a", 1)
    storage = open_storage(dataset)

    def run_while_the_lock_goes() -> None:
        with copies.local_places(Path("raw"), Path(dataset), tmp_path / "b") as places:
            storage.delete(LOCK)
            manifest = places.out / "manifest.json"
            manifest.write_bytes(manifest.read_bytes().replace(b'"key": ""', b'"key": "x"'))

    with pytest.raises(DatasetBusy):
        run_while_the_lock_goes()
    assert published.read_published(storage).manifest is not None
    assert rows_seen(dataset, tmp_path / "reader") == 1


def test_older_runs_can_be_asked_for_until_they_are_removed(
    dataset: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published, "KEPT", 2)
    for count in range(1, 6):
        publish_rows(dataset, tmp_path / "a", count)
    assert [rows_seen(f"{dataset}@{run}", tmp_path / "reader") for run in (3, 4, 5)] == [3, 4, 5]
    with pytest.raises(DatasetMissing, match="@2"):
        rows_seen(f"{dataset}@2", tmp_path / "reader")
    named = {f"parts/{n}/{e.part_id}.parquet" for m in (3, 4, 5) for n, e in _parts(dataset, m)}
    assert {entry.key for entry in open_storage(dataset).list("parts")} == named


def _parts(dataset: str, run: int) -> list[tuple[str, published.PartFile]]:
    manifest = published.read_published(open_storage(dataset), run).manifest
    assert manifest is not None
    return [(name, part) for name, entry in manifest.tables.items() for part in entry.parts]


def test_the_same_dataset_again_writes_nothing(dataset: str, tmp_path: Path) -> None:
    publish_rows(dataset, tmp_path / "a", 3)
    before = {entry.key: entry.changed for entry in open_storage(dataset).list()}
    publish_rows(dataset, tmp_path / "b", 3)
    assert {entry.key: entry.changed for entry in open_storage(dataset).list()} == before
