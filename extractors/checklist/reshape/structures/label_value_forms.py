"""Reads forms of labels and values without a header: `再委託の有無 | ■有 □無`, `設立年 | 平成19年 | 従業員数 | 143人`.

A grid in, the structure out. In such a form labels and their values take turns along the row, at places that come
again and again; a cell merged over several rows at the left edge names a group, a cell alone over the whole width a
section. Boxes to tick in the values, labels that ask whether something is so and words of the form say that
somebody fills it in: without any of them it is a list of settings or of words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.checklist.columns.profile import is_answer_like
from extractors.checklist.grid_index import GridView
from extractors.checklist.model import Role
from extractors.checklist.reshape.structures.list_chance import (
    asks_whether,
    identity_share,
    logistic,
    speaks_of_answering,
)
from extractors.checklist.reshape.structures.structure import (
    Column,
    Listed,
    Structure,
    blank_at,
    records_to_structure,
)
from extractors.grid import Cell
from normalizers.text import empty_boxes, is_item_number, ticked_boxes

_MIN_PAIRS = 5
_LABEL = 60  # characters of a label
_OTHER = 0.15  # rows of another kind that a form may have, beside those of pairs
_COLUMNS = (
    Column("番号", Role.NUMBER),
    Column("区分", Role.CATEGORY),
    Column("項目", Role.REQUIREMENT),
    Column("内容", Role.ANSWER, guessed=True),
)
# By hand: forms with boxes, forms that only speak of themselves, lists of settings and glossaries.
_WEIGHTS = {
    "options": 4.0,
    "speaks": 1.5,
    "layout": 1.5,
    "whether": 2.0,
    "share": 1.5,
    "many": 1.0,
    "identity": -4.0,
}
_BIAS = -5.0


@dataclass(frozen=True, slots=True)
class _LabelledValue:
    """A label and the cell of its value, None where nothing stands there, and the group that both belong to."""

    label: Cell
    value: Cell | None
    group: Cell | None
    twice: bool


def pair_structures(view: GridView) -> list[Structure]:
    """The form of labels and values of a grid, none where it has none."""
    pairs = _pairs(view)
    if len(pairs) < _MIN_PAIRS or not _are_distinct(view, pairs) or _has_header(view, pairs[0].label.row):
        return []
    records = [_record(view, pair) for pair in pairs]
    return [records_to_structure(view.grid, "pairs", _COLUMNS, records, _chance(view, pairs))]


def _are_distinct(view: GridView, pairs: Sequence[_LabelledValue]) -> bool:
    """Whether a label comes once; where a line alone parts the form, `機器１`, `機器２`, once in each part."""
    parts: list[Counter[str]] = [Counter()]
    before = pairs[0].label.row
    for pair in pairs:
        if any(len(view.starting(row)) == 1 for row in range(before + 1, pair.label.row)):
            parts.append(Counter())
        parts[-1][pair.label.text.strip()] += 1
        before = pair.label.row
    return sum(map(len, parts)) >= 0.9 * len(pairs)


def _pairs(view: GridView) -> list[_LabelledValue]:
    votes = _votes(view)
    pairs: list[_LabelledValue] = []
    other_rows = 0
    for row in range(view.n_rows):
        cells = list(view.in_row(row)) if _merged(view, row) else list(view.starting(row))
        cells = sorted((c for c in cells if c.text.strip() or c.col_span > 1), key=lambda c: c.col)
        group, cells = _group(view, row, cells)
        row_pairs = _take_turns(view, cells, votes, group)
        if row_pairs is not None:
            pairs += row_pairs
        elif len([cell for cell in cells if cell.text.strip()]) > 1:
            other_rows += 1
    return pairs if other_rows <= _OTHER * len({pair.label.row for pair in pairs}) else []


def _has_header(view: GridView, first: int) -> bool:
    """Whether names of three columns or more stand right above the first pair."""
    return any(len(view.starting(row)) >= 3 for row in range(max(0, first - 2), first))


def _merged(view: GridView, row: int) -> bool:
    """Whether a row's blank cells are told apart by merging: then a blank value is a cell."""
    return any(cell.col_span > 1 for cell in view.in_row(row))


