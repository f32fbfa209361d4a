"""What the form's maker told Excel, Word or the PDF of each cell: choices, protection, bold, fill, borders, prompts.

Readers hand in lines (which look runs over which columns of which rows) and areas (where choices are offered); out
comes `Looks`, asked by row and column. Blank cells have looks too: `回答` over twenty blank, yellow, unlocked cells
with a list of はい and いいえ says more than any header word. What is alike is stored once, whole columns and ranges as
such: a sheet of a million formatted blank cells costs as much as its rows differ.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

Area = tuple[int, int, int, int]  # first row, first column, last row, last column, from 0
Spot = tuple[int, int]

MOST_CHOICES = 60  # of one list; a list of all prefectures has 47
MOST_LINES = 100_000  # rows that differ from the row above
MOST_RUNS = 1_000_000  # of all lines that differ
_MOST_STORED = 200_000  # areas, counted once for each band of rows in which they lie

_OVERLAPS = 8  # areas over one cell


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks and what it takes.

    `choices` are the entries of its drop-down list in order: none of them where they could not be found, None where the
    cell has no list. `writable` is True where the cell is unlocked, False where its sheet is protected and it is not, None
    where nothing was said. `fill` is the code of a coloured ground (`FFF2CC`, `theme5`), None for white and none.
    `bordered` is a cell with lines on two sides or more. `prompt` is what is shown when the cell is entered.
    """

    choices: tuple[str, ...] | None = None
    writable: bool | None = None
    bold: bool = False
    fill: str | None = None
    bordered: bool = False
    prompt: str = ""


PLAIN = Look()


@lru_cache(maxsize=4096)
def shared_look(writable: bool | None, bold: bool, fill: str | None, bordered: bool) -> Look:
    """The look of a style: one and the same for all styles that look alike, so that it is told by identity."""
    return Look(None, writable, bold, fill, bordered)


class Run(NamedTuple):
    """Cells side by side that look alike: first and last column, both included."""

    first: int
    last: int
    look: Look


Line = tuple[Run, ...]  # runs of a row from left to right


@dataclass(frozen=True, slots=True)
class CellRule:
    """What an area takes: the choices of its list as in Look, its prompt, and whether it was opened for writing."""

    choices: tuple[str, ...] | None = None
    prompt: str = ""
    opened: bool = False


_Band = tuple[tuple[int, int, CellRule], ...]  # columns and what they take, by first column


@dataclass(frozen=True, slots=True)
class Looks:
    """The look of every cell of a grid. Built by `build_looks` and `spots_to_looks`.

    `starts` are the rows at which another of `lines` begins, `band_starts` those at which other areas lie side by side.
    """

    starts: Sequence[int] = ()
    lines: Sequence[Line] = ()
    columns: Line = ()
    band_starts: Sequence[int] = ()
    bands: Sequence[_Band] = ()

    def __bool__(self) -> bool:
        """Whether any cell has a look."""
        return bool(self.lines or self.columns or self.bands)

    def at(self, row: int, col: int) -> Look:
        """The look of the cell at a row and column; merged cells have that of their first one."""
        look = self._styled(row, col)
        entry = self._entry(row, col)
        if entry is None:
            return look
        writable = True if entry.opened else look.writable
        return replace(look, choices=entry.choices, prompt=entry.prompt, writable=writable)

    def _styled(self, row: int, col: int) -> Look:
        index = bisect_right(self.starts, row) - 1
        look = _in_line(self.lines[index], col) if index >= 0 else None
        return look or _in_line(self.columns, col) or PLAIN

    def _entry(self, row: int, col: int) -> CellRule | None:
        """What the areas over a cell take; of areas that lie over each other the nearest few are looked at."""
        index = bisect_right(self.band_starts, row) - 1
        if index < 0 or not self.bands[index]:
            return None
        end = bisect_right(self.bands[index], col, key=itemgetter(0))
        over = [entry for _, last, entry in self.bands[index][max(0, end - _OVERLAPS) : end] if last >= col]
        if len(over) < 2:
            return over[0] if over else None
        listed = [entry.choices for entry in over if entry.choices is not None]
        return CellRule(
            next((choices for choices in reversed(listed) if choices), listed[0] if listed else None),
            next((entry.prompt for entry in over if entry.prompt), ""),
            any(entry.opened for entry in over),
        )


NO_LOOKS = Looks()


