"""Reshapes small labelled tables, one for each question, into one table.

A grid in; the same texts as one table out.
`No. | 1 | 分野 | …` over `設問 | …` over `回答 | …`: each label stands left of its value, and block after block has the
same labels. Cards whose first label is the number itself are read by key_value_cards.py.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from extractors.checklist.model import Role
from extractors.checklist.reshape.records_to_table import Entry, entries_to_table
from extractors.checklist.terms.column_names import STRONG, guess_role
from extractors.grid import Cell, Grid
from normalizers.text import fold

_MIN_BLOCKS = 3
_MOSTLY = 0.8
_LABEL = 12  # characters: a longer text is no label
_Pair = tuple[Cell, Cell]


def labelled_blocks_to_table(grid: Grid) -> Grid:
    """The grid with its blocks of labels and values as rows of a table; the grid itself where it holds none."""
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in grid.cells:
        rows[cell.row].append(cell)
    pairs = {row: _pairs(sorted(cells, key=lambda c: c.col)) for row, cells in sorted(rows.items())}
    blocks = _blocks(pairs)
    if not blocks:
        return grid
    shapes = Counter(tuple(fold(label.text) for label, _ in block) for block in blocks)
    usual, count = shapes.most_common(1)[0]
    roles = [guess.role for label in usual if (guess := guess_role(label)) is not None]
    asks = roles.count(Role.ANSWER) == 1 and roles.count(Role.REQUIREMENT) + roles.count(Role.ITEM) >= 1
    if count < max(_MIN_BLOCKS, _MOSTLY * len(blocks)) or not asks or len(set(usual)) < len(usual):
        return grid
    names = [label.text for label, _ in next(b for b in blocks if _shape(b) == usual)]
    keys = dict(zip(usual, names, strict=True))
    entries = [
        Entry(block[0][0].row, block[-1][0].end_row, {keys[fold(a.text)]: v for a, v in block})
        for block in blocks
        if set(_shape(block)) <= set(usual)
    ]
    labels = [label for block in blocks if set(_shape(block)) <= set(usual) for label, _ in block]
    return entries_to_table(grid, names, entries, labels)


def _shape(block: Sequence[_Pair]) -> tuple[str, ...]:
    return tuple(fold(label.text) for label, _ in block)


def _pairs(cells: Sequence[Cell]) -> list[_Pair]:
    """Label and value, label and value along a row; none where a row is anything else."""
    pairs = list(zip(cells[::2], cells[1::2], strict=False))
    odd = len(cells) % 2 or not all(_is_label(label) and not _is_name(value) for label, value in pairs)
    return [] if odd else pairs


def _is_label(cell: Cell) -> bool:
    return 0 < len(cell.text.strip()) <= _LABEL and guess_role(cell.text) is not None


def _is_name(cell: Cell) -> bool:
    """Whether a text is a label and nothing else, as in a header row."""
    guess = guess_role(cell.text)
    return guess is not None and guess.strength == STRONG


def _blocks(pairs: dict[int, list[_Pair]]) -> list[list[_Pair]]:
    """Runs of rows of pairs, one after the other; a new one begins where the first label comes again."""
    blocks: list[list[_Pair]] = []
    last: int | None = None
    for row, row_pairs in pairs.items():
        if not row_pairs:
            continue
        begins = bool(blocks) and fold(row_pairs[0][0].text) == fold(blocks[-1][0][0].text)
        if not blocks or begins or last != row - 1:
            blocks.append([])
        blocks[-1] += row_pairs
        last = row
    return blocks
