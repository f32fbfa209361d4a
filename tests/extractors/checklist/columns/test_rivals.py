"""What is proposed beside a layout: another question or answer, or that nothing is answered yet."""

from __future__ import annotations

import numpy as np

from extractors.checklist.columns.beside.rivals import distinct, with_rival
from extractors.checklist.columns.frame_features import main_question
from extractors.checklist.columns.layouts import layouts_of
from extractors.checklist.columns.names import NAME_ROLES
from extractors.checklist.extract import grid_to_checklists
from extractors.checklist.grid_index import GridView
from extractors.checklist.model import LayoutStatus
from tests.extractors.grids import grid_of, lined

LIST = "扉 | 窓 | 見ること\n" + "\n".join(
    f"扉{n} | {'北' if n % 2 else '南'} | 扉{n}のまわりに物を置かない" for n in range(8)
)


def test_a_rival_asks_or_is_answered_elsewhere() -> None:
    for layout in layouts_of(GridView(grid_of(lined(LIST)))):
        first, *others = with_rival(layout)
        assert first is layout
        assert all((other.question, other.answers) != (first.question, first.answers) for other in others)
        assert len(others) <= 1


def test_the_same_columns_are_proposed_once() -> None:
    layout = layouts_of(GridView(grid_of(lined(LIST))))[0]
    assert distinct([layout, layout]) == (layout,)


def test_proposals_come_in_twos() -> None:
    layouts = grid_to_checklists(grid_of(lined(LIST))).layouts
    ranks = [layout.rank for layout in layouts if layout.status == LayoutStatus.PROPOSED]
    assert ranks == [] or max(ranks) == 2


def test_a_list_of_words_without_a_question_column_has_a_question_all_the_same() -> None:
    chances = np.zeros((3, len(NAME_ROLES)))
    chances[2, NAME_ROLES.index("requirement")] = 0.4
    assert main_question(("answer", "ignore", "ignore"), chances) == 2
    assert main_question(("answer", "item", "ignore"), chances) == 1
    assert main_question(("requirement", "item", "ignore"), chances) == 0
