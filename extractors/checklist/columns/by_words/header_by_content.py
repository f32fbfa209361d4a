"""Detects a header row by content, where no known word stands in it.

A grid and the marks of its legend in; the header out, or None.
`条項 | 照会事項 | 符号 | 附記` is a checklist as much as `No. | 質問 | 回答 | 備考`: one column of texts that are all
different, one column of marks and answer words, and short names over both. Two columns of marks may be anything: then
nothing is told, for a wrong answer column is worse than none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from extractors.checklist.columns.profile import is_answer_like
from extractors.checklist.grid_index import GridView
from extractors.checklist.model import ChecklistColumn, Header, Role
from extractors.grid import Cell
from normalizers.text import empty_boxes, fold, is_item_number, ticked_boxes

_MIN_ROWS = 5
_MIN_COLS = 2
_NAME = 16  # characters that the name of a column has at most
_QUESTION = 8  # characters that questions have on average at least
_ANSWERS = 0.7  # share of cells that look like answers
_FILLED = 0.7  # share of the rows that a column of questions or answers fills
_SHORT = 12


def detect_header_by_content(view: GridView, legend_marks: frozenset[str] = frozenset()) -> Header | None:
    """The header over a table of questions and answers, None where no row is one.

    `legend_marks` are single characters that the sheet's legend explains.
    """
    by_col: dict[int, list[Cell]] = defaultdict(list)
    for row in range(view.n_rows):
        for cell in view.starting(row):
            by_col[cell.col].append(cell)
    below: dict[tuple[int, int], _CellsBelow] = {}
    for row in range(view.n_rows - _MIN_ROWS):
        names = view.starting(row)
        if len(names) < _MIN_COLS or not all(map(_may_name, names)):
            continue
        for span in {(name.col, name.end_col) for name in names} - set(below):
            below[span] = _cells_below(by_col, span, legend_marks)
        header = _header(names, row, [below[name.col, name.end_col] for name in names])
        if header is not None:
            return header
    return None


@dataclass(frozen=True, slots=True)
class _CellsBelow:
    """The cells that stand in the columns of a name and reach no further, and how many before each look like answers."""

    rows: list[int]
    cells: list[Cell]
    texts: list[str]
    answers: list[int]


def _cells_below(
    by_col: Mapping[int, Sequence[Cell]], span: tuple[int, int], legend_marks: frozenset[str]
) -> _CellsBelow:
    """Looked at once for all rows that may be a header: a sheet of data has as many of them as rows."""
    start, end = span
    cells = [c for col in range(start, end) for c in by_col.get(col, ()) if c.end_col <= end]
    cells.sort(key=lambda cell: (cell.row, cell.col))
    texts = [cell.text.strip() for cell in cells]
    answers = list(accumulate((_is_answer(text, legend_marks) for text in texts), initial=0))
    return _CellsBelow([cell.row for cell in cells], cells, texts, answers)


def _may_name(cell: Cell) -> bool:
    text = cell.text.strip()
    return len(text) <= _NAME and not is_item_number(text) and not text.endswith("。")


def _header(names: Sequence[Cell], row: int, columns_under: Sequence[_CellsBelow]) -> Header | None:
    rows = row, max(cell.end_row for cell in names)
    firsts = [bisect_left(column.rows, rows[1]) for column in columns_under]
    counts = [len(column.rows) - first for column, first in zip(columns_under, firsts, strict=True)]
    likes = [c.answers[-1] - c.answers[first] for c, first in zip(columns_under, firsts, strict=True)]
    answers = [i for i, n in enumerate(counts) if n >= _MIN_ROWS and likes[i] >= _ANSWERS * n]
    height = max(counts)
    if height < _MIN_ROWS or len(answers) != 1:
        return None
    if any(_is_parted(c.cells[first:]) for c, first in zip(columns_under, firsts, strict=True)):
        return None
    under = [column.texts[first:] for column, first in zip(columns_under, firsts, strict=True)]
    full = [len(texts) >= _FILLED * height for texts in under]
    questions = [i for i, texts in enumerate(under) if full[i] and _are_questions(texts) and i not in answers]
    if not full[answers[0]] or not questions:
        return None
    question = max(questions, key=lambda i: sum(map(len, under[i])))
    columns = []
    for index, (name, texts) in enumerate(zip(names, under, strict=True)):
        role = Role.ANSWER if index == answers[0] else Role.REQUIREMENT if index == question else Role.UNKNOWN
        if role == Role.UNKNOWN and index < question and full[index] and _are_numbers(texts):
            role = Role.NUMBER
        columns.append(ChecklistColumn(name.col, name.end_col, name.text, role, guessed=role == Role.ANSWER))
    return Header(*rows, tuple(columns), tuple(fold(name.text) for name in names))


def _is_parted(cells: Sequence[Cell]) -> bool:
    """Whether the cells under one name stand in several columns: then the names that count are not these."""
    starts = Counter(cell.col for cell in cells)
    return len(starts) > 1 and starts.most_common()[1][1] > 1


def _is_answer(text: str, legend_marks: frozenset[str]) -> bool:
    if any(char in text for char in empty_boxes() + ticked_boxes()):
        return True
    return text in legend_marks or (len(text) <= _SHORT and is_answer_like(text))


def _are_questions(texts: Sequence[str]) -> bool:
    """Whether the texts are long and all different."""
    return sum(map(len, texts)) >= _QUESTION * len(texts) and len(set(texts)) == len(texts)


def _are_numbers(texts: Sequence[str]) -> bool:
    """Whether the texts are short and all different: numbers, or ア イ ウ, a b c in their place."""
    return len(set(texts)) == len(texts) and all(len(text) <= _NAME / 2 for text in texts)
