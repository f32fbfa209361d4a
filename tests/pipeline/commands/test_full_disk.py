"""A full disk behind a command: a sentence and exit code 2, no traceback, whatever is written and wherever to."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.pipeline.rerun import again, quick, sheet

FULL = Path("/dev/full")
pytestmark = pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full")


@pytest.fixture
def dataset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    quick(monkeypatch)
    for number in range(3):
        sheet(tmp_path / "raw" / f"社{number}.csv", ["○", "×", "△"] * 4, f"覚え {number}")
    again(tmp_path)
    return tmp_path / "out"


def _run(*words: str, output: Path | None = None) -> tuple[int, str]:
    command = [sys.executable, "-m", "pipeline", *words]
    with (output or Path("/dev/null")).open("w") as stream:
        run = subprocess.run(command, cwd=ROOT, stdout=stream, stderr=subprocess.PIPE, text=True, check=False)
    return run.returncode, run.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        ["query", "SELECT * FROM answers", "--csv"],
        ["query", "SELECT path FROM documents LIMIT 1", "--csv"],
        ["query", "SELECT * FROM answers", "--json"],
        ["query", "SELECT * FROM answers"],
        ["describe"],
        ["unknown"],
        ["doctor"],
    ],
    ids=" ".join,
)
def test_standard_output_on_a_full_disk(dataset: Path, words: list[str]) -> None:
    code, errors = _run(*words, "--dataset", str(dataset), "--lang", "en", output=FULL)
    assert code == 2
    assert "No space left" in errors
    assert "Traceback" not in errors
    assert "Exception ignored" not in errors


@pytest.mark.slow
@pytest.mark.parametrize("words", [["compare"], ["report"], ["review", "export"]], ids=" ".join)
def test_a_workbook_that_grows_beyond_what_may_be_written(
    dataset: Path, tmp_path: Path, words: list[str]
) -> None:
    """The kernel's limit for a file stands for the disk; the library left a traceback of its own."""
    code = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "from pipeline.cli import main; main()\n"
    )
    out = tmp_path / "out.file"
    command = [
        sys.executable,
        "-c",
        code,
        *words,
        "--dataset",
        str(dataset),
        "--out",
        str(out),
        "--lang",
        "en",
    ]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert "could not be written" in run.stderr
    assert "Traceback" not in run.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "raw"]
