"""Reads cards: one block of labels and values for each question, the same labels block after block.

A grid in, the structure out. A column of the grid whose labels come round in a cycle holds the cards' left edge:
`カード1 | 設問 | 回答 | 補足`, `カード2 | 設問 | 回答 | 補足`. Labels further right that every block has at the same
place (`根拠となる資料`) are labels too; what stands right of a label, down to the next one, is its value. Cards may
stand side by side. Nothing of this asks what the labels say: that is told by evidence afterwards, as for any
header.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.checklist.model import Role
from extractors.checklist.reshape.structures.label_roles import is_called, with_evident_roles
from extractors.checklist.reshape.structures.repeated_labels import counts, templates_of
from extractors.checklist.reshape.structures.structure import (
    Column,
    Listed,
    Structure,
    blank_at,
    records_to_structure,
)
from extractors.checklist.terms.column_names import choice_of
from extractors.grid import Cell, Grid

MIN_BLOCKS = 3
_ALIKE = 0.8  # share of the blocks that have the usual labels, or a label at a place
_TALL = 12  # rows that a card has at most
_Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Card:
    """Rows [top, bottom) and columns [left, right) of one card, its labels at the left edge and their templates."""

    top: int
    bottom: int
    left: int
    right: int
    labels: tuple[Cell, ...]
    templates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards of a grid as records, the names of the columns, which one numbers them, and how alike the blocks are.

    `slots` are the columns right of a counting label that no label names. `regular` is the share of blocks with the usual labels.
    """

    names: tuple[str, ...]
    records: tuple[Listed, ...]
    counter: int | None
    slots: tuple[int, ...]
    regular: float


def card_structures(grid: Grid) -> list[Structure]:
    """The list that the cards of a grid make, none where it has no cards, or cards that ask nothing."""
    cards = cards_of(grid)
    if cards is None:
        return []
    columns = [Column(name, Role.UNKNOWN) for name in cards.names]
    plain = records_to_structure(grid, "cards", columns, cards.records, cards.regular)
    structure = with_evident_roles(plain, cards.counter, cards.slots)
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
    return _to_records(grid, blocks, best[1])


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
    if times < max(MIN_BLOCKS, _ALIKE * len(runs)) or len(usual) < 2 or len(set(usual)) < len(usual):
        return [], 0.0
    blocks = [
        Card(run[0][0].row, run[-1][0].end_row, run[0][0].col, width, tuple(c for c, _ in run), usual)
        for run in runs
        if tuple(template for _, template in run) == usual
    ]
    tall = [block for block in blocks if block.bottom - block.top > _TALL]
    return ([], 0.0) if tall else (blocks, times / len(runs))


def _with_counters(blocks: list[Card], by_column: dict[int, list[Cell]]) -> list[Card]:
    """The blocks from the numbers on that stand left of them, one a block, beside a line above its labels: `問1 | question`."""
    for col in sorted((col for col in by_column if col < blocks[0].left), reverse=True):
        cells = by_column[col]
        templates = templates_of(cells)
        numbers = [c for c, t in zip(cells, templates, strict=True) if t is not None and counts(t)]
        owners = [
            [c for c in numbers if above < c.row < block.top]
            for above, block in zip([-1, *(block.top for block in blocks)], blocks, strict=False)
        ]
        if all(
            len(owner) == 1 and block.top - owner[0].row == 1
            for owner, block in zip(owners, blocks, strict=True)
        ):
            name = next(t for t in templates if t is not None and counts(t))
            return [
                Card(c.row, b.bottom, c.col, b.right, (c, *b.labels), (name, *b.templates))
                for (c,), b in zip(owners, blocks, strict=True)
            ]
    return blocks


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


