"""One decision of a command in: kept in data/review, laid over the dataset where there is one, and told."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from pipeline.assemble.decided.apply_decisions import AppliedDecisions, apply_decisions
from pipeline.commands.terminal import CONTROLS, RAW, resolve_language, say, tell
from pipeline.dataset.snapshot import read_manifest
from pipeline.errors import not_written
from pipeline.review.decision import Decision, DecisionKind
from pipeline.review.kinds import KINDS, new_decision
from pipeline.review.store import record_decision
from pipeline.settings import Settings

Who = Annotated[str | None, typer.Option("--who", help="Who decided; else the user's name.")]
Why = Annotated[str, typer.Option("--why", help="The reason, for others to read.")]
_IN_FORCE_AT_ONCE = frozenset({DecisionKind.EXCEPTION})  # `judge` reads them itself

_WITH_NEXT_RUN = frozenset(
    {DecisionKind.LAYOUT, DecisionKind.LEGEND, DecisionKind.DATE, DecisionKind.VENDOR, DecisionKind.SERVICE}
)


@dataclass(frozen=True, slots=True)
class DecisionPlaces:
    """Where a command decides: the dataset, the folder of decisions, and the language that it speaks."""

    dataset: Path
    review: Path
    lang: str | None

    @property
    def language(self) -> str:
        """`en` or `ja`."""
        return resolve_language(self.lang)


def keep_decision(
    places: DecisionPlaces, kind: DecisionKind, cells: Mapping[str, str], signed: tuple[str | None, str]
) -> None:
    """Keep a decision of `cells`, signed by who and why, and tell what follows it.

    Raises what `new_decision`, `record_decision` and `apply_decisions` raise.
    """
    decision = new_decision(kind, cells, signed[0] or getpass.getuser(), signed[1])
    recorded = record_decision(places.review, decision)
    path = places.review / KINDS[kind].file
    tell(say(places.language, "decision_kept", {"path": path, "line": recorded.decision.line}))
    before = recorded.replaced
    if before is not None and before.value != decision.value:
        words: dict[str, object] = {
            "who": before.who or "–",
            "at": before.at or "–",
            "value": before.value_text,
        }
        tell(say(places.language, "decision_replaced", words))
    tell_applied(places, recorded.decision)


def tell_applied(places: DecisionPlaces, decision: Decision) -> None:
    """Lay the decisions over the dataset, and tell whether this one counts there now, later, or for nothing yet."""
    if decision.kind in _IN_FORCE_AT_ONCE or read_manifest(places.dataset) is None:
        return
    applied = _apply(places)
    unused = {(entry.kind, entry.key) for entry in applied.unused}
    if decision.kind in _WITH_NEXT_RUN and applied.waiting:
        tell(say(places.language, "decision_waits", {"count": len(applied.waiting)}))
    elif (decision.kind, decision.key) in unused:
        tell(say(places.language, "decision_unused", {}), error=True)
    else:
        tell(say(places.language, "decision_applied", {"dataset": places.dataset}))


def _apply(places: DecisionPlaces) -> AppliedDecisions:
    settings = Settings(
        RAW, places.dataset, language=places.language, controls=CONTROLS, review=places.review
    )
    try:
        return apply_decisions(settings)
    except OSError as error:
        raise not_written(error, places.dataset) from error