def _in_line(line: Line, col: int) -> Look | None:
    index = bisect_right(line, col, key=lambda run: run.first) - 1
    return line[index].look if index >= 0 and col <= line[index].last else None


def build_looks(
    lines: Iterable[tuple[int, int, Line]], columns: Line = (), areas: Iterable[tuple[Area, CellRule]] = ()
) -> Looks:
    """The looks of a grid: `lines` with the rows [first, end) that they hold for, from the top; `columns` where a row says
    nothing; `areas` that take something.

    Of files that hold more than any form does the first rows are kept, and no areas.
    """
    starts: list[int] = [0]
    kept: list[Line] = [()]
    count, end = 0, 0
    for first, last, line in lines:
        if first > end:
            _put(starts, kept, end, ())
        _put(starts, kept, first, line)
        count += len(line)
        if len(starts) > MOST_LINES or count > MOST_RUNS:
            break
        end = last
    _put(starts, kept, end, ())
    band_starts, bands = _bands(areas)
    if len(kept) == 1:
        starts, kept = [], []
    return Looks(tuple(starts), tuple(kept), columns, band_starts, bands)


def _put(starts: list[int], kept: list[Line], row: int, line: Line) -> None:
    """Begin another line at a row, where it is another one."""
    if starts[-1] == row:
        kept[-1] = line
    elif line != kept[-1]:
        starts.append(row)
        kept.append(line)


def spots_to_looks(spots: Mapping[Spot, Look]) -> Looks:
    """The looks of cells that are told one by one."""
    numbers: dict[Look, int] = {PLAIN: 0}
    by_spot: dict[Spot, int] = {}
    areas: list[tuple[Area, CellRule]] = []
    for spot, look in spots.items():
        styled = look
        if look.choices is not None or look.prompt:
            areas.append(((*spot, *spot), CellRule(look.choices, look.prompt)))
            styled = replace(look, choices=None, prompt="")
        by_spot[spot] = numbers.setdefault(styled, len(numbers))
    return build_looks(numbers_to_lines({s: n for s, n in by_spot.items() if n}, list(numbers)), areas=areas)


def numbers_to_lines(numbers: Mapping[Spot, int], looks: Sequence[Look]) -> Iterator[tuple[int, int, Line]]:
    """The lines of cells by the number of each one's look; rows that are alike are looked at once."""
    known: dict[tuple[tuple[int, int], ...], Line] = {}
    for row, spots in groupby(sorted(numbers), key=itemgetter(0)):
        key = tuple([(spot[1], numbers[spot]) for spot in spots])
        if key not in known:
            known[key] = joined_runs((col, looks[n] if n < len(looks) else PLAIN) for col, n in key)
        yield row, row + 1, known[key]


def joined_runs(looks: Iterable[tuple[int, Look]]) -> Line:
    """Columns from left to right with their looks as runs of those that share a look."""
    runs: list[Run] = []
    for col, look in looks:
        if runs and runs[-1].look is look and runs[-1].last == col - 1:
            runs[-1] = Run(runs[-1].first, col, look)
        else:
            runs.append(Run(col, col, look))
    return tuple(runs)


def filled_up(line: Line, look: Look, last: int) -> Line:
    """A line that goes to the column `last`: what stands between and behind its runs has this look."""
    runs: list[Run] = []
    end = 0
    for run in line:
        if run.first > end:
            runs.append(Run(end, run.first - 1, look))
        runs.append(run)
        end = run.last + 1
    return (*runs, Run(end, last, look)) if end <= last else tuple(runs)


def _bands(areas: Iterable[tuple[Area, CellRule]]) -> tuple[tuple[int, ...], tuple[_Band, ...]]:
    """Bands of rows from the top, each with the areas that lie in it; none where they are more than people make."""
    waiting = sorted(areas, key=itemgetter(0), reverse=True)
    edges = sorted({edge for area, _ in waiting for edge in (area[0], area[2] + 1)})
    starts: list[int] = []
    bands: list[_Band] = []
    active: list[tuple[Area, CellRule]] = []
    stored = 0
    for edge in edges:
        active = [entry for entry in active if entry[0][2] >= edge]
        while waiting and waiting[-1][0][0] == edge:
            active.append(waiting.pop())
        stored += len(active)
        if stored > _MOST_STORED:
            return (), ()
        starts.append(edge)
        bands.append(tuple(sorted(((a[1], a[3], entry) for a, entry in active), key=itemgetter(0, 1))))
    return tuple(starts), tuple(bands)
