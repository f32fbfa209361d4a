"""What every executor promises, asked of each: order is kept, and a file that hangs or kills its process fails alone."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest

from extractors.checklist.model import LayoutDecision
from pipeline.document.process import DocumentResult
from pipeline.execution.budget import Budgets
from pipeline.execution.executor import Executor
from pipeline.execution.read_files import read_all
from pipeline.execution.sandbox import ProcessLimits
from pipeline.problems import message_of
from pipeline.sources.discover import RawFile, discover
from tests.pipeline.execution.clusters import EXECUTORS, cluster, executor_of, wait_until
from tests.pipeline.make import codes

pytestmark = pytest.mark.slow
SEEN: list[str] = []  # what a process has read
MINUTE = ProcessLimits(60)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if find_spec("distributed") is None:
        yield ""
        return
    with cluster(tmp_path_factory.mktemp("cluster")) as address:
        yield address


@pytest.fixture(params=EXECUTORS)
def executor(request: pytest.FixtureRequest, address: str) -> Executor:
    return executor_of(request.param, address)


def _reads(monkeypatch: pytest.MonkeyPatch, function: Callable[..., DocumentResult]) -> None:
    monkeypatch.setattr("pipeline.execution.read_files._timed", function)


def _fill(folder: Path, *names: str) -> list[RawFile]:
    for name in names:
        (folder / name).parent.mkdir(exist_ok=True)
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


def test_no_files_give_no_outcomes(executor: Executor) -> None:
    assert list(read_all([], executor, MINUTE)) == []


def test_files_are_read_in_order_and_timed(tmp_path: Path, executor: Executor) -> None:
    files = _fill(tmp_path, "b.txt", "a.txt", "c.txt", "d.txt")
    outcomes = list(read_all(files, executor, MINUTE))
    assert [outcome.file for outcome in outcomes] == files
    assert [outcome.file.name for outcome in outcomes] == ["a.txt", "b.txt", "c.txt", "d.txt"]
    assert {outcome.status for outcome in outcomes} == {"no_checklist"}
    assert all(outcome.seconds > 0 for outcome in outcomes)


def test_a_file_that_is_gone_fails_alone(tmp_path: Path, executor: Executor) -> None:
    files = _fill(tmp_path, "a.txt", "gone.txt", "z.txt")
    (tmp_path / "gone.txt").unlink()
    outcomes = list(read_all(files, executor, MINUTE))
    assert [outcome.status for outcome in outcomes] == ["no_checklist", "failed", "no_checklist"]
    assert codes(outcomes[1]) == ["file_unreadable"]


def test_no_file_is_read_in_the_process_of_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, executor: Executor
) -> None:
    _reads(monkeypatch, faulty)
    outcomes = list(read_all(_fill(tmp_path, "a.txt", "b.txt"), executor, MINUTE))
    assert [(outcome.status, outcome.issues) for outcome in outcomes] == [("ok", ())] * 2
    assert str(os.getpid()) not in {outcome.trace for outcome in outcomes}


def test_outcomes_come_as_they_are_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, executor: Executor
) -> None:
    _reads(monkeypatch, faulty)
    outcomes = read_all(_fill(tmp_path, "a.txt", *(f"slow{n}.txt" for n in range(4))), executor, MINUTE)
    assert next(outcomes).file.name == "a.txt"
    start = time.perf_counter()
    assert len(list(outcomes)) == 4
    assert time.perf_counter() - start > 3


def test_a_file_that_hangs_fails_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, executor: Executor
) -> None:
    _reads(monkeypatch, faulty)
    outcomes = list(read_all(_fill(tmp_path, "a.txt", "hang.txt", "z.txt"), executor, ProcessLimits(2)))
    assert [outcome.status for outcome in outcomes] == ["ok", "failed", "ok"]
    assert codes(outcomes[1]) == ["file_took_too_long"]
    text = message_of(outcomes[1].issues[0], "hang.txt", "en")
    assert text.startswith("hang.txt took longer than 2 s and was stopped.")


@pytest.mark.parametrize(
    ("name", "detail"), [("die.txt", "exit code 7"), ("fault.txt", "SystemExit: 3"), ("panic.txt", "made up")]
)
def test_a_file_that_ends_its_process_fails_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, executor: Executor, name: str, detail: str
) -> None:
    _reads(monkeypatch, faulty)
    outcomes = list(read_all(_fill(tmp_path, "a.txt", name, "x.txt", "z.txt"), executor, MINUTE))
    found = {outcome.file.name: outcome.status for outcome in outcomes}
    assert found == {"a.txt": "ok", name: "failed", "x.txt": "ok", "z.txt": "ok"}
    lost = next(outcome for outcome in outcomes if outcome.status == "failed")
    assert codes(lost) == ["file_reader_died"]
    assert detail in message_of(lost.issues[0], name, "en")


def dies_when_used(file: RawFile, *_: object) -> DocumentResult:
    """Dies of a file where its process has read another one before."""
    SEEN.append(file.name)
    if "die" in file.name and len(SEEN) > 1:
        os.abort()
    return DocumentResult(file, "ok", "text/plain")


def test_a_file_whose_process_died_is_read_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, executor: Executor
) -> None:
    _reads(monkeypatch, dies_when_used)
    outcomes = list(read_all(_fill(tmp_path, "a.txt", "b.txt", "die.txt", "z.txt"), executor, MINUTE))
    assert [outcome.status for outcome in outcomes] == ["ok"] * 4


def test_who_stops_taking_outcomes_stops_the_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, executor: Executor
) -> None:
    _reads(monkeypatch, faulty)
    outcomes = read_all(_fill(tmp_path, "a.txt", "hang.txt", "hang2.txt"), executor, MINUTE)
    reader = int(next(outcomes).trace)
    outcomes.close()  # type: ignore[attr-defined]
    assert wait_until(lambda: not _is_alive(reader))


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def counts_decisions(
    file: RawFile, index: int, passwords: object, decisions: tuple[object, ...]
) -> DocumentResult:
    layouts = decisions[index][0]  # type: ignore[index]
    return DocumentResult(file, "ok", "text/plain", trace=f"{len(layouts)} {len(passwords)}")  # type: ignore[arg-type]


def test_decisions_and_passwords_of_any_number_reach_a_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, executor: Executor
) -> None:
    """With messages that grew, 72 MB of passwords blocked the run for good."""
    _reads(monkeypatch, counts_decisions)
    decisions = tuple(LayoutDecision(f"様式{n}" * 20, ()) for n in range(20_000))
    files = [replace(file, decisions=decisions) for file in _fill(tmp_path, "a.txt", "b.txt")]
    outcomes = list(read_all(files, executor, MINUTE, tuple(f"kagi {n}" * 20 for n in range(20_000))))
    assert [outcome.trace for outcome in outcomes] == ["20000 20000"] * 2
    assert [outcome.file for outcome in outcomes] == files


def test_what_a_folder_has_used_up_is_told_and_other_folders_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, executor: Executor
) -> None:
    _reads(monkeypatch, faulty)
    files = _fill(tmp_path, *(f"社乙/{n:03d}.txt" for n in range(60)), "社甲/a.txt")
    outcomes = list(read_all(files, executor, MINUTE, (), Budgets(folder_seconds=1e-9)))
    left = [outcome for outcome in outcomes if outcome.status == "failed"]
    assert {code for outcome in left for code in codes(outcome)} == {"folder_out_of_time"}
    assert {outcome.file.name[:2] for outcome in left} == {"社乙"}
    assert 0 < 60 - len(left) < 60
