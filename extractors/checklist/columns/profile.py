"""Profiles a column by its cells: how many are marks, numbers, long texts.

A column in; how many cells are filled, and the shares of numbers, marks, levels and hidden cells out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.checklist.grid_index import GridView
from extractors.checklist.model import ChecklistColumn
from extractors.checklist.terms.column_names import column_name_words
from extractors.checklist.terms.requirement_level import is_level
from normalizers.text import empty_boxes, fold, is_item_number, leading_shape, shape_of

_LATIN = re.compile(r"(?=.*[A-Za-z])[\x00-\u02af\u2000-\u206f]+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Profile:
    """What stands in a column: cells filled; the share of numbers, marks, 必須/推奨, hidden; mean length; different texts; the
    share of texts in Latin letters alone.
    """

    filled: int = 0
    numbers: float = 0.0
    marks: float = 0.0
    levels: float = 0.0
    hidden: float = 0.0
    length: float = 0.0
    distinct: float = 0.0
    latin: float = 0.0


def build_profile(
    view: GridView, column: ChecklistColumn, top: int, bottom: int, legend_marks: frozenset[str] = frozenset()
) -> Profile:
    """What stands in a column between two rows."""
    cells = [
        cell
        for row in range(top, bottom)
        for cell in view.starting(row)
        if column.start <= cell.col < column.end and cell.end_col <= column.end + 1
    ]
    if not cells:
        return Profile()
    texts = [cell.text for cell in cells]
    count = len(texts)
    return Profile(
        count,
        sum(map(is_item_number, texts)) / count,
        sum(is_answer_like(text) or text.strip() in legend_marks for text in texts) / count,
        sum(map(is_level, texts)) / count,
        sum(cell.hidden for cell in cells) / count,
        sum(map(len, texts)) / count,
        len({text.strip() for text in texts}) / count,
        sum(_LATIN.fullmatch(text.strip()) is not None for text in texts) / count,
    )


def is_answer_like(text: str) -> bool:
    """Whether a cell is a mark, has a box to tick or begins with an answer word: the shape of an answer, not its meaning."""
    if shape_of(text) or leading_shape(text) or any(char in text for char in empty_boxes()):
        return True
    key = fold(text)
    return len(key) <= 8 and key.startswith(
        tuple(fold(word) for word in column_name_words()["answers"]["leading"])
    )
