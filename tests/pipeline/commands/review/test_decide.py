"""`checksheet decide …` and the review workbook: what a person says goes into data/review and into the dataset."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import app
from pipeline.review.decision import Decision, DecisionKind
from pipeline.review.store import read_decisions
from tests.pipeline.make import table
from tests.pipeline.rerun import again, quick, sheet

DATASET = Path("data/parquet")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dataset of two vendors in the working folder of the commands."""
    quick(monkeypatch)
    monkeypatch.chdir(tmp_path)
    sheet(tmp_path / "data" / "raw" / "社甲" / "a.csv", ["○", "◇◇◇", "", "×"])
    sheet(tmp_path / "data" / "raw" / "社乙" / "b.csv", ["×", "○", "○", "○"])
    _ingest(tmp_path)
    return tmp_path


def _ingest(folder: Path) -> None:
    again(folder / "data", "parquet", review=folder / "data" / "review")


def _run(*words: str, language: str = "en") -> Result:
    return CliRunner().invoke(app, list(words), env={"CHECKSHEET_LANG": language})


def _in_force(kind: DecisionKind) -> tuple[Decision, ...]:
    return read_decisions(Path("data/review")).check().of(kind)


def _answers(number: int) -> dict[str, object]:
    documents = {row["document_id"]: row["path"] for row in table(DATASET, "documents")}
    rows = table(DATASET, "answers")
    return {documents[row["document_id"]]: row["answer"] for row in rows if row["row"] == number}


def test_an_answer_is_decided_undone_and_listed() -> None:
    result = _run(
        "decide",
        "answer",
        "社甲/a.csv:2",
        "partial",
        "--planned",
        "2027/4/1",
        "--who",
        "山田",
        "--why",
        "電話で確認",
    )
    assert (result.exit_code, result.stdout) == (
        0, "Kept in data/review/answers.csv, line 2.\ndata/parquet follows it.\n",
    ), result.output  # fmt: skip
    assert _answers(2) == {"社甲/a.csv": "partial", "社乙/b.csv": "yes"}
    (entry,) = _in_force(DecisionKind.ANSWER)
    assert (entry.value, entry.who, entry.why) == (("partial", "", "2027-04-01"), "山田", "電話で確認")
    assert entry.about[0] == "社甲/a.csv"
    result = _run("decide", "answer", "社甲/a.csv:2", "no", "--who", "鈴木", language="ja")
    assert "山田 の決定" in result.stdout
    listed = _run("decide", "list").stdout
    assert ("answers.csv:3" in listed, "answers.csv:2" in listed, "1 decisions" in listed) == (
        True,
        False,
        True,
    )
    result = _run("decide", "undo", "answers.csv:3")
    assert "Taken back: no|| (answers.csv:3)." in result.stdout
    assert _answers(2)["社甲/a.csv"] == "partial"
    assert _run("decide", "undo", "answers.csv:2").exit_code == 0
    assert _answers(2)["社甲/a.csv"] == "unclear"
    assert "holds no such decision" in _run("decide", "list").stdout
    assert "5 decisions" not in _run("decide", "list", "--log").stdout
    assert "4 decisions" in _run("decide", "list", "--log").stdout


def test_a_reply_has_its_own_source_and_day() -> None:
    result = _run(
        "decide", "reply", "社甲/a.csv:3", "yes", "--received", "2026-06-20", "--words", "しています"
    )
    assert result.exit_code == 0, result.output
    row = next(row for row in table(DATASET, "answers") if row["decided"])
    assert (row["answer"], row["answer_read"], row["replied_at"]) == (
        "yes",
        "unanswered",
        dt.date(2026, 6, 20),
    )


@pytest.mark.parametrize(
    ("words", "kind", "key", "value"),
    [
        (["date", "社甲/", "2026-06-20"], DecisionKind.DATE, ("社甲/",), ("2026-06-20",)),
        (["vendor", "社甲/", "甲社"], DecisionKind.VENDOR, ("社甲/",), ("甲社",)),
        (["service", "*.csv", "帳"], DecisionKind.SERVICE, ("*.csv",), ("帳",)),
        (["legend", "no", "--meaning", "◇◇◇"], DecisionKind.LEGEND, ("", "", "◇◇◇"), ("no",)),
    ],
)
def test_what_files_are_read_by_is_kept_and_followed_by_the_next_run(
    folder: Path, words: list[str], kind: DecisionKind, key: tuple[str, ...], value: tuple[str, ...]
) -> None:
    result = _run("decide", *words)
    assert (result.exit_code, "`checksheet ingest` follows it in" in result.stdout) == (0, True), (
        result.output
    )
    assert [(entry.key, entry.value) for entry in _in_force(kind)] == [(key, value)]
    _ingest(folder)
    documents = {row["path"]: row for row in table(DATASET, "documents")}
    first = documents["社甲/a.csv"]
    seen = {"date": first["received_at"], "vendor": first["vendor"], "service": first["service"]}
    assert str(seen.get(words[0], value[0])) == value[0]


def test_a_direction_and_an_alignment_hold_for_the_item() -> None:
    assert _run("decide", "direction", "社甲/a.csv:1", "no").exit_code == 0
    flags = {row["favourable"] for row in table(DATASET, "answers") if row["row"] == 1}
    assert flags == {False, True}
    assert _run("decide", "alignment", "社甲/a.csv:1", "access-review").exit_code == 2
    control = table(DATASET, "controls")[0]["control_id"]
    assert _run("decide", "alignment", "社甲/a.csv:1", control).exit_code == 0
    rows = [row for row in table(DATASET, "answers") if row["row"] == 1]
    assert {(row["control_id"], row["match_method"]) for row in rows} == {(control, "reviewed")}
    assert {row["favourable"] for row in rows} == {
        False,
        True,
    }  # the direction that was said outranks the words


