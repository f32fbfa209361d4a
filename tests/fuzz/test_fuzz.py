"""Broken sheets beside good ones, a small share of what `make fuzz` does; and the mutations themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fuzz.big import GOOD, run_beside
from tests.fuzz.mutate import mutate
from tests.fuzz.run import sources

SHEETS = [path for path in sources() if "raw" in path.parts]


@pytest.mark.parametrize("path", SHEETS[:3], ids=lambda path: path.suffix)
def test_the_same_seed_breaks_a_sheet_in_the_same_way(path: Path) -> None:
    data = path.read_bytes()
    broken = [mutate(data, seed) for seed in range(20)]
    assert broken == [mutate(data, seed) for seed in range(20)]
    assert len(set(broken)) > 15
    assert sum(each != data for each in broken) > 15


@pytest.mark.parametrize("data", [b"", b"a", b"%PDF-1.7", b"PK\x03\x04"])
def test_what_is_next_to_nothing_can_be_broken_too(data: bytes) -> None:
    assert all(isinstance(mutate(data, seed), bytes) for seed in range(60))


@pytest.mark.slow
def test_good_sheets_stay_whole_beside_broken_ones(tmp_path: Path) -> None:
    report = run_beside(tmp_path, 60, seed=500)
    assert report.wrong == ()
    assert report.findings == ()
    assert report.lost == ()
    assert report.statuses["ok"] >= GOOD
    assert report.megabytes < 1000
