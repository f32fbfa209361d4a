"""Reads items that stand side by side: names down the first column, an item in every further one.

A grid in, the structures out. Consecutive rows that each begin with a name are taken for the columns of a table and
weighed as one: `確認番号 | S-1 | S-2`, `満たすべき条件 | …`, `供給者の確認結果 | 適合 | 45秒`. What the names say is told by
evidence, so that no word has to be known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.checklist.grid_index import GridView
from extractors.checklist.model import ANSWER_ROLES, Role
from extractors.checklist.reshape.structures.label_roles import is_called, with_evident_roles
from extractors.checklist.reshape.structures.list_chance import asking_share
from extractors.checklist.reshape.structures.repeated_labels import templates_of
from extractors.checklist.reshape.structures.structure import (
    Column,
    Listed,
    Structure,
    blank_at,
    records_to_structure,
)
from extractors.grid import Cell

_MIN_ITEMS = 4
_MIN_NAMES = 2
_MOST_NAMES = 14
_LONG = 8  # characters that most questions have at least
_MOSTLY = 0.7
_ASKED = 0.6  # share of texts that ask from which their name need not say so


def across_structures(view: GridView) -> list[Structure]:
    """The lists whose items stand side by side."""
    structures = []
    for run in _runs(view):
        structure = _structure(view, run)
        if structure is not None:
            structures.append(structure)
    return structures


def _runs(view: GridView) -> list[list[int]]:
    """Consecutive rows that begin in the same column with a name."""
    runs: list[list[int]] = []
    for row in range(view.n_rows):
        cells = view.starting(row)
        if len(cells) < 2 or templates_of(cells[:1])[0] is None or cells[0].col_span > 3:
            continue
        last = runs[-1] if runs else []
        goes_on = last and view.starting(last[-1])[0].col == cells[0].col
        if goes_on and row == max(c.end_row for c in view.starting(last[-1])[:1]):
            last.append(row)
        else:
            runs.append([row])
    return [run for run in runs if _MIN_NAMES <= len(run) <= _MOST_NAMES]


def _structure(view: GridView, run: Sequence[int]) -> Structure | None:
    names = [view.starting(row)[0] for row in run]
    edge = max(name.end_col for name in names)
    places = sorted({cell.col for row in run for cell in view.starting(row)[1:] if cell.col >= edge})
    if len(places) < _MIN_ITEMS or not any(_asks(view, row, places) for row in run):
        return None
    columns = [Column(name.text.strip(), Role.UNKNOWN) for name in names]
    records = []
    for col in places:
        cells = {
            index: _cell(view, row, col, name)
            for index, (row, name) in enumerate(zip(run, names, strict=True))
        }
        records.append(Listed(run[0], run[-1] + 1, cells))
    records[0] = replace(records[0], labels=tuple(names))
    plain = records_to_structure(view.grid, "across", columns, records, 1.0)
    structure = with_evident_roles(plain, None, ())
    if structure is None or not any(column.role in ANSWER_ROLES for column in structure.header.columns):
        return None
    question = next(i for i, c in enumerate(structure.header.columns) if c.role == Role.REQUIREMENT)
    questions = [c.text for c in view.starting(run[question]) if c.col in places]
    called = is_called(names[question].text, "requirement", "item") or asking_share(questions) >= _ASKED
    answers = [n for n, c in zip(names, structure.header.columns, strict=True) if c.role in ANSWER_ROLES]
    if not called or not any(is_called(name.text, "answer", "choice") for name in answers):
        return None
    return structure if _asks(view, run[question], places) else None


def _asks(view: GridView, row: int, places: Sequence[int]) -> bool:
    """Whether a row holds a different long text for every item."""
    texts = [cell.text.strip() for cell in view.starting(row) if cell.col in places]
    long = sum(len(text) >= _LONG for text in texts)
    return len(texts) == len(places) and len(set(texts)) == len(texts) and long >= _MOSTLY * len(texts)


def _cell(view: GridView, row: int, col: int, name: Cell) -> Cell:
    cell = view.at(row, col)
    return cell if cell is not None and cell.row == row else blank_at(view.grid, row, col, name)
