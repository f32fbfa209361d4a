"""Reading over several processes: order is kept, and a file that hangs or kills its process fails alone."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from pipeline.discover import RawFile, discover
from pipeline.document import Outcome
from pipeline.problems import message_of
from pipeline.workers import read_all
from tests.pipeline.make import codes


def _fill(folder: Path, *names: str) -> list[RawFile]:
    for name in names:
        (folder / name).write_text(f"きょうの天気 {name}\n", encoding="utf-8")
    return discover(folder)


def faulty(file: RawFile) -> Outcome:
    """Stands in for the reader: hangs, dies or sleeps by the file's name. Found by name in the child process."""
    if "hang" in file.name:
        time.sleep(60)
    if "slow" in file.name:
        time.sleep(2.5)
    if "die" in file.name:
        os._exit(7)
    if "fault" in file.name:
        raise SystemExit(3)
    return Outcome(file, "ok", "text/plain")


class Panic(BaseException):
    """What a reader written in Rust raises: no Exception."""


def _panic(_: Path) -> None:
    raise Panic("made up")


def test_one_worker_reads_in_this_process_in_order(tmp_path: Path) -> None:
    files = _fill(tmp_path, "b.txt", "a.txt", "c.txt")
    outcomes = list(read_all(files, 1, 10))
    assert [outcome.file.name for outcome in outcomes] == ["a.txt", "b.txt", "c.txt"]
    assert {outcome.status for outcome in outcomes} == {"no_checklist"}
    assert all(outcome.seconds > 0 for outcome in outcomes)


def test_no_files_give_no_outcomes() -> None:
    assert list(read_all([], 4, 10)) == []


def test_outcomes_come_as_they_are_ready(tmp_path: Path) -> None:
    first = next(iter(read_all(_fill(tmp_path, "a.txt", "b.txt"), 1, 10)))
    assert first.file.name == "a.txt"


@pytest.mark.slow
def test_several_workers_give_what_one_gives(tmp_path: Path) -> None:
    files = _fill(tmp_path, *(f"{n}.txt" for n in range(6)))
    one, many = list(read_all(files, 1, 30)), list(read_all(files, 3, 30))
    assert [o.file for o in one] == [o.file for o in many] == files
    assert [(o.status, o.leftovers, o.problems) for o in one] == [
        (o.status, o.leftovers, o.problems) for o in many
    ]


@pytest.mark.slow
def test_a_file_that_hangs_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.workers._timed", faulty)
    start = time.perf_counter()
    outcomes = list(read_all(_fill(tmp_path, "a.txt", "hang.txt", "z.txt"), 2, 2))
    assert [(o.file.name, o.status) for o in outcomes] == [
        ("a.txt", "ok"),
        ("hang.txt", "failed"),
        ("z.txt", "ok"),
    ]
    assert codes(outcomes[1]) == ["file_took_too_long"]
    text = message_of(outcomes[1].problems[0], "hang.txt", "en")
    assert text.startswith("hang.txt took longer than 2 s and was stopped.")
    assert time.perf_counter() - start < 30


@pytest.mark.slow
def test_a_file_that_kills_its_process_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.workers._timed", faulty)
    outcomes = list(read_all(_fill(tmp_path, "a.txt", "die.txt", "m.txt", "z.txt"), 2, 20))
    assert [o.status for o in outcomes] == ["ok", "failed", "ok", "ok"]
    assert codes(outcomes[1]) == ["file_reader_died"]
    assert "exit code 7" in message_of(outcomes[1].problems[0], "die.txt", "en")


@pytest.mark.slow
@pytest.mark.parametrize(("names", "workers"), [(["slow.txt"], 4), (["a.txt", "slow.txt"], 1)])
@pytest.mark.xfail(strict=True, reason="with one file or one worker --timeout is passed over without a word")
def test_the_time_limit_counts_for_a_single_file_and_a_single_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: list[str], workers: int
) -> None:
    monkeypatch.setattr("pipeline.workers._timed", faulty)
    outcomes = list(read_all(_fill(tmp_path, *names), workers, 1))
    assert codes(outcomes[-1]) == ["file_took_too_long"]


@pytest.mark.xfail(
    strict=True, raises=Panic, reason="a panic of calamine (a BaseException) ends the whole run"
)
def test_a_panic_of_a_reader_fails_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = _fill(tmp_path, "a.txt", "b.txt")
    monkeypatch.setattr("pipeline.document.read", _panic)
    assert [outcome.status for outcome in read_all(files, 1, 10)] == ["failed", "failed"]


@pytest.mark.slow
@pytest.mark.xfail(
    strict=True,
    raises=(SystemExit, Panic),
    reason="what a child raises and read_document does not catch ends the run",
)
def test_an_exit_inside_a_reading_process_fails_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.workers._timed", faulty)
    outcomes = list(read_all(_fill(tmp_path, "a.txt", "fault.txt"), 2, 20))
    assert [outcome.status for outcome in outcomes] == ["ok", "failed"]
