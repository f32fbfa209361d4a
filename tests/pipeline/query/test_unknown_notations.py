"""The notations that no rule knows, as TOML to paste."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipeline.ingest import ingest
from pipeline.query.unknown_notations import UnknownNotation, build_toml, read_unknown_notations
from pipeline.settings import Settings
from tests.pipeline.make import in_process, sheet_rows, write_workbook


def test_unknown_notations_come_with_their_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.ingest.read_all", in_process)
    write_workbook(tmp_path / "raw" / "a.xlsx", {"一覧": sheet_rows(["○", "◇", "◇", "★", "×", "○"])})
    ingest(Settings(tmp_path / "raw", tmp_path / "out", 1))
    found = read_unknown_notations(tmp_path / "out")
    assert [(entry.text, entry.cells, entry.files, entry.path) for entry in found] == [
        ("◇", 2, 1, "a.xlsx"),
        ("★", 1, 1, "a.xlsx"),
    ]
    assert found[0].first_location.startswith("一覧 D")
    text = build_toml(found)
    assert tomllib.loads(text) == {"no": ["◇", "★"]}
    assert "cells: 2, files: 1, first: a.xlsx, 一覧 D" in text


def test_nothing_unknown() -> None:
    assert tomllib.loads(build_toml([])) == {}


@pytest.mark.parametrize("text", ['"?"', "\\?", "◇\u2028◇", "◇\x07", "'''"])
def test_whatever_was_printed_can_be_pasted(text: str) -> None:
    found = [UnknownNotation(text, 1, 1, 'a"\n.xlsx', "一覧\x01 D3")]
    assert len(tomllib.loads(build_toml(found))["no"]) == 1
