"""The command explain: the files it writes, what it prints, and the code that it ends with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from typer.testing import CliRunner, Result

from extractors.issue import Issue
from pipeline.cli import app
from pipeline.execution.process_pool import run_apart
from pipeline.viewer import pictures
from tests.extractors.excel.books import open_document
from tests.pipeline.make import ENCRYPTED, SAMPLES, sheet_rows, write_pdf, write_workbook

RUNNER = CliRunner()


def _here(work: Callable[..., Any], arguments: tuple[object, ...], _: float) -> Any:
    """Stands in for a process of its own, which takes long to start."""
    return work(*arguments)


@pytest.fixture(autouse=True)
def _in_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("pipeline.commands.explain.run_apart", _here)
    monkeypatch.chdir(tmp_path)


def _run(*words: str | Path, passwords: str = "") -> Result:
    env = {"CHECKSHEET_LANG": "en", "CHECKSHEET_PASSWORDS": passwords, "COLUMNS": "200", "TERM": "dumb"}
    return RUNNER.invoke(app, ["explain", *map(str, words)], env=env)


def _book(folder: Path) -> Path:
    rows = sheet_rows(["○", "×", "◦"])
    return write_workbook(folder / "回答.xlsx", {"表紙": [("みほん",)], "票 <1>": rows, "控え": rows}, "控え")


def _written(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.png"))


def test_a_picture_a_sheet_and_a_line_each(tmp_path: Path) -> None:
    result = _run(_book(tmp_path), "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert _written(tmp_path / "out") == [
        "回答.xlsx/sheet-01-表紙.png", "回答.xlsx/sheet-02-票__1_.png", "回答.xlsx/sheet-03-控え.png"
    ]  # fmt: skip
    lines = result.stdout.splitlines()
    assert lines[2] == "sheet 票 <1>: 3 rows, 1 unclear, 0 texts not used, 1 to look at"
    assert lines[3].strip() == str(tmp_path / "out" / "回答.xlsx" / "sheet-02-票__1_.png")
    assert lines[4].startswith("sheet 控え (hidden): ")


def test_the_pictures_are_png_of_the_right_size(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "letter.pdf", ["Dear all"])
    assert _run(path, "--out", tmp_path / "out").exit_code == 0
    data = (tmp_path / "out" / "letter.pdf" / "page-001.png").read_bytes()
    assert data.startswith(b"\x89PNG")
    picture = pymupdf.Pixmap(data)
    assert picture.width >= 595 * 110 / 72
    assert picture.height > 842 * 110 / 72


def test_without_a_folder_they_go_beside_the_dataset(tmp_path: Path) -> None:
    assert _run(_book(tmp_path), "--sheet", "表紙").exit_code == 0
    assert _written(tmp_path) == ["data/explain/回答.xlsx/sheet-01-表紙.png"]


def test_the_help_says_where_they_go() -> None:
    assert "data/explain/" in _run("--help").stdout


def test_one_page_of_a_pdf(tmp_path: Path) -> None:
    book = pymupdf.open()
    for number in range(3):
        book.new_page().insert_text((50, 50), f"page {number}")
    book.save(tmp_path / "three.pdf")
    result = _run(tmp_path / "three.pdf", "--page", "2", "--out", tmp_path / "out")
    assert (result.exit_code, _written(tmp_path / "out")) == (0, ["three.pdf/page-002.png"])
    beyond = _run(tmp_path / "three.pdf", "--page", "4", "--out", tmp_path / "out")
    assert (beyond.exit_code, beyond.stderr) == (2, "three.pdf has no page 4: it has 3.\n")
    assert _run(tmp_path / "three.pdf", "--page", "0").exit_code == 2


def test_a_sheet_attached_to_a_pdf_has_pictures_of_its_own(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "letter.pdf", ["Dear all"])
    with pymupdf.open(path) as book:
        book.embfile_add("回答.xlsx", _book(tmp_path).read_bytes())
        data = book.tobytes()
    path.write_bytes(data)
    result = _run(path, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert _written(tmp_path / "out") == [
        "letter.pdf/page-001.png",
        "letter.pdf/sheet-01-回答_xlsx___表紙.png",
        "letter.pdf/sheet-02-回答_xlsx___票__1_.png",
        "letter.pdf/sheet-03-回答_xlsx___控え.png",
    ]
    lines = result.stdout.splitlines()
    assert lines[0].startswith("page 1 of 1: 0 rows")
    assert lines[4].startswith("sheet 回答.xlsx / 票 <1>: 3 rows, 1 unclear")


def test_an_unknown_sheet_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    result = _run(_book(tmp_path), "--sheet", "無い", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert result.stderr == "回答.xlsx has no sheet 無い. Its sheets: 表紙, 票 <1>, 控え.\n"
    assert _written(tmp_path) == []


def test_a_pdf_has_no_sheets(tmp_path: Path) -> None:
    result = _run(write_pdf(tmp_path / "a.pdf", ["x"]), "--sheet", "票")
    assert (result.exit_code, result.stderr) == (2, "a.pdf has no sheets; name a page with --page.\n")


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    missing = _run(tmp_path / "none.pdf")
    assert (missing.exit_code, "does not exist" in missing.stderr) == (2, True)
    folder = _run(tmp_path)
    assert (folder.exit_code, "is a folder" in folder.stderr) == (2, True)


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("broken.pdf", b"%PDF-1.7\nnothing", "is damaged and was not read"),
        ("broken.xlsx", b"PK\x03\x04 and no more", "is damaged and was not read"),
        ("empty.pdf", b"", "empty"),
        ("locked.xlsx", ENCRYPTED, "was not read"),
        ("film.pdf", b"\x00\x01\x02\x03" * 300, "kind that is not read"),
        ("~$sheet.xlsx", b"lock", "~$sheet.xlsx"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(data)
    result = _run(tmp_path / name, "--out", tmp_path / "out")
    assert result.exit_code == 1
    assert told in result.stderr
    assert "Traceback" not in result.output
    assert _written(tmp_path) == []


def test_passwords_come_from_the_environment_or_from_beside(tmp_path: Path) -> None:
    folder = tmp_path / "raw" / "vendor"
    folder.mkdir(parents=True)
    path = write_pdf(folder / "locked.pdf", ["secret"], password="kagi")
    locked = _run(path)
    assert (locked.exit_code, "protected by a password" in locked.stderr) == (1, True)
    assert _run(path, passwords="kagi").exit_code == 0
    (folder / "passwords.txt").write_text("kagi\n", encoding="utf-8")
    assert _run(path).exit_code == 0


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    result = _run(_book(tmp_path), "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "The pictures could not be written to" in result.stderr


def test_the_file_itself_is_never_written_over(tmp_path: Path) -> None:
    path = _book(tmp_path)
    before = path.read_bytes()
    assert _run(path, "--out", tmp_path).exit_code == 2
    assert path.read_bytes() == before


def test_pictures_of_an_earlier_run_go_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "out" / "回答.xlsx"
    folder.mkdir(parents=True)
    for name in ("sheet-09-古い.png", "page-001.png", "写真.png", "sheet-09.txt"):
        (folder / name).write_bytes(b"x")
    assert _run(_book(tmp_path), "--sheet", "表紙", "--out", tmp_path / "out").exit_code == 0
    assert (folder / "sheet-09-古い.png").exists()
    assert _run(_book(tmp_path), "--out", tmp_path / "out").exit_code == 0
    left = {path.name for path in folder.iterdir()}
    assert {"写真.png", "sheet-09.txt"} <= left
    assert not {"sheet-09-古い.png", "page-001.png"} & left


def test_more_pictures_than_are_drawn_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PICTURES", 2)
    result = _run(_book(tmp_path), "--out", tmp_path / "out")
    assert len(_written(tmp_path / "out")) == 2
    assert result.stderr == "Only the first 2 of 3 pictures were drawn. Name one with --page or --sheet.\n"


def test_other_kinds_of_files_are_drawn_too(tmp_path: Path) -> None:
    ods = open_document(tmp_path, sheet_rows(["○", "×"]))
    shown = _run(ods, "--out", tmp_path / "out").stdout
    assert "0 rows, 0 unclear" in shown
    assert "2 rows of an example or reference, not counted" in shown  # a sheet called 見本 is one
    tsv = tmp_path / "票.tsv"
    tsv.write_text("\n".join("\t".join(row) for row in sheet_rows(["○", "×"])), encoding="utf-8")
    assert "text: 2 rows, 0 unclear" in _run(tsv, "--out", tmp_path / "out").stdout
    assert _written(tmp_path / "out") == ["回答.ods/sheet-01-見本.png", "票.tsv/text-01.png"]


def test_the_words_are_japanese_where_asked(tmp_path: Path) -> None:
    result = _run(_book(tmp_path), "--lang", "ja", "--out", tmp_path / "out")
    assert "シート「票 <1>」: 3 行、不明 1、使わなかった文字列 0、要確認 1" in result.stdout


def test_a_process_that_hangs_or_dies_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "pipeline.commands.explain.run_apart",
        lambda *_: Issue("file_took_too_long", params={"seconds": "300"}),
    )
    result = _run(_book(tmp_path))
    assert (
        result.exit_code,
        "took longer than 300 s and was stopped. Ask for one page with --page" in result.stderr,
    ) == (1, True)


@pytest.mark.slow
def test_work_is_run_in_a_process_of_its_own() -> None:
    assert run_apart(divmod, (7, 2), 60.0) == (3, 1)
    died = run_apart(divmod, (7, 0), 60.0)
    assert isinstance(died, Issue)
    assert (died.code, "ZeroDivisionError" in died.params["detail"]) == ("file_reader_died", True)


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES.values(), ids=SAMPLES)
def test_the_samples_have_pictures_and_lose_no_cell(samples: Path, tmp_path: Path, name: str) -> None:
    result = _run(samples / name, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert len(_written(tmp_path / "out")) == len(result.stdout.splitlines()) / 2 > 0
