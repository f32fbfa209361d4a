"""Names of files that want to do harm: the run reads what is a file, tells what is none, and prints them harmlessly."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from tests.pipeline.make import in_process, sheet_rows, table, write_workbook

RUNNER = CliRunner()
_CLEAR = "\x1b[2J\x1b]0;x\x07"
_LINE = "a.xlsx: ok in 0.01 s\n2026-01-01 00:00:00 INFO forged.xlsx"
NAMES = {
    "escape": f"{_CLEAR}.xlsx",
    "line": f"{_LINE}.xlsx",
    "markup": "[bold red]x[/].xlsx",
    "formula": "=cmd|' calc'.xlsx",
    "option": "--out.xlsx",
    "braces": "{path}{0.__class__}.xlsx",
    "turned": "a\u202excod.xlsx",
    "long": "あ" * 80 + ".xlsx",
    "nfc": unicodedata.normalize("NFC", "ガイド.xlsx"),
    "nfd": unicodedata.normalize("NFD", "ガイド.xlsx"),
}


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A folder of sheets under hostile names, and of what is no file."""
    folder = tmp_path / "raw"
    folder.mkdir()
    for number, name in enumerate(NAMES.values()):
        write_workbook(folder / name, {"一覧": sheet_rows(["○", "×", "○"], f"備考 {number}")})
    for number, name in enumerate(("点検.xlsx", "点数.xlsx"), 50):
        other = write_workbook(tmp_path / "a.xlsx", {"一覧": sheet_rows(["○", "×"], f"備考 {number}")})
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name.encode("cp932"))).write_bytes(other.read_bytes())
    os.mkfifo(folder / "pipe.xlsx")
    (folder / "zero.xlsx").symlink_to("/dev/zero")
    (folder / "out.xlsx").symlink_to(tmp_path / "a.xlsx")
    (folder / "loop.xlsx").symlink_to(folder / "loop.xlsx")
    return folder


def test_every_name_has_its_row_and_does_nothing(
    raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.ingest.read_all", in_process)
    out = tmp_path / "out"
    result = RUNNER.invoke(app, ["ingest", str(raw), "--out", str(out)], env={"COLUMNS": "160"})
    assert result.exception is None or isinstance(result.exception, SystemExit)
    log = (out / "ingest.log").read_text(encoding="utf-8")
    for text in (result.stdout, result.stderr, log):
        assert not any(ord(char) < 32 and char != "\n" for char in text)
        assert "\u202e" not in text
    assert not [line for line in log.splitlines() if line.startswith("2026-01-01")]
    documents = {row["path"]: row["status"] for row in table(out, "documents")}
    assert len(documents) == len(NAMES) + 6
    assert {documents[name] for name in NAMES.values()} == {"ok"}
    assert [documents[path] for path in ("点検.xlsx", "点数.xlsx")] == ["ok", "ok"]  # by their characters
    assert {documents[name] for name in ("pipe.xlsx", "zero.xlsx", "out.xlsx", "loop.xlsx")} <= {
        "no_checklist",
        "failed",
    }


def test_a_query_shows_names_harmlessly(raw: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.ingest.read_all", in_process)
    out = tmp_path / "out"
    RUNNER.invoke(app, ["ingest", str(raw), "--out", str(out)])
    shown = {
        kind: RUNNER.invoke(app, ["query", "SELECT path FROM documents", "--dataset", str(out), *kind]).stdout
        for kind in ((), ("--json",), ("--csv",))
    }
    assert "\x1b" not in shown[()] + shown["--json",]
    assert "'=cmd|" in shown["--csv",]
    assert "\\u001b[2J" in shown["--json",]
