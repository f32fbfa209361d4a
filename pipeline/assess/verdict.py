"""A dataset and a policy in, a verdict on each vendor's service out, with every reason and where it stands.

Nothing is usable on what is unclear, missing, contradictory or not to be relied on: that cannot be said. How old a sheet is
has a finding of its own: an undated sheet is judged like any other (a clear no is a no whatever its age), and whoever dates
it, by the name of its file or folder, settles that finding alone.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.assess.policy import Policy, PolicyRule, Trust
from pipeline.assess.policy_checks import units
from pipeline.dataset.tables import read_table
from pipeline.errors import DatasetMissing
from pipeline.query.query import connect, result_rows

VERDICTS = ("usable", "conditional", "not_usable", "cannot_be_said")
_MATRIX = """
    SELECT vendor_key, service_key, control_id, desired, answer, conflict, respondents_differ, evidence
    FROM matrix WHERE list_contains(?, control_id) ORDER BY ALL
"""
_SHEETS = """
    SELECT DISTINCT vendor_key, service_key, vendor, service FROM sheets WHERE replaced_at IS NULL AND NOT removed ORDER BY ALL
"""
SHEET_AGE = "sheet-age"  # the id of the finding on the age of the sheets, beside those on controls
_CONTROLS = "SELECT control_id, name_ja, name_en FROM controls"
_SURE = {"exact", "reviewed"}
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reason:
    """What one answer says to a rule: met, conditional, failed or unknown, why (a key of words), and the answer itself
    (a struct of matrix.evidence; None where there is none). `bare` is what a doubtful answer would be.
    """

    status: str
    why: str
    evidence: Row | None = None
    status_if_sure: str = ""


@dataclass(frozen=True, slots=True)
class ControlFinding:
    """What is found of one control: its names (ja, en), the status of all answers together, and each of them."""

    rule: PolicyRule
    names: tuple[str, str]
    status: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """usable, conditional, not_usable or cannot_be_said, for one service of a vendor (None where none is named)."""

    vendor: str
    service: str | None
    verdict: str
    findings: tuple[ControlFinding, ...]


def judge(dataset: Path, policy: Policy, today: dt.date) -> list[Verdict]:
    """A verdict for every vendor and service with a standing sheet, by name. Raises DatasetMissing."""
    with connect(dataset) as connection:
        rows = result_rows(connection.execute(_MATRIX, [[rule.control_id for rule in policy.rules]]))
        sheets = result_rows(connection.execute(_SHEETS))
        names = {
            row["control_id"]: (row["name_ja"], row["name_en"])
            for row in result_rows(connection.execute(_CONTROLS))
        }
    said = {(row["vendor_key"], row["service_key"], row["control_id"]): row for row in rows}
    judges = _Judge(policy.trust, today)
    verdicts = []
    for sheet in sorted(sheets, key=lambda row: (row["vendor"], row["service"] or "")):
        keys = sheet["vendor_key"], sheet["service_key"]
        findings = tuple(
            judges.finding(rule, names.get(rule.control_id, ("", "")), said.get((*keys, rule.control_id)))
            for rule in policy.rules
        )
        findings += judges.age(findings)
        verdicts.append(Verdict(sheet["vendor"], sheet["service"], verdict_of(findings), findings))
    return verdicts


def known_controls(dataset: Path) -> frozenset[str]:
    """The ids of the dataset's controls. Raises DatasetMissing."""
    try:
        return frozenset(read_table(dataset, "controls")["control_id"].to_pylist())
    except (OSError, pa.ArrowException) as error:
        raise DatasetMissing({"path": dataset}) from error


def verdict_of(findings: Sequence[ControlFinding]) -> str:
    """One failed control is enough against a service, one unknown against saying anything for it."""
    statuses = {finding.status for finding in findings}
    if "failed" in statuses:
        return "not_usable"
    if "unknown" in statuses or not statuses:
        return "cannot_be_said"
    return "conditional" if "conditional" in statuses else "usable"


