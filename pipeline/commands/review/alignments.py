"""The commands about alignment: map, review export and import, catalogue list and suggest."""

from __future__ import annotations

import csv
import getpass
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from extractors.issue import Issue
from pipeline.align.embeddings import load_embeddings
from pipeline.align.item import Item
from pipeline.assemble.items.items_to_align import collect_items
from pipeline.catalogue.load import load_controls
from pipeline.commands.single_sheet import read_single_sheet, stop_without_items
from pipeline.commands.terminal import (
    CONTROLS,
    DATASET,
    REVIEW,
    CheckedCommand,
    Dataset,
    Embeddings,
    Lang,
    Review,
    resolve_language,
    say,
    stop,
    tell,
    writing,
)
from pipeline.dataset.tables import read_table
from pipeline.errors import ChecksheetError, DatasetMissing
from pipeline.execution.process_pool import run_apart
from pipeline.outputs.item_map import ItemPair, map_items, write_map
from pipeline.outputs.review.answer_sheets import DECISION_SHEETS
from pipeline.outputs.review.decided_rows import ImportedDecisions, import_sheets
from pipeline.outputs.review.review_layouts import ImportedLayouts, import_layouts
from pipeline.outputs.review.review_workbook import Imported, export_review, import_review
from pipeline.problems import message_of
from pipeline.query.suggest_controls import suggestions
from pipeline.review.decision import DecisionKind
from pipeline.review.form_layouts.forms import FormLayouts, read_forms
from pipeline.review.kinds import KINDS
from pipeline.review.store import read_decisions, record_decisions

_SECONDS = 120.0
_WORKBOOK = Path("data/review/review.xlsx")
_CONTROL_COLUMNS = ("control_id", "domain", "name_ja", "name_en", "definition_ja", "desired")

review_app = typer.Typer(
    help="People decide what is uncertain.", no_args_is_help=True, add_completion=False, rich_markup_mode=None
)
catalogue_app = typer.Typer(
    help="The controls.", no_args_is_help=True, add_completion=False, rich_markup_mode=None
)


