"""A dataset in, a workbook to decide in out, and its decisions back: uncertain items first, ids that stay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl.utils.exceptions import InvalidFileException

from pipeline.dataset.tables import read_table
from pipeline.errors import ReviewWorkbookUnreadable
from pipeline.outputs.review.answer_sheets import DECISION_SHEETS, decision_sheets
from pipeline.outputs.review.review_layouts import TITLE as LAYOUTS
from pipeline.outputs.review.review_layouts import layouts_sheet
from pipeline.outputs.xlsx.read_sheet import read_sheet
from pipeline.outputs.xlsx.write_tables import BookSheet, SheetColumn, Value, write_book
from pipeline.review.decision import Decision, DecisionKind
from pipeline.review.form_layouts.forms import read_forms

_CHOICES = ("1", "2", "3", "4", "5", "none")
_SHOWN = 5
_OTHER_SHEETS = (LAYOUTS, *(sheet.title for sheet in DECISION_SHEETS))
_COLUMNS = (
    SheetColumn("item_id", 18), SheetColumn("form", 24), SheetColumn("no", 8), SheetColumn("category", 16),
    SheetColumn("item", 18), SheetColumn("requirement", 60), SheetColumn("accepted", 9), SheetColumn("score", 7),
    *(SheetColumn(f"candidate {rank}", 34) for rank in range(1, _SHOWN + 1)),
    SheetColumn("decision", 10, _CHOICES), SheetColumn("other control_id", 26), SheetColumn("note", 30),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Complaint:
    """A row that could not be understood: its number, and the sentence of words.toml with what it needs."""

    row: int
    code: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Imported:
    """Decisions of a workbook, and the rows that could not be understood."""

    decisions: tuple[Decision, ...]
    complaints: tuple[Complaint, ...]


def export_review(dataset: Path, out: Path) -> int:
    """Write the workbook of a dataset: items, forms that wait, answers, replies, directions; how many items it holds.

    Raises FileNotFoundError or DatasetMissing without a dataset, OSError.
    """
    names = {row["control_id"]: row["name_ja"] for row in read_table(dataset, "controls").to_pylist()}
    forms = {row["form_id"]: row["form_name"] for row in read_table(dataset, "checklists").to_pylist()}
    candidates: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in read_table(dataset, "alignments").to_pylist():
        candidates[row["item_id"]].append(row)
    items = [row for row in read_table(dataset, "items").to_pylist() if row["item_id"] in candidates]
    items.sort(key=lambda row: (_doubt(candidates[row["item_id"]]), row["item_id"]))
    rows = [_row(item, candidates[item["item_id"]], (names, forms)) for item in items]
    sheets = [
        BookSheet("review", _COLUMNS, rows),
        layouts_sheet(read_forms(dataset)),
        *decision_sheets(dataset),
    ]
    write_book(out, sheets)
    return len(items)


def _doubt(candidates: Sequence[Mapping[str, Any]]) -> float:
    """How far the first score lies from a coin's toss; decided ones come last."""
    best = min(candidates, key=lambda row: row["rank"])
    return 2.0 if best["method"] == "reviewed" else abs(float(best["score"]) - 0.5)


def _row(
    item: Mapping[str, Any],
    candidates: Sequence[Mapping[str, Any]],
    names_and_forms: tuple[Mapping[str, str], Mapping[str, str | None]],
) -> list[Value]:
    names, forms = names_and_forms
    ranked = sorted(candidates, key=lambda row: row["rank"])[:_SHOWN]
    shown = [
        f"{row['control_id']}\n{names.get(row['control_id'], '')} ({row['score']:.2f})" for row in ranked
    ]
    name = " ".join(filter(None, (item["item"], item["sub_item"])))
    return [
        item["item_id"], forms.get(item["form_id"]) or item["form_id"], item["item_no"], item["category"] or "", name,
        item["requirement"], "yes" if ranked[0]["accepted"] else "no", round(float(ranked[0]["score"]), 3),
        *(shown + [""] * _SHOWN)[:_SHOWN], "", "", "",
    ]  # fmt: skip


def import_review(path: Path, who: str, controls: Mapping[str, str]) -> Imported:
    """The decisions of a filled workbook; `controls` maps known control ids to names.

    A number takes that candidate, `none` refuses all that are shown, another control's id takes that one. Rows that
    say nothing are passed over; rows that cannot be understood are complained about. Raises ReviewWorkbookUnreadable, OSError.
    """
    try:
        rows = read_sheet(path)
        if not rows and any(read_sheet(path, title) for title in _OTHER_SHEETS):
            return Imported((), ())  # no item was aligned, as where all forms wait
    except (BadZipFile, InvalidFileException, KeyError, ValueError, IndexError) as error:
        raise ReviewWorkbookUnreadable({"path": path, "why": error}, "no_workbook") from error
    wanted = {column.title for column in _COLUMNS}
    if not rows or not wanted <= set(rows[0]):
        missing = sorted(wanted - set(rows[0] if rows else ()))
        if missing:
            facts: dict[str, object] = {"path": path, "column": missing[0]}
            raise ReviewWorkbookUnreadable(facts, "column_missing")
        raise ReviewWorkbookUnreadable({"path": path}, "no_rows")
    decisions: list[Decision] = []
    complaints: list[Complaint] = []
    for number, row in enumerate(rows, 2):
        chosen, complaint = _chosen(row, controls)
        if complaint:
            complaints.append(Complaint(number, *complaint))
        decisions += [
            Decision(
                DecisionKind.ALIGNMENT,
                (row["item_id"], control),
                (verdict,),
                who,
                why=row["note"],
                about=(row["item"], row["requirement"]),
            )
            for control, verdict in chosen
        ]
    return Imported(tuple(decisions), tuple(complaints))


def _chosen(
    row: Mapping[str, str], controls: Mapping[str, str]
) -> tuple[list[tuple[str, str]], tuple[str, dict[str, object]] | None]:
    """(control, verdict) pairs that a row decides, and what is wrong with it: a code and its facts."""
    shown = [row[f"candidate {rank}"].split("\n")[0].strip() for rank in range(1, _SHOWN + 1)]
    decision, typed_control = (
        row["decision"].strip().removesuffix(".0").lower(),
        row["other control_id"].strip(),
    )
    complaint = _complaint(row["item_id"], decision, typed_control)
    if complaint or not (decision or typed_control):
        return [], complaint
    if decision == "none":
        return [(control, "no") for control in shown if control], None
    control = typed_control or shown[int(decision) - 1]
    if control not in controls:
        return [], ("row_no_control", {"control": control or f"candidate {decision}"})
    return [(control, "yes")], None


def _complaint(item_id: str, decision: str, typed_control: str) -> tuple[str, dict[str, object]] | None:
    """What is wrong with the cells that decide, before what they name is looked up."""
    if (decision or typed_control) and not item_id.strip():
        return "row_without_id", {}
    if decision and typed_control:
        return "row_two_decisions", {"decision": decision, "control": typed_control}
    if decision and decision not in _CHOICES:
        return "row_no_choice", {"decision": decision, "choices": ", ".join(_CHOICES)}
    return None
