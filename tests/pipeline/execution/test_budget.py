"""What a vendor's folder and a run may take in all: the files of others are read, and what is left is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.document.process import DocumentResult
from pipeline.execution.budget import Budget, Budgets, folder_of
from pipeline.execution.process_pool import read_all
from pipeline.problems import message_of
from pipeline.sources.discover import RawFile, discover
from tests.pipeline.make import codes


@pytest.mark.parametrize(
    ("name", "folder"), [("a.xlsx", ""), ("社甲/a.xlsx", "社甲"), ("社甲/2026/a.xlsx", "社甲")]
)
def test_a_vendor_s_folder_is_the_first_part_of_a_path(name: str, folder: str) -> None:
    assert folder_of(name) == folder


def test_a_folder_uses_up_its_own_budget_and_no_other_s() -> None:
    budget = Budget(Budgets(folder_seconds=10, folder_megabytes=1, run_seconds=100))
    budget.spend("社甲/a.xlsx", 6, 0)
    assert budget.used_up("社甲/b.xlsx") is None
    budget.spend("社甲/b.xlsx", 6, 0)
    budget.spend("社乙/b.xlsx", 1, 2 << 20)
    used_up = [budget.used_up(name) for name in ("社甲/c.xlsx", "社乙/c.xlsx", "社丙/c.xlsx", "c.xlsx")]
    assert [issue and issue.code for issue in used_up] == [
        "folder_out_of_time",
        "folder_gave_too_much",
        None,
        None,
    ]
    budget.spend("c.xlsx", 90, 0)
    last = budget.used_up("社丙/c.xlsx")
    assert last is not None
    assert last.code == "run_out_of_time"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_it_is_told_which_folder_took_how_long(language: str) -> None:
    budget = Budget(Budgets(folder_seconds=5400))
    budget.spend("社甲/a.xlsx", 6000, 0)
    issue = budget.used_up("社甲/b.xlsx")
    assert issue is not None
    text = message_of(issue, "社甲/b.xlsx", language)
    assert "1.5" in text
    assert text.startswith("社甲/b.xlsx")


def sleeps(file: RawFile, *_: object) -> DocumentResult:
    return DocumentResult(file, "ok", "text/plain")


@pytest.mark.slow
def test_files_of_other_folders_are_read_when_one_has_used_up_its_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.execution.process_pool._timed", sleeps)
    for name in ("社乙/a.txt", "社乙/b.txt", "社乙/c.txt", "社甲/a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    outcomes = list(read_all(discover(tmp_path), 1, 60, (), Budgets(folder_seconds=1e-9)))
    assert [(outcome.file.name, outcome.status, codes(outcome)) for outcome in outcomes] == [
        ("社乙/a.txt", "ok", []),
        ("社乙/b.txt", "failed", ["folder_out_of_time"]),
        ("社乙/c.txt", "failed", ["folder_out_of_time"]),
        ("社甲/a.txt", "ok", []),
    ]