def test_an_exception_is_kept_for_the_judge() -> None:
    control = table(DATASET, "controls")[0]["control_id"]
    words = ["decide", "exception", "からくり堂", control, "--until", "2027-03-31", "--why", "移行中"]
    assert _run(*words, "--finding", "partial").exit_code == 0
    (entry,) = _in_force(DecisionKind.EXCEPTION)
    assert (entry.key, entry.value, entry.why) == (
        ("からくり堂", "", control),
        ("2027-03-31", "partial"),
        "移行中",
    )
    assert "--why" in _run(*words[:-2]).output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["answer", "社甲/a.csv:2", "たぶん"], "「たぶん」は回答の値ではありません"),
        (["answer", "社甲/a.csv:99", "no"], "99"),
        (["date", "社甲/", "昨日"], "「昨日」は日付ではありません"),
        (["legend", "no"], "mark と meaning が空です"),
        (["exception", "甲", "no-such", "--until", "2027-01-01", "--why", "x"], "カタログにありません"),
        (["undo", "answers.csv:7"], "有効な決定はありません"),
    ],
)
def test_what_cannot_be_decided_ends_with_two(words: list[str], told: str) -> None:
    result = _run("decide", *words, language="ja")
    assert (result.exit_code, told in result.stderr, "Traceback" in result.output) == (2, True, False), (
        result.output
    )
    assert read_decisions(Path("data/review")).lines == ()


def test_broken_lines_are_listed_beside_the_others() -> None:
    _run("decide", "answer", "社甲/a.csv:2", "no")
    path = Path("data/review/answers.csv")
    path.write_text(path.read_text(encoding="utf-8") + "x\n", encoding="utf-8")
    result = _run("decide", "list")
    assert (result.exit_code, "answers.csv:2" in result.stdout, "line 3" in result.stderr) == (2, True, True)


def test_a_decision_that_fits_nothing_is_listed_as_unused() -> None:
    result = _run("decide", "vendor", "社丙/", "丙社")
    assert "Nothing in the dataset follows it" in result.stderr
    assert "vendors.csv:2" in _run("decide", "list", "--unused").stdout


def _fill(book: Path, title: str, where: str, cells: dict[str, object]) -> None:
    """Fill in the row of a sheet whose `path` or `item_id` begins as said."""
    workbook = openpyxl.load_workbook(book)
    page = workbook[title]
    columns = {cell.value: cell.column for cell in page[1]}
    row = next(
        n for n in range(2, page.max_row + 1) if where in [page.cell(n, c).value for c in columns.values()]
    )
    for name, value in cells.items():
        page.cell(row, columns[name]).value = value
    workbook.save(book)


def test_answers_replies_and_directions_go_out_and_come_back(folder: Path) -> None:
    odd = "No.,質問,回答,備考\n1,建物は木造ですか,はい,\n2,台数は奇数ですか,はい,\n3,看板の色は青ですか,いいえ,\n"
    (folder / "data" / "raw" / "社甲" / "odd.csv").write_text(odd, encoding="utf-8")
    _ingest(folder)
    assert _run("review", "export", "--out", "book.xlsx").exit_code == 0
    question = next(
        row["requirement"]
        for row in table(DATASET, "answers")
        if row["favourable"] is None and row["answer"] in {"yes", "no"}
    )
    _fill(Path("book.xlsx"), "answers", "◇◇◇", {"answer": "no", "note": "見送りと確認"})
    _fill(
        Path("book.xlsx"), "replies", "unanswered",
        {"answer": "partial", "received": dt.datetime(2026, 6, 20), "words": "一部です"},
    )  # fmt: skip
    _fill(Path("book.xlsx"), "directions", question, {"good": "no"})
    result = _run("review", "import", "book.xlsx", "--who", "山田")
    assert result.exit_code == 0, result.output
    for name in ("answers", "replies", "directions"):
        assert f"1 decisions kept in data/review/{name}.csv" in result.stdout
    _ingest(Path.cwd())
    decided = [(r["row"], r["answer"], r["replied_at"]) for r in table(DATASET, "answers") if r["decided"]]
    assert decided == [(2, "no", None), (3, "partial", dt.date(2026, 6, 20))]
    assert {row["favourable"] for row in table(DATASET, "answers") if row["row"] == 1} == {False, None}
    assert _in_force(DecisionKind.ANSWER)[0].why == "見送りと確認"
    assert _run("review", "import", "book.xlsx", "--who", "山田").exit_code == 0
    assert len(read_decisions(Path("data/review")).lines) == 3  # the same workbook again decides nothing anew
    assert _run("review", "export", "--out", "book.xlsx").exit_code == 0
    pages = openpyxl.load_workbook("book.xlsx")
    assert [pages[name].max_row for name in ("answers", "replies")] == [1, 1]  # nothing is left to say


def test_a_row_of_the_workbook_that_breaks_a_rule_is_told_and_the_others_count() -> None:
    _run("review", "export", "--out", "book.xlsx")
    _fill(Path("book.xlsx"), "answers", "◇◇◇", {"answer": "たぶん"})
    _fill(Path("book.xlsx"), "replies", "unanswered", {"answer": "no", "received": "2026-06-20"})
    result = _run("review", "import", "book.xlsx", language="ja")
    assert (result.exit_code, "シート answers の 2 行目: 「たぶん」は回答の値" in result.stderr) == (
        1,
        True,
    ), result.output
    assert [entry.kind for entry in read_decisions(Path("data/review")).lines] == [DecisionKind.REPLY]
