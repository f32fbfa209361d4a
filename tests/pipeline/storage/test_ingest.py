"""`checksheet ingest s3://… --out s3://…` from end to end: run, run again, a file more, another machine, questions asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.dataset.objects.s3 import open_storage
from tests.pipeline.make import sheet_rows

pytestmark = pytest.mark.slow
_COUNT = "SELECT path, count(*) AS rows FROM answers JOIN documents USING (document_id) GROUP BY path ORDER BY path"


def _sheet(replies: str) -> bytes:
    return "\n".join(",".join(row) for row in sheet_rows(replies)).encode()


def _run(*words: str) -> str:
    done = CliRunner().invoke(app, [*words, "--lang", "en"])
    assert done.exit_code == 0, done.output
    return done.output


def _rows(dataset: str) -> dict[str, int]:
    told = json.loads(_run("query", _COUNT, "--dataset", dataset, "--json"))
    return {row["path"]: row["rows"] for row in told}


def test_sheets_in_object_storage_become_a_dataset_there(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, out, received = f"{place}/raw", f"{place}/dataset", open_storage(f"{place}/raw")
    received.create("見本社/一.csv", _sheet("○×△"))
    received.create("見本社/二.csv", _sheet("○○×○"))
    ingest = ("ingest", raw, "--out", out, "--workers", "1")
    assert f"--dataset {out}" in _run(*ingest)
    assert _rows(out) == {"見本社/一.csv": 3, "見本社/二.csv": 4}
    before = {entry.key: entry.changed for entry in open_storage(out).list()}
    monkeypatch.setenv("CHECKSHEET_CACHE", str(tmp_path / "another machine"))
    _run(*ingest)
    assert {entry.key: entry.changed for entry in open_storage(out).list()} == before
    received.create("別の見本社/三.csv", _sheet("××"))
    received.delete("見本社/一.csv")
    _run(*ingest, "--prune")
    assert _rows(out) == {"別の見本社/三.csv": 2, "見本社/二.csv": 4}
    assert _rows(f"{out}@1") == {"見本社/一.csv": 3, "見本社/二.csv": 4}
    assert not [path for path in Path.cwd().iterdir() if path.name == "s3:"]
