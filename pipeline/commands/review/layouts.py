"""The commands layouts and decide layout: forms that wait for a person in, a decision in data/review/layouts.csv out."""

from __future__ import annotations

import getpass
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from extractors.checklist.model import Role
from pipeline.commands.terminal import (
    DATASET,
    REVIEW,
    Dataset,
    Lang,
    Review,
    resolve_language,
    say,
    stop,
    tell,
)
from pipeline.problems import location_text
from pipeline.review.decide_layout import decide_roles
from pipeline.review.decision import DecisionKind
from pipeline.review.forms import FormLayouts, FormReading, find_form, read_forms
from pipeline.review.kinds import KINDS, new_decision
from pipeline.review.layouts import ReviewedLayout, layout_decisions
from pipeline.review.lines.cell_checks import join_roles
from pipeline.review.store import read_decisions, record_decision
from pipeline.texts.sanitize import sanitize_line

_PLACES, _TEXT = 5, 60


def layouts_command(
    dataset: Dataset = DATASET,
    every: Annotated[bool, typer.Option("--all", help="Also those that were read.")] = False,
    review: Review = REVIEW,
    lang: Lang = None,
) -> None:
    """List the forms whose layout waits for a person: where they stand, and how they would be read.

    A column is named as `checksheet decide layout` takes it; under each reading are three rows as they would be read.
    """
    language = resolve_language(lang)
    decided = {entry.form_key: entry for entry in layout_decisions(read_decisions(review).check().in_force)}
    forms = [form for form in read_forms(dataset) if every or form.waits]
    for form in forms:
        _print_form(form, decided.get(form.form_key), language)
    waiting = [form for form in forms if form.waits and form.form_key not in decided]
    if waiting:
        words = {"count": len(waiting), "form": waiting[0].short_key}
        tell(say(language, "layouts_next", words))
    elif any(form.waits for form in forms):
        tell(say(language, "layouts_decided", {}))
    else:
        tell(say(language, "layouts_none", {}))


def _print_form(form: FormLayouts, decided: ReviewedLayout | None, language: str) -> None:
    tell(f"{form.short_key}  {sanitize_line(form.name)}")
    for path, location in form.places[:_PLACES]:
        tell(f"  {sanitize_line(f'{path}: {location_text(location, language)}')}")
    if len(form.places) > _PLACES:
        tell(f"  {say(language, 'layouts_more', {'count': len(form.places) - _PLACES})}")
    if decided is not None:
        roles = join_roles(decided.roles) or say(language, "layout_no_list", {})
        tell(f"  {say(language, 'layout_decided', {'who': decided.who, 'at': decided.at, 'roles': roles})}")
    for reading in form.readings:
        _print_reading(reading, language)
    tell("")


def _print_reading(reading: FormReading, language: str) -> None:
    figures = {"rank": reading.rank, "p": f"{reading.p:.0%}", "margin": f"{reading.margin:.0%}"}
    tell(f"  {say(language, 'layout_reading', figures)}")
    width = max((len(column.role) for column in reading.columns), default=0)
    for column in reading.columns:
        tell(f"    {column.name:<5} {column.role:<{width}}  {_short(column.header)}")
    for cells in reading.sample:
        tell(f"    > {' | '.join(_short(cell) for cell in cells)}")


def _short(text: str) -> str:
    line = sanitize_line(" ".join(text.split()))
    return line if len(line) <= _TEXT else f"{line[: _TEXT - 1]}…"


def decide_layout_command(
    form: Annotated[
        str, typer.Argument(help="Key of the form, or its beginning, as `checksheet layouts` shows it.")
    ],
    rank: Annotated[int, typer.Option("--rank", min=1, help="The reading to start from.")] = 1,
    question: Annotated[str | None, typer.Option("--question", help="Columns of the question: C")] = None,
    answer: Annotated[str | None, typer.Option("--answer", help="Columns of the answer: F or F,G")] = None,
    remarks: Annotated[str | None, typer.Option("--remarks", help="Columns of remarks.")] = None,
    number: Annotated[str | None, typer.Option("--number", help="Column of the item number.")] = None,
    no_list: Annotated[bool, typer.Option("--no-list", help="The form is no list of questions.")] = False,
    who: Annotated[str | None, typer.Option("--who", help="Who decided; else the user's name.")] = None,
    why: Annotated[str, typer.Option("--why", help="The reason, for others to read.")] = "",
    dataset: Dataset = DATASET,
    review: Review = REVIEW,
    lang: Lang = None,
) -> None:
    """Decide which column of a form is what, or that it is no list: for all its sheets, past and future.

    Columns are named as `checksheet layouts` shows them. Those that are not named stay as the reading has them; one that
    was the answer and is not named is used no more.
    """
    language = resolve_language(lang)
    texts = {Role.REQUIREMENT: question, Role.ANSWER: answer, Role.REMARKS: remarks, Role.NUMBER: number}
    columns_by_role = _columns_by_role(texts)
    if no_list and columns_by_role:
        stop(say(language, "no_list_or_columns", {}))
    chosen = find_form(read_forms(dataset), form, dataset)
    roles = () if no_list else decide_roles(chosen, rank, columns_by_role)
    cells = {"form_key": chosen.form_key, "roles": join_roles(roles), "form": chosen.name}
    record_decision(review, new_decision(DecisionKind.LAYOUT, cells, who or getpass.getuser(), why))
    _print_decision(chosen, roles, review / KINDS[DecisionKind.LAYOUT].file, language)


def _columns_by_role(texts: Mapping[Role, str | None]) -> dict[Role, tuple[str, ...]]:
    """Role → the names of columns that a person gave for it."""
    names = {role: [name.strip() for name in (text or "").split(",")] for role, text in texts.items()}
    return {role: tuple(filter(None, listed)) for role, listed in names.items() if any(listed)}


def _print_decision(form: FormLayouts, roles: Sequence[str], path: Path, language: str) -> None:
    for column, role in zip(form.readings[0].columns, roles, strict=False):
        tell(f"  {column.name:<5} {role:<12}  {_short(column.header)}")
    files = len({path for path, _ in form.places})
    words: dict[str, object] = {"form": form.short_key, "path": path, "files": files}
    tell(say(language, "layout_kept" if roles else "layout_kept_no_list", words))