def _group(view: GridView, row: int, cells: list[Cell]) -> tuple[Cell | None, list[Cell]]:
    """The cell at the left edge that is merged over more rows than the others of its row, and the rest."""
    edge = view.at(row, 0) if cells else None
    if edge is None or not edge.text.strip():
        return None, cells
    rest = [cell for cell in cells if cell is not edge]
    if edge.row < row:
        return edge, rest
    high = max((cell.row_span for cell in rest), default=edge.row_span)
    return (edge, rest) if edge.row_span > high and len(rest) >= 2 else (None, cells)


def _votes(view: GridView) -> Counter[int]:
    """How often a column begins a label, more than it begins a value, in rows where both take turns."""
    votes: Counter[int] = Counter()
    for row in range(view.n_rows):
        _, cells = _group(view, row, list(view.starting(row)))
        if len(cells) in {2, 4, 6}:
            for index, cell in enumerate(cells):
                votes[cell.col] += 1 if index % 2 == 0 else -1
    return votes


def _take_turns(
    view: GridView, cells: Sequence[Cell], votes: Counter[int], group: Cell | None
) -> list[_LabelledValue] | None:
    """The pairs of a row, None where it is no row of pairs."""
    if not cells or len(cells) > 6 or (len(cells) == 1 and votes[cells[0].col] <= 0):
        return None
    if len(cells) == 1 and (
        (group is None and cells[0].col_span > 1) or not _is_pair_row_near(view, cells[0])
    ):
        return None
    pairs: list[_LabelledValue] = []
    index = 0
    while index < len(cells):
        label = cells[index]
        if not label.text.strip() or not _is_label(label):
            return None
        behind = cells[index + 1] if index + 1 < len(cells) else None
        is_value = behind is not None and (
            votes[behind.col] <= 0 or behind.col_span > 1 or not behind.text.strip()
        )
        pairs.append(_LabelledValue(label, behind if is_value else None, group, len(cells) > 2))
        index += 2 if is_value else 1
    if len(pairs) > 1 and any(pair.value is None for pair in pairs[:-1]):
        return None  # three texts side by side are a row of a table
    if any(pair.value is None and pair.label.end_col >= view.n_cols for pair in pairs):
        return None  # no room for a value
    return pairs


def _is_pair_row_near(view: GridView, cell: Cell) -> bool:
    """Whether the row above holds a pair whose label begins in the same column: then this one's value is blank."""
    above = view.starting(cell.row - 1) if cell.row else []
    return len(above) == 2 and above[0].col == cell.col


def _is_label(cell: Cell) -> bool:
    text = cell.text.strip()
    boxed = any(char in text for char in empty_boxes() + ticked_boxes())
    has_words = not re.fullmatch(r"[\W\d_]+", text) and not is_item_number(text)
    return (
        len(text) <= _LABEL
        and not boxed
        and has_words
        and (len(text) > 8 or not is_answer_like(text) or asks_whether(text))
    )


def _record(view: GridView, pair: _LabelledValue) -> Listed:
    value = (
        pair.value
        if pair.value is not None
        else blank_at(view.grid, pair.label.row, pair.label.end_col, pair.label)
    )
    cells = {2: pair.label, 3: value}
    if pair.group is not None:
        cells[1] = pair.group
    return Listed(pair.label.row, pair.label.end_row, cells)


def _chance(view: GridView, pairs: Sequence[_LabelledValue]) -> float:
    values = [pair.value.text for pair in pairs if pair.value is not None]
    boxed = sum(sum(char in empty_boxes() + ticked_boxes() for char in text) >= 2 for text in values)
    own = {pair.label.row for pair in pairs}
    first, last = min(own), max(own)
    filled = [row for row in range(first, last + 1) if len(view.starting(row)) > 1]
    beyond = [row for row in range(view.n_rows) if len(view.starting(row)) > 1 and not first <= row <= last]
    bands = sum(len(view.starting(row)) == 1 for row in range(first, last))
    figures = {
        "options": min(1.0, 3 * boxed / len(pairs)),
        "speaks": speaks_of_answering(view.grid),
        "layout": float(any(pair.twice or pair.group is not None for pair in pairs) or bands >= 2),
        "whether": min(1.0, 3 * sum(asks_whether(pair.label.text) for pair in pairs) / len(pairs)),
        "share": len(own) / max(1, len(filled) + len(beyond)),
        "many": min(1.0, len(pairs) / 12),
        "identity": identity_share([pair.label.text for pair in pairs]),
    }
    chance = logistic(figures, _WEIGHTS, _BIAS)
    return min(chance, 0.5) if figures["speaks"] < 0 else chance
