"""The commands that decide what a legend means, and which finding of a policy is accepted."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.review.decide_answers import Meant, check_control
from pipeline.commands.review.keep_decision import DecisionPlaces, Who, Why, keep_decision
from pipeline.commands.terminal import DATASET, REVIEW, Dataset, Lang, Review
from pipeline.review.decision import DecisionKind
from pipeline.review.form_layouts.forms import find_form, read_forms


def decide_legend_command(
    answer: Meant,
    meaning: Annotated[str, typer.Option("--meaning", help="Words of the legend, as printed.")] = "",
    mark: Annotated[str, typer.Option("--mark", help="The mark, in the form that --form names.")] = "",
    form: Annotated[str, typer.Option("--form", help="Key of the form, or its beginning.")] = "",
    who: Who = None,
    why: Why = "",
    dataset: Dataset = DATASET,
    review: Review = REVIEW,
    lang: Lang = None,
) -> None:
    """Decide what the words of a legend mean, in every form or in one, or what a mark means in one form."""
    places = DecisionPlaces(dataset, review, lang)
    form_key = find_form(read_forms(dataset), form, dataset).form_key if form else ""
    cells = {"form_key": form_key, "mark": mark, "meaning": meaning, "answer": answer}
    keep_decision(places, DecisionKind.LEGEND, cells, (who, why))


def decide_exception_command(
    vendor: Annotated[str, typer.Argument(help="The vendor's name.")],
    control: Annotated[str, typer.Argument(metavar="CONTROL", help="Id of the control.")],
    until: Annotated[str, typer.Option("--until", help="Last day on which it is accepted: 2027-03-31")],
    why: Annotated[str, typer.Option("--why", help="The reason.")],
    service: Annotated[str, typer.Option("--service", help="This service only.")] = "",
    finding: Annotated[
        str, typer.Option("--finding", help="What is accepted, as `judge --json` has it in why: partial")
    ] = "",
    who: Who = None,
    dataset: Dataset = DATASET,
    review: Review = REVIEW,
    lang: Lang = None,
) -> None:
    """Accept what a policy does not: of one control of a vendor, until a day, for a reason."""
    places = DecisionPlaces(dataset, review, lang)
    check_control(places, control)
    cells = {
        "vendor": vendor, "service": service, "control_id": control, "until": until, "finding": finding,
    }  # fmt: skip
    keep_decision(places, DecisionKind.EXCEPTION, cells, (who, why))
