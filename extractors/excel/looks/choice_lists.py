"""The formula of a drop-down list and the grids of the workbook in, the entries that a person could choose out.

A list is written inline (`"はい,いいえ"`), as a range of this or another sheet (`選択肢!$A$2:$A$4`), as a name for one,
or as a computed range: of `OFFSET($A$2,…)` the texts below its first cell are taken, of what depends on other cells
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from extractors.cell_reference import column_number, range_to_area
from extractors.grid import Grid
from extractors.looks import MOST_CHOICES, Area, Spot

Names = Mapping[tuple[str | None, str], str]  # sheet (None for the workbook) and folded name → formula

_DEPTH = 4  # names for names
_LAST_ROW, _LAST_COL = 1_048_575, 16_383
_LOOKED_AT = 2_000  # places of one range
_MOST_SOURCES = 2_000  # different lists of a workbook
_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})")
_CALL = re.compile(r"\s*(OFFSET|INDIRECT)\s*\(\s*([^,()]+?)\s*[,)].*", re.IGNORECASE | re.DOTALL)
_NO_QUOTES = re.compile(r'"((?:[^"]|"")*)"')


@dataclass(frozen=True, slots=True)
class Range:
    """A range of a sheet; `until_blank` where the list ends at the first blank cell."""

    sheet: str
    area: Area
    until_blank: bool = False


def formula_to_source(
    formula: str, sheet: str, names: Names, depth: int = _DEPTH
) -> tuple[str, ...] | Range | None:
    """The entries of a list on `sheet`, or where they stand; None where only a calculation could tell."""
    text = formula.strip().removeprefix("=").strip()
    quoted = _NO_QUOTES.fullmatch(text)
    if quoted:
        return split_entries(quoted.group(1).replace('""', '"'))
    if depth == 0:
        return None
    call = _CALL.fullmatch(text)
    if call:
        return _computed(call.group(1).upper(), call.group(2), (sheet, names, depth))
    title, area = _reference(text)
    if area is not None:
        return Range(title or sheet, area)
    behind = names.get((title or sheet, text.rpartition("!")[2].casefold())) or names.get(
        (None, text.casefold())
    )
    return formula_to_source(behind, title or sheet, names, depth - 1) if behind else None


def split_entries(text: str) -> tuple[str, ...]:
    """The entries of an inline list."""
    entries = (entry.strip() for entry in text[:10_000].split(","))
    return tuple(dict.fromkeys(entry for entry in entries if entry))[:MOST_CHOICES]


def _computed(
    function: str, argument: str, context: tuple[str, Names, int]
) -> tuple[str, ...] | Range | None:
    """A list that begins at a cell and goes on below it, or of which the reference is a text."""
    sheet, names, depth = context
    if function == "INDIRECT":
        quoted = _NO_QUOTES.fullmatch(argument)
        return formula_to_source(quoted.group(1), sheet, names, depth - 1) if quoted else None
    title, area = _reference(argument)
    if area is None:
        return None
    top, left, _, _ = area
    return Range(title or sheet, (top, left, _LAST_ROW, left), until_blank=True)


def _reference(text: str) -> tuple[str, Area | None]:
    """The sheet that a reference names, "" where none, and its range; whole columns too."""
    head, _, cells = text.rpartition("!")
    title = head.strip()
    if title.startswith("'") and title.endswith("'") and len(title) > 1:
        title = title[1:-1].replace("''", "'")
    area = range_to_area(cells)
    columns = _COLUMNS.fullmatch(cells.strip())
    if area is None and columns:
        left, right = (column_number(letters.upper()) for letters in columns.groups())
        area = (0, min(left, right), _LAST_ROW, max(left, right))
    if area is not None and (area[0] > _LAST_ROW or area[1] > _LAST_COL):
        area = None
    return title, area


@dataclass(slots=True)
class ChoiceLists:
    """The lists of a workbook: formula and sheet in, entries out, each looked up once."""

    grids: Sequence[Grid]
    names: Names
    _known: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    _texts: dict[str, Mapping[Spot, str]] = field(default_factory=dict)

    def entries(self, formula: str, sheet: str) -> tuple[str, ...]:
        """The entries of a list on `sheet`; none where they cannot be found."""
        key = (formula, sheet)
        if key not in self._known:
            if len(self._known) >= _MOST_SOURCES:
                return ()
            self._known[key] = self.resolve(formula_to_source(formula, sheet, self.names))
        return self._known[key]

    def resolve(self, source: tuple[str, ...] | Range | None) -> tuple[str, ...]:
        """The entries that a source holds."""
        if isinstance(source, Range):
            return tuple(dict.fromkeys(self._in_range(source)))[:MOST_CHOICES]
        return source or ()

    def _in_range(self, source: Range) -> Iterable[str]:
        texts = self._sheet(source.sheet)
        top, left, bottom, right = source.area
        bottom = min(bottom, max((row for row, _ in texts), default=-1))
        right = min(right, left + _LOOKED_AT)
        looked_at = 0
        for row in range(top, bottom + 1):
            for col in range(left, right + 1):
                looked_at += 1
                text = texts.get((row, col), "")
                if looked_at > _LOOKED_AT or (source.until_blank and not text):
                    return
                if text:
                    yield text

    def _sheet(self, title: str) -> Mapping[Spot, str]:
        """The texts of a sheet by row and column; sheets are the same in any case."""
        if title not in self._texts:
            grid = next((g for g in self.grids if str(g.sheet).casefold() == title.casefold()), None)
            cells = grid.cells if grid is not None else ()
            self._texts[title] = {(c.row, c.col): text for c in cells if (text := c.text.strip())}
        return self._texts[title]
