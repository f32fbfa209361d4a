"""A workbook that people fill in is read as a received file is: confined, and what it does to its reader is a sentence."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.outputs.review.review_workbook import export_review
from tests.pipeline.rerun import again, quick, sheet


@pytest.fixture
def dataset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    quick(monkeypatch)
    sheet(tmp_path / "raw" / "a.csv", ["○", "×", "△"])
    again(tmp_path)
    return tmp_path / "out"


def reaches_out(*_: object) -> object:
    os.system("true")
    return None


def grows(*_: object) -> object:
    return len(bytearray(3 << 30))


@pytest.mark.slow
@pytest.mark.parametrize(("reader", "told"), [(reaches_out, "os.system"), (grows, "more memory")])
def test_what_a_workbook_makes_its_reader_do_stays_in_its_process(
    dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: object, told: str
) -> None:
    monkeypatch.setattr("pipeline.commands.review.alignments.read_choices", reader)
    export_review(dataset, tmp_path / "review.xlsx")
    words = ["review", "import", str(tmp_path / "review.xlsx"), "--dataset", str(dataset), "--lang", "en"]
    result = CliRunner().invoke(app, [*words, "--review", str(tmp_path / "review")])
    assert result.exit_code == 2
    assert told in result.stderr
    assert not (tmp_path / "review" / "alignments.csv").exists()
