"""What people decided is laid over the dataset at once, stands after every kind of run, and leaves nothing when taken back."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.assemble.decided.apply_decisions import AppliedDecisions, apply_decisions
from pipeline.assemble.join import join_rows
from pipeline.assemble.rows import Row
from pipeline.dataset.lock import lock_dataset
from pipeline.errors import DatasetBusy, DatasetMissing, DecisionsUnreadable
from pipeline.review.answers import answer_cells, find_answer, item_cells
from pipeline.review.decision import Decision, DecisionKind
from pipeline.review.kinds import new_decision
from pipeline.review.store import record_decision, withdraw_decision
from pipeline.settings import Settings
from tests.pipeline.make import table, write_workbook
from tests.pipeline.rerun import again, check_whole, quick, same_tables, sheet


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick(monkeypatch)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two vendors' sheets of one form, the first with answers that are not understood."""
    sheet(tmp_path / "raw" / "社甲" / "a.csv", ["○", "◇◇◇", "◇◇◇", "", "×"])
    sheet(tmp_path / "raw" / "社乙" / "b.csv", ["×", "○", "○", "○", "○"])
    _run(tmp_path)
    return tmp_path


def _run(folder: Path, out: str = "out", **words: object) -> tuple[tuple[str, str], ...]:
    return again(folder, out, review=folder / "review", **words).unused


def _apply(folder: Path) -> AppliedDecisions:
    return apply_decisions(Settings(folder / "raw", folder / "out", review=folder / "review"))


def _row(folder: Path, path: str, number: int) -> Row:
    documents = {row["path"]: row["document_id"] for row in table(folder / "out", "documents")}
    rows = table(folder / "out", "answers")
    return next(row for row in rows if (row["document_id"], row["row"]) == (documents[path], number))


def _decide(folder: Path, path: str, number: int, answer: str, **cells: str) -> Decision:
    row = _row(folder, path, number)
    kind = DecisionKind.REPLY if "received" in cells else DecisionKind.ANSWER
    found = find_answer(folder / "out", row["document_id"], number)
    decision = new_decision(kind, answer_cells(*found) | {"answer": answer} | cells, "山田", "見たまま")
    return record_decision(folder / "review", decision).decision


def _same_after_all_runs(folder: Path) -> None:
    """Assert that a run, a fresh one and one from nothing give what was laid over the dataset."""
    for out, words in (("out", {}), ("out", {"fresh": True}), ("new", {})):
        before = {path.name: path.read_bytes() for path in (folder / "out").glob("*.parquet")}
        _run(folder, out, **words)
        after = {path.name: path.read_bytes() for path in (folder / out).glob("*.parquet")}
        assert [name for name in before if before[name] != after[name]] == []
    check_whole(folder / "out")


def test_a_decided_answer_shows_at_once_and_keeps_what_was_read(folder: Path) -> None:
    _decide(folder, "社甲/a.csv", 1, "value", figure="99.9%以上", planned_date="2027-04-01")
    assert _apply(folder) == AppliedDecisions(True)
    row = _row(folder, "社甲/a.csv", 1)
    names = (
        "answer",
        "decided",
        "answer_read",
        "answer_rule",
        "answer_raw",
        "planned_date",
        "planned",
        "replied_at",
    )
    assert tuple(row[name] for name in names) == (
        "value", True, "yes", "reviewed", "○", dt.date(2027, 4, 1), True, None,
    )  # fmt: skip
    assert (row["value"]["number"], row["value"]["unit"], row["value"]["bound"]) == (99.9, "%", "min")
    (decision,) = table(folder / "out", "decisions")
    assert (decision["kind"], decision["who"], decision["applied"]) == ("answer", "山田", 1)
    assert _row(folder, "社乙/b.csv", 1)["decided"] is False
    assert _apply(folder).changed is False
    _same_after_all_runs(folder)


def test_what_is_taken_back_leaves_the_dataset_as_it_was(folder: Path) -> None:
    _run(folder, "before")
    decisions = [_decide(folder, "社甲/a.csv", number, "no") for number in (2, 3, 4)]
    _apply(folder)
    assert same_tables(folder / "before", folder / "out") != []
    for decision in decisions:
        withdraw_decision(folder / "review", decision, "鈴木")
    _apply(folder)
    assert same_tables(folder / "before", folder / "out") == []
    _same_after_all_runs(folder)


