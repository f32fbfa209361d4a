"""The checks of the machine."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterable
from pathlib import Path

import pytest

from extractors.issue import Issue
from pipeline.doctor import environment
from pipeline.doctor.check_result import CheckResult, result_text
from pipeline.doctor.environment import check_environment
from tests.conftest import ROOT

LOCK = ROOT / "requirements.lock"


@pytest.fixture(autouse=True)
def held(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process that is started to see whether it is held ends as it should, without being started."""
    monkeypatch.setattr(environment, "run_apart", lambda *_: Issue("file_out_of_memory"))


def _found(findings: Iterable[CheckResult]) -> dict[str, CheckResult]:
    return {result.code: result for result in findings}


def test_a_good_machine_is_well(tmp_path: Path) -> None:
    found = _found(check_environment(tmp_path / "not" / "yet", LOCK))
    assert {"python", "libraries", "dictionary", "process", "writable"} <= set(found)
    assert found["writable"].words["path"] == tmp_path
    assert [f.code for f in found.values() if f.level == "error"] == []


def test_other_versions_than_the_lock_are_told(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    lock.write_text("Typer==0.0.1 \\\n    --hash=sha256:00\nnot-here==1.0\nrich==0.1\n", encoding="utf-8")
    found = _found(check_environment(tmp_path, lock))["libraries_differ"]
    assert (found.level, found.words["count"]) == ("warning", 2)
    assert "(0.0.1)" in result_text(found, "en")
    assert "not-here" not in result_text(found, "ja")


def test_a_missing_lock_is_told(tmp_path: Path) -> None:
    assert _found(check_environment(tmp_path, tmp_path / "lock"))["no_lock"].level == "warning"


def test_a_missing_library_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        environment, "requires", lambda _: ["not-here>=1", 'nor-here>=1; extra == "dev"', "rich"]
    )
    found = [f for f in check_environment(tmp_path, LOCK) if f.code == "library_missing"]
    assert [f.words["name"] for f in found] == ["not-here"]
    assert found[0].level == "error"


def test_a_dictionary_that_cannot_be_loaded_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(_: str) -> None:
        raise ModuleNotFoundError("no dictionary")

    monkeypatch.setattr(environment, "words_of", lost)
    found = _found(check_environment(tmp_path, LOCK))["dictionary_missing"]
    assert found.level == "error"
    assert "no dictionary" in result_text(found, "en")


@pytest.mark.parametrize(
    ("outcome", "code", "level"),
    [(5, "process_not_held", "warning"), (Issue("file_reader_died", params={"detail": "SIGKILL"}), "process_dead", "error")],
)  # fmt: skip
def test_processes_that_are_not_as_they_should_be_are_told(
    outcome: object, code: str, level: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "run_apart", lambda *_: outcome)
    assert _found(check_environment(tmp_path, LOCK))[code].level == level


@pytest.mark.parametrize(("free", "level"), [(1 << 40, "ok"), (100 << 20, "warning"), (1 << 20, "error")])
def test_little_space_is_told(free: int, level: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(environment.shutil, "disk_usage", lambda _: usage(0, 0, free))
    found = _found(check_environment(tmp_path, LOCK))
    assert (found.get("space") or found["space_low"]).level == level


def test_a_folder_without_the_right_to_write_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment.os, "access", lambda *_: False)
    assert _found(check_environment(tmp_path, LOCK))["not_writable"].level == "error"


@pytest.mark.slow
def test_a_real_process_is_held(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.undo()
    found = _found(check_environment(tmp_path, LOCK))
    assert {"process", "process_not_held"} & set(found)
