"""The commands that decide of files and folders: date of receipt, vendor, service."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.review.keep_decision import DecisionPlaces, Who, Why, keep_decision
from pipeline.commands.terminal import DATASET, REVIEW, Dataset, Lang, Review
from pipeline.review.decision import DecisionKind

Covered = Annotated[
    str,
    typer.Argument(metavar="PATH", help="File or folder inside the raw folder, or a pattern with * and ?."),
]


def decide_date_command(
    path: Covered,
    date: Annotated[str, typer.Argument(help="Day on which it was received: 2026-06-20")],
    who: Who = None,
    why: Why = "",
    dataset: Dataset = DATASET,
    review: Review = REVIEW,
    lang: Lang = None,
) -> None:
    """Decide when a sheet was received."""
    places = DecisionPlaces(dataset, review, lang)
    keep_decision(places, DecisionKind.DATE, {"path": path, "date": date}, (who, why))


def decide_vendor_command(
    path: Covered,
    vendor: Annotated[str, typer.Argument(help="The vendor's name.")],
    who: Who = None,
    why: Why = "",
    dataset: Dataset = DATASET,
    review: Review = REVIEW,
    lang: Lang = None,
) -> None:
    """Decide whose sheet it is."""
    places = DecisionPlaces(dataset, review, lang)
    keep_decision(places, DecisionKind.VENDOR, {"path": path, "vendor": vendor}, (who, why))


def decide_service_command(
    path: Covered,
    service: Annotated[str, typer.Argument(help="The service's name.")],
    who: Who = None,
    why: Why = "",
    dataset: Dataset = DATASET,
    review: Review = REVIEW,
    lang: Lang = None,
) -> None:
    """Decide of which service a sheet speaks."""
    places = DecisionPlaces(dataset, review, lang)
    keep_decision(places, DecisionKind.SERVICE, {"path": path, "service": service}, (who, why))
