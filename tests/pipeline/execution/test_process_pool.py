"""Reading over several processes: order is kept, and a file that hangs or kills its process fails alone."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from pebble import ProcessExpired, ProcessFuture

from pipeline.document.process import DocumentResult
from pipeline.execution.process_pool import _outcome, _timed, read_all
from pipeline.execution.sandbox import ProcessLimits
from pipeline.problems import message_of
from pipeline.sources.discover import RawFile, discover
from tests.pipeline.make import codes

FILE = RawFile(Path("a.txt"), "a.txt", 1, "0" * 64)
LIMITS = ProcessLimits(5)
PARENT = os.getpid()
SEEN: list[str] = []  # what a process has read


def _fill(folder: Path, *names: str) -> list[RawFile]:
    for name in names:
        (folder / name).write_text(f"きょうの天気 {name}\n", encoding="utf-8")
    return discover(folder)


class Panic(BaseException):
    """What a reader written in Rust raises: no Exception."""


def faulty(file: RawFile, *_: object) -> DocumentResult:
    """Stands in for the reader: hangs, dies or sleeps by the file's name. Found by name in the child process."""
    if "hang" in file.name:
        time.sleep(60)
    if "slow" in file.name:
        time.sleep(2.5)
    if "die" in file.name:
        os._exit(7)
    if "fault" in file.name:
        raise SystemExit(3)
    if "panic" in file.name:
        raise Panic("made up")
    return DocumentResult(file, "ok", "text/plain", trace=str(os.getpid()))


def _failing(error: BaseException) -> ProcessFuture:
    future = ProcessFuture()
    future.set_exception(error)
    return future


def test_no_files_give_no_outcomes() -> None:
    assert list(read_all([], 4, 10)) == []


def test_reading_is_timed(tmp_path: Path) -> None:
    outcome = _timed(_fill(tmp_path, "a.txt")[0])
    assert outcome.status == "no_checklist"
    assert outcome.seconds > 0


def test_what_a_process_gave_is_handed_on() -> None:
    given, future = DocumentResult(FILE, "ok", "text/plain"), ProcessFuture()
    future.set_result(given)
    assert _outcome(FILE, future, LIMITS) is given


@pytest.mark.parametrize(
    ("error", "code", "detail"),
    [
        (TimeoutError("Task timeout", 5), "file_took_too_long", "longer than 5 s"),
        (ProcessExpired("Abnormal termination", code=7), "file_reader_died", "exit code 7"),
        (Panic("made up"), "file_reader_died", "Panic: made up"),
        (SystemExit(3), "file_reader_died", "SystemExit: 3"),
        (MemoryError(), "file_out_of_memory", "raise --memory"),
        (ProcessExpired("Abnormal termination", code=-9), "file_reader_died", "SIGKILL"),
    ],
)
def test_whatever_a_process_raises_is_a_failed_file(error: BaseException, code: str, detail: str) -> None:
    outcome = _outcome(FILE, _failing(error), LIMITS)
    assert (outcome.file, outcome.status, codes(outcome)) == (FILE, "failed", [code])
    assert detail in message_of(outcome.issues[0], "a.txt", "en")


def test_a_long_reason_is_cut() -> None:
    outcome = _outcome(FILE, _failing(Panic("x" * 5000)), LIMITS)
    assert len(outcome.issues[0].params["detail"]) == 200


def test_who_stops_the_run_stops_it() -> None:
    with pytest.raises(KeyboardInterrupt):
        _outcome(FILE, _failing(KeyboardInterrupt()), LIMITS)


@pytest.mark.slow
def test_one_worker_reads_in_order(tmp_path: Path) -> None:
    files = _fill(tmp_path, "b.txt", "a.txt", "c.txt")
    outcomes = list(read_all(files, 1, 60))
    assert [outcome.file.name for outcome in outcomes] == ["a.txt", "b.txt", "c.txt"]
    assert {outcome.status for outcome in outcomes} == {"no_checklist"}
    assert all(outcome.seconds > 0 for outcome in outcomes)


@pytest.mark.slow
@pytest.mark.parametrize(("names", "workers"), [(["a.txt"], 4), (["a.txt", "b.txt"], 1)])
def test_every_file_is_read_in_a_process_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], workers: int
) -> None:
    monkeypatch.setattr("pipeline.execution.process_pool._timed", faulty)
    outcomes = list(read_all(_fill(tmp_path, *names), workers, 60))
    assert [outcome.status for outcome in outcomes] == ["ok"] * len(names)
    assert str(PARENT) not in {outcome.trace for outcome in outcomes}


