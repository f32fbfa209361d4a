"""A comparison in, the questions to ask each vendor back out, each with the cells that a reply decides.

Where two answers of a vendor differ, both wordings are quoted: 「通信を暗号化」→ ○ and 「暗号化していない」→ ○.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.assess.comparison.follow_ups import FollowUp, build_follow_ups, build_question
from pipeline.assess.comparison.labels import Labels
from pipeline.assess.comparison.model import Comparison, VendorResponse


@dataclass(frozen=True, slots=True)
class InquiryQuestion:
    """One question: its key, the party (index), why it is asked, its text, and the cells (`DOCUMENT:ROW`) it is about."""

    key: str
    party: int
    reason: str
    text: str
    first: VendorResponse
    cells: tuple[str, ...]


def build_inquiry_questions(comparison: Comparison, labels: Labels) -> list[InquiryQuestion]:
    """All questions, by party and then by how grave they are."""
    return [_question(follow_up, labels) for follow_up in build_follow_ups(comparison)]


def _question(follow_up: FollowUp, labels: Labels) -> InquiryQuestion:
    text = build_question(follow_up, labels)
    cells = tuple(f"{response.document_id}:{response.row}" for response in follow_up.responses)
    key = cells[0]
    if follow_up.reason == "conflict" and follow_up.control is not None:
        text = "\n".join((text, *_quotes(follow_up.responses, labels)))
        key = f"control:{follow_up.control.control_id}"
    return InquiryQuestion(key, follow_up.party, follow_up.reason, text, follow_up.first, cells)


def _quotes(responses: Sequence[VendorResponse], labels: Labels) -> list[str]:
    """Each wording with its answer, equal ones once."""
    lines = (
        f"・{labels.item(r, 300)} → {labels.answer(r, 200)}" for r in responses if r.state != "unanswered"
    )
    return list(dict.fromkeys(lines))
