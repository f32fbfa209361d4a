"""What only a cluster can meet: no scheduler, no worker, other programs, files out of sight, machines that are lost."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from pipeline.document.process import DocumentResult
from pipeline.errors import ClusterError
from pipeline.execution.budget import Budget, Budgets
from pipeline.execution.choose_executor import choose_executor
from pipeline.execution.executor import Job, Task
from pipeline.execution.read_files import read_all
from pipeline.execution.sandbox import ProcessLimits
from pipeline.sources.discover import RawFile, discover
from tests.pipeline.execution import clusters
from tests.pipeline.make import codes

MINUTE = ProcessLimits(60)


def _files(folder: Path, count: int) -> list[RawFile]:
    for number in range(count):
        (folder / f"{number:03d}.txt").write_text(f"きょうの天気 {number}\n", encoding="utf-8")
    return discover(folder)


def sleeps(file: RawFile, *_: object) -> DocumentResult:
    time.sleep(0.1)
    return DocumentResult(file, "ok", "text/plain", trace=str(os.getppid()))


@dataclass(frozen=True)
class Elsewhere:
    """A place that workers do not reach."""

    def key_of(self, path: Path) -> str:
        return str(path)

    @contextmanager
    def open(self, key: str) -> Iterator[Path]:
        raise FileNotFoundError(2, "made up", key)
        yield Path(key)


@dataclass(frozen=True)
class Deadly:
    """A place of which one file ends the worker that asks for it."""

    def key_of(self, path: Path) -> str:
        return str(path)

    @contextmanager
    def open(self, key: str) -> Iterator[Path]:
        if key.endswith("001.txt"):
            os.kill(os.getpid(), signal.SIGKILL)
        yield Path(key)


def test_without_the_extra_it_is_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.execution.choose_executor.find_spec", lambda _: None)
    with pytest.raises(ClusterError) as caught:
        choose_executor("tcp://127.0.0.1:8786", 2)
    assert "checksheet[cluster]" in caught.value.text("en")
    assert "checksheet[cluster]" in caught.value.text("ja")


@pytest.mark.slow
@clusters.needs_dask
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense://x", "tcp://no.such.host.invalid:8786"])
def test_a_scheduler_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setattr("pipeline.execution.cluster.connection._SECONDS_TO_CONNECT", 2)
    with pytest.raises(ClusterError) as caught:
        list(read_all(_files(tmp_path, 1), choose_executor(address, 2), MINUTE))
    assert (caught.value.code, caught.value.params["scheduler"]) == ("cluster_unreachable", address)


@pytest.mark.slow
@clusters.needs_dask
def test_no_workers_and_other_programs_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = _files(tmp_path, 2)
    monkeypatch.setattr("pipeline.execution.cluster.connection._SECONDS_FOR_WORKERS", 1)
    scheduler, address = clusters.start_scheduler(tmp_path)
    processes = [scheduler]
    try:
        with pytest.raises(ClusterError) as caught:
            list(read_all(files, choose_executor(address, 2), MINUTE))
        assert caught.value.code == "cluster_no_workers"
        monkeypatch.setattr("pipeline.execution.cluster.connection._SECONDS_FOR_WORKERS", 120)
        processes.append(clusters.start_worker(address))
        with _another_version(monkeypatch), pytest.raises(ClusterError) as caught:
            list(read_all(files, choose_executor(address, 2), MINUTE))
        assert caught.value.code == "cluster_differs"
        assert "0123456789abcdef" in caught.value.text("ja")
    finally:
        clusters.end(processes)


@contextmanager
def _another_version(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another program here than on the workers, which find theirs out by themselves."""
    from pipeline.execution.cluster.worker import versions  # noqa: PLC0415  an extra

    with monkeypatch.context() as patch:
        patch.setattr("pipeline.execution.cluster.worker.meaning_fingerprint", lambda: "0123456789abcdef")
        versions.cache_clear()
        yield
    versions.cache_clear()