def map_command(
    first: Annotated[Path, typer.Argument(metavar="A", help="A received sheet.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="Another one.")],
    out: Annotated[Path | None, typer.Option("--out", help="Workbook to write the pairs to.")] = None,
    embeddings: Embeddings = None,
    lang: Lang = None,
) -> None:
    """Lay the items of two sheets side by side."""
    language = resolve_language(lang)
    model = load_embeddings(embeddings) if embeddings else None
    sides = [_items(path, language) for path in (first, second)]
    pairs = map_items(sides[0], sides[1], load_controls(CONTROLS), embeddings=model)
    paired = sum(bool(pair.item.requirement and pair.counterpart) for pair in pairs)
    unpaired = len(pairs) - len(sides[0])
    if out is None:
        tell(say(language, "map_head", {}))
        _print_pairs(pairs)
    else:
        with writing(out, language):
            write_map(out, pairs)
        tell(say(language, "written", {"path": out}))
    words = {
        "pairs": paired,
        "items": len(sides[0]),
        "one": first.name,
        "other": second.name,
        "left": unpaired,
    }
    tell(say(language, "mapped", words))


def _items(path: Path, language: str) -> list[Item]:
    """The items of one sheet, read in a process of its own."""
    try:
        outcome = read_single_sheet(path, language)
    except (FileNotFoundError, IsADirectoryError):
        stop(say(language, "no_file", {"file": path}))
    items = collect_items([outcome])
    if not items:
        stop_without_items(path, outcome, language)
    return items


def _print_pairs(pairs: list[ItemPair]) -> None:
    """One line a pair: number, score, polarity, number, the two questions."""
    for pair in pairs:
        counterpart = pair.counterpart or Item("", "", "", "")
        texts = [" ".join(item.requirement.split())[:40] for item in (pair.item, counterpart)]
        head = f"{pair.item.number:8} {pair.score:5.2f} {pair.polarity:8} {pair.relation:10} {counterpart.number:8}"
        tell(f"{head} {texts[0]} | {texts[1]}")


@review_app.command("export", cls=CheckedCommand)
def export_command(
    dataset: Dataset = DATASET,
    out: Annotated[Path, typer.Option("--out", help="Workbook to write.")] = _WORKBOOK,
    lang: Lang = None,
) -> None:
    """Write a workbook of all items, uncertain ones first, to decide in."""
    language = resolve_language(lang)
    try:
        count = export_review(dataset, out)
    except FileNotFoundError as error:
        raise DatasetMissing({"path": dataset}) from error
    except OSError as error:
        stop(say(language, "not_written", {"path": out, "why": error.strerror or error}))
    tell(say(language, "exported", {"items": count, "path": out}))


@review_app.command("import", cls=CheckedCommand)
def import_command(
    workbook: Annotated[Path, typer.Argument(help="The filled workbook.")] = _WORKBOOK,
    dataset: Dataset = DATASET,
    review: Review = REVIEW,
    who: Annotated[str | None, typer.Option("--who", help="Who decided; else the user's name.")] = None,
    lang: Lang = None,
) -> None:
    """Take the decisions of a workbook.

    A row that cannot be understood is told, and the command ends with code 1.
    """
    language = resolve_language(lang)
    try:
        known = {row["item_id"] for row in read_table(dataset, "items").to_pylist()}
        names = {control.control_id: control.name_ja for control in load_controls(CONTROLS)}
        taken, forms, filled_sheets = _read_confined(
            workbook, dataset, (who or getpass.getuser(), names), language
        )
        read_decisions(review).check()
        said = [entry for sheet in filled_sheets for entry in sheet.decisions]
        record_decisions(review, [*taken.decisions, *forms.decisions, *said])
    except FileNotFoundError as error:
        if error.filename and str(workbook) in str(error.filename):
            stop(say(language, "no_file", {"file": workbook}))
        raise DatasetMissing({"path": dataset}) from error
    except OSError as error:
        stop(say(language, "not_written", {"path": review, "why": error.strerror or error}))
    for complaint in taken.complaints:
        message = say(language, complaint.code, dict(complaint.facts))
        tell(say(language, "row_told", {"row": complaint.row, "what": message}), error=True)
    for item_id in sorted({decision.key[0] for decision in taken.decisions} - known):
        tell(say(language, "unknown_item", {"item": item_id}), error=True)
    any_layouts = _tell_layouts(forms, review / KINDS[DecisionKind.LAYOUT].file, language)
    refused = _tell_others(filled_sheets, review, language)
    if not (taken.decisions or taken.complaints or any_layouts or said or refused):
        tell(say(language, "no_decisions", {"path": workbook}), error=True)
        raise typer.Exit(1)
    if taken.decisions:
        tell(
            say(
                language,
                "imported",
                {"decisions": len(taken.decisions), "path": review / KINDS[DecisionKind.ALIGNMENT].file},
            )
        )
    raise typer.Exit(int(bool(taken.complaints or forms.refusals or refused)))


def _tell_others(sheets: Sequence[ImportedDecisions], review: Path, language: str) -> bool:
    """Tell what was taken of the sheets of answers, replies and directions; whether a row of them was refused."""
    for sheet in sheets:
        for row, refusal in sheet.refusals:
            words: dict[str, object] = {"sheet": sheet.sheet, "row": row, "what": refusal.text(language)}
            tell(say(language, "sheet_row_told", words), error=True)
        if sheet.decisions:
            path = review / KINDS[sheet.decisions[0].kind].file
            tell(say(language, "imported", {"decisions": len(sheet.decisions), "path": path}))
    return any(sheet.refusals for sheet in sheets)


def _read_confined(
    workbook: Path, dataset: Path, person_and_controls: tuple[str, dict[str, str]], language: str
) -> tuple[Imported, ImportedLayouts, list[ImportedDecisions]]:
    """What people chose in the workbook, read in a process of its own as received files are: it may come by mail."""
    arguments = (workbook, *person_and_controls, read_forms(dataset))
    read = run_apart(read_choices, arguments, _SECONDS)
    if isinstance(read, Issue):
        stop(message_of(read, str(workbook), language))
    if isinstance(read, Exception):
        raise read
    return read


def read_choices(
    workbook: Path, who: str, controls: dict[str, str], forms: list[FormLayouts]
) -> tuple[Imported, ImportedLayouts, list[ImportedDecisions]] | Exception:
    """All sheets of a filled workbook; an error that a person can put right is handed out, not raised."""
    try:
        return (
            import_review(workbook, who, controls),
            import_layouts(workbook, forms, who),
            import_sheets(workbook, DECISION_SHEETS, who),
        )
    except (ChecksheetError, OSError) as error:
        return error


def _tell_layouts(forms: ImportedLayouts, layouts: Path, language: str) -> bool:
    """Tell what was taken of the sheet of layouts and what was not; whether there was anything in it."""
    for row, refusal in forms.refusals:
        words: dict[str, object] = {"sheet": "layouts", "row": row, "what": refusal.text(language)}
        tell(say(language, "sheet_row_told", words), error=True)
    if forms.decisions:
        tell(say(language, "imported", {"decisions": len(forms.decisions), "path": layouts}))
    return bool(forms.decisions or forms.refusals)


@catalogue_app.command("list", cls=CheckedCommand)
def list_command(
    csv_file: Annotated[Path | None, typer.Option("--csv", help="File to write them to, for Excel.")] = None,
    lang: Lang = None,
) -> None:
    """List the controls: id, domain, names, definition, and the answer hoped for.

    Those of data/controls/ too.
    """
    language = resolve_language(lang)
    controls = load_controls(CONTROLS)
    if csv_file is None:
        for control in controls:
            tell(f"{control.control_id}  {control.name_ja}  {control.definition_ja}")
        return
    with writing(csv_file, language), csv_file.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(_CONTROL_COLUMNS)
        writer.writerows([getattr(control, name) for name in _CONTROL_COLUMNS] for control in controls)
    tell(say(language, "written", {"path": csv_file}))


@catalogue_app.command("suggest", cls=CheckedCommand)
def suggest_command(dataset: Dataset = DATASET, lang: Lang = None) -> None:
    """Print groups of items that no control takes, as TOML.

    To adopt in data/controls/.
    """
    language = resolve_language(lang)
    try:
        text = suggestions(dataset)
    except FileNotFoundError as error:
        raise DatasetMissing({"path": dataset}) from error
    tell(text or say(language, "nothing_new", {}))
