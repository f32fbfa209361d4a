"""Reading over several processes: order is kept, and a file that hangs or kills its process fails alone."""

from __future__ import annotations

import os
import pickle
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.checklist.model import LayoutDecision
from extractors.issue import Issue
from pipeline.document.process import DocumentResult
from pipeline.execution.confined_process import ConfinedProcess, Work, death
from pipeline.execution.parcel import INLINE, Parcel, ParcelFolder, unpack
from pipeline.execution.process_pool import _outcome, _timed, read_all
from pipeline.execution.sandbox import ProcessLimits
from pipeline.problems import message_of
from pipeline.sources.discover import RawFile, discover
from tests.pipeline.make import codes

FILE = RawFile(Path("a.txt"), "a.txt", 1, "0" * 64)
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


def test_no_files_give_no_outcomes() -> None:
    assert list(read_all([], 4, 10)) == []


def test_reading_is_timed(tmp_path: Path) -> None:
    outcome = _timed(_fill(tmp_path, "a.txt")[0], 0, (), (((), ()),))
    assert outcome.status == "no_checklist"
    assert outcome.seconds > 0


def test_what_a_process_gave_is_handed_on() -> None:
    given = DocumentResult(FILE, "ok", "text/plain", seconds=1.5)
    assert _outcome(FILE, pickle.dumps(given)) == given


@pytest.mark.parametrize(
    ("issue", "detail"),
    [
        (Issue("file_took_too_long", params={"seconds": "5"}), "longer than 5 s"),
        (Issue("file_reader_died", params={"detail": "exit code 7"}), "exit code 7"),
        (Issue("file_out_of_memory"), "raise --memory"),
        (Issue("file_reader_not_started", params={"detail": "exit code 1"}), "checksheet doctor"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_whatever_a_process_meets_is_a_failed_file(issue: Issue, detail: str, packed: bool) -> None:
    outcome = _outcome(FILE, pickle.dumps(issue) if packed else issue)
    assert (outcome.file, outcome.status, codes(outcome)) == (FILE, "failed", [issue.code])
    assert detail in message_of(outcome.issues[0], "a.txt", "en")


def test_a_long_reason_is_cut() -> None:
    assert len(death(Panic("x" * 5000)).params["detail"]) == 200


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


def counts_decisions(
    file: RawFile, index: int, passwords: object, decisions: tuple[object, ...]
) -> DocumentResult:
    layouts = decisions[index][0]  # type: ignore[index]
    return DocumentResult(file, "ok", "text/plain", trace=f"{len(layouts)} {len(passwords)}")  # type: ignore[arg-type]


@pytest.mark.slow
def test_decisions_and_passwords_of_any_number_reach_a_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With messages that grew, 72 MB of passwords blocked the run for good."""
    monkeypatch.setattr("pipeline.execution.process_pool._timed", counts_decisions)
    decisions = tuple(LayoutDecision(f"様式{n}" * 20, ()) for n in range(20_000))
    files = [replace(file, decisions=decisions) for file in _fill(tmp_path, "a.txt", "b.txt")]
    outcomes = list(read_all(files, 2, 60, tuple(f"kagi {n}" * 20 for n in range(20_000))))
    assert [outcome.trace for outcome in outcomes] == ["20000 20000"] * 2
    assert [outcome.file for outcome in outcomes] == files


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
def test_a_machine_that_starts_no_process_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.execution.confined_process._serve", identify)  # ends at once
    (outcome,) = read_all(_fill(tmp_path, "a.txt"), 1, 30)
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
    for descriptor in range(3, 20):
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
    outcomes = list(read_all(_fill(tmp_path, "a.txt", "stuck.txt", "y.txt", "z.txt"), 1, 60))
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
        monkeypatch.setattr("pipeline.execution.process_pool._timed", dies_always)
        (outcome,) = read_all(_fill(tmp_path, name), 1, 60)
    finally:
        signal.signal(signal.SIGUSR1, before)
    assert (codes(outcome), len(tries)) == ([code], 1)
