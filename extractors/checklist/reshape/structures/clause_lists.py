"""Reads lists of clause numbers with columns of measures and no question: `基準番号 | 共通環境での対策内容 | 利用者側の対策`.

A grid in, the structure out. The clause is named by its number alone, its text stands in the standard; each further
column answers for somebody or something, under a long name of its own. One row a column, the name as sub-item. Where
any column holds a different text for every clause that asks something, that is the question, and the list is a
table like any other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.checklist.grid_index import GridView
from extractors.checklist.model import Role
from extractors.checklist.reshape.structures.list_chance import (
    asking_share,
    begins_as_answer,
    logistic,
    names_measures,
    shape_share,
    speaks_of_answering,
)
from extractors.checklist.reshape.structures.structure import (
    Column,
    Listed,
    Structure,
    blank_at,
    records_to_structure,
)
from extractors.checklist.terms.column_names import guess_role
from extractors.grid import Cell
from normalizers.text import fold

_MIN_ROWS = 5
_MEASURES = 0.5  # share of the columns whose names speak of measures
_CLAUSE = re.compile(r"(?P<head>[^\W\d_]{0,4})[\s.]?(?P<no>\d{1,3}(?:[-.]\d{1,3}){0,3})")
# By hand, from lists of measures by clause, and tables of codes and their meanings.
_WEIGHTS = {
    "clauses": 1.5, "called": 1.5, "measures": 2.5, "answers": 3.0, "asking": -2.0, "repeated": 1.5, "many": 1.0, "speaks": 1.0,
}  # fmt: skip
_BIAS = -5.5


def clause_structures(view: GridView) -> list[Structure]:
    """The list of clauses of a grid, none where its first filled row heads none."""
    header = next((row for row in range(view.n_rows) if len(view.starting(row)) >= 3), None)
    if header is None:
        return []
    names = view.starting(header)
    rows = [row for row in range(header + 1, view.n_rows) if view.starting(row)]
    numbers = [
        cell
        for row in rows
        if (cell := view.at(row, names[0].col)) is not None and cell.row == row and cell.text.strip()
    ]
    if len(numbers) < _MIN_ROWS or len(numbers) < 0.9 * len(rows) or not _are_clauses(numbers):
        return []
    columns = [Column(names[0].text.strip(), Role.NUMBER), Column("基準", Role.REQUIREMENT)]
    columns += [
        Column(c.text.strip(), Role.ANSWER, guessed=True, variant=" ".join(c.text.split())) for c in names[1:]
    ]
    records = [_record(view, number, names[1:]) for number in numbers]
    measures = sum(names_measures(name.text) for name in names[1:])
    if measures < _MEASURES * len(names[1:]) or any(_is_question(records, i) for i in range(2, len(columns))):
        return []
    records[0] = replace(records[0], labels=tuple(names))
    return [records_to_structure(view.grid, "clauses", columns, records, _chance(view, names, records))]


def _are_clauses(numbers: Sequence[Cell]) -> bool:
    texts = [fold(cell.text) for cell in numbers]
    return len(set(texts)) == len(texts) and all(_CLAUSE.fullmatch(text) for text in texts)


def _record(view: GridView, number: Cell, names: Sequence[Cell]) -> Listed:
    cells = {0: number, 1: number}
    for index, name in enumerate(names, start=2):
        cell = view.at(number.row, name.col)
        own = cell is not None and cell.row == number.row
        cells[index] = cell if cell is not None and own else blank_at(view.grid, number.row, name.col, number)
    return Listed(number.row, number.end_row, cells)


def _texts(records: Sequence[Listed], index: int) -> list[str]:
    return [text for record in records if (text := record.cells[index].text.strip())]


def _is_question(records: Sequence[Listed], index: int) -> bool:
    texts = _texts(records, index)
    return (
        len(texts) >= 0.9 * len(records) and len(set(texts)) > 0.95 * len(texts) and asking_share(texts) > 0.5
    )


def _chance(view: GridView, names: Sequence[Cell], records: Sequence[Listed]) -> float:
    columns = [_texts(records, index) for index in range(2, len(names) + 1)]
    texts = [text for column in columns for text in column]
    lettered = sum(bool(re.match(r"[^\W\d_]", fold(record.cells[0].text))) for record in records)
    guess = guess_role(names[0].text)
    figures = {
        "clauses": lettered / len(records),
        "called": float(guess is not None and guess.role == Role.NUMBER and len(names[0].text.strip()) > 2),
        "measures": sum(names_measures(name.text) for name in names[1:]) / len(names[1:]),
        "answers": min(1.0, 5 * sum(map(begins_as_answer, texts)) / max(1, len(texts))),
        "asking": shape_share(texts, "question"),
        "repeated": min(1.0, 3 * (1 - len(set(texts)) / max(1, len(texts)))),
        "many": min(1.0, len(records) / 20),
        "speaks": speaks_of_answering(view.grid),
    }
    return logistic(figures, _WEIGHTS, _BIAS)
