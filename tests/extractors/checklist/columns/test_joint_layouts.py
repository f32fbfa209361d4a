"""Layouts of one grid beside each other: forms printed again, and rows that look like headers."""

from dataclasses import replace

import numpy as np
import pytest

from extractors.checklist.columns.beside.joint_layouts import agreed_layouts
from extractors.checklist.columns.frames import Frame, FrameColumn
from extractors.checklist.columns.layouts import Layout
from extractors.checklist.columns.names import NAME_ROLES


def _layout(top: int, names: tuple[str, ...], roles: tuple[str, ...], p: float, rank: float = 2.0) -> Layout:
    columns = tuple(FrameColumn(i, i + 1, (name,)) for i, name in enumerate(names))
    table = np.full((len(roles), len(NAME_ROLES)), 0.01)
    for index, role in enumerate(roles):
        table[index, NAME_ROLES.index(role)] = 0.8
    frame = Frame(top, top + 1, 60, columns, tuple(range(top + 1, top + 11)))
    longest = np.array([float(role == "requirement") for role in roles])
    return Layout(frame, roles, (0.8,) * len(roles), p, 0.5, rank, table, (False,) * len(roles), longest)


NAMES = ("記号", "見るところ", "できばえ", "ひとこと")
ROLES = ("number", "requirement", "answer", "remarks")


def test_tables_under_one_header_have_one_chance_and_the_same_roles() -> None:
    sure = _layout(0, NAMES, ROLES, 0.9)
    doubtful = replace(
        _layout(20, NAMES, ("number", "requirement", "remarks", "answer"), 0.5),
        frame=_layout(20, NAMES, ROLES, 0.5).frame,
    )
    third = _layout(40, NAMES, ROLES, 0.9)
    together = agreed_layouts([sure, doubtful, third])
    assert {layout.roles for layout in together} == {ROLES}
    assert {round(layout.p, 6) for layout in together} == {round(together[0].p, 6)}
    assert 0.5 < together[0].p < 0.9


@pytest.mark.parametrize(("rank", "kept"), [(-1.0, 1), (1.5, 2)])
def test_a_row_that_looks_like_a_header_is_a_row_of_the_list_above(rank: float, kept: int) -> None:
    above = _layout(0, NAMES, ROLES, 0.9)
    row = _layout(12, ("ウ", "窓の鍵", "良", "夜も"), ROLES, 0.8, rank)
    assert len(agreed_layouts([above, row])) == kept


def test_the_header_printed_again_is_no_row() -> None:
    assert len(agreed_layouts([_layout(0, NAMES, ROLES, 0.9), _layout(12, NAMES, ROLES, 0.9, -1.0)])) == 2