@dataclass(frozen=True, slots=True)
class _Judge:
    """Judges single controls on what is trusted today."""

    trust: Trust
    today: dt.date

    def finding(self, rule: PolicyRule, names: tuple[str, str], row: Row | None) -> ControlFinding:
        """What the vendor's answers say to a rule; `row` is the control's row of matrix."""
        if row is None:
            return ControlFinding(rule, names, "unknown", (Reason("unknown", "missing"),))
        reasons = tuple(
            self._reason(rule, row["desired"], evidence)
            for evidence in row["evidence"]
            if evidence["decides"]
        )
        status = together(reasons)
        if row["conflict"]:
            status, reasons = "unknown", (*reasons, Reason("unknown", "conflict"))
        elif (
            status == "met" and row["answer"] == "mixed"
        ):  # what is silent beside the met one says something else
            status, reasons = "unknown", (*reasons, Reason("unknown", "mixed"))
        elif status == "met" and row["respondents_differ"]:  # the provider itself says nothing
            other_respondents = [e for e in row["evidence"] if e["respondent"] != "provider"]
            other_reasons = tuple(
                Reason("conditional", "other_respondent", evidence) for evidence in other_respondents
            )
            status, reasons = "conditional", (*reasons, *other_reasons)
        return ControlFinding(rule, names, status, reasons)

    def _reason(self, rule: PolicyRule, desired: str, evidence: Row) -> Reason:
        """One answer: what it says, and less where it cannot be relied on."""
        status, why = (_limit if rule.limited else _met)(rule, desired, evidence)
        if status == "met" and evidence["relation"] in {"subset", "intersects"} and self.trust.parts != "met":
            status, why = self.trust.parts, "part"
        doubt = "" if status == "unknown" else self._doubt(evidence)
        return Reason("unknown", doubt, evidence, status) if doubt else Reason(status, why, evidence)

    def _doubt(self, evidence: Row) -> str:
        """Why an answer cannot be relied on; empty where it can."""
        if evidence["match_method"] not in _SURE and (evidence["match_score"] or 0) < self.trust.least_match:
            return "weak_match"
        if evidence["confidence"] < self.trust.least_confidence:
            return "weak_reading"
        return ""

    def age(self, findings: Sequence[ControlFinding]) -> tuple[ControlFinding, ...]:
        """The finding on the age of the sheets that the findings stand on: one where the policy limits it, else none.

        An undated sheet is a condition, since it may be new; one that is too old leaves open what it says.
        """
        if self.trust.max_age_days is None:
            return ()
        sheets = {
            reason.evidence["path"]: reason.evidence
            for finding in findings
            for reason in finding.reasons
            if reason.evidence is not None
        }
        reasons = tuple(Reason(*self._age_of(evidence), _as_sheet(evidence)) for evidence in sheets.values())
        rule = PolicyRule(SHEET_AGE)
        return (ControlFinding(rule, ("", ""), together(reasons), reasons),) if reasons else ()

    def _age_of(self, evidence: Row) -> tuple[str, str]:
        """Status and reason of a sheet's age."""
        if evidence["received_at"] is None:
            return "conditional", "undated"
        old = (self.today - evidence["received_at"]).days > (self.trust.max_age_days or 0)
        return ("unknown", "old") if old else ("met", "new_enough")


def _as_sheet(evidence: Row) -> Row:
    """The sheet of an answer as evidence of its own: no question, no place, its date as what is printed."""
    date = evidence["received_at"]
    nowhere = dict.fromkeys(("page", "sheet", "cells", "bbox"))
    printed = "" if date is None else date.isoformat()
    return {
        "path": evidence["path"],
        "requirement": "",
        "answer_raw": printed,
        "remarks": "",
        "source": nowhere,
    }


