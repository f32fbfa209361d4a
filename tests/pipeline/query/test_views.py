"""The views: what stands, what is open, what changed, and that nothing contradictory or unclear looks like a yes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb
import pytest

from pipeline.dataset.schema import TABLES
from pipeline.errors import DatasetMissing, QueryError
from pipeline.query.query import connect, query
from pipeline.query.views.make_views import load_views, names_of
from tests.pipeline.datasets import write_dataset
from tests.pipeline.received import Said, Sheet, write_sheets

LAST_YEAR, THIS_YEAR = dt.date(2025, 5, 1), dt.date(2026, 5, 1)
KEYS = Said("1", "鍵を二人で管理していること。", "yes", control="keys")
ABROAD = Said("2", "国外にデータを置いていること。", "no", "×", "abroad")
AT_HOME = Said("2", "国外にデータを置いていないこと。", "yes", control="abroad", polarity="inverse")
RESTORE = Said("3", "元に戻すまでの目標時間", "value", "4時間以内", "restore", hours=4.0, bound="max")
OTHER = Said("4", "受付の窓口を平日の昼間に開けていること。", "yes")


def _ask(folder: Path, *sheets: Sheet, sql: str) -> list[tuple[Any, ...]]:
    return list(query(write_sheets(folder, *sheets), sql).rows)


def _matrix(folder: Path, *sheets: Sheet, what: str = "control_id, vendor, answer") -> list[tuple[Any, ...]]:
    return _ask(folder, *sheets, sql=f"SELECT {what} FROM matrix ORDER BY control_id, vendor")


def test_every_view_can_be_asked_and_tells_what_its_columns_mean(tmp_path: Path) -> None:
    write_dataset(tmp_path, {})
    answers = {column.name for table in TABLES if table.name == "answers" for column in table.schema}
    with connect(tmp_path) as connection:
        for view in load_views():
            assert view.about.endswith(".")
            assert view.about_ja.endswith("。")
            arguments = {"": "", "day": "('2026-01-01')"}.get(view.macro, "(NULL, NULL)")
            source = f"{view.name}{arguments}"
            result = connection.execute(f"SELECT * FROM {source}")
            found = {column[0] for column in result.description}
            assert [value for row in result.fetchall() for value in row if value != 0] == []
            told = {name for name, _ in view.columns}
            if view.public and "…" not in told:
                assert found == told | (answers if view.name == "history" else set())


def test_the_newest_sheet_of_a_form_stands(tmp_path: Path) -> None:
    old = Sheet("2025.xlsx", [KEYS.now(answer="no", raw="×")], LAST_YEAR)
    new = Sheet("2026.xlsx", [KEYS], THIS_YEAR, vendor="㈱ためし")
    other = Sheet("2024_service.xlsx", [OTHER], dt.date(2024, 1, 1), form="other")
    found = _ask(tmp_path, old, new, other, sql="SELECT path, answer, vendor FROM latest ORDER BY path")
    assert found == [("2024_service.xlsx", "yes", "㈱ためし"), ("2026.xlsx", "yes", "㈱ためし")]
    told = query(tmp_path, "SELECT path, replaced_at, replaced_by FROM sheets ORDER BY path").rows
    assert told[1] == ("2025.xlsx", THIS_YEAR, "2026.xlsx")
    assert told[0][1:] == told[2][1:] == (None, None)


def test_a_new_edition_that_asks_the_same_with_new_numbers_replaces_the_old_one(tmp_path: Path) -> None:
    old = [Said(str(n), f"問い{n}を満たしていること。", "yes") for n in range(1, 11)]
    new = [said.now(no=f"A-{said.no}", answer="no", raw="×") for said in old[:8]]
    few = [said.now(no=f"B-{said.no}") for said in old[:7]]
    sheets = Sheet("old.xlsx", old, LAST_YEAR, form="1"), Sheet("new.xlsx", new, THIS_YEAR, form="2")
    assert _ask(tmp_path, *sheets, sql="SELECT DISTINCT path FROM latest") == [("new.xlsx",)]
    sheets = Sheet("old.xlsx", old, LAST_YEAR, form="1"), Sheet("new.xlsx", few, THIS_YEAR, form="2")
    assert len(_ask(tmp_path, *sheets, sql="SELECT DISTINCT path FROM latest")) == 2


def test_blank_forms_examples_references_duplicates_and_customers_are_no_answers(tmp_path: Path) -> None:
    sheets = [
        Sheet("filled.xlsx", [KEYS, KEYS.now(respondent="customer")], document_id="a" * 16),
        Sheet("copy.xlsx", [], status="duplicate", document_id="a" * 16, vendor="別の会社"),
        *(Sheet(f"{kind}.xlsx", [KEYS], kind=kind) for kind in ("blank", "example", "reference")),
    ]
    found = _ask(tmp_path, *sheets, sql="SELECT path, respondent FROM latest")
    assert found == [("filled.xlsx", "provider")]


def test_sheets_without_a_date_neither_replace_nor_are_replaced(tmp_path: Path) -> None:
    sheets = Sheet("undated.xlsx", [KEYS.now(answer="no", raw="×")], None), Sheet("dated.xlsx", [KEYS])
    assert len(_ask(tmp_path, *sheets, sql="SELECT path FROM latest")) == 2
    assert query(tmp_path, "SELECT answer, conflict, favourable FROM matrix").rows == (
        ("conflict", True, None),
    )
    assert query(tmp_path, "SELECT path FROM as_of('2027-01-01')").rows == (("dated.xlsx",),)


def test_what_stood_on_a_day(tmp_path: Path) -> None:
    sheets = Sheet("2025.xlsx", [KEYS], LAST_YEAR), Sheet("2026.xlsx", [KEYS], THIS_YEAR)
    write_sheets(tmp_path, *sheets)
    for day, path in (("2025-05-01", "2025.xlsx"), ("2026-04-30", "2025.xlsx"), ("2026-05-01", "2026.xlsx")):
        assert query(tmp_path, f"SELECT path FROM as_of('{day}')").rows == ((path,),)
    assert query(tmp_path, "SELECT path FROM as_of('2025-04-30')").rows == ()
    assert query(tmp_path, "SELECT path FROM as_of(DATE '2026-05-02')").rows == (("2026.xlsx",),)
    columns = query(tmp_path, "SELECT * FROM latest").columns
    assert query(tmp_path, "SELECT * FROM as_of('2026-05-01')").columns == columns


def test_vendors_that_nothing_names_are_not_one_vendor(tmp_path: Path) -> None:
    sheets = (
        Sheet("a.pdf", [KEYS], LAST_YEAR, vendor=None),
        Sheet("b.pdf", [KEYS.now(answer="no")], vendor=None),
    )
    assert _matrix(tmp_path, *sheets) == [("keys", "a.pdf", "yes"), ("keys", "b.pdf", "no")]


def test_a_key_of_the_dataset_outranks_the_name() -> None:
    row = {"path": "p", "vendor": "株式会社ためし", "service": "ためし 帳", "vendor_key": "x"}
    assert names_of(row) == {"path": "p", "vendor_key": "x", "service_key": "ためし帳"}
    assert names_of(row | {"vendor_key": None})["vendor_key"] == "タメシ"
    assert names_of({"path": "p", "vendor": "株式会社"}) == {
        "path": "p",
        "vendor_key": "株式会社",
        "service_key": "",
    }


TOGETHER = (
    ("yes", "yes", "yes"),
    ("yes", "no", "conflict"),
    ("yes", "partial", "conflict"),
    ("yes", "undisclosed", "mixed"),
    ("yes", "unclear", "unclear"),
    ("no", "unclear", "unclear"),
    ("unanswered", "unclear", "unclear"),
    ("yes", "value", "value"),
    ("no", "value", "mixed"),
    ("yes", "unanswered", "yes"),
    ("no", "planned", "mixed"),
    ("no", "not_applicable", "mixed"),
    ("yes", "not_applicable", "mixed"),
    ("unanswered", "not_applicable", "unanswered"),
    ("not_applicable", "not_applicable", "not_applicable"),
)


def test_what_two_forms_say_about_one_control(tmp_path: Path) -> None:
    sheets = [
        Sheet(
            f"{place}/{form}.xlsx", [KEYS.now(no=form, answer=answer)], form=form, vendor=f"{place:02d} Inc."
        )
        for place, case in enumerate(TOGETHER)
        for form, answer in zip("ab", case, strict=False)
    ]
    found = _matrix(tmp_path, *sheets, what="answer, conflict, favourable, len(evidence)")
    hoped = {"yes": True, "no": False}
    assert found == [(word, word == "conflict", hoped.get(word), 2) for _, _, word in TOGETHER]


def test_only_two_questions_that_ask_the_same_can_contradict_each_other(tmp_path: Path) -> None:
    asked = {
        "鍵の管理を二人で行っていますか。": "mixed",
        "鍵を三人で管理していること。": "mixed",
        "鍵（合鍵を含む）を二人で管理しているか": "conflict",
        "鍵の二人での管理の有無": "conflict",
    }
    for question, word in asked.items():
        other = Sheet("b.xlsx", [KEYS.now(no="9", question=question, answer="no", raw="×")], form="b")
        assert _matrix(tmp_path, Sheet("a.xlsx", [KEYS]), other, what="answer, conflict") == [
            (word, word == "conflict")
        ], question


def test_what_the_form_has_printed_is_no_answer_of_the_vendor(tmp_path: Path) -> None:
    dash = KEYS.now(answer="not_applicable", raw="―", level="mandatory")
    own = ABROAD.now(answer="not_applicable", raw="対象外", level="mandatory")
    filled = Sheet("a.xlsx", [dash, own, RESTORE])
    write_sheets(tmp_path, filled)
    assert len(query(tmp_path, "SELECT why FROM gaps").rows) == 2
    blank = [dash, own.now(answer="unanswered", raw=""), RESTORE.now(answer="unanswered", raw="", hours=None)]
    write_sheets(tmp_path, filled, Sheet("form.xlsx", blank, vendor=None, kind="blank"))
    assert query(tmp_path, "SELECT item_no, why FROM gaps").rows == ((ABROAD.no, "not_applicable"),)
    found = query(tmp_path, "SELECT answers, answered, unanswered, preprinted FROM totals").rows
    assert found == ((3, 2, 0, 1),)


def test_a_dash_beside_another_respondent_is_the_forms(tmp_path: Path) -> None:
    dash = KEYS.now(answer="not_applicable", raw="―", level="mandatory", rule="mark:dash")
    write_sheets(tmp_path, Sheet("a.xlsx", [dash, KEYS.now(respondent="contractor"), ABROAD]))
    assert query(tmp_path, "SELECT why FROM gaps").rows == ()
    write_sheets(
        tmp_path,
        Sheet(
            "a.xlsx", [dash.now(remarks="当社は鍵を使いません"), KEYS.now(respondent="contractor"), ABROAD]
        ),
    )
    assert query(tmp_path, "SELECT why FROM gaps").rows == (("not_applicable",),)


def test_what_is_no_longer_in_the_folder_stands_no_more(tmp_path: Path) -> None:
    gone = Sheet("sample.xlsx", [KEYS], THIS_YEAR, status="removed")
    old = Sheet("old.xlsx", [KEYS.now(answer="no")], LAST_YEAR)
    write_sheets(tmp_path, gone, old)
    assert query(tmp_path, "SELECT path FROM latest").rows == (("old.xlsx",),)
    assert query(tmp_path, "SELECT answer FROM matrix").rows == (("no",),)
    assert len(query(tmp_path, "SELECT path FROM history").rows) == 2
    assert query(tmp_path, "SELECT files, files_removed, answers FROM totals").rows == ((1, 1, 1),)


def test_latest_has_an_order(tmp_path: Path) -> None:
    sheets = [Sheet(f"{n}.xlsx", [KEYS, ABROAD], vendor=f"{9 - n} Inc.") for n in range(5)]
    rows = _ask(tmp_path, *sheets, sql='SELECT vendor, path, "row" FROM latest')
    assert rows == sorted(rows)


def test_figures_that_differ_are_a_conflict(tmp_path: Path) -> None:
    later = Sheet("b.xlsx", [RESTORE.now(raw="8時間以内", hours=8.0)], form="b")
    what = "answer, value, answer_raw"
    assert _matrix(tmp_path, Sheet("a.xlsx", [RESTORE]), later, what=what) == [
        ("conflict", None, "4時間以内 / 8時間以内")
    ]
    assert _matrix(tmp_path, Sheet("a.xlsx", [RESTORE]), what="answer, value.canonical") == [("value", 4.0)]
    spoken = Sheet("b.xlsx", [RESTORE.now(raw="すぐに", hours=None)], form="b")
    assert _matrix(tmp_path, Sheet("a.xlsx", [RESTORE]), spoken, what="answer, value") == [("value", None)]


def test_answers_are_turned_to_the_control(tmp_path: Path) -> None:
    said = [AT_HOME], [ABROAD], [AT_HOME.now(answer="no")], [AT_HOME.now(answer="planned")]
    sheets = [Sheet(f"{n}.xlsx", rows, vendor=f"株式会社{n}社") for n, rows in enumerate(said)]
    found = _matrix(tmp_path, *sheets, what="answer, favourable")
    assert found == [("no", True), ("no", True), ("yes", False), ("unclear", None)]


def test_an_unknown_polarity_is_unclear(tmp_path: Path) -> None:
    answers = ("yes", "no", "partial", "conditional", "planned")
    sheets = [Sheet(a, [KEYS.now(polarity="unclear", answer=a)], vendor=f"{a} Inc.") for a in answers]
    assert _matrix(tmp_path, *sheets, what="answer, favourable") == [("unclear", None)] * len(answers)


def test_respondents_who_differ_contradict_nobody(tmp_path: Path) -> None:
    rows = [KEYS, KEYS.now(respondent="contractor", answer="planned", raw="予定")]
    what = "answer, respondents_differ, len(evidence), answer_raw"
    assert _matrix(tmp_path, Sheet("a.xlsx", rows), what=what) == [("mixed", True, 2, "○ / 予定")]
    assert _matrix(tmp_path, Sheet("a.xlsx", rows[1:]), what=what) == [("planned", False, 1, "予定")]


@pytest.mark.parametrize("silent", ["unanswered", "not_applicable"])
def test_one_respondent_may_leave_a_question_to_the_other(tmp_path: Path, silent: str) -> None:
    rows = [ABROAD, KEYS.now(answer=silent, raw=""), KEYS.now(respondent="contractor")]
    found = _matrix(tmp_path, Sheet("a.xlsx", rows), what="control_id, answer, respondents_differ")
    assert found == [("abroad", "no", False), ("keys", "yes", True)]


def test_a_column_that_nobody_filled_asks_nothing(tmp_path: Path) -> None:
    blank = KEYS.now(respondent="contractor", answer="unanswered", raw="")
    sheet = Sheet("a.xlsx", [KEYS, blank, ABROAD.now(answer="unanswered", raw="")])
    assert _matrix(tmp_path, sheet, what="control_id, len(evidence)") == [("abroad", 1), ("keys", 1)]
    assert query(tmp_path, "SELECT why, respondent FROM gaps").rows == (("unanswered", "provider"),)
    alone = Sheet("a.xlsx", [KEYS.now(respondent="customer"), KEYS.now(answer="unanswered", raw="")])
    assert _matrix(tmp_path, alone, what="control_id, answer") == [("keys", "unanswered")]


def test_plans_of_one_question_are_never_one(tmp_path: Path) -> None:
    small, large = KEYS.now(sub_item="小"), KEYS.now(sub_item="大")
    second = [large.now(answer=answer) for answer in ("yes", "no", "unanswered", "not_applicable")]
    sheets = [Sheet(f"{n}.xlsx", [small, said], vendor=f"{n} Inc.") for n, said in enumerate(second)]
    found = _matrix(tmp_path, *sheets, what="vendor, answer")
    assert found == list(zip(
        (f"{n} Inc." for n in range(4)), ("yes", "mixed", "mixed", "mixed"), strict=True))  # fmt: skip
    hours = [RESTORE.now(sub_item="小"), RESTORE.now(sub_item="大", hours=8.0)]
    assert _matrix(tmp_path, Sheet("a.xlsx", hours), what="answer, value") == [("mixed", None)]
    asked_twice = [said.now(no=str(n), sub_item=None) for n, said in enumerate(hours)]
    assert _matrix(tmp_path, Sheet("a.xlsx", asked_twice), what="answer, value") == [("conflict", None)]


def test_an_answer_that_its_remark_contradicts_is_unclear(tmp_path: Path) -> None:
    found = _matrix(tmp_path, Sheet("a.xlsx", [KEYS.now(disputed=True)]), what="answer, state, favourable")
    assert found == [("unclear", "unclear", None)]
    assert query(tmp_path, "SELECT why, answer FROM gaps").rows == (("contradicted", "yes"),)


def test_a_sheet_that_names_no_service_joins_the_only_one_and_replaces_none(tmp_path: Path) -> None:
    old = Sheet("old.xlsx", [KEYS.now(answer="no")], LAST_YEAR)
    new = Sheet("new.xlsx", [KEYS], THIS_YEAR, service=None)
    assert _matrix(tmp_path, old, new, what="service, answer") == [("ためし帳", "conflict")]
    other = Sheet("else.xlsx", [ABROAD], service="別の帳面")
    found = _matrix(tmp_path, old, new, other, what="control_id, service, answer")
    assert sorted(found, key=str) == [
        ("abroad", "別の帳面", "no"), ("keys", "ためし帳", "no"), ("keys", None, "yes"),
    ]  # fmt: skip


def test_services_of_a_vendor_stand_apart(tmp_path: Path) -> None:
    sheets = Sheet("a.xlsx", [KEYS]), Sheet("b.xlsx", [KEYS.now(answer="no")], service="別の帳面")
    assert _matrix(tmp_path, *sheets, what="service, answer") == [("ためし帳", "yes"), ("別の帳面", "no")]


def test_the_matrix_can_be_laid_out_as_a_table(tmp_path: Path) -> None:
    sheets = (
        Sheet("a.xlsx", [KEYS]),
        Sheet("b.xlsx", [KEYS.now(answer="no")], vendor="'; DROP TABLE answers; --"),
    )
    sql = "PIVOT (SELECT control_id, vendor, answer FROM matrix) ON vendor USING string_agg(answer, ' / ') GROUP BY control_id"
    found = query(write_sheets(tmp_path, *sheets), sql)
    assert found.columns == ("control_id", "'; DROP TABLE answers; --", "株式会社ためし")
    assert found.rows == (("keys", "no", "yes"),)


GAPS = (
    (KEYS, None),
    (KEYS.now(answer="no"), "not_met"),
    (ABROAD.now(answer="yes"), "not_met"),
    (AT_HOME, None),
    (KEYS.now(answer="partial"), "partial"),
    (KEYS.now(answer="planned"), "planned"),
    (KEYS.now(answer="undisclosed"), "undisclosed"),
    (KEYS.now(answer="unanswered", raw=""), "unanswered"),
    (KEYS.now(answer="unclear"), "unclear"),
    (KEYS.now(answer="value", raw="東京"), "value"),
    (KEYS.now(polarity="unclear"), "polarity_unclear"),
    (KEYS.now(answer="not_applicable"), None),
    (KEYS.now(answer="not_applicable", level="mandatory"), "not_applicable"),
    (RESTORE, None),
    (RESTORE.now(answer="no", hours=None), "no"),
    (OTHER, None),
    (OTHER.now(answer="no"), "no"),
    (OTHER.now(answer="partial"), None),
    (OTHER.now(answer="partial", level="recommended"), "partial"),
    (OTHER.now(answer="no", level="mandatory"), "not_met"),
    (OTHER.now(answer="unanswered", level="mandatory"), "unanswered"),
    (OTHER.now(answer="unanswered", control="new:1"), None),
)


def test_gaps_tell_why(tmp_path: Path) -> None:
    sheets = [Sheet(f"{n:02d}.xlsx", [said], vendor=f"{n:02d} Inc.") for n, (said, _) in enumerate(GAPS)]
    found = dict(_ask(tmp_path, *sheets, sql="SELECT path, why FROM gaps"))
    assert found == {f"{n:02d}.xlsx": why for n, (_, why) in enumerate(GAPS) if why}


def test_coverage_counts_every_file_once(tmp_path: Path) -> None:
    rows = [KEYS, OTHER.now(answer="unclear"), OTHER.now(no="5", answer="unanswered", control="new:1"),
            RESTORE.now(confidence=0.3)]  # fmt: skip
    sheets = [
        Sheet("a.xlsx", rows, document_id="a" * 16),
        Sheet("b.xlsx", [], status="duplicate", document_id="a" * 16),
        Sheet("c.pdf", [], status="encrypted"),
    ]
    sql = "SELECT path, status, items, answered, unanswered, unclear, unmatched, doubtful FROM coverage"
    assert _ask(tmp_path, *sheets, sql=sql) == [
        ("a.xlsx", "ok", 4, 3, 1, 1, 2, 1),
        ("b.xlsx", "duplicate", 0, 0, 0, 0, 0, 0),
        ("c.pdf", "encrypted", 0, 0, 0, 0, 0, 0),
    ]


def test_changes_between_the_sheets_of_a_vendor(tmp_path: Path) -> None:
    sheets = [
        Sheet("2024.xlsx", [KEYS, RESTORE], dt.date(2024, 5, 1)),
        Sheet("2025.xlsx", [KEYS, RESTORE.now(no="9"), OTHER], LAST_YEAR),
        Sheet("2026.xlsx", [KEYS.now(answer="no", raw="×"), RESTORE.now(no="9")], THIS_YEAR),
        Sheet("else.xlsx", [KEYS.now(answer="no")], THIS_YEAR, vendor="別の会社"),
    ]
    sql = "SELECT old_path, new_path, change, item_no, old_answer, new_answer, old_answer_raw, new_answer_raw FROM changes"
    assert _ask(tmp_path, *sheets, sql=sql) == [
        ("2024.xlsx", "2025.xlsx", "added", "4", None, "yes", None, "○"),
        ("2025.xlsx", "2026.xlsx", "answer", "1", "yes", "no", "○", "×"),
        ("2025.xlsx", "2026.xlsx", "removed", "4", "yes", None, "○", None),
    ]


def test_a_dataset_that_lacks_a_column_is_told(tmp_path: Path) -> None:
    import pyarrow.parquet as pq  # noqa: PLC0415

    write_dataset(tmp_path, {})
    path = tmp_path / "answers.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["respondent"]), path)
    with pytest.raises(DatasetMissing, match="respondent"):
        connect(tmp_path)


def test_what_goes_wrong_in_a_view_is_an_error_of_the_query(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError("made to fail")

    monkeypatch.setattr("pipeline.query.differences.pair_cells", fail)
    write_sheets(tmp_path, Sheet("a.xlsx", [KEYS], LAST_YEAR), Sheet("b.xlsx", [KEYS], THIS_YEAR))
    with pytest.raises(QueryError, match="made to fail"):
        query(tmp_path, "SELECT * FROM changes")


def test_files_stay_closed_in_views(tmp_path: Path) -> None:
    write_dataset(tmp_path, {})
    with connect(tmp_path) as connection, pytest.raises(duckdb.Error):
        connection.execute("SELECT * FROM read_text('/etc/hostname')")


def test_a_yes_with_a_caveat_is_to_be_read_in_every_view(tmp_path: Path) -> None:
    said = KEYS.now(caveat="本館のみ", level="mandatory")
    folder = write_sheets(tmp_path, Sheet("a.xlsx", [said]))
    ask = lambda sql: list(query(folder, sql).rows)  # noqa: E731
    assert ask("SELECT said, state, caveat, favourable FROM latest") == [
        ("caveat", "caveat", "本館のみ", None)
    ]
    assert ask("SELECT answer, state, favourable, evidence[1].caveat FROM matrix") == [
        ("caveat", "caveat", None, "本館のみ")
    ]
    assert ask("SELECT why FROM gaps") == [("caveat",)]
    assert ask("SELECT caveats FROM coverage") == [(1,)]


def test_a_plain_yes_elsewhere_does_not_hide_a_caveat(tmp_path: Path) -> None:
    sheets = [Sheet("a.xlsx", [KEYS]), Sheet("b.xlsx", [KEYS.now(caveat="本館のみ")], form="b")]
    assert _matrix(tmp_path, *sheets, what="answer, favourable") == [("caveat", None)]
