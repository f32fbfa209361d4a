"""What the readers are not sure of is told once a form, with the place, how it would be read, and what to run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extractors.checklist.model import (
    GridResult,
    LayoutColumn,
    LayoutDecision,
    LayoutSource,
    LayoutStatus,
    TableLayout,
)
from extractors.issue import Issue
from extractors.location import Location
from pipeline.assemble.layout_rows import layout_rows
from pipeline.document.extraction import is_read_by
from pipeline.document.extraction_cache import load_extraction, save_extraction
from pipeline.document.layout_decisions import DecisionLookup, decisions_key, relevant_decisions
from pipeline.document.layouts import area_text, check_layouts, column_range, document_layouts
from pipeline.document.process import read_document
from pipeline.problems import message_of
from tests.pipeline.make import answers, codes, raw_file, read_one
from tests.pipeline.review.made_layouts import ROLES, form_key, unsure, unsure_book

COLUMNS = (
    LayoutColumn(0, 1, "番", "number", 0.9),
    LayoutColumn(2, 4, "確認の\n内容", "requirement", 0.8),
    LayoutColumn(4, 5, "", "ignore", 0.4),
    LayoutColumn(5, 6, "結果", "answer", 0.6),
)
BEST = TableLayout(
    "1f2e3d4c5b6a7988", 1, LayoutStatus.PROPOSED, LayoutSource.EVIDENCE, Location(sheet="票", cells="A3:F40"), (3, 4),
    COLUMNS, 0.62, 0.1, (("1", "問い", "○"),),
)  # fmt: skip
ON_PAGE = replace(
    BEST, form_key="0000", location=Location(page=2, bbox=(56, 80.04, 540, 700)), header_rows=(1, 0)
)
USED = replace(BEST, form_key="ffff", status=LayoutStatus.USED, checklist=1)
RIVAL = replace(BEST, rank=2, columns=(*COLUMNS[:3], replace(COLUMNS[3], role="remarks")))


def test_a_form_is_told_once_with_its_rival() -> None:
    copy = replace(BEST, location=Location(sheet="票 (2)", cells="A3:F40"))
    issues = check_layouts([BEST, RIVAL, copy, USED, ON_PAGE])
    assert [(issue.code, issue.location) for issue in issues] == [
        ("layout_to_confirm", BEST.location),
        ("layout_to_confirm", ON_PAGE.location),
    ]
    text = message_of(issues[0], "a.xlsx", "en")
    assert text.startswith(
        "a.xlsx, sheet 票, A3:F40: probably a list of questions (36 rows; header: 番 | 確認の 内容 | – | 結果), "
        "but not surely (62%)"
    )
    assert "1: number A, requirement C:D, answer F; 2: number A, requirement C:D, remarks F." in text
    assert "`checksheet decide layout 1f2e3d4c5b6a`" in text
    assert "≥ 1 rows" in message_of(issues[1], "a.pdf", "en")
    assert "requirement 3:4" in message_of(issues[1], "a.pdf", "ja")
    assert message_of(issues[0], "a.xlsx", "ja").startswith(
        "a.xlsx シート「票」 A3:F40: 設問の一覧と思われる表"
    )


def test_columns_and_areas_are_named_as_people_see_them() -> None:
    assert [column_range(BEST, column) for column in COLUMNS] == ["A", "C:D", "E", "F"]
    assert [column_range(ON_PAGE, column) for column in COLUMNS] == ["1", "3:4", "5", "6"]
    assert (area_text(BEST), area_text(ON_PAGE)) == ("A3:F40", "56.0,80.0,540.0,700.0")
    assert area_text(replace(BEST, location=Location())) is None


def test_a_layouts_checklist_is_counted_over_all_sheets() -> None:
    sheets = [GridResult((answers("○"), answers("×"))), GridResult((answers("○"),), layouts=(BEST, USED))]
    assert [layout.checklist for layout in document_layouts(sheets)] == [None, 3]


def test_the_row_of_a_used_layout_knows_who_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    unsure(monkeypatch)
    file = raw_file(unsure_book(tmp_path / "a.xlsx", "○×○"))
    decided = replace(file, decisions=(LayoutDecision(form_key(), ROLES[0]),))
    row = layout_rows(read_document(decided))[0]
    assert (row["checklist"], row["status"], row["decided_by"], row["header_rows"]) == (
        1,
        "used",
        "reviewed",
        [1, 1],
    )
    assert [column["respondent"] for column in row["columns"]] == [None, None, "provider", None]
    on_page = layout_rows(replace(read_one(file.path), layouts=(ON_PAGE,)))[0]
    assert (on_page["page"], on_page["sheet"], on_page["header_rows"]) == (2, None, [])


def test_a_document_waits_even_where_another_list_of_it_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unsure(monkeypatch)
    path = unsure_book(tmp_path / "a.xlsx", "○×○")
    outcome = read_one(path)
    assert (outcome.status, codes(outcome), outcome.form_keys) == (
        "to_confirm",
        ["layout_to_confirm"],
        (form_key(),),
    )
    mixed = GridResult((answers("○", "×", "○"),), layouts=(BEST,), issues=(Issue("low_coverage"),), used=99)
    monkeypatch.setattr("pipeline.document.extraction.grid_to_checklists", lambda *_: mixed)
    outcome = read_one(path)
    assert (outcome.status, codes(outcome)[0], len(outcome.checklists)) == (
        "to_confirm",
        "layout_to_confirm",
        1,
    )


def test_without_a_proposal_there_is_no_checklist(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("拝啓\n\n敬具\n", encoding="utf-8")
    outcome = read_one(path)
    assert (outcome.status, codes(outcome), outcome.layouts) == ("no_checklist", ["no_checklist"], ())


def test_the_store_keeps_layouts_and_the_decisions_they_were_read_by(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unsure(monkeypatch)
    decision, other = LayoutDecision(form_key(), ROLES[0]), LayoutDecision("other", ())
    file = replace(raw_file(unsure_book(tmp_path / "raw" / "a.xlsx", "○×○")), decisions=(decision, other))
    read = read_document(file)
    assert read.extraction is not None
    save_extraction(tmp_path, file.sha256, read.extraction, "v" * 16)
    stored = load_extraction(next((tmp_path / "extracts").glob("*/*.csp")))
    assert stored is not None
    assert (stored.form_keys, stored.decisions) == ((form_key(),), (decision,))
    assert stored.parts[0].result.layouts == read.layouts
    assert [is_read_by(stored, each, "a.xlsx") for each in ((decision,), (other, decision), (other,), ())] == [
        True, True, False, False,
    ]  # fmt: skip
    assert not is_read_by(stored, (decision,), "議事録.xlsx")
    from_store = read_document(replace(file, stored=next((tmp_path / "extracts").glob("*/*.csp"))))
    assert (from_store.extraction, from_store.layouts) == (None, read.layouts)
    assert layout_rows(from_store) == layout_rows(read)


def test_only_the_decisions_on_a_documents_forms_concern_it() -> None:
    first, second, later = (
        LayoutDecision("b", ()),
        LayoutDecision("a", ROLES[0]),
        LayoutDecision("b", ROLES[1]),
    )
    assert relevant_decisions(["a", "b", "c"], [first, second, later]) == (second, later)
    assert decisions_key(["c"], [first, second]) == decisions_key([], [first]) == ""
    assert decisions_key(["b"], [first, second]) == decisions_key(["b", "c"], [first])
    assert decisions_key(["b"], [first]) != decisions_key(["b"], [later])


def test_what_readers_ask_of_decisions_is_noted() -> None:
    lookup = DecisionLookup([LayoutDecision("a", ())])
    assert (lookup.get("a"), lookup.get("b"), "c" in lookup, len(lookup), list(lookup)) == (
        LayoutDecision("a", ()), None, False, 1, ["a"],
    )  # fmt: skip
    assert lookup.form_keys == {"a", "b", "c"}
