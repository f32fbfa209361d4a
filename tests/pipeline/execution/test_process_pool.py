"""The processes of this machine: messages that never grow, processes that are replaced, waits that end."""

from __future__ import annotations

import os
import pickle
import signal
import threading
import time
from pathlib import Path

import pytest

from extractors.issue import Issue
from pipeline.document.process import DocumentResult
from pipeline.execution.confined_process import ConfinedProcess, Work
from pipeline.execution.parcel import INLINE, Parcel, ParcelFolder, unpack
from pipeline.execution.process_pool import LocalExecutor
from pipeline.execution.read_files import read_all
from pipeline.execution.sandbox import ProcessLimits
from pipeline.sources.discover import RawFile, discover
from tests.pipeline.make import codes


def _fill(folder: Path, *names: str) -> list[RawFile]:
    for name in names:
        (folder / name).write_text(f"きょうの天気 {name}\n", encoding="utf-8")
    return discover(folder)


def test_a_message_to_a_process_never_grows() -> None:
    folder = ParcelFolder()
    small, large = folder.pack(("かぎ",)), folder.pack(("かぎ" * INLINE,))
    try:
        assert (small.path, large.data) == ("", b"")
        assert [unpack(small), unpack(large)] == [("かぎ",), ("かぎ" * INLINE,)]
        assert Path(large.path).stat().st_mode & 0o777 == 0o600
        assert Path(large.path).parent.stat().st_mode & 0o777 == 0o700
    finally:
        folder.close()
    assert not Path(large.path).exists()


def identify(*_: object) -> int:
    return os.getpid()


@pytest.mark.slow
def test_a_process_killed_before_its_first_file_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """It broke the pool for good: every later file was read in a process of its own, one after the other."""
    process = ConfinedProcess(ProcessLimits(30))
    start, killed = process._start, []

    def dying() -> object:
        channel = start()
        if len(killed) < 2:
            killed.append(process._process.pid)  # type: ignore[union-attr]
            process.kill()
        return channel

    monkeypatch.setattr(process, "_start", dying)
    try:
        work = Work(identify, Parcel(pickle.dumps(())))
        first, second = process.run(work), process.run(work)
    finally:
        process.stop()
    assert isinstance(first, bytes)
    assert first == second
    assert pickle.loads(first) not in killed


@pytest.mark.slow
def test_a_process_outlives_the_thread_that_needed_it_first() -> None:
    """Linux ended it with that thread: the first page in the app was "the file may be damaged" (SIGKILL)."""
    process, given = ConfinedProcess(ProcessLimits(30)), []
    work = Work(identify, Parcel(pickle.dumps(())))
    first = threading.Thread(target=lambda: given.append(process.run(work)))
    first.start()
    first.join()
    time.sleep(0.5)
    try:
        given.append(process.run(work))
    finally:
        process.stop()
    assert given[0] == given[1]


@pytest.mark.slow
def test_a_process_that_is_closed_while_it_works_is_not_started_again() -> None:
    """A run that was stopped read its last files once more before it let go."""
    process = ConfinedProcess(ProcessLimits(60))
    threading.Timer(3.0, process.close).start()
    start = time.perf_counter()
    first, second = (process.run(Work(time.sleep, Parcel(pickle.dumps((50,))))) for _ in range(2))
    assert isinstance(first, Issue)
    assert isinstance(second, Issue)
    assert second.code == "file_reader_not_started"
    assert time.perf_counter() - start < 40


@pytest.mark.slow
def test_a_machine_that_starts_no_process_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.execution.confined_process._serve", identify)  # ends at once
    (outcome,) = read_all(_fill(tmp_path, "a.txt"), LocalExecutor(1), ProcessLimits(30))
    assert codes(outcome) == ["file_reader_not_started"]


@pytest.mark.slow
def test_a_process_that_stops_in_the_middle_of_its_answer_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.execution.confined_process._SECONDS_TO_SEND", 1.0)
    process = ConfinedProcess(ProcessLimits(30))
    try:
        given = process.run(Work(answers_by_half, Parcel(pickle.dumps(()))))
    finally:
        process.stop()
    assert isinstance(given, Issue)
    assert (given.code, given.params["detail"]) == ("file_reader_died", "SIGKILL")


def answers_by_half() -> None:
    """Writes the head of a long answer to every open pipe, and no more."""
    for descriptor in range(3, 512):
        try:
            os.write(descriptor, (1000).to_bytes(4, "big") + b"g")
        except OSError:
            continue
    time.sleep(60)


@pytest.mark.slow
def test_a_crew_that_is_stuck_is_replaced_and_the_other_files_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every wait of the run has a limit, whatever holds a thread up."""
    run = ConfinedProcess.run

    def stuck(self: ConfinedProcess, work: Work) -> object:
        if "stuck" in unpack(work.arguments)[0].name:
            threading.Event().wait()
        return run(self, work)

    monkeypatch.setattr(ConfinedProcess, "run", stuck)
    monkeypatch.setattr("pipeline.execution.process_pool.longest_run", lambda _: 4.0)
    outcomes = list(
        read_all(_fill(tmp_path, "a.txt", "stuck.txt", "y.txt", "z.txt"), LocalExecutor(1), ProcessLimits(60))
    )
    assert [outcome.status for outcome in outcomes] == [
        "no_checklist",
        "failed",
        "no_checklist",
        "no_checklist",
    ]
    assert codes(outcomes[1]) == ["file_took_too_long"]


def dies_always(file: RawFile, *_: object) -> DocumentResult:
    """Tells the run that it was tried by a signal: a confined process cannot write."""
    os.kill(os.getppid(), signal.SIGUSR1)
    if "abort" in file.name:
        os.abort()
    raise MemoryError


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "code"), [("abort.txt", "file_reader_died"), ("full.txt", "file_out_of_memory")]
)
def test_what_reached_its_limit_in_a_fresh_process_is_not_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, code: str
) -> None:
    tries: list[int] = []
    before = signal.signal(signal.SIGUSR1, lambda *_: tries.append(1))
    try:
        monkeypatch.setattr("pipeline.execution.read_files._timed", dies_always)
        (outcome,) = read_all(_fill(tmp_path, name), LocalExecutor(1), ProcessLimits(60))
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert (codes(outcome), len(tries)) == ([code], 1)
