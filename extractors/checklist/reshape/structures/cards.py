"""Reads cards: one block of labels and values for each question, the same labels block after block.

A grid in, the structure out. A column of the grid whose labels come round in a cycle holds the cards' left edge:
`カード1 | 設問 | 回答 | 補足`, `カード2 | 設問 | 回答 | 補足`. Labels further right that every block has at the same
place (`根拠となる資料`) are labels too; what stands right of a label, down to the next one, is its value. Cards may
stand side by side. Nothing of this asks what the labels say: that is told by evidence afterwards, as for any
header. Where no label asks, the question is the line above each block, another one above each.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from extractors.checklist.model import Role
from extractors.checklist.reshape.structures.card_records import (
    ALIKE,
    MIN_BLOCKS,
    Card,
    Cards,
    cards_to_records,
    questions_above,
    with_questions,
)
from extractors.checklist.reshape.structures.label_roles import is_called, with_evident_roles
from extractors.checklist.reshape.structures.repeated_labels import counts, templates_of
from extractors.checklist.reshape.structures.structure import (
    Column,
    Structure,
    records_to_structure,
    with_role,
)
from extractors.checklist.terms.column_names import choice_of, is_answers_name
from extractors.grid import Cell, Grid

_TALL = 12  # rows that a card has at most


def card_structures(grid: Grid) -> list[Structure]:
    """The list that the cards of a grid make, none where it has no cards, or cards that ask nothing."""
    cards = cards_of(grid)
    if cards is None:
        return []
    columns = [Column(name, Role.UNKNOWN) for name in cards.names]
    plain = records_to_structure(grid, "cards", columns, cards.records, cards.regular)
    structure = with_evident_roles(plain, cards.counter, cards.slots)
    if structure is not None and cards.for_whom is not None:
        structure = with_role(structure, cards.for_whom, Role.SUB_ITEM)
    if not any(is_called(name, "answer") and not choice_of(name) for name in cards.names if name):
        return []  # texts that come again down a column of categories
    return [structure] if structure is not None else []


def cards_of(grid: Grid) -> Cards | None:
    """The cards of a grid, None where it holds none."""
    filled = [cell for cell in grid.cells if cell.text.strip()]
    by_column: dict[int, list[Cell]] = defaultdict(list)
    for cell in filled:
        by_column[cell.col].append(cell)
    best: tuple[list[Card], float] | None = None
    for col in sorted(by_column):
        blocks, regular = _cycle(by_column[col], grid.n_cols)
        size = sum(len(block.labels) for block in blocks)
        if blocks and (best is None or size > 1.5 * sum(len(block.labels) for block in best[0])):
            best = blocks, regular
    if best is None:
        return None
    blocks = _with_neighbours(_with_counters(best[0], by_column), by_column, grid.n_cols)
    if _stands_beside(blocks, filled) or _has_header(blocks, filled):
        return None
    cards = cards_to_records(grid, blocks, best[1])
    headings = questions_above(cards.names, blocks, filled)
    if headings:
        return with_questions(cards, headings)
    return cards if len(blocks[0].labels) > 1 else None


def _cycle(cells: Sequence[Cell], width: int) -> tuple[list[Card], float]:
    """The blocks that the labels of a column make, and the share of them with the usual labels."""
    ordered = sorted(cells, key=lambda cell: cell.row)
    templates = templates_of(ordered)
    often = Counter(template for template in templates if template is not None)
    labels = [
        (c, t) for c, t in zip(ordered, templates, strict=True) if t is not None and often[t] >= MIN_BLOCKS
    ]
    if not labels:
        return [], 0.0
    first = next((t for _, t in labels if counts(t)), labels[0][1])
    starts = [index for index, (_, template) in enumerate(labels) if template == first]
    runs = [labels[a:b] for a, b in pairwise([*starts, len(labels)])]
    shapes = Counter(tuple(template for _, template in run) for run in runs)
    usual, times = shapes.most_common(1)[0]
    if times < max(MIN_BLOCKS, ALIKE * len(runs)) or len(set(usual)) < len(usual):
        return [], 0.0
    is_beside = all(cell.end_col < width for cell, _ in labels)
    if len(usual) < 2 and not (is_answers_name(usual[0]) and is_beside):
        return [], 0.0  # 回答 alone, beside its value, is a card below its question
    blocks = [
        Card(run[0][0].row, run[-1][0].end_row, run[0][0].col, width, tuple(c for c, _ in run), usual)
        for run in runs
        if tuple(template for _, template in run) == usual
    ]
    tall = [block for block in blocks if block.bottom - block.top > _TALL]
    return ([], 0.0) if tall else (blocks, times / len(runs))


def _with_counters(blocks: list[Card], by_column: dict[int, list[Cell]]) -> list[Card]:
    """The blocks from the numbers on that stand left of them, one a block.

    They stand beside a line above its labels, `問1 | question`, or beside the first of these, `問1 | 設問 | question`.
    """
    for col in sorted((col for col in by_column if col < blocks[0].left), reverse=True):
        cells = by_column[col]
        templates = templates_of(cells)
        numbers = {
            c.row: (c, t) for c, t in zip(cells, templates, strict=True) if t is not None and counts(t)
        }
        for above in (1, 0):
            owners = [numbers.get(block.top - above) for block in blocks]
            own = [owner for owner in owners if owner is not None]
            if owners[0] is not None and len(own) >= (ALIKE if above else 1.0) * len(blocks):
                return [
                    _numbered(block, block.top - above, col, owner)
                    for block, owner in zip(blocks, owners, strict=True)
                ]
    return blocks


def _numbered(block: Card, top: int, left: int, owner: tuple[Cell, str] | None) -> Card:
    """A block from the row and column of the numbers on; its own may be missing."""
    labels, templates = block.labels, block.templates
    if owner is not None:
        labels, templates = (owner[0], *labels), (owner[1], *templates)
    return Card(top, block.bottom, left, block.right, labels, templates)


def _with_neighbours(blocks: list[Card], by_column: dict[int, list[Cell]], width: int) -> list[Card]:
    """The blocks, and those of the same labels that stand right of them; each ends where its neighbour begins."""
    lefts = {blocks[0].left: blocks}
    for col in sorted(by_column):
        if col in lefts:
            continue
        neighbours, _ = _cycle(by_column[col], width)
        if neighbours and neighbours[0].templates == blocks[0].templates:
            lefts[col] = neighbours
    edges = [*sorted(lefts), width]
    result: list[Card] = []
    for left, right in pairwise(edges):
        result += [Card(b.top, b.bottom, left, right, b.labels, b.templates) for b in lefts[left]]
    return sorted(result, key=lambda block: (block.top, block.left))


def _stands_beside(blocks: Sequence[Card], filled: Sequence[Cell]) -> bool:
    """Whether texts stand left of the cards' labels in most blocks: then the labels name parts of the rows of a table."""
    edge = min(block.left for block in blocks)
    rows = {row: n for n, block in enumerate(blocks) for row in range(block.top, block.bottom)}
    beside = {rows[cell.row] for cell in filled if cell.col < edge and cell.row in rows}
    return len(beside) > 0.5 * len(blocks)


def _has_header(blocks: Sequence[Card], filled: Sequence[Cell]) -> bool:
    """Whether names of three columns or more stand right above the first block: then it is a table."""
    top = blocks[0].top
    return sum(cell.row == top - 1 for cell in filled) >= 3
