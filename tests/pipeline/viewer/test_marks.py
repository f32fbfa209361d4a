"""What pictures show: the marks of made-up sheets, where they stand and what they say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.checklist.model import Field, UnusedReason
from extractors.location import Location
from extractors.pdf.render.model import PageMark
from normalizers.answers.model import ANSWERS
from normalizers.vocabulary import load
from pipeline.document.process import DocumentResult
from pipeline.viewer.captions import page_line, page_view
from pipeline.viewer.locate import Sheets, document_to_sheets, pdf_boxes
from pipeline.viewer.marks import PageMarks, outcome_to_pages
from pipeline.viewer.words import ViewerWords, styles
from tests.extractors.pdf.prints import Print
from tests.pipeline.make import HEADER, QUESTIONS, read_one, sheet_rows, write_workbook

EN = ViewerWords("en")
XS, TOP, PITCH = (40.0, 80.0, 150.0, 380.0, 440.0, 560.0), 60.0, 22.0


def _print(path: Path, replies: list[str], note: str = "") -> DocumentResult:
    """A page with a ruled list and, below it, a note."""
    rows = [list(row) for row in sheet_rows(replies)]
    ys = [TOP + PITCH * n for n in range(len(rows) + 1)]
    page = Print(path, (600.0, 500.0)).table(XS, ys, rows)
    if note:
        page.text(40, ys[-1] + 60, note)
    page.save()
    return read_one(path)


def _pages(outcome: DocumentResult, words: ViewerWords = EN) -> dict[int, PageMarks]:
    return outcome_to_pages(outcome, pdf_boxes, words)


def _book(folder: Path, sheets: Mapping[str, list[tuple[str, ...]]]) -> tuple[DocumentResult, Sheets]:
    outcome = read_one(write_workbook(folder / "回答.xlsx", sheets))
    assert outcome.document is not None
    return outcome, document_to_sheets(outcome.document)


def _of(page: PageMarks, kind: str) -> list[PageMark]:
    return [mark for mark in page.marks if mark.kind == kind]


@pytest.fixture
def printed(tmp_path: Path) -> PageMarks:
    return _pages(_print(tmp_path / "票.pdf", ["○", "×", "△", "", "◦"], "用紙は倉庫にあります。"))[1]


def test_answers_are_marked_by_what_they_mean(printed: PageMarks) -> None:
    found = [(mark.kind, mark.label) for mark in printed.marks if mark.kind.startswith("answer_")]
    assert found == [
        ("answer_yes", "Y"), ("answer_no", "N"), ("answer_partial", "P"),
        ("answer_unanswered", "B"), ("answer_unclear", "?"),
    ]  # fmt: skip


def test_an_answer_is_marked_at_its_own_cell(printed: PageMarks) -> None:
    (no,) = _of(printed, "answer_no")
    assert no.box == pytest.approx((XS[3], TOP + 2 * PITCH, XS[4], TOP + 3 * PITCH), abs=1)


def test_the_margin_has_each_rows_number_and_answer(printed: PageMarks) -> None:
    assert [mark.label for mark in _of(printed, "row")] == ["1", "2", "3", "4", "5"]
    assert [m.box[1] for m in _of(printed, "row")] == pytest.approx(
        [TOP + PITCH * n for n in range(1, 6)], abs=1
    )
    assert [mark.label for mark in _of(printed, "said_yes")] == ["Y yes"]
    assert [mark.label for mark in _of(printed, "said_unclear")] == ["? UNCLEAR"]


def test_columns_say_what_they_were_read_as(printed: PageMarks) -> None:
    columns = _of(printed, "column")
    assert [mark.label for mark in columns] == ["No.", "category", "requirement", "ANSWER", "remarks"]
    assert [mark.box[0] for mark in columns] == pytest.approx(XS[:5], abs=1)
    assert {mark.box[1] for mark in columns} == {min(mark.box[1] for mark in columns)}


def test_unused_text_says_why(printed: PageMarks) -> None:
    (unused,) = _of(printed, "unused")
    assert unused.label == "below the list"
    assert unused.box[1] > TOP + 6 * PITCH
    assert printed.unused == 1


def test_problems_stand_at_their_place(printed: PageMarks) -> None:
    ((number, problem),) = printed.problems
    assert problem.code == "code_unexplained"
    (mark,) = _of(printed, "problem")
    assert (mark.label, mark.box) == (f"!{number}", _of(printed, "answer_unclear")[0].box)


def test_the_figures_of_a_page(printed: PageMarks) -> None:
    assert (printed.rows, printed.unclear, dict(printed.answers)["no"]) == (5, 1, 1)
    assert page_line(printed, "page 1 of 1", EN) == (
        "page 1 of 1: 5 rows, 1 unclear, 1 texts not used, 1 to look at"
    )


def test_no_cell_is_lost(printed: PageMarks) -> None:
    assert _of(printed, "lost") == []


def test_a_cell_that_is_nowhere_is_shown_as_lost(tmp_path: Path) -> None:
    outcome = _print(tmp_path / "票.pdf", ["○", "×"])
    records = outcome.checklists[0]
    fields = tuple(f for f in records.checklist.fields if f.role != "requirement")
    holed = replace(records, checklist=replace(records.checklist, fields=fields))
    page = _pages(replace(outcome, checklists=(holed,)))[1]
    assert [mark.label for mark in _of(page, "lost")] == ["?!", "?!"]
    assert page.unused == 2


def test_a_column_is_named_anew_on_each_page(tmp_path: Path) -> None:
    outcome = _print(tmp_path / "票.pdf", ["○", "×"])
    records = outcome.checklists[0]
    last = Field(Location(page=2, bbox=(80.0, 60.0, 150.0, 80.0)), "remarks", 4)
    longer = replace(records.checklist, fields=(*records.checklist.fields, last, last))
    pages = _pages(replace(outcome, checklists=(replace(records, checklist=longer),)))
    assert [(m.kind, m.label) for m in pages[2].marks] == [("cell", ""), ("column", "remarks"), ("cell", "")]


def test_answers_of_an_example_are_no_vendors(tmp_path: Path) -> None:
    outcome = _print(tmp_path / "票.pdf", ["○", "×"])
    example = replace(outcome.checklists[0], kind="example")
    page = _pages(replace(outcome, checklists=(example,)))[1]
    assert [mark.label for mark in _of(page, "example")] == ["ex", "ex"]
    assert not any(mark.kind.startswith(("answer_", "said_")) for mark in page.marks)
    assert page.rows == 0


def test_respondents_are_named_where_several_are_asked(tmp_path: Path) -> None:
    head = ("No.", "確認事項", "提供者回答欄", "受託者回答欄")
    rows = [(str(n), QUESTIONS[n], reply, "×") for n, reply in enumerate(("○", "×", "○"), 1)]
    outcome, sheets = _book(tmp_path, {"票": [head, *rows]})
    page = outcome_to_pages(outcome, sheets.locate(), EN)[1]
    assert "provider: Y yes" in [mark.label for mark in page.marks]
    assert "contractor: N no" in [mark.label for mark in page.marks]
    assert "ANSWER (contractor)" in [mark.label for mark in _of(page, "column")]


def test_a_figure_is_shown_in_the_margin(tmp_path: Path) -> None:
    page = _pages(_print(tmp_path / "票.pdf", ["○", "99.9%以上", "×"]))[1]
    assert [mark.label for mark in _of(page, "said_value")] == ["V 99.9 %"]


def test_a_workbooks_marks_stand_on_its_cells(tmp_path: Path) -> None:
    outcome, sheets = _book(tmp_path, {"票": [tuple(row) for row in sheet_rows(["○", "", "×"])]})
    page = outcome_to_pages(outcome, sheets.locate(), EN)[1]
    locate = sheets.locate()
    assert [m.box for m in _of(page, "answer_no")] == [locate(Location(sheet="票", cells="D4"))[0][1]]
    ((_, blank),) = locate(Location(sheet="票", cells="D3"))
    assert [mark.box for mark in _of(page, "answer_unanswered")] == [blank]
    assert blank[2] > blank[0]
    assert _of(page, "lost") == []


def test_sheets_are_pages_one_behind_the_other(tmp_path: Path) -> None:
    note = [("倉庫の使い方",), ("鍵は受付にあります。",)]
    outcome, sheets = _book(tmp_path, {"表紙": note, "票": [tuple(row) for row in sheet_rows(["○", "×"])]})
    pages = outcome_to_pages(outcome, sheets.locate(), EN)
    assert [page.grid.sheet for page in sheets.pages] == ["表紙", "票"]
    assert {mark.kind for mark in pages[1].marks} == {"unused"}
    assert pages[2].rows == 2


@pytest.mark.parametrize("cells", ["", "line 3", "A0", "ZZZZ9", "A1:B2:C3", "A1:", None])
def test_a_place_that_is_no_range_is_nowhere_or_on_the_sheets_edge(tmp_path: Path, cells: str | None) -> None:
    _, sheets = _book(tmp_path, {"票": [HEADER]})
    assert sheets.locate()(Location(sheet="無い票", cells=cells)) == []
    assert [page for page, _ in sheets.locate()(Location(sheet="票", cells=cells))] == [1]


def test_the_caption_tells_file_status_reader_and_counts(tmp_path: Path) -> None:
    outcome = _print(tmp_path / "票.pdf", ["○", "×", "◦"])
    page = _pages(outcome)[1]
    view = page_view(outcome, page, (1, "page 1 of 1"), EN)
    assert view.title == "票.pdf"
    assert view.lines[0] == "read · reader: pymupdf · page 1 of 1"
    assert view.lines[1].startswith("3 rows: yes 1, no 1, UNCLEAR 1")
    assert view.notes[0] == "To look at:"
    assert view.notes[1].startswith("!1  page 1: “◦” is a code that nothing on the sheet explains")


def test_the_legend_names_what_is_on_the_page_and_no_more(printed: PageMarks, tmp_path: Path) -> None:
    outcome = _print(tmp_path / "票.pdf", ["○"])
    legend = {key.kind for key in page_view(outcome, printed, (1, ""), EN).legend}
    assert {"answer_yes", "answer_unclear", "unused", "problem", "row", "column"} <= legend
    assert not legend & {"lost", "example", "answer_planned"}


def test_every_kind_of_mark_has_a_style() -> None:
    kinds = {f"{side}_{answer}" for side in ("answer", "said") for answer in ANSWERS}
    kinds |= {
        "header",
        "heading",
        "column",
        "cell",
        "told",
        "unused",
        "explained",
        "lost",
        "problem",
        "row",
        "example",
        "here",
    }
    assert set(styles()) == kinds


def test_answers_are_told_apart_by_colour_and_by_sign() -> None:
    assert len({styles()[f"answer_{answer}"].colour for answer in ANSWERS}) == len(ANSWERS)
    for language in ("en", "ja"):
        assert len({ViewerWords(language).letter(answer) for answer in ANSWERS}) == len(ANSWERS)


def test_both_languages_have_the_same_words() -> None:
    table = load("pipeline.viewer", "explain.toml")
    assert set(table["en"]) == set(table["ja"])
    for name, entry in table["en"].items():
        if isinstance(entry, dict):
            assert set(entry) == set(table["ja"][name])
        else:
            assert entry.count("{") == table["ja"][name].count("{")


def test_every_reason_of_an_unused_text_has_words() -> None:
    used = set(UnusedReason) - {UnusedReason.COMMENT, UnusedReason.LABEL}  # shown by their codes
    assert used <= set(load("pipeline.viewer", "explain.toml")["en"]["reasons"])
