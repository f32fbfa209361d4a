"""Forms that wait for a person in, the second sheet of the review workbook out, and what was decided in it back.

One row a form: where it stands, how it would be read (`A number 番, B requirement 照会, C answer 甲の欄`) and three rows of it.
The columns question and answer take letters as `checksheet decide layout` does; left empty, the reading stands as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from extractors.checklist.model import Role
from pipeline.errors import NoSuchLayout
from pipeline.outputs.xlsx.read_sheet import read_sheet
from pipeline.outputs.xlsx.write_tables import BookSheet, SheetColumn, Value
from pipeline.problems import location_text
from pipeline.review.decision import Decision, DecisionKind
from pipeline.review.form_layouts.decide_layout import decide_roles
from pipeline.review.form_layouts.forms import FormLayouts, FormReading, find_form
from pipeline.review.lines.cell_checks import join_roles

TITLE = "layouts"
_NO_LIST = "no list"
_READINGS, _PLACES = 2, 3
_COLUMNS = (
    SheetColumn("form_key", 18), SheetColumn("form", 36), SheetColumn("places", 40),
    *(SheetColumn(f"reading {rank}", 40) for rank in range(1, _READINGS + 1)), SheetColumn("rows", 60),
    SheetColumn("decision", 10, ("1", "2", _NO_LIST)), SheetColumn("question", 10), SheetColumn("answer", 10),
    SheetColumn("note", 30),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ImportedLayouts:
    """Decisions of the sheet, and the rows that could not be followed, each with its number and why."""

    decisions: tuple[Decision, ...]
    refusals: tuple[tuple[int, NoSuchLayout], ...]


def layouts_sheet(forms: Sequence[FormLayouts]) -> BookSheet:
    """The sheet of the forms that wait."""
    return BookSheet(TITLE, _COLUMNS, [_row(form) for form in forms if form.waits])


def _row(form: FormLayouts) -> list[Value]:
    places = [f"{path}: {location_text(location, 'en')}" for path, location in form.places]
    shown = [*places[:_PLACES], *(["…"] if len(places) > _PLACES else [])]
    readings = [_reading_text(reading) for reading in form.readings[:_READINGS]]
    sample = [" | ".join(cells) for cells in form.readings[0].sample]
    return [
        form.form_key, form.name, "\n".join(shown), *(readings + [""] * _READINGS)[:_READINGS], "\n".join(sample),
        "", "", "", "",
    ]  # fmt: skip


def _reading_text(reading: FormReading) -> str:
    lines = (f"{column.name} {column.role} {' '.join(column.header.split())}" for column in reading.columns)
    return "\n".join(lines)


def import_layouts(path: Path, forms: Sequence[FormLayouts], who: str) -> ImportedLayouts:
    """What people decided in the workbook at `path` on these forms; rows that say nothing are passed over.

    Raises what `read_sheet` raises; a workbook without the sheet decides nothing.
    """
    decisions: list[Decision] = []
    refusals: list[tuple[int, NoSuchLayout]] = []
    for number, row in enumerate(read_sheet(path, TITLE), 2):
        cells = {column.title: row.get(column.title, "").strip() for column in _COLUMNS}
        if not any(cells[name] for name in ("decision", "question", "answer")):
            continue
        try:
            form = find_form(forms, cells["form_key"], Path(TITLE))
            roles = _roles(form, cells)
        except NoSuchLayout as refusal:
            refusals.append((number, refusal))
        else:
            decisions.append(_decision(form, roles, who, cells["note"]))
    return ImportedLayouts(tuple(decisions), tuple(refusals))


def _decision(form: FormLayouts, roles: Sequence[str], who: str, why: str) -> Decision:
    key, value = (form.form_key,), (join_roles(roles),)
    return Decision(DecisionKind.LAYOUT, key, value, who, why=why, about=(form.name,))


def _roles(form: FormLayouts, cells: Mapping[str, str]) -> tuple[str, ...]:
    """The roles that a row decides; none where it says that the form is no list."""
    decision = cells["decision"].removesuffix(".0").lower()
    if decision == _NO_LIST:
        return ()
    ranks = {str(reading.rank): reading.rank for reading in form.readings}
    if decision and decision not in ranks:
        params = {"name": form.short_key, "rank": decision, "ranks": ", ".join([*ranks, _NO_LIST])}
        raise NoSuchLayout(params, "form_no_rank")
    texts = {Role.REQUIREMENT: cells["question"], Role.ANSWER: cells["answer"]}
    columns_by_role = {
        role: [name.strip() for name in text.split(",")] for role, text in texts.items() if text
    }
    return decide_roles(form, ranks.get(decision, 1), columns_by_role)
