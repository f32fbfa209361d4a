"""`checksheet layouts` and `checksheet decide layout`: what waits, how it would be read, and what a person makes of it."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import app
from pipeline.review.form_layouts.layouts import ReviewedLayout, layout_decisions
from pipeline.review.store import read_decisions
from tests.pipeline.make import table
from tests.pipeline.rerun import again, quick
from tests.pipeline.review.made_layouts import OTHER_HEADER, ROLES, form_key, unsure, unsure_book

KEY = form_key()[:8]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dataset with two copies of a form that waits and one of another; the working folder of the commands."""
    quick(monkeypatch)
    unsure(monkeypatch)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("pipeline.commands.review.layouts.getpass.getuser", lambda: "係")
    for name, marks in (("社甲/a.xlsx", "○×○"), ("b.xlsx", "○○○×")):
        unsure_book(tmp_path / "data" / "raw" / name, marks)
    unsure_book(tmp_path / "data" / "raw" / "c.xlsx", "×××", OTHER_HEADER)
    _ingest(tmp_path)
    return tmp_path


def _ingest(folder: Path) -> None:
    again(folder / "data", "parquet", review=folder / "data" / "review")


def _run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words), env={"CHECKSHEET_LANG": "en"})


def _entries(folder: Path) -> list[ReviewedLayout]:
    return layout_decisions(read_decisions(folder / "data" / "review").check().in_force)


def _decided(folder: Path) -> dict[str, tuple[str, ...]]:
    return {entry.form_key: entry.roles for entry in _entries(folder)}


def test_what_waits_is_listed_form_by_form() -> None:
    result = _run("layouts")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    start = lines.index(f"{KEY}  照会票: 番 | 照会 | 甲の欄 | 乙の欄")
    assert lines[start + 1 : start + 12] == [
        "  b.xlsx: sheet 照会票, A1:D5",
        "  社甲/a.xlsx: sheet 照会票, A1:D4",
        "  reading 1, certainty 50%, ahead of the next by 25%",
        "    A     number       番",
        "    B     requirement  照会",
        "    C     answer       甲の欄",
        "    D     remarks      乙の欄",
        "    > 1 | 利用者の名簿を毎月見直していること。 | ○",
        "    > 2 | 受付の窓口を平日の昼間に開けていること。 | ○",
        "    > 3 | 倉庫の鍵を二人で管理していること。 | ○",
        "  reading 2, certainty 25%, ahead of the next by 0%",
    ]
    assert lines[-1].startswith("2 to decide. If reading 1 is right: `checksheet decide layout ")


def test_the_list_is_told_in_japanese_too() -> None:
    result = _run("layouts", "--lang", "ja")
    assert "候補 1（確からしさ 50%、次の候補との差 25%）" in result.stdout
    assert "未決定の様式 2 件" in result.stdout


@pytest.mark.parametrize(
    ("words", "roles"),
    [
        ([], ROLES[0]),
        (["--rank", "2"], ROLES[1]),
        (["--answer", "D"], ("number", "requirement", "ignore", "answer")),
        (["--answer", "c, d"], ("number", "requirement", "answer", "answer")),
        (["--question", "A", "--number", "B"], ("requirement", "number", "answer", "remarks")),
        (["--rank", "2", "--remarks", "A"], ("remarks", "requirement", "ignore", "answer")),
        (["--no-list"], ()),
    ],
)
def test_a_decision_is_kept_for_the_form(folder: Path, words: list[str], roles: tuple[str, ...]) -> None:
    result = _run("decide", "layout", KEY[:4], *words, "--why", "見たまま")
    assert result.exit_code == 0, result.output
    assert _decided(folder) == {form_key(): roles}
    entry = _entries(folder)[0]
    assert (entry.form, entry.who, entry.why) == ("照会票: 番 | 照会 | 甲の欄 | 乙の欄", "係", "見たまま")
    assert "Kept in data/review/layouts.csv" in result.stdout
    assert "`checksheet ingest` reads" in result.stdout
    assert "(2 files so far)" in result.stdout


def test_decisions_on_several_forms_stay_and_the_last_one_counts(folder: Path) -> None:
    for words in ([KEY, "--rank", "2"], [form_key(OTHER_HEADER)], [KEY, "--who", "長"]):
        assert _run("decide", "layout", *words).exit_code == 0
    assert _decided(folder) == {form_key(OTHER_HEADER): ROLES[0][:3], form_key(): ROLES[0]}
    result = _run("layouts")
    assert "decided by 長, 20" in result.stdout
    assert "All are decided. `checksheet ingest` reads their files again." in result.stdout


