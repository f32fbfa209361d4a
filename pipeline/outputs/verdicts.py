"""Verdicts in, plain data, lines for a table, a workbook and a page out. Texts of vendors stay text everywhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.location import Location
from pipeline.assess.verdict import SHEET_AGE, ControlFinding, Reason, Verdict
from pipeline.outputs.html_page import HtmlPage, own_file, page_html
from pipeline.outputs.xlsx.write_tables import BookSheet, SheetColumn, write_book
from pipeline.problems import location_text
from pipeline.system.atomic_write import atomic_write

STATUSES = ("met", "conditional", "failed", "unknown")
_FILLS = {
    "usable": "#E2EFDA",
    "conditional": "#FFF2CC",
    "not_usable": "#FCE4D6",
    "cannot_be_said": "#E7E6E6",
}
_STATUS_FILLS = {"conditional": "#FFF2CC", "failed": "#FCE4D6", "unknown": "#E7E6E6"}
_WIDTHS = (
    ("verdict", 16), ("vendor", 26), ("service", 24), ("control", 30), ("id", 28), ("status", 14), ("why", 40),
    ("question", 44), ("printed", 28), ("remarks", 36), ("source", 44), ("note", 30),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class VerdictContext:
    """What a set of verdicts is about: the policy's name, the day (ISO), the words and their language."""

    policy: str
    date: str
    words: Mapping[str, str]
    language: str

    @property
    def line(self) -> str:
        """Policy and day in words."""
        return self.words["judge_policy"].format(name=self.policy or "–", date=self.date)


def verdicts_to_data(verdicts: Sequence[Verdict], context: VerdictContext) -> dict[str, Any]:
    """Everything as plain data for JSON; words are the codes, whatever the language."""
    return {
        "policy": context.policy,
        "date": context.date,
        "verdicts": [
            {"vendor": v.vendor, "service": v.service, "verdict": v.verdict, "findings": list(map(_finding, v.findings))}
            for v in verdicts
        ],
    }  # fmt: skip


def _finding(finding: ControlFinding) -> dict[str, Any]:
    return {
        "control_id": finding.rule.control_id, "control_name": finding.names[0], "control_name_en": finding.names[1],
        "status": finding.status, "note": finding.rule.note,
        "reasons": [
            {"status": reason.status, "why": reason.why, "evidence": reason.evidence and dict(reason.evidence)}
            for reason in finding.reasons
        ],
    }  # fmt: skip


def counts_line(verdict: Verdict, context: VerdictContext) -> str:
    """How many controls are met and so on, in words."""
    by_status = Counter(finding.status for finding in verdict.findings)
    return context.words["judge_counts"].format_map({status: by_status[status] for status in STATUSES})


def verdict_headers(context: VerdictContext) -> tuple[str, ...]:
    """The headers of the table of verdicts."""
    counted = (context.words[f"judge_status_{status}"] for status in STATUSES)
    return (*(context.words[f"judge_{key}"] for key, _ in _WIDTHS[:3]), *counted)


def verdict_rows(verdicts: Sequence[Verdict], context: VerdictContext) -> list[tuple[str | int, ...]]:
    """A row a verdict: what it is, of whom, and how many controls are met, on condition, failed, open."""
    rows: list[tuple[str | int, ...]] = []
    for verdict in verdicts:
        by_status = Counter(finding.status for finding in verdict.findings)
        said = context.words[f"judge_{verdict.verdict}"]
        rows.append(
            (said, verdict.vendor, verdict.service or "", *(by_status[status] for status in STATUSES))
        )
    return rows


def reason_rows(verdicts: Sequence[Verdict], context: VerdictContext) -> list[tuple[str, ...]]:
    """A row for every reason, met ones too, in the order of the columns of the workbook."""
    return [
        (
            context.words[f"judge_{verdict.verdict}"], verdict.vendor, verdict.service or "", control_name(finding, context),
            finding.rule.control_id, *reason_words(reason, context), finding.rule.note,
        )
        for verdict in verdicts
        for finding in verdict.findings
        for reason in finding.reasons
    ]  # fmt: skip


def control_name(finding: ControlFinding, context: VerdictContext) -> str:
    """The control's name in the language; its id where it has none."""
    if finding.rule.control_id == SHEET_AGE:
        return context.words["judge_sheet_age"]
    japanese, english = finding.names
    return (japanese if context.language == "ja" else english or japanese) or finding.rule.control_id


def reason_words(reason: Reason, context: VerdictContext) -> tuple[str, ...]:
    """Finding, why, question, answer, remarks as printed, and the source of a reason, in words."""
    status_words = context.words[f"judge_status_{reason.status}"], context.words[f"why_{reason.why}"]
    evidence = reason.evidence
    if evidence is None:
        return (*status_words, "", "", "", "")
    return (
        *status_words,
        evidence["requirement"],
        evidence["answer_raw"],
        evidence["remarks"],
        source_words(evidence, context),
    )


def source_words(evidence: Mapping[str, Any], context: VerdictContext) -> str:
    """File and place."""
    source = evidence["source"]
    place = location_text(Location(source["page"], source["sheet"], source["cells"]), context.language)
    return ", ".join(filter(None, (evidence["path"], place)))


def write_verdicts(path: Path, verdicts: Sequence[Verdict], context: VerdictContext) -> None:
    """Write a workbook (.xlsx) or a page (.html), as the path ends. Raises OSError, ValueError for another ending."""
    if path.suffix.lower() == ".xlsx":
        _write_book(path, verdicts, context)
    elif path.suffix.lower() in {".html", ".htm"}:
        with atomic_write(path) as partial:
            partial.write_text(verdicts_to_page(verdicts, context), encoding="utf-8")
    else:
        raise ValueError(path.suffix)


def _write_book(path: Path, verdicts: Sequence[Verdict], context: VerdictContext) -> None:
    words = context.words
    fills = tuple((words[f"judge_{verdict}"], colour) for verdict, colour in _FILLS.items())
    findings = tuple((words[f"judge_status_{status}"], colour) for status, colour in _STATUS_FILLS.items())
    widths = (*(width for _, width in _WIDTHS[:3]), *[12] * len(STATUSES))
    columns = tuple(map(SheetColumn, verdict_headers(context), widths))
    overview = [*verdict_rows(verdicts, context), (context.line, *[""] * (len(columns) - 1))]
    reasons = tuple(SheetColumn(words[f"judge_{key}"], width) for key, width in _WIDTHS)
    write_book(
        path,
        [
            BookSheet(words["judge_title"], columns, overview, fills),
            BookSheet(words["judge_reasons"], reasons, reason_rows(verdicts, context), findings, 5),
        ],
    )


def verdicts_to_page(verdicts: Sequence[Verdict], context: VerdictContext) -> str:
    """A page that needs nothing else, with everything of a vendor escaped."""
    entries = [
        {
            "verdict": v.verdict, "said": context.words[f"judge_{v.verdict}"], "vendor": v.vendor, "service": v.service or "",
            "counts": counts_line(v, context), "row": row[3:],
            "rows": [
                (finding.status, control_name(finding, context), finding.rule.control_id, finding.rule.note,
                 reason_words(reason, context))
                for finding in v.findings for reason in finding.reasons
            ],
        }
        for v, row in zip(verdicts, verdict_rows(verdicts, context), strict=True)
    ]  # fmt: skip
    style = own_file("pipeline.outputs", "verdicts.css")
    page = HtmlPage("pipeline.outputs", "verdicts.html.jinja", style)
    headers = verdict_headers(context)
    values = {"entries": entries, "words": context.words, "context": context, "headers": headers}
    return page_html(page, values)
