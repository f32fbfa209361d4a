"""The commands about alignment: map, review export and import, catalogue suggest."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

from extractors.issue import Issue
from pipeline.align.embeddings import load_meaning
from pipeline.align.match import Item
from pipeline.assemble.items import collect_items
from pipeline.catalogue.load import load_controls
from pipeline.commands.command import CheckedCommand
from pipeline.commands.terminal import (
    CONTROLS,
    DATASET,
    DECISIONS,
    Dataset,
    Embeddings,
    Lang,
    language_told,
    passwords_told,
    say,
    stop,
    tell,
)
from pipeline.dataset.tables import read_table
from pipeline.document.process import read_document
from pipeline.errors import DatasetMissing
from pipeline.execution.process_pool import run_apart
from pipeline.outputs.item_map import Pair, map_items, write_map
from pipeline.outputs.review_workbook import export_review, import_review
from pipeline.problems import message_of, severity_of
from pipeline.query.suggest_controls import suggestions
from pipeline.review.alignments import read_decisions, write_decisions
from pipeline.sources.discover import passwords_above, single_file

_WORKBOOK = Path("data/review/review.xlsx")
_SECONDS = 300.0

review_app = typer.Typer(help="People decide what is uncertain.", no_args_is_help=True)
catalogue_app = typer.Typer(help="The controls.", no_args_is_help=True)


def map_command(
    one: Annotated[Path, typer.Argument(metavar="A", help="A received sheet.")],
    other: Annotated[Path, typer.Argument(metavar="B", help="Another one.")],
    out: Annotated[Path | None, typer.Option("--out", help="Workbook to write the pairs to.")] = None,
    embeddings: Embeddings = None,
    lang: Lang = None,
) -> None:
    """Lay the items of two sheets side by side, without the catalogue."""
    language = language_told(lang)
    meaning = load_meaning(embeddings) if embeddings else None
    sides = [_items(path, language) for path in (one, other)]
    pairs = map_items(sides[0], sides[1], meaning=meaning)
    paired = sum(bool(pair.item.requirement and pair.other) for pair in pairs)
    left = len(pairs) - len(sides[0])
    if out is None:
        tell(say(language, "map_head", {}))
        _print_pairs(pairs)
    else:
        try:
            write_map(out, pairs)
        except OSError as error:
            stop(say(language, "not_written", {"path": out, "why": error.strerror or error}))
        tell(say(language, "written", {"path": out}))
    words = {"pairs": paired, "items": len(sides[0]), "one": one.name, "other": other.name, "left": left}
    tell(say(language, "mapped", words))


def _items(path: Path, language: str) -> list[Item]:
    """The items of one sheet, read in a process of its own."""
    try:
        raw = single_file(path)
    except (FileNotFoundError, IsADirectoryError):
        stop(say(language, "no_file", {"file": path}))
    outcome = run_apart(read_document, (raw, (*passwords_told(), *passwords_above(path))), _SECONDS)
    if isinstance(outcome, Issue):
        slow = outcome.code == "file_took_too_long"
        stop(say(language, "too_long", {"file": path}) if slow else message_of(outcome, raw.name, language))
    items = collect_items([outcome])
    if not items:
        worst = sorted(outcome.issues, key=lambda problem: severity_of(problem) != "error")
        why = message_of(worst[0], raw.name, language) if worst else outcome.status
        stop(say(language, "no_items", {"file": path, "why": why}))
    return items


def _print_pairs(pairs: list[Pair]) -> None:
    """One line a pair: number, score, polarity, number, the two questions."""
    for pair in pairs:
        other = pair.other or Item("", "", "", "")
        texts = [" ".join(item.requirement.split())[:40] for item in (pair.item, other)]
        head = f"{pair.item.number:8} {pair.score:5.2f} {pair.polarity:8} {pair.relation:10} {other.number:8}"
        tell(f"{head} {texts[0]} | {texts[1]}")


@review_app.command("export", cls=CheckedCommand)
def export_command(
    dataset: Dataset = DATASET,
    out: Annotated[Path, typer.Option("--out", help="Workbook to write.")] = _WORKBOOK,
    lang: Lang = None,
) -> None:
    """Write a workbook of all items, uncertain ones first, to decide in."""
    language = language_told(lang)
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
    decisions: Annotated[Path, typer.Option("--decisions", help="File of decisions.")] = DECISIONS,
    who: Annotated[str | None, typer.Option("--who", help="Who decided; else the user's name.")] = None,
    lang: Lang = None,
) -> None:
    """Take the decisions of a workbook; a row that cannot be understood is told and ends with code 1."""
    language = language_told(lang)
    try:
        known = {row["item_id"] for row in read_table(dataset, "items").to_pylist()}
        names = {control.control_id: control.name_ja for control in load_controls(CONTROLS)}
        taken = import_review(workbook, who or getpass.getuser(), names)
        write_decisions(decisions, [*read_decisions(decisions), *taken.decisions])
    except FileNotFoundError as error:
        if error.filename and str(workbook) in str(error.filename):
            stop(say(language, "no_file", {"file": workbook}))
        raise DatasetMissing({"path": dataset}) from error
    except OSError as error:
        stop(say(language, "not_written", {"path": decisions, "why": error.strerror or error}))
    for complaint in taken.complaints:
        told = say(language, complaint.code, dict(complaint.facts))
        tell(say(language, "row_told", {"row": complaint.row, "what": told}), error=True)
    for item_id in sorted({decision.item_id for decision in taken.decisions} - known):
        tell(say(language, "unknown_item", {"item": item_id}), error=True)
    if not (taken.decisions or taken.complaints):
        tell(say(language, "no_decisions", {"path": workbook}), error=True)
        raise typer.Exit(1)
    tell(say(language, "imported", {"decisions": len(taken.decisions), "path": decisions}))
    raise typer.Exit(int(bool(taken.complaints)))


@catalogue_app.command("suggest", cls=CheckedCommand)
def suggest_command(dataset: Dataset = DATASET, lang: Lang = None) -> None:
    """Print groups of items that no control takes as TOML, to adopt in data/controls/."""
    language = language_told(lang)
    try:
        text = suggestions(dataset)
    except FileNotFoundError as error:
        raise DatasetMissing({"path": dataset}) from error
    tell(text or say(language, "nothing_new", {}))
