"""A form that the readers are not sure of waits; a person's word on it has its sheets read again, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.incremental.run_report import RunReport
from tests.pipeline.make import table
from tests.pipeline.rerun import again, check_whole, same_tables, sheet, told
from tests.pipeline.review.made_layouts import OTHER_HEADER, ROLES, decide, form_key, unsure, unsure_book


@pytest.fixture(autouse=True)
def _unsure(monkeypatch: pytest.MonkeyPatch) -> None:
    unsure(monkeypatch)


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    """Two sheets of one form, one of another, and a list that is read without a question."""
    unsure_book(tmp_path / "raw" / "a.xlsx", "○×○")
    unsure_book(tmp_path / "raw" / "b.xlsx", "○○○×")
    unsure_book(tmp_path / "raw" / "other.xlsx", "×××", OTHER_HEADER)
    sheet(tmp_path / "raw" / "sure.csv", ["○", "×"])
    return tmp_path


def _run(folder: Path, out: str = "out", **words: object) -> RunReport:
    return again(folder, out, review=folder, **words)


def _answers(folder: Path) -> list[tuple[str, str]]:
    paths = {row["document_id"]: row["path"] for row in table(folder / "out", "documents")}
    return [(paths[row["document_id"]], row["answer_raw"]) for row in table(folder / "out", "answers")]


def _layouts(folder: Path) -> list[tuple[object, ...]]:
    paths = {row["document_id"]: row["path"] for row in table(folder / "out", "documents")}
    return sorted(
        (paths[row["document_id"]], row["rank"], row["status"], row["decided_by"], row["checklist"])
        for row in table(folder / "out", "layouts")
        if row["decided_by"] != "words"
    )


def test_a_form_that_is_not_sure_waits_and_nothing_of_it_is_an_answer(forms: Path) -> None:
    run = _run(forms)
    assert dict(told(forms, "path", "status")) == {
        "a.xlsx": "to_confirm", "b.xlsx": "to_confirm", "other.xlsx": "to_confirm", "sure.csv": "ok",
    }  # fmt: skip
    assert {path for path, _ in _answers(forms)} == {"sure.csv"}
    assert _layouts(forms) == [
        *((f"{name}.xlsx", rank, "proposed", "evidence", None) for name in "ab" for rank in (1, 2)),
        ("other.xlsx", 1, "proposed", "evidence", None),
    ]
    assert (run.to_confirm, run.unused, run.exit_code) == (2, (), 0)
    problems = [(row["path"], row["code"]) for row in table(forms / "out", "problems")]
    assert problems == [(f"{name}.xlsx", "layout_to_confirm") for name in ("a", "b", "other")]
    assert table(forms / "out", "decisions") == []
    check_whole(forms / "out")


def test_the_row_of_a_layout_says_how_it_would_be_read(forms: Path) -> None:
    _run(forms)
    row = next(row for row in table(forms / "out", "layouts") if row["rank"] == 2)
    assert (row["sheet"], row["page"], row["header_rows"], row["list_kind"]) == ("照会票", None, [1, 1], None)
    assert row["area"] in {"A1:D4", "A1:D5"}
    assert [(c["columns"], c["header"], c["role"], c["respondent"]) for c in row["columns"]] == [
        ("A", "番", "number", None), ("B", "照会", "requirement", None), ("C", "甲の欄", "remarks", None),
        ("D", "乙の欄", "answer", None),
    ]  # fmt: skip
    assert (row["p"], row["margin"], len(row["sample"])) == (0.25, 0.0, 3)
    assert row["sample"][0]["answer"] == "覚え1"


def test_a_decision_has_the_forms_two_sheets_read_again_and_no_other(forms: Path, reads: list[str]) -> None:
    _run(forms)
    reads.clear()
    decide(forms / "layouts.csv", ROLES[0], why="見出しのとおり")
    run = _run(forms)
    assert sorted(reads) == ["a.xlsx", "b.xlsx"]
    assert (run.to_confirm, run.unchanged) == (1, 2)
    assert dict(told(forms, "path", "status"))["a.xlsx"] == "ok"
    assert [raw for path, raw in _answers(forms) if path == "b.xlsx"] == list("○○○×")
    assert ("a.xlsx", 1, "used", "reviewed", 1) in _layouts(forms)
    used = next(row for row in table(forms / "out", "layouts") if row["decided_by"] == "reviewed")
    assert [c["respondent"] for c in used["columns"]] == [None, None, "provider", None]
    assert table(forms / "out", "decisions") == [
        {"kind": "layout", "key": form_key(), "value": "number|requirement|answer|remarks", "who": "係",
         "at": "2026-11-30", "why": "見出しのとおり", "applied": 2}
    ]  # fmt: skip
    reads.clear()
    _run(forms)
    assert reads == []
    _run(forms, "fresh")
    assert same_tables(forms / "out", forms / "fresh") == []
    check_whole(forms / "out")


def test_another_decision_gives_other_answers(forms: Path, reads: list[str]) -> None:
    decide(forms / "layouts.csv", ROLES[0])
    _run(forms)
    reads.clear()
    decide(forms / "layouts.csv", ROLES[1])
    _run(forms)
    assert sorted(reads) == ["a.xlsx", "b.xlsx"]
    assert [raw for path, raw in _answers(forms) if path == "a.xlsx"] == ["覚え1", "覚え2", "覚え3"]


def test_a_form_that_is_no_list_and_the_decision_taken_back(forms: Path, reads: list[str]) -> None:
    _run(forms, "first")
    decide(forms / "layouts.csv", ())
    run = _run(forms)
    assert dict(told(forms, "path", "status"))["a.xlsx"] == "no_checklist"
    assert [row[0] for row in _layouts(forms)] == ["other.xlsx"]
    assert (run.to_confirm, run.unused) == (1, ())
    assert [(row["value"], row["applied"]) for row in table(forms / "out", "decisions")] == [("", 2)]
    reads.clear()
    (forms / "layouts.csv").unlink()
    _run(forms)
    assert sorted(reads) == ["a.xlsx", "b.xlsx"]
    assert same_tables(forms / "out", forms / "first") == []


def test_a_sheet_that_comes_later_is_read_as_decided(forms: Path, reads: list[str]) -> None:
    decide(forms / "layouts.csv", ROLES[0])
    _run(forms)
    reads.clear()
    unsure_book(forms / "raw" / "late.xlsx", "○○×")
    _run(forms)
    assert reads == ["late.xlsx"]
    assert dict(told(forms, "path", "status"))["late.xlsx"] == "ok"
    assert table(forms / "out", "decisions")[0]["applied"] == 3


def test_fresh_runs_and_another_program_keep_decisions(
    forms: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(forms / "layouts.csv", ROLES[0])
    _run(forms, "first")
    _run(forms)
    _run(forms, fresh=True)
    assert same_tables(forms / "out", forms / "first") == []
    reads.clear()
    monkeypatch.setattr("pipeline.incremental.plan.meaning_fingerprint", lambda: "other words")
    _run(forms)
    assert reads == []  # derived from what the store keeps, which was read by the decision
    assert same_tables(forms / "out", forms / "first") == []
    monkeypatch.setattr("pipeline.incremental.plan.reading_fingerprint", lambda: "another program.")
    monkeypatch.setattr("pipeline.incremental.plan.meaning_fingerprint", lambda: "another program")
    _run(forms)
    assert len(reads) == 4
    assert same_tables(forms / "out", forms / "first") == []


def test_a_sheet_under_another_name_is_taken_from_the_store_unless_the_decision_is_another(
    forms: Path, reads: list[str]
) -> None:
    decide(forms / "layouts.csv", ROLES[0])
    _run(forms)
    reads.clear()
    (forms / "raw" / "a.xlsx").rename(forms / "raw" / "c.xlsx")
    _run(forms)
    assert reads == []
    decide(forms / "layouts.csv", ROLES[1])
    (forms / "raw" / "c.xlsx").rename(forms / "raw" / "d.xlsx")
    _run(forms)
    assert sorted(reads) == ["b.xlsx", "d.xlsx"]


def test_a_decision_that_no_document_follows_is_told_and_kept(forms: Path, reads: list[str]) -> None:
    _run(forms)
    reads.clear()
    decide(forms / "layouts.csv", ROLES[0], ("見出し", "知らない"))
    run = _run(forms)
    assert reads == []
    assert run.unused == (("layout", form_key(("見出し", "知らない"))),)
    assert [row["applied"] for row in table(forms / "out", "decisions")] == [0]
    assert _run(forms).unused == run.unused


def test_a_sheet_that_is_gone_stays_as_it_was_read(forms: Path) -> None:
    _run(forms)
    (forms / "raw" / "a.xlsx").unlink()
    decide(forms / "layouts.csv", ROLES[0])
    run = _run(forms)
    assert dict(told(forms, "path", "status"))["a.xlsx"] == "removed"
    assert [row for row in _layouts(forms) if row[0] == "a.xlsx"] == [
        ("a.xlsx", rank, "proposed", "evidence", None) for rank in (1, 2)
    ]
    assert table(forms / "out", "decisions")[0]["applied"] == 1
    assert run.to_confirm == 1
    _run(forms, prune=True)
    assert not [row for row in _layouts(forms) if row[0] == "a.xlsx"]


def test_the_same_bytes_twice_have_their_layouts_once(forms: Path) -> None:
    (forms / "raw" / "twin.xlsx").write_bytes((forms / "raw" / "a.xlsx").read_bytes())
    _run(forms)
    assert len(_layouts(forms)) == 5
    assert dict(told(forms, "path", "status"))["twin.xlsx"] == "duplicate"
