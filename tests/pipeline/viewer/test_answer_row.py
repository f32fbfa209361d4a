"""`checksheet where`: a row's place, what it holds, and its picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from click.testing import Result
from typer.testing import CliRunner

from extractors.issue import Issue
from pipeline.cli import app
from pipeline.errors import NoSuchRow
from pipeline.ingest import ingest
from pipeline.settings import Settings
from pipeline.viewer.answer_row import draw_answer_row, read_answer_row
from pipeline.viewer.words import ViewerWords, styles
from tests.pipeline.make import in_process, raw_file, sheet_rows, table, write_workbook

EN = ViewerWords("en")
RUNNER = CliRunner()


def _here(work: Callable[..., Any], arguments: tuple[object, ...], _: float) -> Any:
    return work(*arguments)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A raw folder of two workbooks and one PDF, ingested."""
    raw = tmp_path / "data" / "raw"
    write_workbook(raw / "甲社.xlsx", {"回答": sheet_rows(["○", "×", "対象外"], "窓口に確認済")})
    write_workbook(raw / "乙社.xlsx", {"回答": sheet_rows(["×"])})
    _ruled_pdf(raw / "丙社.pdf")
    monkeypatch.setattr("pipeline.ingest.read_all", in_process)
    monkeypatch.setattr("pipeline.commands.where.run_apart", _here)
    monkeypatch.chdir(tmp_path)
    ingest(Settings(raw, tmp_path / "data" / "parquet"))
    return tmp_path


def _ruled_pdf(path: Path) -> None:
    book = pymupdf.open()
    page = book.new_page()
    edges = (50, 90, 330, 400, 520)
    for row, texts in enumerate(
        [["No.", "確認事項", "回答", "備考"], ["1", "棚の鍵を換えていること。", "×", ""]]
    ):
        for column, text in enumerate(texts):
            box = pymupdf.Rect(edges[column], 80 + 30 * row, edges[column + 1], 110 + 30 * row)
            page.draw_rect(box)
            page.insert_text((box.x0 + 4, box.y0 + 18), text, fontname="japan", fontsize=10)
    book.save(path)
    book.close()


def _dataset(folder: Path) -> Path:
    return folder / "data" / "parquet"


def _run(*words: str) -> Result:
    return RUNNER.invoke(app, ["where", *words], env={"CHECKSHEET_LANG": "en", "COLUMNS": "200"})


def _pink(png: bytes) -> pymupdf.IRect:
    """The box around all pixels of the colour that marks the place."""
    pixels = pymupdf.Pixmap(png)
    wanted = tuple(round(255 * part) for part in styles()["here"].colour)
    step, data = pixels.n, pixels.samples
    found = [
        i // step
        for i in range(0, len(data), step)
        if max(abs(data[i + k] - wanted[k]) for k in range(3)) < 8
    ]
    assert found
    xs, ys = [i % pixels.width for i in found], [i // pixels.width for i in found]
    return pymupdf.IRect(min(xs), min(ys), max(xs), max(ys))


def test_a_row_is_told_with_its_place_its_text_and_its_reading(folder: Path) -> None:
    answer_row = read_answer_row(_dataset(folder), "甲社.xlsx:2", EN)
    assert (answer_row.path, answer_row.row, answer_row.location.sheet, answer_row.location.cells) == (
        "甲社.xlsx",
        2,
        "回答",
        "D3",
    )
    assert answer_row.lines[0] == "sheet 回答, D3"
    assert answer_row.lines[1].startswith("2 受付の窓口を")
    assert answer_row.lines[2].startswith("printed: × → no (")
    assert answer_row.lines[3] == "remarks: 窓口に確認済"


@pytest.mark.parametrize("name", ["甲社.xlsx", "甲", "id", "part of id"])
def test_a_document_is_named_by_id_by_path_or_by_a_part_of_either(folder: Path, name: str) -> None:
    documents = {row["path"]: row["document_id"] for row in table(_dataset(folder), "documents")}
    identity = documents["甲社.xlsx"]
    name = {"id": identity, "part of id": identity[:10]}.get(name, name)
    assert read_answer_row(_dataset(folder), f"{name}:1", EN).document_id == identity


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("甲社.xlsx", "names no row"),
        ("甲社.xlsx:two", "names no row"),
        (":2", "names no row"),
        ("丁社:1", "No document of the dataset is called 丁社"),
        ("甲社.xlsx:9", "甲社.xlsx has no row 9"),
        ("xlsx:1", "2 documents have xlsx in their names"),
    ],
)
def test_what_names_no_single_row_is_told(folder: Path, asked: str, told: str) -> None:
    with pytest.raises(NoSuchRow, match=told):
        read_answer_row(_dataset(folder), asked, EN)
    assert _run(asked).exit_code == 2


def test_the_cell_of_a_pdf_is_marked_on_its_page(folder: Path) -> None:
    result = _run("丙社.pdf:1", "--out", "there/cell.png")
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[-1] == "there/cell.png"
    box = _pink((folder / "there" / "cell.png").read_bytes())
    assert 1.3 < box.width / box.height < 3.5  # the answer cell is 70 by 30 points
    assert box.width == pytest.approx(70 * 110 / 72, abs=6)


def test_the_cell_of_a_workbook_is_marked_on_the_drawn_sheet(folder: Path) -> None:
    result = _run("甲社.xlsx:3")
    picture = folder / result.stdout.splitlines()[-1]
    assert picture.parent == folder / "data" / "explain"
    second = _run("甲社.xlsx:1", "--out", "one.png")
    assert second.exit_code == 0
    assert _pink(picture.read_bytes()).y0 > _pink((folder / "one.png").read_bytes()).y1


def test_a_file_that_changed_or_went_away_is_not_drawn(folder: Path) -> None:
    write_workbook(folder / "data" / "raw" / "乙社.xlsx", {"回答": sheet_rows(["○"])})
    changed = _run("乙社.xlsx:1")
    assert changed.exit_code == 1
    assert "has other bytes than when it was read" in changed.stderr
    (folder / "data" / "raw" / "乙社.xlsx").unlink()
    gone = _run("乙社.xlsx:1")
    assert gone.exit_code == 2
    assert "is not there any more" in gone.stderr


def test_a_reader_that_hangs_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert folder.exists()
    slow = Issue("file_took_too_long", params={"seconds": "120"})
    monkeypatch.setattr("pipeline.commands.where.run_apart", lambda *_: slow)
    result = _run("甲社.xlsx:1")
    assert result.exit_code == 1
    assert "120" in result.stderr


def test_a_damaged_file_is_a_sentence(folder: Path) -> None:
    answer_row = read_answer_row(_dataset(folder), "丙社.pdf:1", EN)
    path = folder / "data" / "raw" / "丙社.pdf"
    path.write_bytes(b"%PDF-1.7 broken")
    file = raw_file(path)
    told = draw_answer_row(file, answer_row, "en")
    assert isinstance(told, str)
    assert "other bytes" in told


def test_without_a_dataset_the_command_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = _run("甲社.xlsx:1")
    assert result.exit_code == 2
    assert "There is no dataset" in result.stderr