def _problems(folder: Path) -> list[str]:
    return [row["code"] for row in table(folder / "out", "problems") if row["path"] == "社甲/a.csv"]


def test_a_problem_goes_with_the_last_answer_that_it_is_about(folder: Path) -> None:
    problem = _problems(folder)
    assert problem == ["answer_unclear"]
    _decide(folder, "社甲/a.csv", 2, "partial")
    _apply(folder)
    assert _problems(folder) == problem  # it is about the third answer too
    _decide(folder, "社甲/a.csv", 3, "no")
    _apply(folder)
    assert _problems(folder) == []
    documents = {row["path"]: row for row in table(folder / "out", "documents")}
    assert documents["社甲/a.csv"]["message"] == ""
    _same_after_all_runs(folder)


def test_a_reply_counts_until_an_answer_is_decided_after_it(folder: Path) -> None:
    _decide(folder, "社甲/a.csv", 4, "yes", received="2026-06-20", words="はい、しています")
    _apply(folder)
    row = _row(folder, "社甲/a.csv", 4)
    assert (row["answer"], row["answer_read"], row["replied_at"]) == (
        "yes",
        "unanswered",
        dt.date(2026, 6, 20),
    )
    checklist = next(r for r in table(folder / "out", "checklists") if r["document_id"] == row["document_id"])
    assert (checklist["answered"], checklist["items"]) == (5, 5)
    record_decision(
        folder / "review", replace(_decide(folder, "社甲/a.csv", 4, "no"), at="2999-01-01 00:00:00")
    )
    _apply(folder)
    row = _row(folder, "社甲/a.csv", 4)
    assert (row["answer"], row["replied_at"]) == ("no", None)
    applied = {entry["kind"]: entry["applied"] for entry in table(folder / "out", "decisions")}
    assert applied == {"answer": 1, "reply": 0}
    _same_after_all_runs(folder)


def test_a_form_left_blank_is_filled_in_by_a_reply(folder: Path) -> None:
    sheet(folder / "raw" / "社丙" / "c.csv", ["", "", ""])
    _run(folder)
    kind = {row["document_id"]: row["kind"] for row in table(folder / "out", "checklists")}
    assert kind[_row(folder, "社丙/c.csv", 1)["document_id"]] == "blank"
    decision = _decide(folder, "社丙/c.csv", 1, "yes", received="2026-06-20")
    _apply(folder)
    kind = {row["document_id"]: row["kind"] for row in table(folder / "out", "checklists")}
    assert kind[_row(folder, "社丙/c.csv", 1)["document_id"]] == "filled"
    withdraw_decision(folder / "review", decision, "山田")
    _apply(folder)
    _same_after_all_runs(folder)


def test_a_decision_that_fits_nothing_is_told_and_kept(folder: Path) -> None:
    kept = _decide(folder, "社甲/a.csv", 1, "no")
    sheet(folder / "raw" / "社甲" / "a.csv", ["○", "○", "○"])  # the file comes anew: another document
    assert _run(folder) == ()  # the older version is still there, as it was decided
    _run(folder)
    rows = [row for row in table(folder / "out", "answers") if row["decided"]]
    assert [row["document_id"] for row in rows] == [kept.key[0][:16]]
    (folder / "raw" / "社甲" / "a.csv").unlink()
    assert _run(folder, prune=True) == (("answer", kept.key_text),)
    assert _apply(folder).unused == (kept,)
    assert [row["applied"] for row in table(folder / "out", "decisions")] == [0]


def test_the_same_item_on_two_sheets_is_told_apart_by_its_place(tmp_path: Path) -> None:
    rows = [
        ("No.", "確認事項", "回答"),
        *((str(n), f"倉庫{n}の鍵を数えていますか", "○") for n in range(1, 5)),
    ]
    write_workbook(tmp_path / "raw" / "a.xlsx", {"本社": rows, "支社": rows})
    _run(tmp_path)
    second = next(r["row"] for r in table(tmp_path / "out", "answers") if r["source"]["sheet"] == "支社")
    _decide(tmp_path, "a.xlsx", second, "no")
    _apply(tmp_path)
    decided = [
        (r["source"]["sheet"], r["answer"]) for r in table(tmp_path / "out", "answers") if r["decided"]
    ]
    assert decided == [("支社", "no")]
    path = tmp_path / "review" / "answers.csv"
    path.write_text(path.read_text(encoding="utf-8-sig").replace("支社!", "工場!"), encoding="utf-8")
    assert len(_apply(tmp_path).unused) == 1  # which of the two it was cannot be said: neither
    assert not any(row["decided"] for row in table(tmp_path / "out", "answers"))


