"""Detects header rows, of one to three levels, by the words in their cells.

A grid in; headers out, each with the columns under it and the roles that names give them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractors.checklist.columns.by_words.respondents_variants import resolve_self, variant_of
from extractors.checklist.grid_index import GridView
from extractors.checklist.model import QUESTION_ROLES, ChecklistColumn, Header, Role
from extractors.checklist.terms.column_names import (
    STRONG,
    choice_of,
    column_name_words,
    contains_word,
    guess_role,
    respondent_of,
)
from extractors.checklist.terms.fiscal_years import ignore_earlier_years, year_of
from extractors.grid import Cell
from normalizers.text import fold, is_item_number, plain_number

_MAX_LEVELS = 3
_MAX_TEXT = 300
_MAX_GROUP = 16
_CHOICES = 2
_LOOKED_AT, _LONG, _SHORT, _MIN_TEXTS = 10, 10, 4, 3
_LABELLED = re.compile(r"[^（(\[【\n※]{1,20}[：:][ 　]*\S")
_ASKS = {Role.ANSWER, Role.REMARKS, Role.NUMBER, Role.LEVEL, Role.UNIT, Role.EXAMPLE, Role.CATEGORY}


def detect_headers(view: GridView) -> list[Header]:
    """All headers of the grid from top to bottom, repeated ones included."""
    headers: list[Header] = []
    row = 0
    while row < view.n_rows:
        header = _header_at(view, row) if len(view.starting(row)) > 1 else None  # a sheet has a million rows
        if header is None:
            row += 1
            continue
        headers.append(_with_row_above(view, header))
        row = header.bottom
    return headers


def _header_at(view: GridView, row: int) -> Header | None:
    """The header whose first row is `row`, None where none begins there."""
    best: Header | None = None
    for levels in range(1, _MAX_LEVELS + 1):
        rows = list(range(row, min(row + levels, view.n_rows)))
        if len(rows) < levels or not all(_may_be_header(view, r) for r in rows):
            break
        if not _scores(view, rows):
            continue
        header = _build_header(view, rows)
        if header is not None and (best is None or _worth(header) > _worth(best)):
            best = header
    return best


def _with_row_above(view: GridView, header: Header) -> Header:
    """`事業者回答` alone over two of the columns, in the row above the names, belongs to the header."""
    above = view.starting(header.top - 1) if header.top else []
    first = header.columns[0].start
    if not above or any(cell.col <= first or not _names(cell) for cell in above):
        return header
    return _build_header(view, list(range(header.top - 1, header.bottom))) or header


def _may_be_header(view: GridView, row: int) -> bool:
    cells = view.starting(row)
    if any(len(cell.text) > _MAX_TEXT or _LABELLED.match(cell.text) for cell in cells):
        return False
    if cells and plain_number(cells[0].text) is not None:
        return False
    numbers = [cell for cell in cells if is_item_number(cell.text) and guess_role(cell.text) is None]
    return not numbers or len(numbers) < len(cells) / 3


def _scores(view: GridView, rows: list[int]) -> bool:
    """At least two columns named, a subject and something asked about it, and most cells are names."""
    cells = [cell for row in rows for cell in view.starting(row)]
    if len(view.starting(rows[0])) < 2 or not view.starting(rows[-1]):
        return False
    if len(rows) > 1 and not all(_belongs(view, rows, row) for row in rows):
        return False
    guesses = [guess_role(cell.text) for cell in cells]
    roles = {guess.role for guess in guesses if guess}
    known = sum(guess is not None for guess in guesses)
    strong = {guess.role for guess in guesses if guess and guess.strength == STRONG}
    choices = sum(
        guess is None and choice_of(c.text.split("\n")[0]) is not None
        for c, guess in zip(cells, guesses, strict=True)
    )
    if not (roles & _ASKS or choices >= _CHOICES) or not _spread(cells):
        return False
    if not roles & QUESTION_ROLES:
        has_number_and_answer = {Role.NUMBER, Role.ANSWER} <= strong or (
            Role.NUMBER in strong and choices >= _CHOICES
        )
        long = _SHORT if choices >= _CHOICES else _LONG
        unnamed = [c for c, g in zip(cells, guesses, strict=True) if not g and choice_of(c.text) is None]
        return has_number_and_answer and any(_holds_texts(view, c, rows[-1], long) for c in unnamed)
    if len(strong) < 2:
        has_answer = Role.ANSWER in roles or choices >= _CHOICES
        return known + choices == len(cells) and bool(strong) and has_answer
    return known >= 2 and known + choices >= len(cells) * 0.4


def _holds_texts(view: GridView, name: Cell, row: int, least: int) -> bool:
    """Whether texts of `least` characters, all different, stand under an unknown name: between number and answer they ask."""
    below = [view.within(r, name.col, name.end_col) for r in range(row + 1, row + 1 + _LOOKED_AT)]
    texts = [c.text.strip() for c in below if c is not None and c.row > row and c.text.strip()]
    long = [text for text in texts if len(text) >= least]
    return len(long) >= _MIN_TEXTS and len(long) >= 0.7 * len(texts) and len(set(texts)) == len(texts)


def _belongs(view: GridView, rows: list[int], row: int) -> bool:
    """Whether a row of a two-level header is one: names, groups over several columns, or parts of a group."""
    cells = view.starting(row)
    if not cells or (len(cells) == 1 and cells[0].col_span > view.n_cols / 2):
        return False
    groups = [c for r in rows if r < row for c in view.starting(r) if c.col_span > 1]
    known = sum(
        _names(cell)
        or any(
            group.col <= cell.col < group.end_col
            and cell.col_span < group.col_span
            and guess_role(group.text) is not None
            for group in groups
        )
        for cell in cells
    )
    return known >= len(cells) * 0.5 and any(map(_names, cells))


def _names(cell: Cell) -> bool:
    """Whether a header cell names columns: by a known word, or `今回` and `2026年度` over a group of them."""
    now = column_name_words()["prior"]["now"]
    grouping = cell.col_span > 1 and (year_of(cell.text) is not None or contains_word(cell.text, now))
    return guess_role(cell.text) is not None or (grouping and len(cell.text) <= _MAX_GROUP)


def _spread(cells: list[Cell]) -> bool:
    """A header names columns side by side: one cell over the whole width is a title."""
    return len({cell.col for cell in cells}) >= 2


def _worth(header: Header) -> tuple[int, int]:
    """More known columns are better; of equals, fewer rows."""
    roles = [column.role for column in header.columns if column.role not in {Role.UNKNOWN, Role.IGNORE}]
    return len(roles), header.top - header.bottom


@dataclass(frozen=True, slots=True)
class _Leaf:
    start: int
    end: int
    cells: tuple[Cell, ...]  # innermost first


def _build_header(view: GridView, rows: list[int]) -> Header | None:
    bottom = max((cell.end_row for row in rows for cell in view.starting(row)), default=rows[-1] + 1)
    bottom = min(bottom, rows[-1] + _MAX_LEVELS)
    leaves = _leaves(view, rows[0], bottom)
    columns_by_name = resolve_self(
        [_column(leaf) for leaf in leaves], [leaf.cells[-1].text for leaf in leaves]
    )
    columns = ignore_earlier_years(
        columns_by_name,
        [[cell.text for cell in leaf.cells] for leaf in leaves],
        [
            c.role != Role.NUMBER and choice_of(c.label) is not None for c in columns_by_name
        ],  # `No` heads numbers
    )
    columns = _without_past_remarks(columns, leaves)
    if len(columns) < 2:
        return None
    texts = tuple(fold(cell.text) for row in range(rows[0], bottom) for cell in view.starting(row))
    return Header(rows[0], bottom, _mark_choices(columns, leaves), texts)


def _leaves(view: GridView, top: int, bottom: int) -> list[_Leaf]:
    """The innermost header cell over every grid column, adjacent columns of one cell together."""
    leaves: list[_Leaf] = []
    for col in range(view.n_cols):
        stack: list[Cell] = []
        for row in range(bottom - 1, top - 1, -1):
            cell = view.at(row, col)
            if cell is not None and cell.text.strip() and cell not in stack:
                stack.append(cell)
        if not stack:
            continue
        inner = stack[0]
        if leaves and leaves[-1].cells[0] is inner:
            leaves[-1] = _Leaf(leaves[-1].start, col + 1, leaves[-1].cells)
        else:
            leaves.append(_Leaf(col, col + 1, tuple(stack)))
    return leaves


def _column(leaf: _Leaf) -> ChecklistColumn:
    texts = [cell.text for cell in leaf.cells]
    guess = guess_role(texts[0])
    outer = [guess_role(text) for text in texts[1:]]
    role = guess.role if guess else Role.UNKNOWN
    if guess is None or guess.role == Role.IGNORE:
        outer_role = next((g.role for g in outer if g and g.role in {Role.ANSWER, Role.EXAMPLE}), None)
        role = outer_role if outer_role and guess is None else role
    if any(g is not None and g.role == Role.EXAMPLE for g in outer):
        role = Role.EXAMPLE if role in {Role.ANSWER, Role.REMARKS, Role.UNKNOWN} else role
    if any(contains_word(text, column_name_words()["prior"]["words"]) for text in texts):
        role = Role.IGNORE
    respondent = respondent_of(texts) if role in {Role.ANSWER, Role.REMARKS} else None
    variant = (
        variant_of(texts) if role in {Role.ANSWER, Role.REMARKS} or choice_of(texts[0]) is not None else None
    )
    return ChecklistColumn(leaf.start, leaf.end, texts[0], role, respondent, variant=variant)


def _without_past_remarks(
    columns: tuple[ChecklistColumn, ...], leaves: list[_Leaf]
) -> tuple[ChecklistColumn, ...]:
    """`前回回答 | 備考 | 今回回答 | 備考`: remarks behind an answer of last time are as past as that answer."""
    answers = [i for i, c in enumerate(columns) if c.role == Role.ANSWER or _is_choice(c)]
    result = list(columns)
    past = False
    for index, (column, leaf) in enumerate(zip(columns, leaves, strict=True)):
        if column.role == Role.REMARKS and past and answers and index < answers[-1]:
            result[index] = replace(column, role=Role.IGNORE)
            continue
        past = column.role == Role.IGNORE and any(map(_is_past_answer, (cell.text for cell in leaf.cells)))
    return tuple(result)


def _is_past_answer(text: str) -> bool:
    guess = guess_role(text)
    dated = year_of(text) is not None or contains_word(text, column_name_words()["prior"]["words"])
    return dated and (guess is None or guess.role in {Role.ANSWER, Role.IGNORE})


def _is_choice(column: ChecklistColumn) -> bool:
    """Whether a column is named by an answer word; those of last time and of examples are no choices of now."""
    return column.role not in {Role.IGNORE, Role.EXAMPLE} and choice_of(column.label) is not None


def _mark_choices(columns: tuple[ChecklistColumn, ...], leaves: list[_Leaf]) -> tuple[ChecklistColumn, ...]:
    """`はい | いいえ | 該当なし` side by side are the choices of one answer, not three answers.

    `はい | いいえ | はい | いいえ` under nothing that tells
    them apart may be two answers: a guess, and its rows say so.
    """
    result = list(columns)
    for run in _runs_of_choices(columns):
        respondents = [respondent_of([cell.text for cell in leaves[index].cells]) for index in run]
        choice_keys = [
            (fold(columns[i].label), respondent) for i, respondent in zip(run, respondents, strict=True)
        ]
        for index, respondent in zip(run, respondents, strict=True):
            column = columns[index]
            result[index] = replace(
                column,
                role=Role.CHOICE,
                respondent=respondent,
                choice=choice_of(column.label),
                guessed=len(set(choice_keys)) < len(choice_keys),
            )
    return tuple(result)


def _runs_of_choices(columns: tuple[ChecklistColumn, ...]) -> list[list[int]]:
    """Indices of columns side by side that are named by answer words, two at least."""
    runs: list[list[int]] = []
    for index, column in enumerate(columns):
        if not _is_choice(column):
            continue
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return [run for run in runs if len(run) > 1]
