"""Reads questions across the page: each column asks, each row is one of those who answer, or of what is answered for.

A grid in, the structure's records out: one for each question and row. A table of items has its questions below each
other; here they are the header, longer than what stands under them, and the first column names products, sites,
systems: `サービス名 | データの国内保管 | 操作記録の出力` over `見本便 | ○ | △`. A row of numbers over the questions
numbers them, a row of groups heads them, a column of remarks speaks of its whole row. A list of branches with ○
under `駐車場` looks alike: how likely it is one to be answered is for the evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.checklist.columns.cell_shapes import SHAPES, shapes_of
from extractors.checklist.grid_index import GridView
from extractors.checklist.model import Role
from extractors.checklist.reshape.structures.list_chance import asking_share, logistic, speaks_of_answering
from extractors.checklist.reshape.structures.structure import (
    Column,
    Listed,
    Structure,
    blank_at,
    records_to_structure,
)
from extractors.checklist.terms.column_names import STRONG, guess_role
from extractors.grid import Cell
from normalizers.text import is_item_number

MIN_QUESTIONS = 3
_MIN_ROWS = 2
_MOST_ROWS = 60  # more are records of something, and nobody's answers
_NAMED = 0.3
_SHORT = 4  # characters: the name of a mark's column, not a question
_ANSWERS = SHAPES.index("answer_word"), SHAPES.index("mark"), SHAPES.index("numeric"), SHAPES.index("date")
_TITLES = (Role.REQUIREMENT, Role.ANSWER)
_COLUMNS = (
    Column("番号", Role.NUMBER),
    Column("区分", Role.SECTION),
    Column("質問", Role.REQUIREMENT),
    Column("対象", Role.SUB_ITEM),
    Column("回答", Role.ANSWER, guessed=True),
    Column("備考", Role.REMARKS),
)
# A logistic regression over 7,962 rows that may be headers, of the made-up forms of seven writers (w1 to w3, w5, w7 to w9) and of
# three of documents that are no check sheets; six of these rows are questions across. `asked` is not learned.
_WEIGHTS = {
    "asking": 2.8, "sentences": -0.9, "length": 1.9, "short": -4.6, "longer": 0.9, "longest": -3.7, "answers": 4.8,
    "numbered": 0.2, "more": 2.5, "roles": -0.2, "titles": -0.3, "distinct": 1.3, "rows": -1.7, "first": 3.8, "groups": 0.4,
    "asked": 1.0,
}  # fmt: skip
_BIAS = -11.8
_LEAST_ASKING = 0.4


@dataclass(frozen=True, slots=True)
class Wide:
    """The questions of a header row, the rows under it that answer them, and what evidence says of both."""

    row: int
    questions: tuple[Cell, ...]
    rows: tuple[int, ...]
    numbers: dict[int, Cell]
    groups: dict[int, Cell]
    remarks: Cell | None
    first: int
    figures: dict[str, float]


def wide_structures(view: GridView) -> list[Structure]:
    """The likeliest list of questions across, none where no row may hold any."""
    speaks = speaks_of_answering(view.grid)
    candidates = [wide for row in range(view.n_rows) if (wide := _at(view, row)) is not None]
    asking = [wide for wide in candidates if wide.figures["asking"] >= _LEAST_ASKING]
    if not asking:
        return []
    chances = [logistic({**wide.figures, "asked": speaks}, _WEIGHTS, _BIAS) for wide in asking]
    chance, best = max(zip(chances, asking, strict=True), key=lambda pair: pair[0])
    return [records_to_structure(view.grid, "wide", _COLUMNS, _records(view, best), chance)]


def _records(view: GridView, wide: Wide) -> list[Listed]:
    records = []
    for row in wide.rows:
        name = view.at(row, wide.first)
        remark = view.at(row, wide.remarks.col) if wide.remarks is not None else None
        for cell in wide.questions:
            answer = view.at(row, cell.col)
            cells = {2: cell, 4: answer if answer is not None else blank_at(view.grid, row, cell.col, cell)}
            extra = {0: wide.numbers.get(cell.col), 1: wide.groups.get(cell.col), 3: name, 5: remark}
            cells |= {index: extra_cell for index, extra_cell in extra.items() if extra_cell is not None}
            records.append(Listed(row, row + 1, cells))
    heads = [
        cell
        for cell in (view.at(wide.row, wide.first), wide.remarks)
        if cell is not None and cell.text.strip()
    ]
    return [replace(records[0], labels=tuple(heads)), *records[1:]]


def _at(view: GridView, row: int) -> Wide | None:
    cells = view.starting(row)
    if len(cells) < MIN_QUESTIONS or len({c.end_row for c in cells}) > 2 or _is_inside(view, row):
        return None
    corner = view.at(row, cells[0].col) if cells[0].col == 0 else None
    first = min((cell.col for r in (row - 1, row) if r >= 0 for cell in view.starting(r)), default=0)
    entity = view.at(row, first)
    questions = [c for c in cells if c is not entity and c is not corner]
    remarks = next((c for c in questions if _role(c) == Role.REMARKS and c is questions[-1]), None)
    if remarks is None:
        over = view.at(row, questions[-1].end_col) if questions else None
        remarks = over if over is not None and over.row < row and _role(over) == Role.REMARKS else None
    questions = [c for c in questions if c is not remarks]
    bottom = max(cell.end_row for cell in cells)
    rows = _rows(view, bottom, first, questions)
    if (
        len(questions) < MIN_QUESTIONS
        or not _MIN_ROWS <= len(rows) <= _MOST_ROWS
        or any(c.col_span > 3 for c in questions)
    ):
        return None
    names = [cell for r in rows if (cell := view.at(r, first))]
    if sum(_role(cell) is not None or _is_figure(cell.text) for cell in names) > _NAMED * len(rows):
        return (
            None  # names of columns stand down the side (the items stand side by side), or dates of replies
        )
    numbers, groups = _above(view, row, questions)
    wide = Wide(row, tuple(questions), tuple(rows), numbers, groups, remarks, first, {})
    return Wide(row, tuple(questions), tuple(rows), numbers, groups, remarks, first, _figures(view, wide))


def _is_inside(view: GridView, row: int) -> bool:
    """Whether three rows of a table stand above a row: then it is one more of them."""
    return row > 2 and all(len(view.starting(above)) >= MIN_QUESTIONS for above in range(row - 3, row))


def _role(cell: Cell) -> Role | None:
    guess = guess_role(cell.text)
    return guess.role if guess is not None and guess.strength == STRONG else None


def _is_figure(text: str) -> bool:
    shapes = shapes_of(text)
    return bool(shapes[SHAPES.index("date")] or shapes[SHAPES.index("numeric")])


def _rows(view: GridView, top: int, first: int, questions: Sequence[Cell]) -> list[int]:
    """The rows under the questions, up to a blank one: each with a name in the first column and answers to them."""
    places = {cell.col for cell in questions}
    rows: list[int] = []
    for row in range(top, view.n_rows):
        cells = view.starting(row)
        name = view.at(row, first)
        answered = [c for c in cells if c.col in places]
        if name is None or name.row != row or not name.text.strip() or not answered or len(rows) > _MOST_ROWS:
            break
        rows.append(row)
    return rows


def _above(view: GridView, row: int, questions: Sequence[Cell]) -> tuple[dict[int, Cell], dict[int, Cell]]:
    """The numbers over the questions, and the groups over several of them, by column."""
    numbers: dict[int, Cell] = {}
    groups: dict[int, Cell] = {}
    for above in (row - 1, row - 2):
        over = {c.col: view.at(above, c.col) for c in questions} if above >= 0 else {}
        filled = {
            col: cell
            for col, cell in over.items()
            if cell is not None and cell.text.strip() and cell.row < row
        }
        if len(filled) < 0.8 * len(questions):
            break
        if all(is_item_number(cell.text) for cell in filled.values()):
            numbers = filled
        elif 1 < len(set(map(id, filled.values()))) < len(questions):
            groups = filled
    return numbers, groups


def _figures(view: GridView, wide: Wide) -> dict[str, float]:
    """What tells questions across from a table's names: figures of 0 to 1."""
    texts = [cell.text.strip() for cell in wide.questions]
    body = [
        c.text.strip()
        for row in wide.rows
        for c in view.starting(row)
        if c.col in {q.col for q in wide.questions}
    ]
    [shapes_of(text) for text in texts]
    mean = sum(map(len, texts)) / len(texts)
    under = sum(map(len, body)) / max(1, len(body))
    longest = max(_mean_length(view, wide, question.col) for question in wide.questions)
    roles = [_role(cell) for cell in wide.questions]
    return {
        "asking": sum(_asks(text) for text in texts) / len(texts),
        "sentences": asking_share(texts),
        "length": min(1.0, mean / 20),
        "short": sum(len(text) <= _SHORT for text in texts) / len(texts),
        "longer": 1.0 if mean > under else 0.0,
        "longest": min(1.0, longest / 40),
        "answers": sum(any(shapes_of(text)[i] for i in _ANSWERS) for text in body) / max(1, len(body)),
        "numbered": float(bool(wide.numbers)),
        "more": float(len(wide.questions) >= len(wide.rows)),
        "roles": sum(role is not None for role in roles) / len(roles),
        "titles": float(any(role in _TITLES for role in roles)),
        "distinct": len(set(texts)) / len(texts),
        "rows": min(1.0, len(wide.rows) / 20),
        "first": float(_is_first(view, wide)),
        "groups": float(bool(wide.groups)),
    }


def _mean_length(view: GridView, wide: Wide, col: int) -> float:
    cells = [view.at(row, col) for row in wide.rows]
    return sum(len(cell.text) for cell in cells if cell is not None) / len(wide.rows)


def _is_first(view: GridView, wide: Wide) -> bool:
    """Whether nothing stands over the questions but their numbers, their groups and lines of text."""
    over = wide.row - bool(wide.numbers) - bool(wide.groups) - 1
    return over < 0 or len(view.starting(over)) <= 2


def _asks(text: str) -> bool:
    """Whether a text asks or states something, or names what may or may not be: more than the name of a column."""
    shapes = shapes_of(text)
    return len(text) > _SHORT and (
        any(shapes[SHAPES.index(name)] for name in ("question", "demand", "statement", "len_12"))
        or text.endswith(("有無", "可否", "方法", "期間", "状況", "体制", "手段", "範囲"))
    )