@pytest.mark.slow
@clusters.needs_dask
def test_files_that_workers_cannot_take_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Out of sight ends the run, for no file can be read; other bytes than the run found are a failure of that file alone."""
    raw = tmp_path / "raw"
    raw.mkdir()
    files = _files(raw, 3)
    (raw / "001.txt").write_text("きょうの天気 9\n", encoding="utf-8")
    monkeypatch.setenv("DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES", "0")
    monkeypatch.setattr("pipeline.execution.cluster.flight._LOSSES", 0, raising=False)
    with clusters.cluster(tmp_path) as address:
        executor = choose_executor(address, 2)
        outcomes = list(read_all(files, executor, MINUTE))
        assert [outcome.status for outcome in outcomes] == ["no_checklist", "failed", "no_checklist"]
        assert codes(outcomes[1]) == ["file_changed"]

        job = Job(sleeps, (), MINUTE, Elsewhere())
        tasks = [Task(file) for file in files]
        with (
            pytest.raises(ClusterError) as caught,
            closing(executor.run(tasks, job, Budget(Budgets()))) as all_given,
        ):
            list(all_given)
        assert caught.value.code == "cluster_no_file"

        deadly = Job(sleeps, (), MINUTE, Deadly())
        with closing(executor.run(tasks, deadly, Budget(Budgets()))) as all_given:
            given = list(all_given)
        assert [isinstance(each, bytes) for each in given] == [True, False, True]
        assert given[1].params["detail"] == "KilledWorker"  # type: ignore[union-attr]


@pytest.mark.slow
@clusters.needs_dask
def test_lost_machines_lose_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that is lost gives its files to another; a scheduler that is lost ends the run, and the next one reads."""
    monkeypatch.setattr("pipeline.execution.read_files._timed", sleeps)
    raw = tmp_path / "raw"
    raw.mkdir()
    files = _files(raw, 40)
    scheduler, address = clusters.start_scheduler(tmp_path)
    processes = [scheduler, clusters.start_worker(address), clusters.start_worker(address)]
    try:
        outcomes = read_all(files, choose_executor(address, 2), MINUTE)
        found = [next(outcomes)]
        os.kill(int(found[0].trace), signal.SIGKILL)  # the worker whose process read the first file
        found += outcomes
        assert [outcome.file for outcome in found] == files
        assert {outcome.status for outcome in found} == {"ok"}

        outcomes = read_all(files, choose_executor(address, 2), MINUTE)
        next(outcomes)
        scheduler.kill()
        with pytest.raises(ClusterError) as caught:
            list(outcomes)
        assert caught.value.code == "cluster_lost"
    finally:
        clusters.end(processes)


@pytest.mark.slow
@clusters.needs_dask
def test_what_the_store_holds_is_derived_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No cluster is asked for it: there is none at this address."""
    monkeypatch.setattr("pipeline.execution.read_files._timed", sleeps)
    files = [replace(file, stored=tmp_path / "entry") for file in _files(tmp_path, 2)]
    outcomes = list(read_all(files, choose_executor("tcp://127.0.0.1:1", 1), MINUTE))
    assert [outcome.status for outcome in outcomes] == ["ok", "ok"]


@pytest.mark.slow
@clusters.needs_dask
def test_readers_of_killed_runs_leave_the_scheduler(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They hold the passwords of their run."""
    from distributed import Client  # noqa: PLC0415  an extra

    from pipeline.execution.cluster.worker import Reader  # noqa: PLC0415  an extra

    monkeypatch.setattr("pipeline.execution.read_files._timed", sleeps)
    with clusters.cluster(tmp_path, 1) as address:
        with Client(address, set_as_default=False) as client:
            name = f"checksheet-{client.id}-0"
            client.register_plugin(Reader(Job(sleeps, ("kagi",)), name), name=name)
        list(read_all(_files(tmp_path, 1), choose_executor(address, 1), MINUTE))
        with Client(address, set_as_default=False) as client:
            left = client.run_on_scheduler(_plugins)
    assert [name for name in left if name.startswith("checksheet-")] == []


def _plugins(dask_scheduler: object = None) -> list[str]:
    return list(dask_scheduler.worker_plugins)  # type: ignore[attr-defined]
