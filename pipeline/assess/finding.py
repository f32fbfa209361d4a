"""What is found of one control, or of the age of the sheets, and what of it a person accepts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pipeline.assess.policy import PolicyRule
from pipeline.review.exceptions import PolicyException

_REFUSED = {"failed", "unknown"}
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reason:
    """What one answer says to a rule: met, conditional, failed or unknown, why (a key of words), and the answer itself
    (a struct of matrix.evidence; None where there is none). `status_if_sure` is what a doubtful answer would be, `exception`
    what a person accepts, or accepted.
    """

    status: str
    why: str
    evidence: Row | None = None
    status_if_sure: str = ""
    exception: PolicyException | None = None


@dataclass(frozen=True, slots=True)
class ControlFinding:
    """What is found of one control: its names (ja, en), the status of all answers together, and each of them."""

    rule: PolicyRule
    names: tuple[str, str]
    status: str
    reasons: tuple[Reason, ...]


def with_exception(
    finding: ControlFinding, exception: PolicyException | None, today: dt.date
) -> ControlFinding:
    """The finding as a person accepts it, with all that was found; one that nobody has to accept stays as it is."""
    if exception is None or finding.status not in _REFUSED:
        return finding
    status, why = finding.status, "exception"
    if today > exception.until:
        why = "exception_over"
    elif not exception.accepts(refused_for(finding)):
        why = "exception_other"
    else:
        status = "conditional"
    accepted = Reason(status, why, exception=exception)
    return replace(finding, status=status, reasons=(accepted, *finding.reasons))


def refused_for(finding: ControlFinding) -> tuple[str, ...]:
    """Why a policy does not take a control for met, as it stands in an exception: the keys of its reasons, each once."""
    return tuple(dict.fromkeys(reason.why for reason in finding.reasons if reason.status != "met"))
