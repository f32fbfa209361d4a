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
from pipeline.errors import NoSuchLayout
from pipeline.problems import location_text
from pipeline.review.decision import DecisionKind
from pipeline.review.form_layouts.alike_forms import LayoutOffer, find_offers
from pipeline.review.form_layouts.decide_layout import decide_roles
from pipeline.review.form_layouts.forms import FormLayouts, FormReading, find_form, read_forms
from pipeline.review.form_layouts.layouts import ReviewedLayout, layout_decisions
from pipeline.review.kinds import KINDS, new_decision
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
    """List the forms whose layout waits for a person, or is another than that decided for a form much like it.

    A column is named as `checksheet decide layout` takes it; under each reading are three rows as they would be read.
    """
    language = resolve_language(lang)
    said = layout_decisions(read_decisions(review).check().in_force)
    decided = {entry.form_key: entry for entry in said}
    known = read_forms(dataset)
    offers = find_offers(known, said)
    forms = [form for form in known if every or form.waits or form.form_key in offers]
    for form in forms:
        _print_form(form, decided.get(form.form_key), offers.get(form.form_key), language)
    waiting = [form for form in forms if form.waits and form.form_key not in decided]
    if waiting:
        words = {"count": len(waiting), "form": waiting[0].short_key}
        tell(say(language, "layouts_next", words))
    elif offers:
        tell(say(language, "layouts_offered", {"count": len(offers)}))
    elif any(form.waits for form in forms):
        tell(say(language, "layouts_decided", {}))
    else:
        tell(say(language, "layouts_none", {}))


def _print_form(
    form: FormLayouts, decided: ReviewedLayout | None, offer: LayoutOffer | None, language: str
) -> None:
    tell(f"{form.short_key}  {sanitize_line(form.name)}")
    for path, location in form.places[:_PLACES]:
        tell(f"  {sanitize_line(f'{path}: {location_text(location, language)}')}")
    if len(form.places) > _PLACES:
        tell(f"  {say(language, 'layouts_more', {'count': len(form.places) - _PLACES})}")
    if decided is not None:
        roles = join_roles(decided.roles) or say(language, "layout_no_list", {})
        tell(f"  {say(language, 'layout_decided', {'who': decided.who, 'at': decided.at, 'roles': roles})}")
    if offer is not None:
        _print_offer(form, offer, language)
    for reading in form.readings:
        _print_reading(reading, language)
    tell("")


def _print_offer(form: FormLayouts, offer: LayoutOffer, language: str) -> None:
    """What a person decided of a form much like this one, and the command that takes it over."""
    entry = offer.decision
    words: dict[str, object] = {
        "likeness": f"{offer.likeness:.0%}", "form": sanitize_line(entry.form)[:_TEXT], "who": entry.who, "at": entry.at,
        "roles": join_roles(offer.roles) or say(language, "layout_no_list", {}),
        "command": f"checksheet decide layout {form.short_key} --like {entry.form_key}",
    }  # fmt: skip
    tell(f"  {say(language, 'layout_offer', words)}")


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
    like: Annotated[
        str | None,
        typer.Option(
            "--like", help="Take over what was decided of this form, as `checksheet layouts` offers."
        ),
    ] = None,
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
    if ((no_list or like) and columns_by_role) or (no_list and like):
        stop(say(language, "no_list_or_columns", {}))
    forms = read_forms(dataset)
    chosen = find_form(forms, form, dataset)
    if like is not None:
        roles = _offered(chosen, forms, review, like).roles
    else:
        roles = () if no_list else decide_roles(chosen, rank, columns_by_role)
    cells = {"form_key": chosen.form_key, "roles": join_roles(roles), "form": chosen.name}
    record_decision(review, new_decision(DecisionKind.LAYOUT, cells, who or getpass.getuser(), why))
    _print_decision(chosen, roles, review / KINDS[DecisionKind.LAYOUT].file, language)


def _offered(form: FormLayouts, forms: Sequence[FormLayouts], review: Path, like: str) -> LayoutOffer:
    """What was decided of the form whose key begins with `like`. Raises NoSuchLayout where it is not much like this one."""
    said = [
        e for e in layout_decisions(read_decisions(review).check().in_force) if e.form_key.startswith(like)
    ]
    offer = find_offers(forms, said).get(form.form_key) if like else None
    if offer is None:
        raise NoSuchLayout({"name": form.short_key, "like": like}, "form_not_alike")
    return offer


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
