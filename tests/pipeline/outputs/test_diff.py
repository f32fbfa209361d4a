"""The command diff: files, ids and paths in; a table, JSON or a workbook out; 0 the same, 1 different, 2 neither."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from pipeline.cli import app
from tests.pipeline.make import QUESTIONS, sheet_rows, write_pdf, write_workbook
from tests.pipeline.received import Said, Sheet, write_sheets

FORMULA = '=HYPERLINK("http://example.invalid","見る")'


def _run(*words: str | Path, lang: str = "en") -> Result:
    env = {"CHECKSHEET_LANG": lang, "COLUMNS": "200", "TERM": "dumb"}
    return CliRunner().invoke(app, ["diff", *map(str, words)], env=env)


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read in this process: others take long to start."""
    monkeypatch.setattr(
        "pipeline.commands.single_sheet.run_apart", lambda work, arguments, _: work(*arguments)
    )


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """Two receipts of one form and an example."""
    old = [Said(str(n), question, "yes") for n, question in enumerate(QUESTIONS[:3], 1)]
    new = [old[0], old[1].now(answer="no", raw="×", remarks=FORMULA), old[2].now(no="9")]
    sheets = (
        Sheet("v/2025.xlsx", old, document_id="a1" * 8),
        Sheet("v/2026.xlsx", new, document_id="a2" * 8),
        Sheet("v/copy.xlsx", [], status="duplicate", document_id="a1" * 8),
        Sheet("v/例.xlsx", new, kind="example", document_id="ba" * 8),
    )
    return write_sheets(tmp_path / "set", *sheets)


def test_ids_and_paths_of_the_dataset(dataset: Path) -> None:
    for old, new in (("a1a1a1", "a2a2a2a2"), ("v/2025.xlsx", "v/2026.xlsx"), ("v/copy.xlsx", "a2" * 8)):
        result = _run(old, new, "--dataset", dataset)
        assert result.exit_code == 1
        assert "○ → ×" in result.stdout
        assert "answer 1" in result.stdout
        assert QUESTIONS[2] not in result.stdout


def test_the_same_ends_with_zero(dataset: Path) -> None:
    result = _run("a1a1a1", "v/copy.xlsx", "--dataset", dataset)
    assert result.exit_code == 0
    assert "no difference" in result.stdout
    assert "違いなし" in _run("a1a1a1", "a1a1a1", "--dataset", dataset, lang="ja").stdout


def test_json_holds_both_sides(dataset: Path) -> None:
    result = _run("a1a1a1", "a2a2a2", "--dataset", dataset, "--json")
    told = json.loads(result.stdout)
    assert told["counts"] == {
        "added": 0,
        "removed": 0,
        "answer": 1,
        "reworded": 0,
        "remarks": 0,
        "notation": 0,
    }
    [found] = told["differences"]
    assert (found["old"]["answer"], found["new"]["answer"]) == ("yes", "no")
    assert found["new"]["source"]["cells"] == "D3"
    assert found["remarks_changed"] is True


def test_the_workbook_holds_text_and_no_formula(dataset: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "diff.xlsx"
    result = _run("a1a1a1", "a2a2a2", "--dataset", dataset, "--xlsx", out, lang="ja")
    assert result.exit_code == 1
    rows = list(load_workbook(out).active.iter_rows())  # type: ignore[union-attr]
    assert [cell.value for cell in rows[0]][:3] == ["変更", "前の番号", "後の番号"]
    assert rows[1][0].value == "回答変更"
    [formula] = [cell for cell in rows[1] if cell.value == FORMULA]
    assert formula.data_type == "s"
    assert formula.hyperlink is None


@pytest.mark.parametrize(
    ("old", "told"),
    [
        ("ffffff", "neither a file nor a document"),
        ("a1", "neither a file nor a document"),
        ("nothing.pdf", "neither a file nor a document"),
        ("ba" * 8, ""),
    ],
)
def test_what_is_not_there_is_told(dataset: Path, old: str, told: str) -> None:
    result = _run(old, "a2a2a2", "--dataset", dataset)
    assert result.exit_code == (2 if told else 1)
    assert told in result.stderr
    assert "Traceback" not in result.output


def test_an_id_that_begins_two_documents_is_told(tmp_path: Path) -> None:
    sheets = [Sheet(f"{n}.xlsx", [], document_id=f"abcdef{n}".ljust(16, "0")) for n in range(2)]
    write_sheets(tmp_path, *sheets)
    result = _run("abcdef", "abcdef0", "--dataset", tmp_path)
    assert result.exit_code == 2
    assert "more than one" in result.stderr


def test_without_a_dataset_or_with_a_folder(tmp_path: Path) -> None:
    result = _run("aaaaaa", "bbbbbb", "--dataset", tmp_path)
    assert result.exit_code == 2
    assert "checksheet ingest" in result.stderr
    result = _run(tmp_path, "bbbbbb")
    assert result.exit_code == 2
    assert "folder" in result.stderr


def test_files_that_are_not_ingested(tmp_path: Path) -> None:
    old = write_workbook(tmp_path / "old.xlsx", {"一覧": sheet_rows("○○○○")})
    new = write_workbook(tmp_path / "new.xlsx", {"一覧": sheet_rows("○×○○", "確認済み")})
    result = _run(old, new)
    assert result.exit_code == 1
    assert "answer 1, remarks 3" in result.stdout
    assert "(blank) → 確認済み" in result.stdout
    assert _run(old, old).exit_code == 0
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        assert _run("old.xlsx", "old.xlsx").exit_code == 0


def test_a_file_without_a_list_or_that_is_broken_is_told(tmp_path: Path) -> None:
    good = write_workbook(tmp_path / "good.xlsx", {"一覧": sheet_rows("○○○○")})
    letter = write_pdf(tmp_path / "letter.pdf", ["Dear all", "nothing to see"])
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing")
    for bad in (letter, tmp_path / "broken.pdf"):
        result = _run(good, bad)
        assert result.exit_code == 2
        assert bad.name in result.stderr
        assert "Traceback" not in result.output


def test_texts_cannot_steer_the_terminal(tmp_path: Path) -> None:
    said = Said("1", "窓口\x1b[31mを開けていること。", "yes")
    sheets = [
        Sheet(f"{n}.xlsx", [said.now(remarks=f"\x9b{n}\u202e")], document_id=f"{n}" * 16) for n in (1, 2)
    ]
    write_sheets(tmp_path, *sheets)
    for more in ((), ("--json",)):
        result = _run("1" * 16, "2" * 16, "--dataset", tmp_path, *more)
        assert result.exit_code == 1
        assert not set(result.output) & set("\x1b\x9b\u202e")
        assert "202e" in result.stdout


def test_a_workbook_that_cannot_be_written_is_told(dataset: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = _run("a1a1a1", "a2a2a2", "--dataset", dataset, "--xlsx", tmp_path / "file" / "x.xlsx")
    assert result.exit_code == 2
    assert "x.xlsx" in result.stderr