@pytest.mark.slow
def test_outcomes_come_as_they_are_ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.execution.process_pool._timed", faulty)
    start = time.perf_counter()
    outcomes = read_all(_fill(tmp_path, "a.txt", "slow.txt", "slow2.txt"), 1, 60)
    assert next(outcomes).file.name == "a.txt"
    first = time.perf_counter() - start
    assert len(list(outcomes)) == 2
    assert time.perf_counter() - start > first + 4


@pytest.mark.slow
def test_several_workers_give_what_one_gives(tmp_path: Path) -> None:
    files = _fill(tmp_path, *(f"{n}.txt" for n in range(6)))
    one, many = list(read_all(files, 1, 60)), list(read_all(files, 3, 60))
    assert [o.file for o in one] == [o.file for o in many] == files
    assert [(o.status, o.leftovers, o.issues) for o in one] == [
        (o.status, o.leftovers, o.issues) for o in many
    ]


@pytest.mark.slow
def test_a_file_that_hangs_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.execution.process_pool._timed", faulty)
    start = time.perf_counter()
    outcomes = list(read_all(_fill(tmp_path, "a.txt", "hang.txt", "z.txt"), 2, 2))
    assert [(o.file.name, o.status) for o in outcomes] == [
        ("a.txt", "ok"),
        ("hang.txt", "failed"),
        ("z.txt", "ok"),
    ]
    assert codes(outcomes[1]) == ["file_took_too_long"]
    text = message_of(outcomes[1].issues[0], "hang.txt", "en")
    assert text.startswith("hang.txt took longer than 2 s and was stopped.")
    assert time.perf_counter() - start < 30


@pytest.mark.slow
@pytest.mark.parametrize(("names", "workers"), [(["slow.txt"], 4), (["a.txt", "slow.txt"], 1)])
def test_the_time_limit_counts_for_a_single_file_and_a_single_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], workers: int
) -> None:
    monkeypatch.setattr("pipeline.execution.process_pool._timed", faulty)
    outcomes = list(read_all(_fill(tmp_path, *names), workers, 1))
    assert codes(outcomes[-1]) == ["file_took_too_long"]


@pytest.mark.slow
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize(
    ("name", "detail"), [("die.txt", "exit code 7"), ("fault.txt", "SystemExit: 3"), ("panic.txt", "made up")]
)
def test_a_file_that_ends_its_process_fails_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, detail: str, workers: int
) -> None:
    monkeypatch.setattr("pipeline.execution.process_pool._timed", faulty)
    outcomes = list(read_all(_fill(tmp_path, "a.txt", name, "x.txt", "z.txt"), workers, 60))
    assert {o.file.name: o.status for o in outcomes} == {
        "a.txt": "ok",
        name: "failed",
        "x.txt": "ok",
        "z.txt": "ok",
    }
    lost = next(o for o in outcomes if o.status == "failed")
    assert codes(lost) == ["file_reader_died"]
    assert detail in message_of(lost.issues[0], name, "en")


def dies_when_used(file: RawFile, *_: object) -> DocumentResult:
    """Dies of a file where its process has read another one before."""
    SEEN.append(file.name)
    if "die" in file.name and len(SEEN) > 1:
        os.abort()
    return DocumentResult(file, "ok", "text/plain")


@pytest.mark.slow
def test_a_file_whose_process_died_is_read_once_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.execution.process_pool._timed", dies_when_used)
    outcomes = list(read_all(_fill(tmp_path, "a.txt", "die.txt", "z.txt"), 1, 60))
    assert [(outcome.file.name, outcome.status) for outcome in outcomes] == [
        ("a.txt", "ok"),
        ("die.txt", "ok"),
        ("z.txt", "ok"),
    ]


@pytest.mark.slow
def test_who_stops_taking_outcomes_stops_the_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.execution.process_pool._timed", faulty)
    outcomes = read_all(_fill(tmp_path, "a.txt", "hang.txt", "hang2.txt"), 1, 60)
    reader = next(outcomes).trace
    start = time.perf_counter()
    outcomes.close()  # type: ignore[attr-defined]
    assert time.perf_counter() - start < 20
    with pytest.raises(ProcessLookupError):
        os.kill(int(reader), 0)
