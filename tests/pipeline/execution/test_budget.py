"""What a vendor's folder and a run may take in all: the files of others are read, and what is left is told."""

from __future__ import annotations

import pytest

from pipeline.execution.budget import Budget, Budgets, folder_of
from pipeline.problems import message_of


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
