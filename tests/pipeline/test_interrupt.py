"""Ctrl-C, SIGTERM and SIGHUP in the middle of a run: it ends soon, says so, leaves no process behind, the tables as they were."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.dataset.tables import read_table
from tests.conftest import ROOT
from tests.hostile.books import LIST, package, sheet_xml, workbook_parts
from tests.hostile.pdfs import form_tree


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
@pytest.mark.parametrize(
    "number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name
)
def test_an_interrupted_run_leaves_the_tables_as_they_were(tmp_path: Path, number: signal.Signals) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    (raw / "a.xlsx").write_bytes(package(workbook_parts(sheet_xml(LIST))))
    command = [sys.executable, "-m", "pipeline", "ingest", str(raw), "--out", str(out), "--workers", "1"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    before = read_table(out, "answers").to_pylist()
    # Each is ended by a limit of its own, after seconds where the machine is fast: together they outlast the test.
    for count in range(12):
        (raw / f"b{count}.pdf").write_bytes(form_tree() + b"%" * count)
    run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    children = _wait_for_reader(run)
    run.send_signal(number)
    output, errors = run.communicate(timeout=60)
    assert run.returncode == 128 + number
    assert "Stopped." in errors or "中断しました" in errors
    assert "Traceback" not in output + errors
    assert read_table(out, "answers").to_pylist() == before
    assert [child for child in children if _lives(child)] == []


def _wait_for_reader(run: subprocess.Popen[str]) -> list[int]:
    """The processes under `run` once one of them has worked for two seconds: it reads a file."""
    end = time.monotonic() + 240
    while time.monotonic() < end and run.poll() is None:
        children = [
            int(p.name)
            for p in Path("/proc").iterdir()
            if p.name.isdigit() and _parent(int(p.name)) == run.pid
        ]
        if any(_worked(child) > 2 for child in children):
            return children
        time.sleep(0.2)
    raise AssertionError("no reading process was seen")


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _parent(pid: int) -> int:
    stat = _stat(pid)
    return int(stat[1]) if stat else 0


def _worked(pid: int) -> float:
    """Seconds of processor time."""
    stat = _stat(pid)
    return int(stat[11]) / os.sysconf("SC_CLK_TCK") if stat else 0.0


def _lives(pid: int) -> bool:
    stat = _stat(pid)
    return bool(stat) and stat[0] != "Z"
