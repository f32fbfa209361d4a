"""The project's graders over real sheets, where their folder lies beside the repository."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.ingest import ingest
from pipeline.settings import Settings
from tests.conftest import SHARED
from tests.pipeline.make import table

_SHEETS = {".pdf", ".xlsx", ".xls", ".ods"}
GRADER = SHARED / "grade" / "rows.py"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not GRADER.exists(), reason=f"{GRADER} is not there: nothing to grade with"),
]


def _dataset(files: list[Path], folder: Path) -> Path:
    (folder / "raw").mkdir()
    for file in files:
        shutil.copyfile(file, folder / "raw" / file.name)
    ingest(Settings(folder / "raw", folder / "out", workers=2))
    return folder / "out"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of all sheets of the corpus."""
    files = [path for path in sorted((SHARED / "corpus").iterdir()) if path.suffix in _SHEETS]
    assert len(files) >= 40
    return _dataset(files, tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of the text dumps."""
    files = sorted((SHARED / "seeds").glob("*.txt"))
    assert len(files) >= 5
    return _dataset(files, tmp_path_factory.mktemp("seeds"))


def _statuses(pattern: str, folder: Path) -> dict[str, tuple[str, set[str]]]:
    """Status and problem codes of the corpus's files, by name."""
    out = _dataset(sorted((SHARED / "corpus").glob(pattern)), folder)
    told = table(out, "problems")
    return {
        row["path"]: (row["status"], {p["code"] for p in told if p["path"] == row["path"]})
        for row in table(out, "documents")
    }


def test_locked_workbooks_are_told_as_locked(tmp_path: Path) -> None:
    found = _statuses("*-password.xlsx", tmp_path)
    assert len(found) >= 2
    assert all(entry == ("encrypted", {"file_encrypted"}) for entry in found.values())


def test_pictures_of_pages_are_never_read_without_a_word(tmp_path: Path) -> None:
    found = _statuses("*-scan.pdf", tmp_path)
    assert len(found) >= 2
    assert all("read_from_pictures" in codes for _, codes in found.values())


def _grade(dataset: Path, folder: str, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(GRADER), str(dataset), str(SHARED / folder / "MANIFEST.json"), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("options", "exact", "found"),
    [
        (("--only=-plain",), "0.99", "1.0"),
        (("--kind=pdf", "--skip=scan"), "0.98", "0.995"),
        (("--kind=xls", "--skip=password"), "0.99", "1.0"),
        (("--kind=ods",), "0.99", "1.0"),
    ],
)
def test_sheets_are_read_exactly(corpus: Path, options: tuple[str, ...], exact: str, found: str) -> None:
    limits = ("--min-rows", exact, "--min-found", found, "--max-false-yes", "0")
    done = _grade(corpus, "corpus", *options, *limits)
    assert "rows exact" in done.stdout, done.stderr
    assert done.returncode == 0, done.stdout


def test_text_dumps_give_no_false_yes_and_lose_no_row(seeds: Path) -> None:
    done = _grade(seeds, "seeds", "--min-found", "1.0", "--max-false-yes", "0")
    assert "rows exact" in done.stdout, done.stderr
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", ["002.txt", "004.txt"])
def test_text_dumps_with_columns_are_read_exactly(seeds: Path, name: str) -> None:
    done = _grade(seeds, "seeds", f"--only={name}", "--min-rows", "0.95", "--max-false-yes", "0")
    assert "rows exact" in done.stdout, done.stderr
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", ["000.txt", "001.txt", "003.txt"])
def test_text_dumps_of_run_together_lines_lose_hardly_a_row(seeds: Path, name: str) -> None:
    done = _grade(seeds, "seeds", f"--only={name}", "--min-found", "0.95", "--max-false-yes", "0")
    assert "rows exact" in done.stdout, done.stderr
    assert done.returncode == 0, done.stdout
