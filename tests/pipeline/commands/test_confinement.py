"""What a received file makes its reader do stays in the reader's process, also where a person looks at one file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from tests.pipeline.make import sheet_rows, table, write_workbook
from tests.pipeline.rerun import again, quick


def starts_a_program(*_: object) -> object:
    os.system("true")
    return None


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    quick(monkeypatch)
    (tmp_path / "raw").mkdir()
    write_workbook(tmp_path / "raw" / "a.xlsx", {"一覧": sheet_rows(["○", "×", "○"], "備考")})
    again(tmp_path)
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize(
    ("reader", "words"),
    [
        ("pipeline.commands.where.draw_answer_row", ["where", "{id}:1", "--dataset", "out", "--raw", "raw"]),
        ("pipeline.commands.explain.explain_file", ["explain", "raw/a.xlsx"]),
        ("pipeline.commands.single_sheet.read_document", ["map", "raw/a.xlsx", "raw/a.xlsx"]),
    ],
    ids=["where", "explain", "map"],
)
def test_a_reader_that_starts_a_program_is_ended_and_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch, reader: str, words: list[str]
) -> None:
    monkeypatch.setattr(reader, starts_a_program)
    monkeypatch.chdir(folder)
    document = table(folder / "out", "documents")[0]["document_id"]
    result = CliRunner().invoke(app, [*(word.format(id=document) for word in words), "--lang", "en"])
    assert result.exit_code in {1, 2}
    assert "os.system" in result.stderr
    assert "Traceback" not in result.stderr
