"""Another user than the one who owns the files: what is closed to that user is told in a sentence, and nothing is lost for it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.pipeline.make import table
from tests.pipeline.rerun import again, quick, sheet

NOBODY = 65534


def _reaches_the_program() -> bool:
    """Whether that user may open this project, its interpreter and its libraries at all."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    words = [sys.executable, "-c", "import pipeline.cli, pyarrow, duckdb"]
    run = subprocess.run(words, cwd=ROOT, user=NOBODY, group=NOBODY, capture_output=True, check=False)
    return run.returncode == 0


pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not _reaches_the_program(), reason="needs root, and a project that others may read"),
]


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Sheets, a dataset of root's, and a folder of the other user's own."""
    place = tmp_path_factory.mktemp("shared")
    for parent in (place, place.parent, place.parent.parent):
        parent.chmod(0o755)
    quick(monkeypatch)
    for name in ("a.csv", "b.csv", "社乙/c.csv"):
        sheet(place / "raw" / name, ["○", "×", "△"], name)
    again(place)
    (place / "home").mkdir()
    os.chown(place / "home", NOBODY, NOBODY)
    return place


def _run(folder: Path, *words: str) -> tuple[int, str]:
    run = subprocess.run(
        [sys.executable, "-m", "pipeline", *words, "--lang", "en"],
        cwd=ROOT, user=NOBODY, group=NOBODY, extra_groups=[], capture_output=True, text=True, check=False, timeout=300,
        env={"PATH": os.environ["PATH"], "HOME": str(folder / "home"), "TMPDIR": str(folder / "home")},
    )  # fmt: skip
    assert "Traceback" not in run.stdout + run.stderr
    return run.returncode, run.stdout + run.stderr


def test_what_is_closed_has_its_row_and_comes_when_it_is_open(folder: Path) -> None:
    out = str(folder / "home" / "out")
    (folder / "raw" / "b.csv").chmod(0o600)
    (folder / "raw" / "社乙").chmod(0o700)
    _run(folder, "ingest", str(folder / "raw"), "--out", out, "--workers", "1")
    told = {row["path"]: row["status"] for row in table(Path(out), "documents")}
    assert told == {"a.csv": "ok", "b.csv": "failed", "社乙": "failed"}
    codes = {row["code"] for row in table(Path(out), "problems")}
    assert {"file_unreadable", "folder_unreadable"} <= codes
    (folder / "raw" / "b.csv").chmod(0o644)
    (folder / "raw" / "社乙").chmod(0o755)
    code, _ = _run(folder, "ingest", str(folder / "raw"), "--out", out, "--workers", "1")
    assert code == 0
    assert {row["path"] for row in table(Path(out), "documents")} == {"a.csv", "b.csv", "社乙/c.csv"}
    assert len(table(Path(out), "answers")) == 9


@pytest.mark.parametrize(
    "words",
    [
        ["ingest", "{raw}", "--out", "{out}"],
        ["query", "SELECT 1", "--dataset", "{out}"],
        ["compare", "--dataset", "{out}", "--out", "{home}/a.xlsx"],
        ["ingest", "{raw}", "--out", "{closed}/out"],
        ["ingest", "{closed}", "--out", "{home}/out"],
        ["watch", "{closed}", "--out", "{home}/out"],
        ["explain", "{closed}/a.csv"],
        ["doctor", "--dataset", "{out}"],
    ],
    ids=" ".join,
)
def test_a_dataset_of_another_user_is_told(folder: Path, words: list[str]) -> None:
    before = {path.name: path.read_bytes() for path in (folder / "out").glob("*.parquet")}
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    sheet(closed / "a.csv", ["○", "×"])
    places = {"raw": folder / "raw", "out": folder / "out", "home": folder / "home", "closed": closed}
    code, told = _run(folder, *(word.format(**places) for word in words))
    assert code in {1, 2}
    assert str(folder) in told.replace("\n", "")
    assert {path.name: path.read_bytes() for path in (folder / "out").glob("*.parquet")} == before