def _to_records(grid: Grid, blocks: Sequence[Card], regular: float) -> Cards:
    inside = [_cells_in(grid, block) for block in blocks]
    places = _label_places(blocks, inside)
    names = [_name(blocks, place, template) for place, template in places.items()]
    counter = next((i for i, template in enumerate(places.values()) if counts(template)), None)
    extra: dict[tuple[_Place, int], int] = {}
    records = [
        _record(grid, block, cells, places, extra) for block, cells in zip(blocks, inside, strict=True)
    ]
    kept = [n for key, n in sorted(extra.items()) if key[1] == 1 or sum(n in r.cells for r in records) > 1]
    beside = [n for n in kept if counts(places[next(key for key, m in extra.items() if m == n)[0]])]
    front = [] if counter is None else [counter, *beside]
    order = [*front, *(n for n in range(len(places)) if n != counter), *(n for n in kept if n not in beside)]
    columns = {old: new for new, old in enumerate(order)}
    trimmed = [
        Listed(r.top, r.bottom, {columns[n]: c for n, c in r.cells.items() if n in columns}, r.labels)
        for r in records
    ]
    labelled = [names[n] if n < len(names) else "" for n in order]
    return Cards(
        tuple(labelled),
        tuple(trimmed),
        None if counter is None else 0,
        tuple(range(1, 1 + len(beside))),
        regular,
    )


def _cells_in(grid: Grid, block: Card) -> list[Cell]:
    """The cells of a block from top left to bottom right, blank ones too; a value may go on below the last label."""
    return sorted(
        (c for c in grid.cells if block.top <= c.row < block.bottom and block.left <= c.col < block.right),
        key=lambda cell: (cell.row, cell.col),
    )


def _label_places(blocks: Sequence[Card], inside: Sequence[Sequence[Cell]]) -> dict[_Place, str]:
    """Where labels stand inside a block, rows and columns counted from its corner, with their templates."""
    seen: dict[_Place, Counter[str]] = defaultdict(Counter)
    for block, cells in zip(blocks, inside, strict=True):
        filled = [cell for cell in cells if cell.text.strip()]
        for cell, template in zip(filled, templates_of(filled), strict=True):
            if template is not None:
                seen[cell.row - block.top, cell.col - block.left][template] += 1
    own = {
        (label.row - blocks[0].top, label.col - blocks[0].left): template
        for label, template in zip(blocks[0].labels, blocks[0].templates, strict=True)
    }
    width = max(block.right - block.left for block in blocks)
    for place, templates in seen.items():
        template, times = templates.most_common(1)[0]
        often = times >= max(MIN_BLOCKS, _ALIKE * len(blocks))
        if place[1] > 0 and often and not counts(template) and place[1] < width - 1:
            own[place] = template
    return dict(sorted(own.items()))


def _name(blocks: Sequence[Card], place: _Place, template: str) -> str:
    if counts(template):
        return template.replace("#", "").strip()
    index = next((i for i, t in enumerate(blocks[0].templates) if t == template and place[1] == 0), None)
    return blocks[0].labels[index].text.strip() if index is not None else template


def _record(
    grid: Grid,
    block: Card,
    cells: Sequence[Cell],
    places: dict[_Place, str],
    extra: dict[tuple[_Place, int], int],
) -> Listed:
    """One card: each label's value under the label's column; a counting label is the value itself."""
    at = {(cell.row - block.top, cell.col - block.left): cell for cell in cells}
    labels: list[Cell] = []
    values: dict[int, Cell] = {}
    for index, (place, template) in enumerate(places.items()):
        label = at.get(place)
        if label is None:
            continue
        right = [c for r, c in places if r == place[0] and c > place[1]]
        edge = block.left + min(right) if right else block.right
        own = [
            c for c in cells
            if label.row <= c.row < label.end_row and label.end_col <= c.col < edge and c.text.strip()
        ]  # fmt: skip
        if counts(template):
            values[index] = label
            labelled = {row for row, _ in places} - {place[0]}
            own = [c for c in own if c.row - block.top not in labelled]
            for number, cell in enumerate(own, start=1):
                slot = extra.setdefault((place, number), len(places) + len(extra))
                values[slot] = cell
            continue
        labels.append(label)
        values[index] = own[0] if own else blank_at(grid, label.row, label.end_col, label)
        for number, cell in enumerate(own[1:], start=2):
            values[extra.setdefault((place, number), len(places) + len(extra))] = cell
    return Listed(block.top, block.bottom, values, tuple(labels))
