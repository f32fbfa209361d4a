"""The checks of a dataset: one that is sound, and one for everything that can be wrong with it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from extractors.issue import Issue
from normalizers.vocabulary import load
from pipeline.cli import app
from pipeline.dataset.schema import TABLES
from pipeline.dataset.tables import read_table, table_path
from pipeline.doctor import environment
from pipeline.doctor.check_result import CheckResult, result_text
from pipeline.doctor.dataset import check_dataset
from pipeline.ingest import ingest
from pipeline.settings import Settings
from tests.pipeline.datasets import write_dataset
from tests.pipeline.make import in_process, sheet_rows, write_workbook

Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """A dataset of two sheets, and their folder."""
    monkeypatch.setattr("pipeline.ingest.read_all", in_process)
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    for name in ("a", "b"):
        write_workbook(raw / f"{name}.xlsx", {"一覧": sheet_rows(["○", "×", "○"], f"備考 {name}")})
    ingest(Settings(raw, out))
    return out, raw


def _bad(out: Path, raw: Path) -> dict[str, CheckResult]:
    return {result.code: result for result in check_dataset(out, raw) if result.level != "ok"}


def _changed(out: Path, name: str, change: Any) -> None:
    """Write the dataset again with one table's rows changed."""
    rows: Rows = {table.name: read_table(out, table.name).to_pylist() for table in TABLES}
    rows[name] = change(rows[name])
    write_dataset(out, rows)


def test_a_sound_dataset_is_told_as_sound(made: tuple[Path, Path]) -> None:
    found = list(check_dataset(*made))
    assert [(f.code, f.level) for f in found] == [
        (c, "ok") for c in ("tables", "keys", "references", "files")
    ]


def test_no_dataset_is_no_fault(tmp_path: Path) -> None:
    assert [(f.code, f.level) for f in check_dataset(tmp_path / "none", tmp_path)] == [
        ("no_dataset", "warning")
    ]


def test_a_missing_and_a_broken_table_are_told(made: tuple[Path, Path]) -> None:
    table_path(made[0], "items").unlink()
    table_path(made[0], "answers").write_bytes(b"PAR1 nothing PAR1")
    found = _bad(*made)
    assert (found["table_missing"].words["table"], found["table_unreadable"].words["table"]) == (
        "items",
        "answers",
    )


def test_a_table_of_another_version_is_told(made: tuple[Path, Path]) -> None:
    table = read_table(made[0], "items")
    pq.write_table(table.replace_schema_metadata({"schema_version": "0"}), table_path(made[0], "items"))
    assert _bad(*made)["table_version"].words["version"] == "0"


def test_other_columns_are_told(made: tuple[Path, Path]) -> None:
    table = read_table(made[0], "items")
    odd = table.drop_columns(["item_no"]).append_column("extra", pa.array([0] * table.num_rows))
    pq.write_table(odd.replace_schema_metadata(table.schema.metadata), table_path(made[0], "items"))
    assert _bad(*made)["table_columns"].words["columns"] == "item_no, extra"


def test_a_row_that_stands_twice_is_told(made: tuple[Path, Path]) -> None:
    _changed(made[0], "items", lambda rows: [*rows, rows[0]])
    assert _bad(*made)["key_twice"].words["table"] == "items"


@pytest.mark.parametrize(
    ("gone", "table", "target"),
    [
        ("documents", "answers", "documents"),
        ("items", "answers", "items"),
        ("controls", "alignments", "controls"),
    ],
)
def test_references_that_lead_nowhere_are_told(
    gone: str, table: str, target: str, made: tuple[Path, Path]
) -> None:
    _changed(made[0], gone, lambda _: [])
    found = [f.words for f in check_dataset(*made) if f.code == "reference_lost"]
    assert (table, target) in {(words["table"], words["target"]) for words in found}


def test_items_that_nobody_answered_and_lists_that_lost_rows_are_told(made: tuple[Path, Path]) -> None:
    _changed(made[0], "answers", lambda rows: rows[:3])
    assert _bad(*made)["rows_lost"].words["count"] == 1
    _changed(made[0], "answers", lambda rows: [row | {"item_id": "other"} for row in rows])
    found = [f.words for f in check_dataset(*made) if f.code == "reference_lost"]
    assert ("items", "answers") in {(words["table"], words["target"]) for words in found}


def test_files_that_changed_went_or_came_are_told(made: tuple[Path, Path]) -> None:
    out, raw = made
    (raw / "a.xlsx").write_bytes(b"changed")
    (raw / "b.xlsx").unlink()
    (raw / "c\x1b.xlsx").write_bytes(b"new")
    found = _bad(out, raw)
    assert {code: f.words["examples"] for code, f in found.items()} == {
        "files_changed": "a.xlsx",
        "files_gone": "b.xlsx",
        "files_new": "c\x1b.xlsx",
    }
    assert all(f.level == "warning" for f in found.values())
    assert "no_raw" in _bad(out, raw / "none")


def test_the_command_ends_with_what_it_found(
    made: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    out, raw = made
    monkeypatch.setattr(environment, "run_apart", lambda *_: Issue("file_out_of_memory"))
    words = ["doctor", str(raw), "--dataset", str(out)]
    good = CliRunner().invoke(app, [*words, "--lang", "en"])
    assert (good.exit_code, good.stdout.splitlines()[-1][:17]) == (0, "Nothing is wrong;")
    (raw / "c\x1b[2J.xlsx").write_bytes(b"new")
    table_path(out, "problems").unlink()
    bad = CliRunner().invoke(app, [*words, "--lang", "ja"])
    assert bad.exit_code == 1
    assert "異常" in bad.stdout
    assert "\x1b" not in bad.stdout


def test_every_check_speaks_both_languages() -> None:
    texts = load("pipeline.doctor", "doctor.toml")
    assert set(texts["en"]) == set(texts["ja"])
    words = dict.fromkeys(
        ("version", "wanted", "count", "names", "name", "path", "detail", "megabytes", "table", "columns", "key",
         "examples", "target", "errors", "warnings"), "x",
    )  # fmt: skip
    for language in ("en", "ja"):
        assert all(result_text(CheckResult(code, words=words), language) for code in texts[language])
