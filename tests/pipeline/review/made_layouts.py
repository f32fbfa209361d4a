"""A made-up form of which the readers are not sure: what they give of it, before and after a person has decided."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.cell_reference import a1
from extractors.checklist.extract import grid_to_checklists
from extractors.checklist.model import (
    Checklist,
    ChecklistColumn,
    GridResult,
    ItemRow,
    LayoutColumn,
    LayoutDecision,
    LayoutSource,
    LayoutStatus,
    Leftover,
    ListKind,
    Respondent,
    Role,
    TableLayout,
)
from extractors.grid import Grid
from extractors.location import Location
from pipeline.review.decision import Decision, DecisionKind
from pipeline.review.store import record_decision
from tests.pipeline.make import QUESTIONS, write_workbook

HEADER = ("番", "照会", "甲の欄", "乙の欄")
OTHER_HEADER = ("番", "照会", "丙の欄")
ROLES = (("number", "requirement", "answer", "remarks"), ("number", "requirement", "remarks", "answer"))


def form_key(header: Sequence[str] = HEADER) -> str:
    """The key of the form with this header."""
    return hashlib.sha256("|".join(header).encode()).hexdigest()[:16]


def unsure(patch: pytest.MonkeyPatch) -> None:
    """Tables with a column 照会 are proposed, not read, until a person has decided."""
    patch.setattr("pipeline.document.extraction.grid_to_checklists", read_grid)


def unsure_book(path: Path, marks: str, header: Sequence[str] = HEADER) -> Path:
    """A workbook with one sheet of the form: a mark an item, 乙の欄 with a word beside it."""
    rows = [(str(n), QUESTIONS[n - 1], mark, f"覚え{n}")[: len(header)] for n, mark in enumerate(marks, 1)]
    return write_workbook(path, {"照会票": [header, *rows]})


def decide(path: Path, roles: Sequence[str], header: Sequence[str] = HEADER, why: str = "") -> None:
    """One decision as the only line of the file of decisions."""
    path.unlink(missing_ok=True)
    kind, key, value = DecisionKind.LAYOUT, (form_key(header),), ("|".join(roles),)
    record_decision(path.parent, Decision(kind, key, value, "係", "2026-11-30", why, ("照会票",)))


def read_grid(grid: Grid, decisions: Mapping[str, LayoutDecision]) -> GridResult:
    """Stands in for grid_to_checklists."""
    header = tuple(cell.text for cell in grid.cells if cell.row == 0)
    if "照会" not in header:
        return grid_to_checklists(grid)
    key = form_key(header)
    unused = tuple(Leftover(c.text, c.location, "no_checklist") for c in grid.cells)
    decision = decisions.get(key)
    if decision is None:
        rivals = (proposal(grid, header, rank) for rank in range(1, len(header) - 1))
        return GridResult(leftovers=unused, layouts=tuple(rivals))
    if not decision.roles:
        return GridResult(leftovers=unused)
    layout = replace(
        proposal(grid, header, 1, decision.roles),
        status=LayoutStatus.USED,
        decided_by=LayoutSource.REVIEWED,
        checklist=1,
    )
    return GridResult((_checklist(grid, header, decision.roles),), layouts=(layout,), used=len(grid.cells))


def proposal(grid: Grid, header: Sequence[str], rank: int, roles: Sequence[str] | None = None) -> TableLayout:
    """One reading of the grid that waits for a person."""
    assigned = roles or ROLES[rank - 1][: len(header)]
    pairs = enumerate(zip(header, assigned, strict=True))
    columns = tuple(LayoutColumn(col, col + 1, name, role, 0.75) for col, (name, role) in pairs)
    texts = {(cell.row, cell.col): cell.text for cell in grid.cells}
    by_role = {column.role: column.start for column in columns}
    sample = tuple(
        (texts[row, 0], texts[row, 1], texts.get((row, by_role["answer"]), "")) for row in range(1, 4)
    )
    area = a1(0, 0, grid.n_rows, grid.n_cols)
    return TableLayout(
        form_key(header), rank, LayoutStatus.PROPOSED, LayoutSource.EVIDENCE, Location(sheet=grid.sheet, cells=area),
        (1, 1), columns, 0.5 / rank, 0.25 if rank == 1 else 0.0, sample,
    )  # fmt: skip


def _checklist(grid: Grid, header: Sequence[str], roles: Sequence[str]) -> Checklist:
    texts = {(cell.row, cell.col): cell.text for cell in grid.cells}
    answer = roles.index("answer")
    rows = tuple(
        ItemRow(
            texts[row, 0], texts[row, 1], texts.get((row, answer), ""), "", Respondent.PROVIDER,
            Location(sheet=grid.sheet, cells=a1(row, answer)),
        )
        for row in range(1, grid.n_rows)
    )  # fmt: skip
    columns = tuple(
        ChecklistColumn(col, col + 1, name, Role(role), Respondent.PROVIDER if role == "answer" else None)
        for col, (name, role) in enumerate(zip(header, roles, strict=True))
    )
    return Checklist("照会票", ListKind.FORM, rows, tuple(header), sheet=grid.sheet, columns=columns)
