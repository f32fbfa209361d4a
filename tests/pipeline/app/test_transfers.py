"""A file that is sent to the app: it is there entire, or nothing of it is there and the sender is told."""

from __future__ import annotations

import asyncio
import errno
import os
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("nicegui", reason="the app is not installed (make app)")

from starlette.requests import Request

from pipeline.app import transfers
from pipeline.app.gate.visitors import Visitor
from pipeline.settings import Settings


def _send(
    folder: Path, name: str, messages: list[dict[str, Any]], visitor: str = "山田"
) -> tuple[int, bytes]:
    """Status and body of the answer to a file whose bytes come in these messages."""
    workspace = SimpleNamespace(settings=Settings(folder / "raw", folder / "out"), dataset=folder / "out")
    state = {"visitor": Visitor(visitor, visitor != "guest"), "language": "en", "workspace": workspace}
    scope = {"type": "http", "method": "PUT", "path": "/receive", "headers": [], "state": state}
    waiting = iter(messages)

    async def receive() -> dict[str, Any]:
        return next(waiting)

    answer = asyncio.run(transfers.receive(Request(scope, receive), name))
    return answer.status_code, bytes(answer.body)


def _part(data: bytes, more: bool = False) -> dict[str, Any]:
    return {"type": "http.request", "body": data, "more_body": more}


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_file_in_parts_is_there_entire(tmp_path: Path) -> None:
    status, body = _send(tmp_path, "社甲/回答.csv", [_part(b"1,", more=True), _part(b"2")])
    assert (status, b'"known":false' in body) == (200, True)
    (path,) = _files(tmp_path)
    assert path.endswith("/社甲/回答.csv")
    assert (tmp_path / path).read_bytes() == b"1,2"


def test_a_browser_that_goes_away_leaves_nothing(tmp_path: Path) -> None:
    """Each half of an upload stayed in the dataset's folder for good."""
    status, _ = _send(tmp_path, "回答.csv", [_part(b"1,", more=True), {"type": "http.disconnect"}])
    assert (status, _files(tmp_path)) == (400, [])


@pytest.mark.parametrize("step", ["pathlib.Path.open", "shutil.move", "tempfile.mkstemp"])
def test_a_full_disk_is_a_sentence_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """While the body was written it was an error of the program (500)."""

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(step, full)
    status, body = _send(tmp_path, "回答.csv", [_part(b"1,2")])
    monkeypatch.undo()
    assert (status, _files(tmp_path)) == (507, [])
    assert b"No space left" in body


def test_what_is_too_large_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfers, "_LARGEST", 10)
    status, _ = _send(tmp_path, "回答.csv", [_part(b"12345", more=True), _part(b"678901")])
    assert (status, _files(tmp_path)) == (413, [])


def test_who_may_only_read_sends_nothing(tmp_path: Path) -> None:
    assert _send(tmp_path, "回答.csv", [_part(b"1,2")], "guest")[0] == 403
    assert _files(tmp_path) == []


@pytest.mark.parametrize(
    "name",
    [
        "a/" * 900 + "回答.csv",
        "長" * 20_000 + ".csv",
        "../" * 50 + "etc/x",
        "a%2F..%2F..%2Fx",
        "\ud800.csv",
        "\0",
    ],
)
def test_no_name_is_an_error_or_leads_elsewhere(tmp_path: Path, name: str) -> None:
    """A name of 900 folders was one: more than Python makes one inside the other."""
    status, _ = _send(tmp_path, name, [_part(b"1,2")])
    (path,) = _files(tmp_path)
    assert (status, path.startswith("raw/")) == (200, True)


def test_what_a_killed_program_left_a_day_ago_goes(tmp_path: Path) -> None:
    waiting = tmp_path / "out" / ".uploads"
    waiting.mkdir(parents=True)
    for name in ("old", "new"):
        (waiting / name).write_bytes(b"half")
    os.utime(waiting / "old", (time.time() - 172_800,) * 2)
    _send(tmp_path, "回答.csv", [_part(b"1,2")])
    assert [path.name for path in waiting.iterdir()] == ["new"]
