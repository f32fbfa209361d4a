"""GridView whose header words say nothing in, a header told by what stands under it out.

`条項 | 照会事項 | 符号 | 附記` is a checklist as much as `No. | 質問 | 回答 | 備考`: one column of texts that are all
different, one column of marks and answer words, and short names over both. Two columns of marks may be anything: then
nothing is told, for a wrong answer column is worse than none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractors.checklist.profile import is_answer_like
from extractors.checklist.shape import Column, Header
from extractors.checklist.view import GridView
from extractors.grid import Cell
from normalizers.text import empty_boxes, fold, is_item_number, ticked_boxes

_MIN_ROWS = 5
_MIN_COLS = 2
_NAME = 16  # characters that the name of a column has at most
_QUESTION = 8  # characters that questions have on average at least
_ANSWERS = 0.7  # share of cells that look like answers
_FILLED = 0.7  # share of the rows that a column of questions or answers fills
_SHORT = 12


def header_by_content(view: GridView, legend_marks: frozenset[str] = frozenset()) -> Header | None:
    """The header over a table of questions and answers, None where no row is one.

    `legend_marks` are single characters that the sheet's legend explains.
    """
    for row in range(view.n_rows - _MIN_ROWS):
        names = view.starting(row)
        if len(names) < _MIN_COLS or not all(map(_may_name, names)):
            continue
        bottom = max(cell.end_row for cell in names)
        header = _header(view, names, (row, bottom), legend_marks)
        if header is not None:
            return header
    return None


def _may_name(cell: Cell) -> bool:
    text = cell.text.strip()
    return len(text) <= _NAME and not is_item_number(text) and not text.endswith("。")


def _header(
    view: GridView, names: Sequence[Cell], rows: tuple[int, int], legend_marks: frozenset[str]
) -> Header | None:
    under = [_texts(view, name, rows[1]) for name in names]
    height = max(map(len, under))
    if height < _MIN_ROWS or any(_is_parted(view, name, rows[1]) for name in names):
        return None
    full = [len(texts) >= _FILLED * height for texts in under]
    answers = [i for i, texts in enumerate(under) if _are_answers(texts, legend_marks)]
    questions = [i for i, texts in enumerate(under) if full[i] and _are_questions(texts) and i not in answers]
    if len(answers) != 1 or not full[answers[0]] or not questions:
        return None
    asked = max(questions, key=lambda i: sum(map(len, under[i])))
    columns = []
    for index, (name, texts) in enumerate(zip(names, under, strict=True)):
        role = "answer" if index == answers[0] else "requirement" if index == asked else "unknown"
        if role == "unknown" and index < asked and full[index] and _are_numbers(texts):
            role = "number"
        columns.append(Column(name.col, name.end_col, name.text, role, guessed=role == "answer"))
    return Header(*rows, tuple(columns), tuple(fold(name.text) for name in names))


def _texts(view: GridView, name: Cell, top: int) -> list[str]:
    """The texts of the cells that stand under a name and reach no further."""
    cells = [
        c for row in range(top, view.n_rows) for c in view.starting(row) if name.col <= c.col < name.end_col
    ]
    return [cell.text.strip() for cell in cells if cell.end_col <= name.end_col]


def _is_parted(view: GridView, name: Cell, top: int) -> bool:
    """Whether several columns stand under one name: then the names that count are not these."""
    cells = [
        c for row in range(top, view.n_rows) for c in view.starting(row) if name.col <= c.col < name.end_col
    ]
    starts = Counter(cell.col for cell in cells if cell.end_col <= name.end_col)
    return len(starts) > 1 and starts.most_common()[1][1] > 1


def _are_answers(texts: Sequence[str], legend_marks: frozenset[str]) -> bool:
    """Whether most texts are marks, answer words or ticked options, and not all the same row of boxes."""
    like = [_is_answer(text, legend_marks) for text in texts]
    return len(texts) >= _MIN_ROWS and sum(like) >= _ANSWERS * len(texts)


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