def test_a_direction_decides_what_is_hoped_for_in_every_copy_of_the_form(folder: Path) -> None:
    row = _row(folder, "社甲/a.csv", 1)
    assert row["favourable"] is None  # no control takes it
    record_decision(
        folder / "review", new_decision(DecisionKind.DIRECTION, item_cells(row) | {"good": "no"}, "山田")
    )
    assert _apply(folder) == AppliedDecisions(True)
    flags = [_row(folder, path, 1)["favourable"] for path in ("社甲/a.csv", "社乙/b.csv")]
    assert flags == [False, True]  # はい is bad, いいえ is good
    assert table(folder / "out", "decisions")[0]["applied"] == 2
    _same_after_all_runs(folder)


def test_what_only_all_sheets_tell_stands_beside_what_was_decided(folder: Path) -> None:
    sheet(folder / "raw" / "社甲" / "c.csv", ["○", "○", "×", "", "×"])
    _run(folder)
    told = [row["path"] for row in table(folder / "out", "problems") if row["code"] == "form_received_twice"]
    assert told == ["社甲/a.csv"]
    _decide(folder, "社甲/a.csv", 2, "no")
    assert _apply(folder) == AppliedDecisions(True)
    assert "form_received_twice" in {row["code"] for row in table(folder / "out", "problems")}
    _same_after_all_runs(folder)


def test_what_files_are_given_their_meaning_by_waits_for_a_run(folder: Path) -> None:
    for kind, cells in (
        (DecisionKind.VENDOR, {"path": "社甲/", "vendor": "株式会社からくり堂"}),
        (DecisionKind.DATE, {"path": "社甲/a.csv", "date": "2026/6/20"}),
    ):
        record_decision(folder / "review", new_decision(kind, cells, "山田"))
    assert _apply(folder).waiting == ("社甲/a.csv",)
    _run(folder)
    assert _apply(folder) == AppliedDecisions(False)
    row = next(row for row in table(folder / "out", "documents") if row["path"] == "社甲/a.csv")
    assert (row["vendor"], row["received_at"]) == ("株式会社からくり堂", dt.date(2026, 6, 20))
    assert [entry["applied"] for entry in table(folder / "out", "decisions")] == [1, 1]
    _same_after_all_runs(folder)


def test_the_date_that_a_person_decided_is_the_one_that_plans_are_read_by(folder: Path) -> None:
    sheet(folder / "raw" / "社丁.csv", ["×", "○", "○"], remarks="来年度から対応予定")
    _run(folder)
    assert _row(folder, "社丁.csv", 1)["planned_date"] is None
    cells = {"path": "社丁.csv", "date": "2026-06-20"}
    record_decision(folder / "review", new_decision(DecisionKind.DATE, cells, "山田"))
    _run(folder)
    assert _row(folder, "社丁.csv", 1)["planned_date"] == dt.date(2027, 4, 1)


def test_a_broken_line_stops_it_and_the_dataset_stays(folder: Path) -> None:
    _decide(folder, "社甲/a.csv", 1, "no")
    path = folder / "review" / "answers.csv"
    path.write_text(path.read_text(encoding="utf-8") + "nonsense\n", encoding="utf-8")
    before = (folder / "out" / "manifest.json").read_bytes()
    with pytest.raises(DecisionsUnreadable, match="line 3"):
        _apply(folder)
    with pytest.raises(DecisionsUnreadable, match="line 3"):
        _run(folder)
    assert (folder / "out" / "manifest.json").read_bytes() == before


def test_without_a_dataset_and_beside_a_run_it_says_so(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(DatasetMissing):
        apply_decisions(Settings(folder / "raw", tmp_path / "nowhere"))
    with lock_dataset(folder / "out"), pytest.raises(DatasetBusy):
        _apply(folder)


def test_what_is_decided_while_a_run_reads_is_in_what_it_writes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet(folder / "raw" / "社戊.csv", ["○", "○", "○"])

    def decide_first(*words: object) -> object:
        _decide(folder, "社甲/a.csv", 1, "no")
        return join_rows(*words)  # type: ignore[arg-type]

    monkeypatch.setattr("pipeline.ingest.join_rows", decide_first)
    _run(folder)
    assert _row(folder, "社甲/a.csv", 1)["answer"] == "no"
    assert _apply(folder).changed is False