def test_after_the_next_run_the_form_is_listed_only_among_all(folder: Path) -> None:
    _run("decide", "layout", KEY)
    _run("decide", "layout", form_key(OTHER_HEADER), "--no-list")
    _ingest(folder)
    statuses = {row["path"]: row["status"] for row in table(folder / "data" / "parquet", "documents")}
    assert statuses == {"社甲/a.xlsx": "ok", "b.xlsx": "ok", "c.xlsx": "no_checklist"}
    assert _run("layouts").stdout == "No form waits for a person.\n"
    assert KEY in _run("layouts", "--all").stdout
    result = _run("decide", "layout", KEY, "--answer", "D")  # a reading that is used can be changed as well
    assert (result.exit_code, _decided(folder)[form_key()][3]) == (0, "answer")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["zz"], "No form of data/parquet has a key that begins with zz."),
        ([KEY, "--rank", "3"], "has no reading 3"),
        ([KEY, "--answer", "Z"], "has no column Z"),
        ([KEY, "--no-list", "--answer", "C"], "Choose either --no-list or columns."),
    ],
)
def test_what_cannot_be_decided_ends_with_two_and_a_sentence(
    folder: Path, words: list[str], expected: str
) -> None:
    result = _run("decide", "layout", *words)
    assert (result.exit_code, expected in result.stderr) == (2, True), result.output
    assert _decided(folder) == {}


def test_the_review_workbook_takes_decisions_on_layouts(folder: Path) -> None:
    assert _run("review", "export", "--out", "book.xlsx").exit_code == 0
    book = openpyxl.load_workbook("book.xlsx")
    assert book.sheetnames == ["review", "layouts", "answers", "replies", "directions"]
    page = book["layouts"]
    columns = {cell.value: cell.column for cell in page[1]}
    rows = {page.cell(row, columns["form_key"]).value: row for row in (2, 3)}
    mine = rows[form_key()]
    assert page.cell(mine, columns["reading 2"]).value.split("\n")[2:] == [
        "C remarks 甲の欄",
        "D answer 乙の欄",
    ]
    assert page.cell(mine, columns["places"]).value.split("\n")[0] == "b.xlsx: sheet 照会票, A1:D5"
    assert _run("review", "import", "book.xlsx").exit_code == 1  # nothing is decided in it
    page.cell(mine, columns["decision"]).value = 2
    page.cell(mine, columns["note"]).value = "乙が回答"
    page.cell(rows[form_key(OTHER_HEADER)], columns["decision"]).value = "多分"
    book.save("book.xlsx")
    result = _run("review", "import", "book.xlsx", "--who", "長")
    assert result.exit_code == 1
    assert "sheet layouts, row" in result.stderr
    assert "has no reading 多分. It has: 1, no list." in result.stderr
    assert _decided(folder) == {form_key(): ROLES[1]}
    page.cell(rows[form_key(OTHER_HEADER)], columns["decision"]).value = "no list"
    page.cell(mine, columns["decision"]).value = None
    page.cell(mine, columns["answer"]).value = "C,D"
    book.save("book.xlsx")
    result = _run("review", "import", "book.xlsx")
    assert (result.exit_code, "2 decisions kept in data/review/layouts.csv" in result.stdout) == (0, True)
    expected = {form_key(): (*ROLES[0][:3], "answer"), form_key(OTHER_HEADER): ()}
    assert _decided(folder) == expected


def test_without_a_dataset_the_commands_say_so(tmp_path: Path) -> None:
    for words in (["layouts"], ["decide", "layout", "1f"]):
        result = _run(*words, "--dataset", str(tmp_path / "nowhere"))
        assert (result.exit_code, "There is no dataset" in result.stderr) == (2, True)


def test_the_decision_on_a_form_much_like_it_is_offered_and_taken_over(folder: Path) -> None:
    edition = ("番", "照会", "甲の欄（今年）", "乙の欄")
    _run("decide", "layout", KEY, "--rank", "2")
    unsure_book(folder / "data" / "raw" / "d.xlsx", "○×○", edition)
    _ingest(folder)
    listed = _run("layouts").stdout
    new = form_key(edition)
    assert "like “照会票: 番 | 照会 | 甲の欄 | 乙の欄”, decided by 係" in listed
    assert f"checksheet decide layout {new[:8]} --like {form_key()}" in listed
    assert new not in _decided(folder)  # nothing is followed that nobody took over
    assert table(folder / "data" / "parquet", "documents")[2]["status"] == "to_confirm"
    assert _run("decide", "layout", new[:8], "--like", KEY).exit_code == 0
    assert _decided(folder)[new] == ROLES[1]
    assert _run("decide", "layout", form_key(OTHER_HEADER)[:8], "--like", KEY).exit_code == 2
