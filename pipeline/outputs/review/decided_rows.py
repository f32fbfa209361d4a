"""A sheet of the review workbook that people filled in comes in, decisions and the rows that cannot be followed go out.

A row decides where one of its `decide` cells holds something: `answer` is no and `note` says 見間違い. Its other cells name what
it is of. Nothing is guessed: a row that breaks a rule is told with its number, and the others count.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import DecisionRefused
from pipeline.outputs.xlsx.read_sheet import read_sheet
from pipeline.outputs.xlsx.write_tables import SheetColumn
from pipeline.review.decision import Decision, DecisionKind
from pipeline.review.kinds import new_decision


@dataclass(frozen=True, slots=True)
class DecisionSheet:
    """A sheet of the workbook: its title, the kind that it decides, its columns, and those of them in which people decide."""

    title: str
    kind: DecisionKind
    columns: tuple[SheetColumn, ...]
    decide: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImportedDecisions:
    """Decisions of a sheet, and the rows that could not be followed, each with its number and why."""

    sheet: str
    decisions: tuple[Decision, ...]
    refusals: tuple[tuple[int, DecisionRefused], ...]


def import_decisions(path: Path, sheet: DecisionSheet, who: str) -> ImportedDecisions:
    """What people decided on one sheet of the workbook at `path`; a workbook without the sheet decides nothing.

    Raises what `read_sheet` raises.
    """
    decisions: list[Decision] = []
    refusals: list[tuple[int, DecisionRefused]] = []
    for number, cells in enumerate(read_sheet(path, sheet.title), 2):
        if not any(cells.get(name, "").strip() for name in sheet.decide):
            continue
        try:
            decisions.append(new_decision(sheet.kind, _plain(cells), who, cells.get("note", "").strip()))
        except DecisionRefused as refusal:
            refusals.append((number, refusal))
    return ImportedDecisions(sheet.title, tuple(decisions), tuple(refusals))


def _plain(cells: Mapping[str, str]) -> dict[str, str]:
    """The cells without the white space that hands leave around them."""
    return {name: text.strip() for name, text in cells.items()}


def import_sheets(path: Path, sheets: Sequence[DecisionSheet], who: str) -> list[ImportedDecisions]:
    """What people decided on these sheets. Raises what `read_sheet` raises."""
    return [import_decisions(path, sheet, who) for sheet in sheets]
