"""Cards that were found in, one record for each out: the value of each label under the label's column.

What stands right of a label, down to the next one, is its value. Where a row of every card names those who answer (`対象 | 貴社 |
委託先`), each name has a record of its own, with what stands below it. Where no label asks, the line above each card does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from extractors.checklist.columns.profile import is_answer_like
from extractors.checklist.reshape.structures.label_roles import is_called
from extractors.checklist.reshape.structures.repeated_labels import counts, templates_of
from extractors.checklist.reshape.structures.structure import Listed, blank_at
from extractors.checklist.terms.column_names import is_answers_name
from extractors.grid import Cell, Grid
from normalizers.text import fold

MIN_BLOCKS = 3
ALIKE = 0.8  # share of the blocks that have the usual labels, or a label at a place
_SHORTEST_QUESTION, _LONGEST_NAME, _LONGEST_NUMBER = 6, 16, 16
_QUESTION = "設問"
Place = tuple[int, int]


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

    `slots` are the columns right of a counting label that no label names. `regular` is the share of blocks with the usual labels,
    `for_whom` the column that says for whom a record answers, where each card answers for several.
    """

    names: tuple[str, ...]
    records: tuple[Listed, ...]
    counter: int | None
    slots: tuple[int, ...]
    regular: float
    for_whom: int | None = None


def questions_above(names: Sequence[str], blocks: Sequence[Card], filled: Sequence[Cell]) -> list[Cell]:
    """The line that alone stands above each block, another one above each; none where a label of the blocks asks."""
    if any(is_called(name, "requirement", "item") for name in names if name):
        return []
    by_row: dict[int, list[Cell]] = defaultdict(list)
    for cell in filled:
        by_row[cell.row].append(cell)
    above = [by_row[block.top - 1] for block in blocks]
    lines = [
        cells[0] for cells in above if len(cells) == 1 and len(cells[0].text.strip()) >= _SHORTEST_QUESTION
    ]
    if len(lines) < len(blocks) or len({line.text for line in lines}) < ALIKE * len(blocks):
        return []
    return lines


def with_questions(cards: Cards, lines: Sequence[Cell]) -> Cards:
    """The cards with the lines above them, one each, as what they ask."""
    at = 0 if cards.counter is None else cards.counter + 1
    above = {line.row + 1: line for line in lines}
    records = [
        Listed(
            record.top - 1,
            record.bottom,
            {at: above[record.top]} | {n + (n >= at): cell for n, cell in record.cells.items()},
            record.labels,
        )
        for record in cards.records
    ]
    slots = tuple(n + (n >= at) for n in cards.slots)
    for_whom = None if cards.for_whom is None else cards.for_whom + (cards.for_whom >= at)
    names = (*cards.names[:at], _QUESTION, *cards.names[at:])
    return replace(cards, names=names, records=tuple(records), slots=slots, for_whom=for_whom)


