"""A draft row in, an item without its answer out: number, question, headings, level, and where the row begins.

All respondents of a row share it: `1 | 鍵を掛けること | 必須 | ○ | ×` asks the same of both who answer.
"""

from __future__ import annotations

from extractors.checklist.grid_index import GridView
from extractors.checklist.model import ChecklistColumn, ItemRow, Respondent, Role
from extractors.checklist.rows.parse import Draft
from extractors.checklist.terms.requirement_level import level_of
from extractors.location import Location
from normalizers.text import fold

_STEPS = frozenset(".-(（_")  # what parts a number from the number within it


def build_base_item(draft: Draft, columns: tuple[ChecklistColumn, ...], view: GridView) -> ItemRow:
    """The row without its answer."""
    by_role: dict[Role, list[str]] = {}
    for index, column in enumerate(columns):
        text = draft.text(index)
        if text.strip():
            by_role.setdefault(column.role, []).append(text)
    hidden = all(draft.cells[i].hidden for i in draft.own_columns) if draft.own_columns else False
    return ItemRow(
        item_no=_number(by_role.get(Role.NUMBER, [])),
        requirement="\n".join(by_role.get(Role.REQUIREMENT, [])),
        sub_item=_first(by_role, Role.SUB_ITEM),
        answer="",
        remarks="",
        respondent=Respondent.PROVIDER,
        location=view.location(draft.row, 0, view.n_cols),
        start=_start(draft, columns, view),
        section=(*draft.headings, *by_role.get(Role.SECTION, [])),
        category=_first(by_role, Role.CATEGORY),
        item=_first(by_role, Role.ITEM),
        level=_level(draft, columns),
        unit=_first(by_role, Role.UNIT),
        hidden=hidden,
        doubts=(*draft.doubts, *_cell_doubts(draft), *(() if view.grid.ruled else ("unruled",))),
    )


def _start(draft: Draft, columns: tuple[ChecklistColumn, ...], view: GridView) -> Location:
    """Where a person finds the row: at its own number, else its own question, else its first own cell."""
    own = sorted(
        draft.own_columns,
        key=lambda i: (columns[i].role != Role.NUMBER, columns[i].role != Role.REQUIREMENT, i),
    )
    return draft.cells[own[0]].location if own else view.location(draft.row, 0, view.n_cols)


def _cell_doubts(draft: Draft) -> list[str]:
    return sorted(
        {cell.doubt for index, cell in draft.cells.items() if index in draft.own_columns and cell.doubt}
    )


def _number(parts: list[str]) -> str:
    """The number as printed; of numbering columns side by side all parts, but for those that a later one repeats:
    `1 | 1.2 | 1.2.3`."""
    stripped = [part.strip() for part in parts]
    return "-".join(
        part
        for index, part in enumerate(stripped)
        if not any(_begins_with(later, part) for later in stripped[index + 1 :])
    )


def _begins_with(later: str, part: str) -> bool:
    """Whether a number is one within another: 1.2 is within 1, 12 is not."""
    inner, outer = fold(later), fold(part).rstrip(".-")
    return bool(outer) and inner.startswith(outer) and inner[len(outer) : len(outer) + 1] in _STEPS


def _first(by_role: dict[Role, list[str]], role: Role) -> str | None:
    return by_role[role][0] if by_role.get(role) else None


def _level(draft: Draft, columns: tuple[ChecklistColumn, ...]) -> str | None:
    """How binding the requirement is, by the first level column that says so."""
    levels = (level_of(draft.text(i), c.label) for i, c in enumerate(columns) if c.role == Role.LEVEL)
    return next((level for level in levels if level), None)
