"""`checksheet watch` while files pour in: it never ends by itself, and in the end everything is there that lies in the folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from pipeline.sources.watch import Patience, Settling
from tests.conftest import ROOT
from tests.pipeline.make import table
from tests.pipeline.rerun import sheet

_CP932 = "回答".encode("cp932")


def test_ten_thousand_files_at_once_are_one_moment() -> None:
    sizes = {f"{number}.csv": (5, 1) for number in range(10_000)}
    settling = Settling(Patience(quiet=3, longest=60), sizes.get)
    start = time.process_time()
    settling.add_changed(sizes, 10)
    assert [settling.is_settled(now) for now in (11, 13)] == [False, True]
    assert time.process_time() - start < 5


def _pour(raw: Path, ended: threading.Event) -> None:
    """Files come, grow, are renamed and go, one after the other, some under names that are no UTF-8."""
    for number in range(40):
        folder = raw / f"社{number % 5}"
        path = sheet(folder / f"{number}.csv", ["○", "×", "△"], f"覚え {number}")
        if number % 4 == 1:
            with path.open("a", encoding="utf-8") as stream:
                stream.write("4,設備,まだ続く問い,○,\n")
        if number % 4 == 2:
            path.rename(path.with_name(f"改 {number}.csv"))
        if number % 4 == 3:
            path.unlink()
        if number % 12 == 0:
            odd = Path(os.fsdecode(os.fsencode(folder) + b"/" + _CP932 + b"%d.csv" % number))
            path.rename(odd)
        time.sleep(0.1)
    ended.set()


@pytest.mark.slow
def test_files_that_pour_in_are_all_there_in_the_end(tmp_path: Path) -> None:
    raw, out, ended = tmp_path / "raw", tmp_path / "out", threading.Event()
    sheet(raw / "a.csv", ["○", "×"])
    words = ["watch", str(raw), "--out", str(out), "--quiet", "0.3", "--lang", "en"]
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", *words],
        cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    writer = threading.Thread(target=_pour, args=(raw, ended), daemon=True)
    try:
        while not (out / "documents.parquet").exists() and process.poll() is None:
            time.sleep(0.2)
        writer.start()
        end = time.monotonic() + 300
        while time.monotonic() < end and process.poll() is None:
            if ended.is_set() and _present(out) == 31:
                break
            time.sleep(0.5)
        assert process.poll() is None
    finally:
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "Traceback" not in errors
    assert _present(out) == sum(path.is_file() for path in raw.rglob("*")) == 31


def _present(out: Path) -> int:
    """The documents of files that are there and were read."""
    return sum(row["status"] == "ok" for row in table(out, "documents"))
