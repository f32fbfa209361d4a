"""A person's choice on a screen in, the decision in `data/review` out, and a run asked for that takes it into the dataset.

The screens decide nothing themselves: `pipeline/review` checks and keeps. Here stands who may, and what is told when another
person decided the same a moment ago.
"""

from __future__ import annotations

from collections.abc import Mapping

from nicegui import run, ui

from pipeline.app.workspace import Visit
from pipeline.errors import ChecksheetError
from pipeline.review.decision import Decision, DecisionKind, Recorded
from pipeline.review.kinds import new_decision
from pipeline.review.store import record_decision, withdraw_decision

# What changes how files are read or whose they are; everything else is applied to what was read.
_NEED_READING = {
    DecisionKind.LAYOUT, DecisionKind.LEGEND, DecisionKind.DATE, DecisionKind.VENDOR, DecisionKind.SERVICE,
}  # fmt: skip


async def decide(
    visit: Visit, kind: DecisionKind, cells: Mapping[str, str], why: str = ""
) -> Recorded | None:
    """Record a decision of the visitor; None, and the reason on the screen, where it cannot be."""
    if not may_write(visit):
        return None
    try:
        decision = new_decision(kind, cells, visit.visitor.name, why)
        recorded: Recorded = await run.io_bound(record_decision, visit.workspace.folders.review, decision)
    except ChecksheetError as error:
        tell_error(visit, error)
        return None
    _tell_replaced(visit, recorded)
    request_run(visit, kind)
    return recorded


async def withdraw(visit: Visit, decision: Decision) -> bool:
    """Take a decision back; what was decided before it holds again. Whether that was done."""
    if not may_write(visit):
        return False
    try:
        await run.io_bound(withdraw_decision, visit.workspace.folders.review, decision, visit.visitor.name)
    except ChecksheetError as error:
        tell_error(visit, error)
        return False
    request_run(visit, decision.kind)
    return True


def request_run(visit: Visit, kind: DecisionKind) -> None:
    """Ask for the run that a decision of this kind needs; an exception of a policy needs none."""
    if kind != DecisionKind.EXCEPTION:
        visit.workspace.runs.request(reads=kind in _NEED_READING)


def may_write(visit: Visit) -> bool:
    """Whether the visitor may change anything; where not, that is told."""
    if not visit.visitor.may_write:
        ui.notify(visit.say("may_not_write"), type="warning")
    return visit.visitor.may_write


def tell_error(visit: Visit, error: ChecksheetError) -> None:
    """Why something could not be done, until it is closed."""
    ui.notify(
        error.text(visit.language),
        type="negative",
        multi_line=True,
        timeout=0,
        close_button=visit.say("close"),
    )


def _tell_replaced(visit: Visit, recorded: Recorded) -> None:
    before = recorded.replaced
    if before is not None and before.who != visit.visitor.name and before.value != recorded.decision.value:
        ui.notify(
            visit.say("decision_replaced", who=before.who, at=before.at, value=" ".join(before.value)),
            type="warning",
            timeout=8000,
        )


async def decide_file(visit: Visit, path: str, column: str, text: str) -> Recorded | None:
    """Vendor, service or date of a received file, as typed into its line; an emptied cell decides nothing."""
    kinds = {"vendor": DecisionKind.VENDOR, "service": DecisionKind.SERVICE, "received": DecisionKind.DATE}
    kind = kinds[column]
    if not text:
        ui.notify(visit.say("cell_emptied"), type="warning")
        return None
    return await decide(visit, kind, {"path": path, "date" if kind == DecisionKind.DATE else column: text})
