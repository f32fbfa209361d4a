"""The commands that decide of single answers and of their items: answer, reply, alignment, direction."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline.catalogue.load import load_controls
from pipeline.commands.review.keep_decision import DecisionPlaces, Who, Why, keep_decision
from pipeline.commands.terminal import CONTROLS, DATASET, REVIEW, Dataset, Lang, Review, say, stop
from pipeline.review.answers import answer_cells, find_answer, item_cells
from pipeline.review.decision import DecisionKind
from pipeline.viewer.answer_row import read_answer_row
from pipeline.viewer.words import ViewerWords

Row = Mapping[str, Any]
Reference = Annotated[
    str,
    typer.Argument(
        metavar="DOCUMENT:ROW", help="document_id or path, and row, as `checksheet where` takes them."
    ),
]
Meant = Annotated[str, typer.Argument(help="yes, no, partial, conditional, planned, not_applicable, undisclosed, "
                                           "unanswered, value or unclear.")]  # fmt: skip
Figure = Annotated[str, typer.Option("--figure", help="The figure in the answer, with its unit: 99.9%以上")]
Planned = Annotated[str, typer.Option("--planned", help="When it will be done: 2027-04-01")]


def decide_answer_command(
    row: Reference,
    answer: Meant,
    figure: Figure = "",
    planned: Planned = "",
    who: Who = None,
    why: Why = "",
    dataset: Dataset = DATASET,
    review: Review = REVIEW,
    lang: Lang = None,
) -> None:
    """Decide what one answer means: the answer, its figure and the date of a plan; what is not given, it has not."""
    places = DecisionPlaces(dataset, review, lang)
    document, answer_row = _answer(places, row)
    decided = {"answer": answer, "figure": figure, "planned_date": planned}
    keep_decision(places, DecisionKind.ANSWER, answer_cells(document, answer_row) | decided, (who, why))


def decide_reply_command(
    row: Reference,
    answer: Meant,
    received: Annotated[str, typer.Option("--received", help="Day of the reply: 2026-06-20")],
    reply: Annotated[str, typer.Option("--words", help="What the vendor wrote.")] = "",
    figure: Figure = "",
    planned: Planned = "",
    who: Who = None,
    why: Why = "",
    dataset: Dataset = DATASET,
    review: Review = REVIEW,
    lang: Lang = None,
) -> None:
    """Enter what a vendor replied to a question: it counts in place of what its sheet says, with its own source."""
    places = DecisionPlaces(dataset, review, lang)
    document, answer_row = _answer(places, row)
    decided = {
        "answer": answer, "figure": figure, "planned_date": planned, "received": received, "words": reply,
    }  # fmt: skip
    keep_decision(places, DecisionKind.REPLY, answer_cells(document, answer_row) | decided, (who, why))


def decide_alignment_command(
    row: Reference,
    control: Annotated[str, typer.Argument(metavar="CONTROL", help="Id of the control.")],
    refused: Annotated[bool, typer.Option("--no", help="The item does not ask for this control.")] = False,
    who: Who = None,
    why: Why = "",
    dataset: Dataset = DATASET,
    review: Review = REVIEW,
    lang: Lang = None,
) -> None:
    """Decide for which control an item asks, in every sheet of its form and of other editions."""
    places = DecisionPlaces(dataset, review, lang)
    check_control(places, control)
    _, answer_row = _answer(places, row)
    decided = {"control_id": control, "verdict": "no" if refused else "yes"}
    keep_decision(places, DecisionKind.ALIGNMENT, item_cells(answer_row) | decided, (who, why))


def decide_direction_command(
    row: Reference,
    good: Annotated[
        str, typer.Argument(metavar="yes|no", help="yes: はい is the answer hoped for; no: it is not.")
    ],
    who: Who = None,
    why: Why = "",
    dataset: Dataset = DATASET,
    review: Review = REVIEW,
    lang: Lang = None,
) -> None:
    """Decide whether はい to an item is good or bad, in every sheet of its form and of other editions."""
    places = DecisionPlaces(dataset, review, lang)
    _, answer_row = _answer(places, row)
    keep_decision(places, DecisionKind.DIRECTION, item_cells(answer_row) | {"good": good}, (who, why))


def check_control(places: DecisionPlaces, control: str) -> None:
    """End the command where the catalogue has no such control."""
    ids = {entry.control_id for entry in load_controls(CONTROLS)}
    if control not in ids:
        from rapidfuzz import process  # noqa: PLC0415  only a wrong id needs it

        near = ", ".join(name for name, _, _ in process.extract(control, sorted(ids), limit=3))
        stop(say(places.language, "no_such_control", {"control": control, "near": near}))


def _answer(places: DecisionPlaces, reference: str) -> tuple[Row, Row]:
    """The rows of documents and answers that are meant. Raises NoSuchRow, DatasetMissing."""
    place = read_answer_row(places.dataset, reference, ViewerWords(places.language))
    return find_answer(Path(places.dataset), place.document_id, place.row)
