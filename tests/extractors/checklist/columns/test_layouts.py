"""Layouts by evidence: which column of a table under unknown names is what, what is proposed, and what is no list."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from extractors.checklist.columns.agreement import least_chance
from extractors.checklist.columns.evidence import COLUMN_FEATURES, column_figures
from extractors.checklist.columns.frames import FrameColumn, frame_of, propose_frames
from extractors.checklist.columns.layout_columns import form_key
from extractors.checklist.columns.layouts import FRAME_FEATURES, layouts_of
from extractors.checklist.columns.learned.weights import load_weights
from extractors.checklist.columns.names import NAME_ROLES, name_scores
from extractors.checklist.extract import grid_to_checklists
from extractors.checklist.grid_index import GridView
from extractors.checklist.model import LayoutDecision, LayoutSource
from tests.extractors.grids import grid_of, lined

QUESTIONS = (
    "端末の紛失に備えて保存領域を暗号化していますか。",
    "来訪者の入退館を記録していますか。",
    "退職者の利用者登録を当日中に抹消していますか。",
    "委託先の作業を年一回確かめていますか。",
    "復旧の手順を年一回試していますか。",
    "弱点の知らせを毎週調べていますか。",
    "通信の記録を一年残していますか。",
    "新任者に情報の扱い方を教えていますか。",
    "持ち出す媒体を台帳に載せていますか。",
)
MARKS = "○○×○△○○×○"


def _table(names: str, row: str) -> GridView:
    """A table under names, one row a question: `{n}`, `{q}` and `{m}` are its number, text and mark."""
    rows = [row.format(n=n, q=q, m=m) for n, (q, m) in enumerate(zip(QUESTIONS, MARKS, strict=True), 1)]
    return GridView(grid_of(lined("\n".join([names, *rows]))))


@pytest.mark.parametrize(
    ("names", "row", "question", "answer"),
    [
        ("符 | たずねたいこと | そちらの様子 | ひとこと", "{n} | {q} | {m} | ", 1, 2),
        ("そちらの様子 | たずねたいこと | 符", "{m} | {q} | {n}", 1, 0),
        ("まとまり | 符 | きくこと | 記す欄", "設備 | {n} | {q} | {m}", 2, 3),
    ],
)
def test_question_and_answer_are_told_without_known_names(
    names: str, row: str, question: int, answer: int
) -> None:
    view = _table(names, row)
    best = max(layouts_of(view), key=lambda layout: layout.p)
    assert (best.frame.bottom, best.question, best.answers) == (1, question, (answer,))


def test_every_feature_has_a_weight_and_every_weight_a_feature() -> None:
    weights = load_weights()
    assert weights["column_weights"].shape == (4 * len(COLUMN_FEATURES), len(NAME_ROLES))
    assert weights["frame_weights"].shape == (4 * len(FRAME_FEATURES),)
    assert weights["list_weights"].shape == (4 * (len(FRAME_FEATURES) + 1),)
    assert int(weights["list_feature"].max()) <= len(FRAME_FEATURES)
    assert weights["name_weights"].shape == (len(weights["name_runs"]), len(NAME_ROLES))


def test_figures_have_one_row_a_column() -> None:
    view = _table("符 | たずねたいこと | そちらの様子", "{n} | {q} | {m}")
    frame = frame_of(view, 0, 1)
    assert frame is not None
    assert column_figures(view, frame).shape == (3, len(COLUMN_FEATURES))


def test_the_end_of_a_name_says_what_it_is() -> None:
    chance = dict(zip(NAME_ROLES, name_scores("対応予定の時期"), strict=True))
    assert chance["answer"] < 0.5
    assert np.isclose(name_scores("ご回答").sum(), 1.0)
    assert not name_scores("").any()


def test_the_header_of_a_table_is_among_its_frames() -> None:
    view = _table("符 | たずねたいこと | そちらの様子", "{n} | {q} | {m}")
    assert (0, 1) in {(frame.top, frame.bottom) for frame in propose_frames(view)}


def test_the_key_of_a_form_does_not_depend_on_its_answers() -> None:
    keys = set()
    for marks in ("{m}", "済", ""):
        view = _table("符 | たずねたいこと | そちらの様子 | ひとこと", f"{{n}} | {{q}} | {marks} | ")
        keys |= {form_key(view, layout) for layout in layouts_of(view) if layout.frame.bottom == 1}
    assert len(keys) == 1


@pytest.mark.parametrize(
    "ideal",
    ["適合とみなす条件", "適合とみなすご回答", "模範となる回答", "当社が望む回答"],
)
def test_a_filled_column_of_the_buyers_is_never_the_answer_beside_a_blank_one(ideal: str) -> None:
    view = _table(f"No. | 確認事項 | ご回答欄 | {ideal}", "{n} | {q} |  | はい")
    rows = [row for checklist in grid_to_checklists(view.grid).checklists for row in checklist.rows]
    assert [row.answer for row in rows if row.answer == "はい"] == []


def test_what_a_person_decided_is_read_so() -> None:
    view = _table("甲 | 乙 | 丙 | 丁", "{n} | {q} | {m} | 控え")
    layout = next(entry for entry in layouts_of(view) if entry.frame.bottom == 1)
    key = form_key(view, layout)
    roles = ("number", "requirement", "ignore", "answer")
    result = grid_to_checklists(view.grid, {key: LayoutDecision(key, roles)})
    assert [row.answer for row in result.checklists[0].rows] == ["控え"] * len(QUESTIONS)
    assert [entry.decided_by for entry in result.layouts] == [LayoutSource.REVIEWED]


def test_what_a_person_called_no_list_gives_no_rows() -> None:
    view = _table("No. | 質問 | 回答 | 備考", "{n} | {q} | {m} | ")
    layout = next(entry for entry in layouts_of(view) if entry.frame.bottom == 1)
    key = form_key(view, layout)
    assert grid_to_checklists(view.grid).checklists
    assert grid_to_checklists(view.grid, {key: LayoutDecision(key)}).checklists == ()


@pytest.mark.parametrize(
    "tail",
    [
        "\n | 総合判定 | ○ | 佐藤",
        " |  |  | \n | 上記内容に相違ない | はい | 佐藤",
        " |  |  | \n | 達成率 | 60.5% | ",
    ],
)
def test_nothing_below_a_list_flows_into_its_last_item(tail: str) -> None:
    rows = "\n".join(
        f"{n} | {q} | {m} | " for n, (q, m) in enumerate(zip(QUESTIONS[:-1], MARKS, strict=False), 1)
    )
    text = f"No. | 質問 | 回答 | 備考\n{rows}\n9 | {QUESTIONS[-1]} |  | \n{tail.lstrip(chr(10))}"
    result = grid_to_checklists(grid_of(lined(text)))
    last = result.checklists[0].rows[-1]
    assert (last.item_no, last.requirement, last.answer) == ("9", QUESTIONS[-1], "")
    assert len(result.checklists[0].rows) == 9


def test_the_first_rows_mark_is_no_name_of_a_choice() -> None:
    rows = [
        f"{n}.0 | 戸締まり | {question} | {mark}"
        for n, question, mark in zip(range(1, 9), QUESTIONS, "×○△○×○○×", strict=False)
    ]
    found = grid_to_checklists(grid_of(lined("\n".join(rows))))
    answers = {row.answer for checklist in found.checklists for row in checklist.rows if row.choice == "×"}
    assert answers == set()


def test_steps_of_a_scale_are_one_choice_and_other_answers_are_many() -> None:
    rows = "\n".join(f"{n} | {q} | ○ |  | ○" for n, q in enumerate(QUESTIONS, 1))
    layouts = layouts_of(GridView(grid_of(lined(f"番号 | たずねたいこと | 1 | 2 | 3\n{rows}"))))
    best = replace(
        max(layouts, key=lambda layout: layout.p), roles=("number", "requirement", *["answer"] * 3)
    )
    named = replace(best, frame=replace(best.frame, columns=_renamed(best.frame.columns, "東西北")))
    assert least_chance(best, titled_other=False) < least_chance(named, titled_other=False)


def _renamed(columns: tuple[FrameColumn, ...], names: str) -> tuple[FrameColumn, ...]:
    kept = columns[: -len(names)]
    return (*kept, *(replace(c, names=(n,)) for c, n in zip(columns[-len(names) :], names, strict=True)))
