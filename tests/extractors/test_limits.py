"""What is more than any sheet holds, and merged cells that reach beyond all texts."""

from __future__ import annotations

import pickle

import pytest

from extractors import limits
from extractors.errors import Damaged, Encrypted, ReadError, TooMuch
from extractors.grid import Cell, Document, Grid
from extractors.limits import check_count, clip_to_limits
from extractors.location import Location


def _document(*cells: Cell) -> Document:
    return Document((Grid("一覧", cells, sheet="一覧"),), "test")


def _cell(row: int, col: int, text: str = "a", rows: int = 1, cols: int = 1) -> Cell:
    return Cell(row, col, text, Location(sheet="一覧"), rows, cols)


def test_a_usual_sheet_is_left_as_it_is() -> None:
    document = _document(_cell(0, 0, "題", 1, 300), _cell(1, 0), _cell(2, 5, rows=4))
    assert clip_to_limits(document) is document


def test_a_merged_cell_ends_where_the_texts_end() -> None:
    document = _document(_cell(0, 0, "題", 1_048_576, 16_384), _cell(3, 2), _cell(9, 9, "", 1_000, 1_000))
    assert [(c.row, c.col, c.row_span, c.col_span) for c in clip_to_limits(document).grids[0].cells] == [
        (0, 0, 4, 3),
        (3, 2, 1, 1),
    ]


def test_cells_that_cover_too_much_are_refused() -> None:
    with pytest.raises(TooMuch):
        clip_to_limits(_document(_cell(0, 0, "題", 1_048_576, 16_384), _cell(1_000_000, 16_000)))


def test_too_many_cells_and_too_much_text_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_CELLS", 2)
    monkeypatch.setattr(limits, "MOST_TEXT", 5)
    check_count(2, 5)
    for cells in ((_cell(0, 0), _cell(1, 0), _cell(2, 0)), (_cell(0, 0, "abcdef"),)):
        with pytest.raises(TooMuch):
            clip_to_limits(_document(*cells))


@pytest.mark.parametrize(
    "error", [Damaged(detail="cut off"), Encrypted(), TooMuch(cells="3", megabytes="0")], ids=lambda e: e.code
)
def test_errors_go_from_process_to_process(error: ReadError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), copy.words) == (type(error), error.words)
