"""What the readers gave of a file in, the share of its cells that is accounted for out, and issues where it is low.

A cell is accounted for when a field of the dataset holds it, or when it is known for what it is (注記, a page number).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from extractors.checklist.model import Leftover
from extractors.issue import Issue
from extractors.location import Location
from pipeline.document.extraction import GridExtraction

_LOW_COVERAGE = 0.5
# Reasons of texts that are known for what they are, though no row of answers holds them.
EXPLAINED = {
    "note",
    "example_row",
    "example_column",
    "total_row",
    "running_text",
    "reference",
    "struck_through",
    "hidden_text",
    "watermark",
    "ruby",
    "placeholder",
    "linked_state",
    "earlier_answer",
    "verdict",
    "label",
}


def coverage_of(parts: Sequence[GridExtraction]) -> float | None:
    """Share of the non-empty cells that are used or known for what they are."""
    total = sum(part.filled for part in parts)
    if not total:
        return None
    explained = sum(leftover.reason in EXPLAINED for part in parts for leftover in part.result.leftovers)
    return min(1.0, (sum(part.result.used for part in parts) + explained) / total)


def check_coverage(parts: Sequence[GridExtraction]) -> list[Issue]:
    """A sheet with a checklist of which most cells are not used may have been read wrongly."""
    issues = []
    for part in parts:
        share = coverage_of([part])
        if part.result.checklists and share is not None and share < _LOW_COVERAGE:
            issues.append(Issue("low_coverage", Location(sheet=part.sheet), {"share": f"{share:.0%}"}))
    return issues


def check_leftovers(leftovers: Sequence[Leftover]) -> list[Issue]:
    """One issue a sheet that has another answer column, which no row holds."""
    answers = [leftover for leftover in leftovers if leftover.reason == "other_answer_column"]
    counts = Counter(leftover.location.sheet for leftover in answers)
    first = {leftover.location.sheet: leftover.location for leftover in reversed(answers)}
    return [Issue("other_answer_column", first[s], {"count": str(n)}) for s, n in counts.items()]
