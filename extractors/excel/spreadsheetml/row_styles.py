"""The beginnings of the cells of each row in (`<c r="A" s="3"`), lines of looks out.

Rows of a form are mostly alike: the beginnings of one row's cells are those of the next, and are looked at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from extractors.cell_reference import COLUMNS
from extractors.excel.objects.anchors import LAST_COL
from extractors.excel.spreadsheetml.frame import SheetFrame
from extractors.looks import MOST_LINES, MOST_RUNS, PLAIN, Line, Look, Run, filled_up, joined_runs

_HEAD = re.compile(r'<c r="([A-Z]{1,3})[0-9]*"(?: s="([0-9]+)")?')
_NUMBERED = re.compile(r'([A-Z])[0-9]+"')
_LONGEST = 64 * MOST_RUNS  # characters of the beginnings of all rows that differ

_Heads = tuple[str, str]  # beginnings of a row's cells without its number, and the row's own style


@dataclass(slots=True)
class RowStyles:
    """The rows of a sheet at which other cells begin than in the row above, while they are read."""

    rows: list[int] = field(default_factory=list)
    heads: list[_Heads] = field(default_factory=list)
    following: int = 0
    characters: int = 0
    last: str = ""  # of the row above, as read
    last_style: str = ""

    def add(self, at: int, heads: str, style: str) -> None:
        """Put down a row by its number from 0; beyond what any form has nothing is put down."""
        if at == self.following and heads == self.last and style == self.last_style:
            self.following = at + 1
            return
        if at > self.following:
            self._put(self.following, ("", ""))
        self.last, self.last_style = heads, style
        self._put(at, (_without_numbers(heads), style))
        if not self.full:
            self.following = at + 1

    @property
    def full(self) -> bool:
        """Whether the rows differ more than those of any form."""
        return len(self.rows) >= MOST_LINES or self.characters > _LONGEST

    def _put(self, at: int, entry: _Heads) -> None:
        if self.full or entry == (self.heads[-1] if self.heads else ("", "")):
            return
        self.characters += len(entry[0])
        self.rows.append(at)
        self.heads.append(entry)

    def lines(self, looks: Mapping[str, Look], columns: Line) -> Iterator[tuple[int, int, Line]]:
        """Rows [first, end) with their looks by style; `columns` are the looks of cells that the file leaves out."""
        known: dict[_Heads, Line] = {("", ""): ()}
        ends = (*self.rows[1:], self.following)
        for first, end, entry in zip(self.rows, ends, self.heads, strict=False):
            if entry not in known:
                known[entry] = _line(entry, looks, plain=not columns)
            yield first, end, known[entry]


def frame_to_columns(frame: SheetFrame, looks: Mapping[str, Look]) -> Line:
    """The looks of whole columns: those of cells that the file leaves out; on a protected sheet all of these are locked."""
    runs = (Run(c.first, c.last, looks.get(c.style, PLAIN)) for c in frame.columns if c.style)
    columns = tuple(sorted((run for run in runs if run.look != PLAIN), key=lambda run: run.first))
    return filled_up(columns, Look(writable=False), LAST_COL) if frame.rules.protected else columns


def _without_numbers(heads: str) -> str:
    """Without the number where a cell has no style; "" where none has."""
    styled = heads.count(' s="')
    return heads if styled == heads.count("<c ") else _NUMBERED.sub(r'\1"', heads) if styled else ""


def _line(entry: _Heads, looks: Mapping[str, Look], plain: bool) -> Line:
    """The runs of a row; none where all of it is plain and may be left out."""
    heads, style = entry
    line = joined_runs((COLUMNS[letters], looks.get(index, PLAIN)) for letters, index in _HEAD.findall(heads))
    if style:
        line = filled_up(line, looks.get(style, PLAIN), LAST_COL)
    return () if plain and all(run.look == PLAIN for run in line) else line
