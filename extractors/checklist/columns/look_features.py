"""Frame in, figures of its looks out: what the form's maker told Excel, Word or the PDF of each column.

Nothing is decided here, as in evidence.py. A blank yellow column with a list of `適合 / 一部適合 / 不適合` is where the vendor
answers, whatever its name; so is the only unlocked column of a protected sheet. Most forms have but a few such
signs, and many have none: every figure is 0 there.

`look_figures(view, frame)` gives one row a column, one figure for each of LOOK_FEATURES; `frame_look_figures(view, frame)`
one row for the frame, one figure for each of FRAME_LOOK_FEATURES.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from extractors.checklist.columns.cell_shapes import SHAPES, shapes_of
from extractors.checklist.columns.frames import Frame
from extractors.checklist.grid_index import GridView
from extractors.checklist.terms.headings import heading_words
from extractors.looks import Look
from normalizers.text import fold

Floats = NDArray[np.float64]
_OF_CELL = (
    "list",
    "list_short",
    "list_long",
    "list_unknown",
    "list_answers",
    "list_levels",
    "list_numbers",
    "writable",
    "locked",
    "filled",
    "bordered",
    "bold",
    "prompt",
    "prompt_enter",
)
_OF_BLANK = ("list", "writable", "filled", "bordered")  # once more for the cells without a text
_OF_COLUMN = (
    "only_list",
    "first_list",
    "last_list",
    "only_writable",
    "filled_unlike_longest",
    "filled_alone",
    "blank_filled_unlike",
    "head_bold",
    "head_filled",
    "head_filled_unlike",
)
LOOK_FEATURES: tuple[str, ...] = (
    *(f"look_{name}" for name in _OF_CELL),
    *(f"look_blank_{name}" for name in _OF_BLANK),
    *(f"look_{name}" for name in _OF_COLUMN),
)
FRAME_LOOK_FEATURES: tuple[str, ...] = (
    "look_any_list",
    "look_any_answer_list",
    "look_protected",
    "look_any_prompt",
    "look_head_bold",
    "look_head_filled",
    "look_head_unlike_rows",
    "look_head_unlike_above",
    "look_rows_bordered",
    "look_blank_input",
)
_SHORT_LIST, _SHORT_ENTRY = range(2, 7), 12
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class _CellFigures:
    """What the cells of a frame look like: figures of _OF_CELL by row and column, grounds as numbers, blanks, the heads."""

    figures: Floats
    fills: NDArray[np.int64]
    blank: NDArray[np.bool_]
    longest: int
    heads: tuple[Look, ...]


def look_figures(view: GridView, frame: Frame) -> Floats:
    """One row for each column of the frame, one figure for each of LOOK_FEATURES."""
    if not view.grid.looks:
        return np.zeros((len(frame.columns), len(LOOK_FEATURES)))
    cells = _cell_figures(view, frame)
    shares = cells.figures.mean(axis=0)
    picked = [_OF_CELL.index(name) for name in _OF_BLANK]
    blanks = (cells.figures[:, :, picked] * cells.blank[:, :, None]).mean(axis=0)
    return np.hstack([shares, blanks, _relations(cells, shares)])


def frame_look_figures(view: GridView, frame: Frame) -> Floats:
    """One figure for each of FRAME_LOOK_FEATURES."""
    if not view.grid.looks:
        return np.zeros(len(FRAME_LOOK_FEATURES))
    cells = _cell_figures(view, frame)
    shares = dict(zip(_OF_CELL, cells.figures.mean(axis=0).T, strict=True))
    heads = cells.heads
    filled, bold = _share(bool(head.fill) for head in heads), _share(head.bold for head in heads)
    first = [view.look(frame.rows[0], column.start) for column in frame.columns]
    above = [view.look(frame.top - 1, c.start) for c in frame.columns] if heads and frame.top else []
    inputs = cells.blank & (cells.fills != cells.fills[:, [cells.longest]])
    return np.array(
        [
            shares["list"].max(),
            shares["list_answers"].max(),
            float((shares["locked"] > 0).any() or (shares["writable"] > 0).any()),
            shares["prompt"].max(),
            bold,
            filled,
            _share(a.fill != b.fill or a.bold != b.bold for a, b in zip(heads, first, strict=False)),
            _share(a.fill != b.fill or a.bold != b.bold for a, b in zip(heads, above, strict=False)),
            shares["bordered"].mean(),
            inputs.mean(axis=0).max(),
        ]
    )


def _share(flags: Iterable[bool]) -> float:
    values = list(flags)
    return sum(values) / len(values) if values else 0.0


@lru_cache(maxsize=1)  # of the frame at hand: its columns and the whole are asked for one after the other
def _cell_figures(view: GridView, frame: Frame) -> _CellFigures:
    known: dict[int, int] = {}  # looks that the view keeps, by identity
    looks: list[Look] = []
    places: list[list[int]] = []
    lengths: list[list[int]] = []
    for row in frame.rows:
        line, texts = [], []
        for column in frame.columns:
            cell = view.within(row, column.start, column.end)
            look = view.look(row, column.start if cell is None else max(cell.col, column.start))
            at = known.setdefault(id(look), len(looks))
            if at == len(looks):
                looks.append(look)
            line.append(at)
            texts.append(0 if cell is None else len(cell.text.strip()))
        places.append(line)
        lengths.append(texts)
    index, length = np.array(places), np.array(lengths)
    table = np.array([cell_look_figures(look) for look in looks])
    fills = {fill: number for number, fill in enumerate(dict.fromkeys([None, *(k.fill for k in looks)]))}
    grounds = np.array([fills[look.fill] for look in looks])
    heads = [view.look(frame.bottom - 1, column.start) for column in frame.columns]
    return _CellFigures(
        table[index],
        grounds[index],
        length == 0,
        int(length.sum(axis=0).argmax()),
        tuple(heads) if frame.top < frame.bottom else (),
    )


def _relations(cells: _CellFigures, shares: Floats) -> Floats:
    """How each column stands to the others: the only one with a list, the only open one, of another ground."""
    count = shares.shape[0]
    lists = [i for i in range(count) if shares[i, _OF_CELL.index("list")] >= _HALF]
    writable = shares[:, _OF_CELL.index("writable")]
    opened = [i for i in range(count) if writable[i] >= _HALF]
    ground = cells.fills
    unlike = ground != ground[:, [cells.longest]]
    alike = (ground[:, :, None] == ground[:, None, :]).sum(axis=2) - 1
    alone = (ground > 0) * (1 - alike / max(1, count - 1))
    heads = list(cells.heads) or [Look()] * count
    usual = Counter(head.fill for head in heads).most_common(1)[0][0]
    rows = [
        [
            lists == [i], bool(lists) and i == lists[0], bool(lists) and i == lists[-1],
            i in opened and len(opened) <= count / 2,
            unlike[:, i].mean(), alone[:, i].mean(), (unlike & cells.blank)[:, i].mean(),
            heads[i].bold, bool(heads[i].fill), heads[i].fill != usual,
        ]
        for i in range(count)
    ]  # fmt: skip
    return np.array(rows, dtype=float)


@lru_cache(maxsize=4096)
def cell_look_figures(look: Look) -> tuple[float, ...]:
    """One figure of 0 to 1 for each property of one cell's look."""
    prompt = fold(look.prompt)
    return tuple(
        map(
            float,
            (
                *list_figures(look.choices),
                look.writable is True,
                look.writable is False,
                look.fill is not None,
                look.bordered,
                look.bold,
                bool(prompt),
                any(word in prompt for word in _prompt_words()),
            ),
        )
    )


