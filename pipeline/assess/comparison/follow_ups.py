"""A comparison in, its gaps and the questions to send out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.assess.comparison.labels import Labels, state_styles
from pipeline.assess.comparison.model import Comparison, ComparisonCell, ControlLine, VendorResponse

_ORDER = (
    "not_met", "no", "contradicted", "unclear", "caveat", "unanswered", "undisclosed", "planned", "partial", "conditional",
    "not_applicable", "polarity_unclear", "value",
)  # fmt: skip
LOW = 0.7  # confidence under which a person should look: at 0.9 and below, 3.3 % of rows were not exact
REASONS = ("conflict", "contradicted", "unclear", "unanswered", "low_confidence")


@dataclass(frozen=True, slots=True)
class Gap:
    """What a party leaves open on a control, or on an item without one (`control` is None): rows of the view `gaps`.

    `cell` is how the party stands there, `readings` those that leave it open, the plainest first.
    """

    control: ControlLine | None
    party: int
    cell: ComparisonCell
    mandatory: bool
    responses: tuple[VendorResponse, ...]

    @property
    def first(self) -> VendorResponse:
        """The reading that says it most plainly."""
        return self.responses[0]

    @property
    def state(self) -> str:
        """The state to show: the party's on the control; where another sheet's answer is met, that of the open one."""
        return self.first.state if state_styles()[self.cell.state].kind == "good" else self.cell.state


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What to ask a party again, and why; `control` is None for an item without one."""

    reason: str
    party: int
    control: ControlLine | None
    first: VendorResponse
    responses: tuple[VendorResponse, ...]


def build_gaps(comparison: Comparison) -> list[Gap]:
    """All gaps: mandatory ones first, then the plainest; items without a control each by itself, behind."""
    controls = {control.control_id: control for control in comparison.controls}
    gaps = [
        _gap(controls[control_id], index, cell)
        for (control_id, index), cell in comparison.cells.items()
        if any(response.why for response in cell.responses)
    ]
    gaps += [
        _gap(None, response.party, ComparisonCell(response.state, (response,)))
        for response in comparison.unaligned
        if response.why
    ]
    order = {control.control_id: number for number, control in enumerate(comparison.controls)}

    def rank(gap: Gap) -> tuple[bool, int, int, int]:
        line = order[gap.control.control_id] if gap.control else len(order)
        return not gap.mandatory, _ORDER.index(gap.first.why or ""), line, gap.party

    return sorted(gaps, key=rank)


def _gap(control: ControlLine | None, party: int, cell: ComparisonCell) -> Gap:
    responses = [response for response in cell.responses if response.why]
    responses.sort(key=lambda response: (response.level != "mandatory", _ORDER.index(response.why or "")))
    return Gap(control, party, cell, responses[0].level == "mandatory", tuple(responses))


def build_follow_ups(comparison: Comparison) -> list[FollowUp]:
    """What to ask again, by party and then by reason; one question a reading, and one for each conflict."""
    controls = {control.control_id: control for control in comparison.controls}
    follow_ups = [
        FollowUp("conflict", index, controls[control_id], contradicting[0], contradicting)
        for (control_id, index), cell in comparison.cells.items()
        if cell.state == "conflict"
        for contradicting in [tuple(response for response in cell.responses if response.contradicts)]
    ]
    for response in (*comparison.responses, *comparison.unaligned):
        reason = follow_up_reason(response)
        if reason is not None and response.respondent != "customer":
            control = controls.get(response.control_id or "")
            follow_ups.append(FollowUp(reason, response.party, control, response, (response,)))
    return sorted(
        follow_ups,
        key=lambda follow_up: (
            follow_up.party,
            REASONS.index(follow_up.reason),
            follow_up.first.path,
            follow_up.first.row,
        ),
    )


def follow_up_reason(response: VendorResponse) -> str | None:
    """Why a single answer is asked again, the gravest reason; None where it is well."""
    if response.contradicted:
        return "contradicted"
    if response.state in {"unclear", "unanswered"}:
        return response.state
    return "low_confidence" if response.confidence < LOW else None


def build_question(follow_up: FollowUp, labels: Labels) -> str:
    """The question to send, in the language of `labels`."""
    if follow_up.reason == "conflict" and follow_up.control is not None:
        words: dict[str, object] = {"answers": _several(follow_up.responses, labels)}
    else:
        remark = " ".join(follow_up.first.remarks.split())
        words = {
            "item": labels.item(follow_up.first),
            "answer": labels.answer(follow_up.first),
            "remark": remark[:120],
        }
    return labels.question(follow_up.reason, words)


def _several(responses: Sequence[VendorResponse], labels: Labels) -> str:
    """The answers of a contradiction, each with its question and file."""
    answer_text: Callable[[VendorResponse], str] = lambda response: labels.phrase(  # noqa: E731
        "answer_of",
        {
            "answer": labels.answer(response, 60),
            "item": labels.item(response),
            "place": response.path.rsplit("/", 1)[-1],
        },
    )
    between = "、" if labels.language == "ja" else " and "
    return between.join(dict.fromkeys(map(answer_text, responses)))
