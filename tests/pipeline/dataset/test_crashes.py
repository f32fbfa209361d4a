"""Runs that are killed, interrupted, without room, without rights, or two at once: the dataset stays whole.

`CHECKSHEET_KILLS` tells how many random kills to do: `CHECKSHEET_KILLS=200 pytest tests/pipeline/dataset/test_crashes.py`.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from pipeline.incremental.run_report import RunReport
from pipeline.ingest import ingest
from pipeline.query.query import row_counts
from tests.conftest import ROOT
from tests.pipeline.rerun import again, check_whole, quick, same_tables, sheet, told

pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("CHECKSHEET_KILLS", "12"))
ROOM = 1 << 20  # bytes of the small disk


def _kills(*words: str) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.pipeline.kills", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, int] = json.loads(done.stdout)
    return told


def test_a_kill_at_each_step_that_touches_the_disk_breaks_nothing(tmp_path: Path) -> None:
    assert _kills("steps", str(tmp_path / "steps"))["kills"] > 30


def test_kills_at_random_moments_lose_and_double_no_row(tmp_path: Path) -> None:
    assert _kills("random", str(tmp_path / "random"), str(KILLS), "3")["kills"] == KILLS


def _start(folder: Path, *words: str, out: str = "out") -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "pipeline", "ingest", str(folder / "raw"), "--out", str(folder / out)]
    return subprocess.Popen(
        [*command, "--workers", "1", "--lang", "en", *words],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def _fill(folder: Path, files: int, rows: int = 3) -> None:
    for number in range(files):
        sheet(folder / "raw" / f"{number:03d}.csv", ["○"] * rows, f"覚え{number}")


def test_two_writers_at_once_take_turns(tmp_path: Path) -> None:
    _fill(tmp_path, 12)
    runs = [_start(tmp_path) for _ in range(2)]
    ended = []
    for run in runs:
        _, errors = run.communicate(timeout=300)
        ended.append(run.returncode)
        assert run.returncode == 0 or "Another run writes" in errors
        assert "Traceback" not in errors
    assert 0 in ended
    check_whole(tmp_path / "out")
    assert row_counts(tmp_path / "out")["answers"] == 36
    assert row_counts(tmp_path / "out")["documents"] == 12


def test_an_interrupted_command_ends_with_130_and_the_next_goes_on(tmp_path: Path) -> None:
    _fill(tmp_path, 60, rows=150)
    run = _start(tmp_path)
    store = tmp_path / "out" / ".store" / "extracts"
    until = time.monotonic() + 120
    while len(list(store.glob("*/*.csp"))) < 3 and run.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    os.killpg(run.pid, signal.SIGINT)
    _, errors = run.communicate(timeout=120)
    assert run.returncode == 130, errors
    assert "Stopped. The dataset in" in errors
    assert "Traceback" not in errors
    kept = {path: path.stat().st_mtime_ns for path in store.glob("*/*.csp")}
    assert 3 <= len(kept) < 60
    assert not (tmp_path / "out" / "manifest.json").exists()
    run = _start(tmp_path)
    run.communicate(timeout=300)
    assert run.returncode == 0
    assert {path: path.stat().st_mtime_ns for path in kept} == kept, "read once"
    assert row_counts(tmp_path / "out")["answers"] == 60 * 150


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of one megabyte of its own."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("no disk can be mounted here: needs root")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def _run(folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> RunReport:
    from pipeline.settings import Settings  # noqa: PLC0415

    quick(monkeypatch)
    return ingest(Settings(folder / "raw", out, workers=1))


def _names(out: Path) -> list[str]:
    return sorted(str(path.relative_to(out)) for path in out.rglob("*") if ".store" not in path.parts)


@pytest.mark.parametrize("room", [0, 4, 12, 30, 60, 90])
def test_a_full_disk_leaves_the_dataset_as_it_was(
    small_disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int
) -> None:
    out = small_disk / "out"
    _fill(tmp_path, 5)
    _run(tmp_path, out, monkeypatch)
    before, bytes_before = _names(out), (out / "answers.parquet").read_bytes()
    _fill(tmp_path, 40, rows=30)
    filler = small_disk / "filler"
    free = shutil.disk_usage(small_disk).free
    filler.write_bytes(bytes(max(0, free - room * 1024)))
    with pytest.raises(OSError, match="space"):
        _run(tmp_path, out, monkeypatch)
    assert [name for name in _names(out) if name.endswith(".tmp")] == []
    assert _names(out) == before
    assert (out / "answers.parquet").read_bytes() == bytes_before
    assert row_counts(out)["answers"] == 15
    assert list((out / ".store").rglob("*.tmp")) == []
    filler.unlink()
    _run(tmp_path, out, monkeypatch)
    check_whole(out)
    assert row_counts(out)["answers"] == 40 * 30 + 15


def test_a_full_disk_is_told_by_the_command(small_disk: Path, tmp_path: Path) -> None:
    _fill(tmp_path, 3)
    (small_disk / "out").mkdir()
    (small_disk / "filler").write_bytes(bytes(shutil.disk_usage(small_disk).free - 8192))
    (tmp_path / "out").symlink_to(small_disk / "out")
    run = _start(tmp_path)
    _, errors = run.communicate(timeout=300)
    assert run.returncode == 2
    assert "the disk is full" in errors
    assert "Traceback" not in errors


def test_a_folder_that_may_not_be_written_is_told_and_can_still_be_read(
    small_disk: Path, tmp_path: Path
) -> None:
    _fill(tmp_path, 3)
    (small_disk / "out").mkdir()
    (tmp_path / "out").symlink_to(small_disk / "out")
    run = _start(tmp_path)
    run.communicate(timeout=300)
    assert run.returncode == 0
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    run = _start(tmp_path)
    _, errors = run.communicate(timeout=300)
    assert run.returncode == 2
    assert "The dataset could not be written" in errors
    assert "Read-only file system" in errors
    assert "Traceback" not in errors
    assert row_counts(tmp_path / "out")["answers"] == 9


def test_no_file_may_grow_as_under_a_quota(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _fill(tmp_path, 5)
    quick(monkeypatch)
    again(tmp_path)
    before = _names(tmp_path / "out")
    _fill(tmp_path, 40, rows=30)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, hard))
    try:
        with pytest.raises(OSError, match="File too large"):
            again(tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert _names(tmp_path / "out") == before
    assert told(tmp_path, "path") == [(f"{number:03d}.csv",) for number in range(5)]
    again(tmp_path)
    check_whole(tmp_path / "out")


def _copies(samples: Path, folder: Path, names: Sequence[str]) -> None:
    for name in names:
        (folder / "raw" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(samples / name, folder / "raw" / name)


def test_samples_one_by_one_give_the_bytes_of_a_fresh_run(
    samples: Path, dataset: Path, tmp_path: Path
) -> None:
    """With alignment, forms and groups, in an order of its own."""
    names = sorted(
        (str(path.relative_to(samples)) for path in samples.rglob("*") if path.is_file()), reverse=True
    )
    for start in range(0, len(names), 3):
        _copies(samples, tmp_path, names[start : start + 3])
        again(tmp_path)
    assert same_tables(tmp_path / "out", dataset) == []
