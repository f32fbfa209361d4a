"""Numbers that choose among what is printed beside them: `1. ある ⏎ 2. ない | 2`.

A frame in, each column of such numbers with the column of its choices out. The choices are printed in every row, others in each,
so that no legend explains the numbers: their row does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.checklist.columns.frames import Frame
from extractors.checklist.grid_index import GridView
from normalizers.text import fold, split_numbered

_ROWS = 5  # filled rows from which a coincidence of numbers is none
_MOST = 0.8  # share of the filled rows in which it holds


def chosen_by_number(view: GridView, frame: Frame) -> dict[int, int]:
    """The index of each column whose numbers are those of choices printed in its row, and of the column of these."""
    texts = _texts(view, frame)
    offered = [[{_key(n) for n, _ in split_numbered(text)} for text in column] for column in texts]
    columns: dict[int, int] = {}
    for choices, numbers in enumerate(offered):
        printed = [row for row, own in enumerate(numbers) if len(own) > 1]
        if len(printed) < max(_ROWS, _MOST * sum(bool(text.strip()) for text in texts[choices])):
            continue
        for index, column in enumerate(texts):
            filled = [row for row in printed if column[row].strip()]
            hits = sum(fold(column[row]) in numbers[row] for row in filled)
            if index != choices and len(filled) >= _ROWS and hits >= _MOST * len(filled):
                columns[index] = choices
    return columns


def _key(printed: str) -> str:
    digits = re.search(r"\d{1,2}", fold(printed))
    return digits.group() if digits else fold(printed)[:1]


def _texts(view: GridView, frame: Frame) -> Sequence[Sequence[str]]:
    """The text of each row that begins in each column, as printed."""
    rows = frame.sample or frame.rows
    cells = [[view.within(row, c.start, c.end) for row in rows] for c in frame.columns]
    return [
        ["" if cell is None or cell.row != row else cell.text for row, cell in zip(rows, column, strict=True)]
        for column in cells
    ]
