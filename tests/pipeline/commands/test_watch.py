"""`checksheet watch`: what lies in a folder is ingested, then whatever comes into it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from tests.conftest import ROOT
from tests.pipeline.make import table
from tests.pipeline.rerun import sheet


def _paths(out: Path) -> list[str]:
    return [row["path"] for row in table(out, "documents")]


def _until(done: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end and process.poll() is None:
        if done():
            return
        time.sleep(0.2)
    raise AssertionError("it did not happen in time")


@pytest.mark.slow
def test_files_are_taken_as_they_come_until_ctrl_c(tmp_path: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    sheet(raw / "a.csv", ["○", "×"])
    words = ["watch", str(raw), "--out", str(out), "--quiet", "0.5", "--lang", "en"]
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", *words],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        _until(lambda: (out / "documents.parquet").exists() and _paths(out) == ["a.csv"], process)
        time.sleep(1.0)
        sheet(raw / "新しい" / "b.csv", ["×", "○"])
        _until(lambda: _paths(out) == ["a.csv", "新しい/b.csv"], process)
        time.sleep(0.5)
    finally:
        process.send_signal(signal.SIGINT)
        told, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert told.count(f"Watching {raw}. Ctrl-C ends.") >= 1
    assert "Stopped watching." in errors
    assert [row["answer"] for row in table(out, "answers")].count("no") == 2


def test_no_folder_to_watch_is_a_sentence(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["watch", str(tmp_path / "none"), "--lang", "ja"])
    assert result.exit_code == 2
    assert "フォルダーではありません" in result.stderr
