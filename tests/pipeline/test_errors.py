"""The errors that end a command: the tree at the top of the file is the tree, and every message stands in both languages."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from typer.testing import CliRunner

import pipeline.assess.policy
import pipeline.errors
from normalizers.vocabulary import load
from pipeline.cli import app
from pipeline.errors import ChecksheetError, DatasetMissing, not_written
from tests.conftest import ROOT

MESSAGES = load("pipeline.texts", "errors.toml")


def _subclasses(kind: type[ChecksheetError]) -> Iterator[type[ChecksheetError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _subclasses(child)


def test_the_tree_at_the_top_is_the_tree() -> None:
    printed = re.findall(r"^[│├└─ ]*(\w+) +([012])  ", str(pipeline.errors.__doc__), re.MULTILINE)
    kinds = {kind.__name__: str(kind.exit_code) for kind in _subclasses(ChecksheetError)}
    for kind in ("UserFileError", "RawFolderError", "DatasetError", "SelectionError"):
        assert kind in kinds
    assert dict(printed) == kinds


@pytest.mark.parametrize("code", MESSAGES)
def test_every_message_is_in_use_and_stands_in_both_languages(code: str) -> None:
    texts = [MESSAGES[code][language] for language in ("en", "ja")]
    holes = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in texts]
    assert holes[0] == holes[1]
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "pipeline").rglob("*.py"))
    assert f'"{code}"' in source


def test_an_error_tells_itself_in_both_languages() -> None:
    missing = DatasetMissing({"path": "x"})
    assert "There is no dataset: x" in str(missing)
    assert "データセットがありません（x" in missing.text("ja")


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "disk_full"), (errno.EACCES, "folder_closed"), (None, "dataset_not_written")],
)
def test_why_a_dataset_was_not_written(number: int | None, code: str) -> None:
    error = OSError(number, "why") if number else OSError("why")
    assert (not_written(error, Path("o")).code, "why" in str(not_written(error, Path("o")))) == (code, True)


def test_a_command_ends_with_the_errors_code_and_language(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["query", "SELECT 1", "--dataset", str(tmp_path), "--lang", "ja"])
    assert result.exit_code == 2
    assert "データセットがありません" in result.stderr
