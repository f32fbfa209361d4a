"""A cell made quickly is the cell that its class makes: no field of it or of its place is missing."""

from __future__ import annotations

import pickle

from extractors.excel.spreadsheetml.drafts import draft_cell
from extractors.grid import Cell
from extractors.location import Location


def test_a_draft_is_the_cell_that_the_class_makes() -> None:
    made = Cell(3, 2, "○", Location(sheet="回答", cells="C4"), hidden=True)
    draft = draft_cell(3, 2, "○", ("回答", "C4"), True)
    assert (draft, type(draft), type(draft.location)) == (made, Cell, Location)


def test_a_draft_goes_to_another_process() -> None:
    draft = draft_cell(0, 0, "鍵", ("回答", "A1"), False)
    assert pickle.loads(pickle.dumps(draft)) == draft