def list_figures(choices: tuple[str, ...] | None) -> tuple[float, ...]:
    """Whether there is a list, a short one of short entries, a longer one, one that is not known, and which share of its
    entries are answers, levels of requirements, numbers.
    """
    if not choices:
        return (float(choices is not None), 0.0, 0.0, float(choices is not None), 0.0, 0.0, 0.0)
    short = len(choices) in _SHORT_LIST and max(map(len, choices)) <= _SHORT_ENTRY
    shapes = np.mean([shapes_of(choice) for choice in choices], axis=0)
    answer, level, numeric = (float(shapes[SHAPES.index(n)]) for n in ("answer_word", "level", "numeric"))
    return (1.0, float(short), float(not short), 0.0, answer, level, numeric)


@cache
def _prompt_words() -> tuple[str, ...]:
    return tuple(fold(word) for word in heading_words()["prompts"]["enter"])


def choices_of(view: GridView, rows: Sequence[int], start: int, end: int) -> tuple[str, ...]:
    """The entries that the drop-down lists of a column offer, over its rows, in their order, each once.

    The vocabulary of its answers: what a legend would say of the marks, without their meaning.
    """
    entries: dict[str, None] = {}
    for row in rows:
        for col in range(start, end):
            entries |= dict.fromkeys(view.look(row, col).choices or ())
    return tuple(entries)
