"""Figures of looks: where the only drop-down list, the only unlocked column, the coloured blank column stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from extractors.checklist.columns.frames import Frame, frame_of
from extractors.checklist.columns.look_features import (
    FRAME_LOOK_FEATURES,
    LOOK_FEATURES,
    choices_of,
    frame_look_figures,
    list_figures,
    look_figures,
)
from extractors.checklist.grid_index import GridView
from extractors.looks import Look, spots_to_looks
from tests.extractors.grids import grid_of

ROWS = [
    ["No.", "お尋ね", "弊社欄", "メモ"],
    ["1", "持出し端末の画面に覗き見防止の覆いを付けていますか", "", ""],
    ["2", "退館のたびに書庫の施錠を二人で確かめていますか", "", ""],
    ["3", "見学者の名札を退館時に回収していますか", "", "受付で"],
]
HEAD = Look(bold=True, fill="1F4E78")
CHOSEN = Look(
    ("できている", "できていない", "対象外"),
    writable=True,
    fill="FFF2CC",
    bordered=True,
    prompt="選択してください",
)


def _frame(looks: Mapping[tuple[int, int], Look]) -> tuple[GridView, Frame]:
    view = GridView(replace(grid_of(ROWS), looks=spots_to_looks(looks)))
    frame = frame_of(view, 0, 1)
    assert frame is not None
    return view, frame


def _figure(name: str, looks: Mapping[tuple[int, int], Look]) -> list[float]:
    figures = look_figures(*_frame(looks))
    assert figures.shape == (4, len(LOOK_FEATURES))
    return [round(float(value), 2) for value in figures[:, LOOK_FEATURES.index(f"look_{name}")]]


FORM = (
    {(0, col): HEAD for col in range(4)}
    | {(row, 2): CHOSEN for row in (1, 2, 3)}
    | {(3, 3): Look(writable=True)}
)


@pytest.mark.parametrize(
    ("name", "by_column"),
    [
        ("list", [0, 0, 1, 0]), ("only_list", [0, 0, 1, 0]), ("first_list", [0, 0, 1, 0]), ("list_short", [0, 0, 1, 0]),
        ("writable", [0, 0, 1, 0.33]), ("only_writable", [0, 0, 1, 0]), ("filled_unlike_longest", [0, 0, 1, 0]),
        ("blank_filled_unlike", [0, 0, 1, 0]), ("filled_alone", [0, 0, 1, 0]), ("blank_bordered", [0, 0, 1, 0]),
        ("prompt_enter", [0, 0, 1, 0]), ("head_bold", [1, 1, 1, 1]), ("head_filled_unlike", [0, 0, 0, 0]),
        ("blank_writable", [0, 0, 1, 0]), ("locked", [0, 0, 0, 0]),
    ],
)  # fmt: skip
def test_a_column_that_is_to_be_filled_in_stands_out(name: str, by_column: list[float]) -> None:
    assert _figure(name, FORM) == by_column


def test_the_frame_says_what_the_form_has() -> None:
    whole = dict(zip(FRAME_LOOK_FEATURES, frame_look_figures(*_frame(FORM)).round(2), strict=True))
    assert whole["look_any_list"] == whole["look_head_bold"] == whole["look_blank_input"] == 1
    assert whole["look_head_unlike_rows"] == 1
    assert whole["look_any_prompt"] == 1


def test_a_form_without_looks_says_nothing() -> None:
    assert not look_figures(*_frame({})).any()
    assert not frame_look_figures(*_frame({})).any()


@pytest.mark.parametrize(
    ("choices", "figures"),
    [
        (None, (0, 0, 0, 0, 0, 0, 0)),
        ((), (1, 0, 0, 1, 0, 0, 0)),
        (("○", "×"), (1, 1, 0, 0, 1, 0, 0)),
        (("必須", "推奨"), (1, 1, 0, 0, 0, 1, 0)),
        (("0", "1", "2", "3"), (1, 1, 0, 0, 0, 0, 1)),
        (tuple(f"第{n}支店" for n in range(1, 12)), (1, 0, 1, 0, 0, 0, 0)),
    ],
)
def test_a_list_is_short_or_long_and_of_answers_levels_or_numbers(
    choices: tuple[str, ...] | None, figures: tuple[float, ...]
) -> None:
    assert list_figures(choices) == pytest.approx(np.array(figures, dtype=float))


def test_the_entries_of_a_column_are_its_vocabulary() -> None:
    looks = FORM | {(3, 2): replace(CHOSEN, choices=("対象外", "準備中"))}
    view, frame = _frame(looks)
    assert choices_of(view, frame.rows, 2, 3) == ("できている", "できていない", "対象外", "準備中")
