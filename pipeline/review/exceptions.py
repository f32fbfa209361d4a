"""What a person accepts though a policy does not: a finding on a vendor's control, until a day, for a reason.

`data/review/exceptions.csv` has vendor, service ("" for all of them), control_id, until, finding (why the policy refused it when
it was accepted: `partial`, `planned, old`; "" for whatever it says), who, at, why. After its day, or when another thing is
found than was accepted (`no` where it was `partial`), an exception holds no longer, and that is told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from normalizers.text import fold
from normalizers.values.organisations import organisation_key
from pipeline.review.decision import Decision, DecisionKind


@dataclass(frozen=True, slots=True)
class PolicyException:
    """One decision: of which vendor, service and control, until when, and what was found when it was accepted."""

    vendor: str
    service: str
    control_id: str
    until: dt.date
    accepted: frozenset[str]
    who: str
    why: str

    def covers(self, vendor: str, service: str | None) -> bool:
        """Whether it was said of this vendor's service."""
        same_vendor = _vendor(self.vendor) == _vendor(vendor)
        return same_vendor and (not self.service or fold(self.service) == fold(service or ""))

    def accepts(self, findings: Iterable[str]) -> bool:
        """Whether all that is found now was found when it was accepted."""
        return not self.accepted or set(findings) <= self.accepted


def policy_exceptions(decisions: Iterable[Decision]) -> list[PolicyException]:
    """The decisions of the kind `exception`."""
    return [_exception(entry) for entry in decisions if entry.kind == DecisionKind.EXCEPTION]


def _exception(entry: Decision) -> PolicyException:
    vendor, service, control_id = entry.key
    until, finding = entry.value
    accepted = frozenset(filter(None, (word.strip() for word in finding.split(","))))
    return PolicyException(
        vendor, service, control_id, dt.date.fromisoformat(until), accepted, entry.who, entry.why
    )


def exception_of(
    exceptions: Sequence[PolicyException], vendor: str, service: str | None, control_id: str
) -> PolicyException | None:
    """The exception that was said last of a vendor's control; one of the very service counts before one of all."""
    fitting = [e for e in exceptions if e.control_id == control_id and e.covers(vendor, service)]
    own = [entry for entry in fitting if entry.service]
    return next(reversed(own or fitting), None)


def _vendor(name: str) -> str:
    return organisation_key(name) or fold(name)