def together(reasons: Sequence[Reason]) -> str:
    """The status of all answers to a control; different questions may have different answers, and the worst counts.

    A silent answer (blank, not applicable, a yes where a figure is asked for) counts only where no other speaks, and a
    doubtful one is passed over where a sure one says the same.
    """
    speaking = [reason for reason in reasons if reason.why not in _SILENT]
    sure = {reason.status for reason in speaking if not reason.status_if_sure}
    statuses = {
        reason.status
        for reason in speaking or reasons
        if not (reason.status_if_sure and reason.status_if_sure in sure)
    }
    for status in ("failed", "unknown", "conditional"):
        if status in statuses:
            return status
    return "met" if statuses else "unknown"


_SILENT = {"unanswered", "not_applicable", "no_figure", "figure_beside"}


def _met(rule: PolicyRule, desired: str, evidence: Row) -> tuple[str, str]:
    """What an answer says where the control has to be met."""
    said = evidence["said"]
    if said in {"yes", "no"}:
        wanted = "yes" if desired == "value" else desired
        return ("met", "met") if said == wanted else ("failed", "not_met")
    if said == "value":
        if evidence["favourable"] is False:  # beyond a limit that the user's catalogue sets
            return "failed", "beyond"
        return ("met", "told") if desired == "value" else ("unknown", "text")
    return _in_part(rule, evidence)


def _in_part(rule: PolicyRule, evidence: Row) -> tuple[str, str]:
    """What an answer says that is neither yes nor no nor a figure."""
    said = str(evidence["said"])
    if said in {"unclear", "unanswered", "caveat"}:
        return "unknown", _unsaid(evidence)
    if said in {"undisclosed", "not_applicable"}:
        return ("conditional" if said in rule.conditional else "unknown"), said
    if said not in rule.conditional:
        return "failed", said
    if said == "planned" and rule.planned_until is not None:
        date = evidence["planned_date"]
        if date is None:
            return "unknown", "planned_undated"
        return ("conditional", "planned") if date <= rule.planned_until else ("failed", "planned_late")
    return "conditional", said


def _unsaid(evidence: Row) -> str:
    """Why nothing is said: contradicted by its own remark, the direction of the question, or as `said` (a caveat)."""
    if evidence["contradicted"]:
        return "contradicted"
    return "polarity" if evidence["state"] == "polarity_unclear" else str(evidence["said"])


def _limit(rule: PolicyRule, _: str, evidence: Row) -> tuple[str, str]:
    """What an answer says where a figure is asked for."""
    said = evidence["said"]
    value = evidence["value"]
    if said == "no":
        return "failed", "not_met"
    if said == "yes" and (value is None or value.get("origin") != "remarks"):
        return "unknown", "no_figure" if value is None else "figure_beside"
    if said not in {"yes", "value"}:
        return _in_part(rule, evidence)
    if value is None:
        return "unknown", "text"
    base, factor = units()[rule.unit or ""]
    vendor_base, vendor_factor = units().get(value["canonical_unit"], ("", 0.0))
    if vendor_base != base:
        return "unknown", "other_unit"
    return within(value["canonical"] * vendor_factor / factor, value["bound"], rule)


def within(number: float, bound: str, rule: PolicyRule) -> tuple[str, str]:
    """Whether a figure in the rule's unit keeps its limits.

    `bound` tells what the vendor promises: exactly (`exact`), at least (`min`), at most (`max`) or `about` the figure. A
    promise of at most 8 hours fails a limit of 4; one of at least 2 hours says nothing about it.
    """
    if not math.isfinite(number):
        return "unknown", "text"
    slack = 1e-9 * max(1.0, abs(number))
    low = rule.least is not None and number < rule.least - slack
    high = rule.most is not None and number > rule.most + slack
    if low or high:
        return "failed", "beyond"
    if (bound == "min" and rule.most is not None) or (bound == "max" and rule.least is not None):
        return "unknown", "open_bound"
    return ("conditional", "about") if bound == "about" else ("met", "within")
