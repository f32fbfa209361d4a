"""People's decisions on layouts in and out: which column of a form is what, for every sheet of that form, past and future.

`data/review/layouts.csv` has the columns form_key, form (a name for people), roles (one a column, left to right, joined by `|`;
empty where the form is no list of questions), who, at, why; further ones are passed over. It may be UTF-8 or what Excel in Japan
saves (cp932). A later line outranks an earlier one of the same form: `No. | 確認事項 | 回答` is `number|requirement|answer`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.checklist.columns.names import NAME_ROLES
from extractors.checklist.model import LayoutDecision, Role
from pipeline.errors import LayoutsUnreadable
from pipeline.review.decision_rows import decision_rows
from pipeline.system.atomic_write import atomic_write
from pipeline.texts.sanitize import sanitize_cell

COLUMNS = ("form_key", "form", "roles", "who", "at", "why")
QUESTIONS = frozenset({Role.REQUIREMENT, Role.ITEM})
_JOINT = "|"


@dataclass(frozen=True, slots=True)
class ReviewedLayout:
    """One line: the form by its key and a name for people, the roles of its columns, who said so, when, and why."""

    form_key: str
    form: str
    roles: tuple[str, ...]
    who: str
    at: str
    why: str

    @property
    def decision(self) -> LayoutDecision:
        """What the readers are told."""
        return LayoutDecision(self.form_key, self.roles)


def join_roles(roles: Iterable[str]) -> str:
    """The roles as they stand in one cell."""
    return _JOINT.join(roles)


def read_layout_decisions(path: Path) -> list[ReviewedLayout]:
    """All decisions of the CSV file at `path`, one a form, none where it is missing.

    Raises LayoutsUnreadable where a column is missing, a line is broken or names what is no role, or the text cannot be read.
    """
    if not path.exists():
        return []
    last: dict[str, ReviewedLayout] = {}
    for line, row in decision_rows(path, COLUMNS, LayoutsUnreadable):
        entry = _entry(path, line, row)
        last[entry.form_key] = entry
    return list(last.values())


def _entry(path: Path, line: int, row: Sequence[str]) -> ReviewedLayout:
    form_key, form, joined, who, at, why = row
    roles = tuple(role.strip().lower() for role in joined.split(_JOINT)) if joined else ()
    where: Mapping[str, object] = {"path": path, "line": line}
    if not form_key:
        raise LayoutsUnreadable(where, "layout_no_form")
    for role in roles:
        if role not in NAME_ROLES:
            known = ", ".join(NAME_ROLES)
            raise LayoutsUnreadable({**where, "role": role, "known": known}, "layout_no_role")
    if roles and not QUESTIONS & set(roles):
        raise LayoutsUnreadable(where, "layout_no_question")
    return ReviewedLayout(form_key, form, roles, who, at, why)


def write_layout_decisions(path: Path, decisions: Iterable[ReviewedLayout]) -> None:
    """Write the decisions, the last one of a form, at once; as UTF-8 that Excel knows for such. Raises OSError."""
    last = {entry.form_key: entry for entry in decisions}
    with atomic_write(path) as partial, partial.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        for entry in last.values():
            cells = (entry.form_key, entry.form, join_roles(entry.roles), entry.who, entry.at, entry.why)
            writer.writerow(map(_one_line, cells))


def _one_line(text: str) -> str:
    """The cell without line ends, and never a formula."""
    return sanitize_cell(" ".join(text.split()))
