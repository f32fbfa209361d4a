"""What the user of a command may not open is told in a sentence, and nothing is lost for it; root gives its right up."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.pipeline.make import table
from tests.pipeline.rerun import again, quick, sheet

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="rights are dropped as Linux does it"),
]
_DROP = 24  # prctl(PR_CAPBSET_DROP)
_OPEN_ALL = (1, 2)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH


def _as_any_user() -> None:
    """The program that is begun next is held to the rights of files, even root's."""
    for right in _OPEN_ALL if os.geteuid() == 0 else ():
        ctypes.CDLL(None).prctl(_DROP, right, 0, 0, 0)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Sheets, a dataset, and a folder with a sheet and a dataset that are closed; all is opened in the end."""
    quick(monkeypatch)
    for name in ("a.csv", "b.csv", "社乙/c.csv"):
        sheet(tmp_path / "raw" / name, ["○", "×", "△"], name)
    again(tmp_path)
    again(tmp_path, "closed")
    sheet(tmp_path / "closed" / "a.csv", ["○", "×"])
    (tmp_path / "closed").chmod(0)
    (tmp_path / "home").mkdir()
    yield tmp_path
    for path in (tmp_path / "closed", tmp_path / "raw" / "b.csv", tmp_path / "raw" / "社乙"):
        path.chmod(0o755)


def _run(folder: Path, *words: str) -> tuple[int, str]:
    run = subprocess.run(
        [sys.executable, "-m", "pipeline", *words, "--lang", "en"],
        cwd=ROOT, preexec_fn=_as_any_user, capture_output=True, text=True, check=False, timeout=400,
        env=os.environ | {"HOME": str(folder / "home"), "COLUMNS": "400"},
    )  # fmt: skip
    assert "Traceback" not in run.stdout + run.stderr
    return run.returncode, run.stdout + run.stderr


def test_what_is_closed_has_its_row_and_comes_when_it_is_open(folder: Path) -> None:
    out = str(folder / "home" / "out")
    words = ("ingest", str(folder / "raw"), "--out", out, "--workers", "1")
    (folder / "raw" / "b.csv").chmod(0)
    (folder / "raw" / "社乙").chmod(0)
    _run(folder, *words)
    assert {row["path"]: row["status"] for row in table(Path(out), "documents")} == {
        "a.csv": "ok",
        "b.csv": "failed",
        "社乙": "failed",
    }
    told = {(row["path"], row["code"]) for row in table(Path(out), "problems")}
    assert {("b.csv", "file_unreadable"), ("社乙", "folder_unreadable")} <= told
    (folder / "raw" / "b.csv").chmod(0o644)
    (folder / "raw" / "社乙").chmod(0o755)
    assert _run(folder, *words)[0] == 0
    assert {row["path"] for row in table(Path(out), "documents")} == {"a.csv", "b.csv", "社乙/c.csv"}
    assert len(table(Path(out), "answers")) == 9
    (folder / "raw" / "b.csv").chmod(0)
    _run(folder, *words, "--prune")
    assert len(table(Path(out), "answers")) == 9


@pytest.mark.parametrize(
    "words",
    [
        ["ingest", "{raw}", "--out", "{closed}"],
        ["ingest", "{raw}", "--out", "{closed}/out"],
        ["ingest", "{closed}", "--out", "{home}/out"],
        ["query", "SELECT 1", "--dataset", "{closed}"],
        ["compare", "--dataset", "{closed}", "--out", "{home}/a.xlsx"],
        ["compare", "--dataset", "{out}", "--out", "{closed}/a.xlsx"],
        ["watch", "{closed}", "--out", "{home}/out"],
        ["explain", "{closed}/a.csv"],
        ["doctor", "--dataset", "{closed}"],
        ["review", "export", "--dataset", "{closed}", "--out", "{home}/a.xlsx"],
    ],
    ids=" ".join,
)
def test_what_is_closed_to_a_command_is_a_sentence(folder: Path, words: list[str]) -> None:
    places = {
        "raw": folder / "raw",
        "out": folder / "out",
        "home": folder / "home",
        "closed": folder / "closed",
    }
    code, told = _run(folder, *(word.format(**places) for word in words))
    assert code in {1, 2}
    assert "closed" in told
