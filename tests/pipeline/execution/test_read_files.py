"""What a process gave becomes the outcome of a file: what befell it is a failed file, never an error."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from extractors.issue import Issue
from pipeline.document.process import DocumentResult
from pipeline.execution.confined_process import death
from pipeline.execution.read_files import _outcome, _timed
from pipeline.problems import message_of
from pipeline.sources.discover import RawFile
from tests.pipeline.make import codes, raw_file

FILE = RawFile(Path("a.txt"), "a.txt", 1, "0" * 64)


def test_reading_is_timed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("きょうの天気\n", encoding="utf-8")
    outcome = _timed(raw_file(tmp_path / "a.txt"), 0, (), (((), ()),))
    assert outcome.status == "no_checklist"
    assert outcome.seconds > 0


def test_what_a_process_gave_is_handed_on() -> None:
    given = DocumentResult(FILE, "ok", "text/plain", seconds=1.5)
    assert _outcome(FILE, pickle.dumps(given)) == given


@pytest.mark.parametrize(
    ("issue", "detail"),
    [
        (Issue("file_took_too_long", params={"seconds": "5"}), "longer than 5 s"),
        (Issue("file_reader_died", params={"detail": "exit code 7"}), "exit code 7"),
        (Issue("file_out_of_memory"), "raise --memory"),
        (Issue("file_reader_not_started", params={"detail": "exit code 1"}), "checksheet doctor"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_whatever_a_process_meets_is_a_failed_file(issue: Issue, detail: str, packed: bool) -> None:
    outcome = _outcome(FILE, pickle.dumps(issue) if packed else issue)
    assert (outcome.file, outcome.status, codes(outcome)) == (FILE, "failed", [issue.code])
    assert detail in message_of(outcome.issues[0], "a.txt", "en")


def test_a_long_reason_is_cut() -> None:
    assert len(death(RuntimeError("x" * 5000)).params["detail"]) == 200
