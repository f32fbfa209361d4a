"""Containers that cannot be looked into to their end: they fail and say why; nothing that they carry is lost in silence."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from extractors.issue import Issue
from pipeline.document.process import read_document
from pipeline.execution.open_containers import OpeningOptions, with_contents
from pipeline.execution.sandbox import ProcessLimits
from pipeline.ingest import ingest
from pipeline.settings import Settings
from pipeline.sources.contents import CarriedListing, list_file
from pipeline.sources.discover import RawFile, list_files
from pipeline.sources.file_contents import content_hash
from pipeline.sources.passwords import passwords_in
from tests.pipeline.arrivals.make_folder import plain_zip
from tests.pipeline.make import codes, sheet_rows, table
from tests.pipeline.rerun import quick

SHEET = "\n".join(",".join(row) for row in sheet_rows(["○", "×", "△"])).encode()
ENDED = Issue("file_took_too_long", params={"seconds": "60"})


def takes_all_memory(*_: object) -> CarriedListing:
    raise MemoryError


def _save(folder: Path, name: str, data: bytes) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)


@pytest.mark.slow
def test_a_container_whose_process_is_ended_fails_and_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was a container that carries nothing, without a word: whatever lay in it was gone."""
    monkeypatch.setattr("pipeline.execution.open_containers.list_file", takes_all_memory)
    _save(tmp_path, "a.zip", plain_zip({"回答.csv": SHEET}))
    (file,) = with_contents(list_files(tmp_path), OpeningOptions((), "none", ProcessLimits(60)))
    outcome = read_document(file)
    assert (outcome.status, codes(outcome)) == ("failed", ["file_out_of_memory"])


@pytest.mark.parametrize(
    ("issue", "limits", "looks"),
    [
        (ENDED, ProcessLimits(60), 1),
        (ENDED, ProcessLimits(90), 2),
        (Issue("file_reader_died", params={"detail": "SIGKILL"}), ProcessLimits(60), 2),
        (Issue("file_reader_not_started"), ProcessLimits(60), 2),
    ],
)
def test_what_reached_its_limit_is_looked_into_again_with_another_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, issue: Issue, limits: ProcessLimits, looks: int
) -> None:
    looked: list[str] = []

    def listed(files: list[RawFile], _: OpeningOptions) -> dict[str, CarriedListing]:
        looked.extend(file.name for file in files)
        return {file.sha256: CarriedListing(unlisted=(("", issue),)) for file in files}

    monkeypatch.setattr("pipeline.execution.open_containers._list_apart", listed)
    _save(tmp_path / "raw", "a.zip", plain_zip({"回答.csv": SHEET}))
    for each in (ProcessLimits(60), limits):
        options = OpeningOptions((), "none", each, tmp_path)
        (file,) = with_contents(list_files(tmp_path / "raw"), options)
        assert file.notes == (issue,)
    assert len(looked) == looks


def test_what_a_container_carried_stays_while_it_cannot_be_looked_into(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick(monkeypatch)
    monkeypatch.setattr("pipeline.execution.open_containers._list_apart", _listed_here)
    settings = Settings(tmp_path / "raw", tmp_path / "out", workers=1, prune=True)
    _save(tmp_path / "raw", "a.zip", plain_zip({"回答.csv": SHEET}))
    ingest(settings)
    before = table(tmp_path / "out", "answers")
    (tmp_path / "out/.store/contents.csp").unlink()
    ended = CarriedListing(unlisted=(("", ENDED),))
    monkeypatch.setattr(
        "pipeline.execution.open_containers._list_apart", lambda files, _: {f.sha256: ended for f in files}
    )
    ingest(settings)
    documents = {row["path"]: row["status"] for row in table(tmp_path / "out", "documents")}
    assert documents == {"a.zip": "failed", "a.zip/回答.csv": "ok"} | {
        path: status for path, status in documents.items() if "__MACOSX" in path or ".DS_Store" in path
    }
    assert table(tmp_path / "out", "answers") == before
    assert len(before) == 3


def _listed_here(files: list[RawFile], _: OpeningOptions) -> dict[str, CarriedListing]:
    return {file.sha256: list_file(file) for file in files}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes")
@pytest.mark.parametrize(
    "work", [content_hash, lambda path: passwords_in([path.parent])], ids=["hash", "words"]
)
def test_a_file_that_became_a_pipe_is_never_waited_for(tmp_path: Path, work: object) -> None:
    """Between the look at the folder and the opening; the run stood still for good."""
    path = tmp_path / "passwords.txt"
    os.mkfifo(path)
    ended: list[object] = []

    def opened() -> None:
        try:
            ended.append(work(path))  # type: ignore[operator]
        except OSError as error:
            ended.append(error.strerror)

    thread = threading.Thread(target=opened, daemon=True)
    thread.start()
    thread.join(10)
    assert ended in (["no regular file"], [()])
