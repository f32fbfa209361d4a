"""The commands decide list and decide undo: all decisions with their places, and one taken back."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.review.keep_decision import DecisionPlaces, Who, Why, tell_applied
from pipeline.commands.terminal import (
    DATASET,
    REVIEW,
    Dataset,
    Lang,
    Review,
    print_answer,
    resolve_language,
    say,
    stop,
    tell,
)
from pipeline.dataset.tables import read_table
from pipeline.errors import DatasetMissing
from pipeline.query.query import Answer
from pipeline.review.decision import Decision, DecisionKind
from pipeline.review.kinds import KINDS
from pipeline.review.store import read_decisions, withdraw_decision

_COLUMNS = ("place", "kind", "of", "value", "who", "at", "why")


def list_command(
    kind: Annotated[DecisionKind | None, typer.Option("--kind", help="Of this kind only.")] = None,
    log: Annotated[bool, typer.Option("--log", help="Also what no longer counts, oldest first.")] = False,
    unused: Annotated[bool, typer.Option("--unused", help="Those only that nothing follows.")] = False,
    dataset: Dataset = DATASET,
    review: Review = REVIEW,
    lang: Lang = None,
) -> None:
    """List the decisions in force, with the file and line on which each stands; broken lines are told."""
    language = resolve_language(lang)
    decisions = read_decisions(review)
    shown = decisions.log if log else decisions.in_force
    if unused:
        keys = _unused(dataset)
        shown = tuple(entry for entry in shown if (entry.kind, entry.key_text) in keys)
    shown = tuple(entry for entry in shown if kind in {None, entry.kind})
    if shown:
        _print(shown, language)
    else:
        tell(say(language, "decisions_none", {"path": review}))
    for fault in decisions.faults:
        tell(fault.text(language), error=True)
    raise typer.Exit(2 if decisions.faults else 0)


def _unused(dataset: Path) -> set[tuple[str, str]]:
    try:
        rows = read_table(dataset, "decisions").to_pylist()
    except FileNotFoundError as error:
        raise DatasetMissing({"path": dataset}) from error
    return {(row["kind"], row["key"]) for row in rows if not row["applied"]}


def _print(decisions: Sequence[Decision], language: str) -> None:
    back = say(language, "decision_withdrawn", {})
    rows = tuple(
        (
            _place(entry), entry.kind.value, " ".join(filter(None, entry.about)) or entry.key_text,
            f"{back} {entry.value_text}" if entry.withdraws else entry.value_text, entry.who, entry.at, entry.why,
        )
        for entry in decisions
    )  # fmt: skip
    print_answer(Answer(_COLUMNS, rows), say(language, "decisions_count", {"count": len(rows)}))


def _place(entry: Decision) -> str:
    return f"{KINDS[entry.kind].file}:{entry.line}"


def undo_command(
    place: Annotated[str, typer.Argument(metavar="FILE:LINE", help="As `checksheet decide list` shows it.")],
    who: Who = None,
    why: Why = "",
    dataset: Dataset = DATASET,
    review: Review = REVIEW,
    lang: Lang = None,
) -> None:
    """Take a decision back: what was decided before it counts again, else what is read."""
    language = resolve_language(lang)
    entries = [entry for entry in read_decisions(review).in_force if _place(entry) == place]
    if not entries:
        stop(say(language, "decision_no_place", {"place": place, "path": review}))
    for entry in entries:
        withdraw_decision(review, entry, who or getpass.getuser(), why)
        tell(say(language, "decision_taken_back", {"value": entry.value_text, "place": place}))
        tell_applied(DecisionPlaces(dataset, review, lang), entry)