def cards_to_records(grid: Grid, blocks: Sequence[Card], regular: float) -> Cards:
    """The cards of a grid as records; `regular` is the share of blocks with the usual labels."""
    inside = [_cells_in(grid, block) for block in blocks]
    places = _label_places(blocks, inside)
    name_row = _name_row(blocks, inside, places)
    if name_row is not None:
        first = min(place for place in places if place[0] == name_row)
        places = {place: text for place, text in places.items() if place[0] != name_row or place == first}
    names = [_name(blocks, place, template) for place, template in places.items()]
    counter = next((i for i, template in enumerate(places.values()) if counts(template)), None)
    extra: dict[tuple[Place, int], int] = {}
    records = [
        record
        for block, cells in zip(blocks, inside, strict=True)
        for record in _records(_Block(grid, block, tuple(cells), places, name_row), extra)
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
    for_whom = None if name_row is None else columns[list(places).index(first)]
    slots = tuple(range(1, 1 + len(beside)))
    return Cards(tuple(labelled), tuple(trimmed), None if counter is None else 0, slots, regular, for_whom)


def _name_row(
    blocks: Sequence[Card], inside: Sequence[Sequence[Cell]], places: Mapping[Place, str]
) -> int | None:
    """The row of the cards, counted from their top, in which two texts or more behind a label are the same on each card."""
    rows = sorted({row for row, _ in places})
    for row in rows[:-1]:
        label = min(place for place in places if place[0] == row)
        if counts(places[label]):
            continue
        said = Counter(
            tuple(
                fold(cell.text)
                for cell in cells
                if cell.row == block.top + row and cell.col > block.left + label[1] and cell.text.strip()
            )
            for block, cells in zip(blocks, inside, strict=True)
        )
        texts, times = said.most_common(1)[0]
        are_names = len(texts) > 1 and len(set(texts)) == len(texts) and times >= ALIKE * len(blocks)
        if not are_names or not _answer_apart(blocks, inside, [place for place in places if place[0] > row]):
            continue
        if all(len(text) <= _LONGEST_NAME and _is_name(text) for text in texts):
            return row
    return None


def _answer_apart(blocks: Sequence[Card], inside: Sequence[Sequence[Cell]], below: Sequence[Place]) -> bool:
    """Whether two values or more stand behind one of the labels below, on most cards."""
    filled = Counter(
        place
        for block, cells in zip(blocks, inside, strict=True)
        for place in below
        if sum(
            cell.row == block.top + place[0] and cell.col > block.left + place[1] and bool(cell.text.strip())
            for cell in cells
        )
        > 1
    )
    return any(times > len(blocks) / 2 for times in filled.values())


def _is_name(text: str) -> bool:
    is_column = is_answers_name(text) or is_called(text, "requirement", "remarks", "number")
    return not is_answer_like(text) and not is_column


def _cells_in(grid: Grid, block: Card) -> list[Cell]:
    """The cells of a block from top left to bottom right, blank ones too; a value may go on below the last label."""
    return sorted(
        (c for c in grid.cells if block.top <= c.row < block.bottom and block.left <= c.col < block.right),
        key=lambda cell: (cell.row, cell.col),
    )


def _label_places(blocks: Sequence[Card], inside: Sequence[Sequence[Cell]]) -> dict[Place, str]:
    """Where labels stand inside a block, rows and columns counted from its corner, with their templates."""
    seen: dict[Place, Counter[str]] = defaultdict(Counter)
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
        often = times >= max(MIN_BLOCKS, ALIKE * len(blocks))
        if place[1] > 0 and often and not counts(template) and place[1] < width - 1:
            own[place] = template
    return dict(sorted(own.items()))


def _name(blocks: Sequence[Card], place: Place, template: str) -> str:
    if counts(template):
        return template.replace("#", "").strip()
    index = next((i for i, t in enumerate(blocks[0].templates) if t == template and place[1] == 0), None)
    return blocks[0].labels[index].text.strip() if index is not None else template


@dataclass(frozen=True, slots=True)
class _Block:
    """One card with its cells, the places of labels, and the row of those who answer, counted from its top."""

    grid: Grid
    card: Card
    cells: tuple[Cell, ...]
    places: Mapping[Place, str]
    name_row: int | None

    def label_at(self, place: Place) -> Cell | None:
        """The cell at a place counted from the card's corner."""
        at = (self.card.top + place[0], self.card.left + place[1])
        return next((cell for cell in self.cells if (cell.row, cell.col) == at), None)

    def behind(self, label: Cell, place: Place) -> list[Cell]:
        """The filled cells right of a label down to the next one."""
        right = [c for r, c in self.places if r == place[0] and c > place[1]]
        edge = self.card.left + min(right) if right else self.card.right
        return [
            c for c in self.cells
            if label.row <= c.row < label.end_row and label.end_col <= c.col < edge and c.text.strip()
        ]  # fmt: skip


def _records(block: _Block, extra: dict[tuple[Place, int], int]) -> list[Listed]:
    """One card as a record, or as one for each of those whom it names."""
    record = _record(block, extra)
    if block.name_row is None:
        return [record]
    shared = {slot for (place, _), slot in extra.items() if place[0] <= block.name_row}
    names = [
        cell
        for cell in block.cells
        if cell.row == block.card.top + block.name_row and cell.text.strip() and cell not in record.labels
    ]
    return [_of_name(block, record, name, shared) for name in names] if len(names) > 1 else [record]


def _of_name(block: _Block, record: Listed, name: Cell, shared: Set[int]) -> Listed:
    """What of a card stands below one of its names; what stands above all names is everybody's."""
    values = dict(record.cells)
    for index, place in enumerate(block.places):
        label = block.label_at(place)
        if label is None or block.name_row is None or place[0] < block.name_row:
            continue
        if place[0] == block.name_row:
            values[index] = name
            continue
        own = [c for c in block.behind(label, place) if c.col < name.end_col and c.end_col > name.col]
        values[index] = own[0] if own else blank_at(block.grid, label.row, name.col, label)
    kept = {n: cell for n, cell in values.items() if n < len(block.places) or n in shared}
    return Listed(record.top, record.bottom, kept, record.labels)


def _record(block: _Block, extra: dict[tuple[Place, int], int]) -> Listed:
    """One card: each label's value under the label's column; a counting label is the value itself."""
    labels: list[Cell] = []
    values: dict[int, Cell] = {}
    for index, (place, template) in enumerate(block.places.items()):
        label = block.label_at(place)
        if label is None:
            continue
        own = block.behind(label, place)
        if counts(template) and len(label.text.strip()) > _LONGEST_NUMBER:  # the question, without its number
            values[extra.setdefault((place, 1), len(block.places) + len(extra))] = label
            continue
        if counts(template):
            values[index] = label
            labelled = {row for row, _ in block.places} - {place[0]}
            own = [c for c in own if c.row - block.card.top not in labelled]
            for number, cell in enumerate(own, start=1):
                slot = extra.setdefault((place, number), len(block.places) + len(extra))
                values[slot] = cell
            continue
        labels.append(label)
        values[index] = own[0] if own else blank_at(block.grid, label.row, label.end_col, label)
        for number, cell in enumerate(own[1:], start=2):
            values[extra.setdefault((place, number), len(block.places) + len(extra))] = cell
    return Listed(block.card.top, block.card.bottom, values, tuple(labels))
