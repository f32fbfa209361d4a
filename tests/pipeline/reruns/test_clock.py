"""A clock that is set back: what changed is still noticed, what did not keeps its rows, and nothing is lost."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.pipeline.rerun import again, same_tables, sheet

YEAR = 365 * 24 * 3600 * 10**9


@pytest.mark.parametrize("years", [-10, 10])
def test_a_clock_set_back_or_forward_loses_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, reads: list[str], years: int
) -> None:
    again(folder)
    now = time.time_ns
    monkeypatch.setattr("pipeline.ingest.time.time_ns", lambda: now() + years * YEAR)
    reads.clear()
    again(folder)
    assert reads == []
    sheet(folder / "raw" / "b.csv", ["×", "○", "○", "×"], "別の覚え")
    again(folder)
    assert reads == ["b.csv"]
    monkeypatch.undo()


def test_times_of_files_that_lie_in_the_future_are_files_as_others(folder: Path) -> None:
    again(folder)
    for path in (folder / "raw").rglob("*.csv"):
        os.utime(path, ns=(4 * YEAR * 20, 4 * YEAR * 20))
    again(folder)
    again(folder, out="fresh")
    assert same_tables(folder / "out", folder / "fresh") == []
