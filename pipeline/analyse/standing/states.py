"""An answer in, how it stands on its control for who asks out; and how several answers of one party stand together.

`met` and `not_met` are said only where the dataset says `favourable`. What contradicts itself, or differs between two
sheets, is `unclear` or `conflict`, never one of the two.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.analyse.standing.model import Reading

LOW = 0.7  # confidence under which a person should look: at 0.9 and below, 3.3 % of rows were not exact
CONTRADICTED = frozenset({"answer_contradicted_by_remark", "answer_disputed_by_comment"})
_STATED = {"yes": "said_yes", "no": "said_no"}
_TURNED = {"yes": "said_no", "no": "said_yes"}
_BESIDE_FIGURES = frozenset({"met", "said_yes"})


def state_of(reading: Reading) -> str:
    """The state of one answer; a word that is not known is unclear."""
    if reading.codes & CONTRADICTED:
        return "unclear"
    if reading.answer in _STATED:
        if reading.favourable is not None:
            return "met" if reading.favourable else "not_met"
        return (_TURNED if reading.polarity == "inverse" else _STATED)[reading.answer]
    known = {"partial", "conditional", "planned", "not_applicable", "undisclosed", "unanswered", "value"}
    return reading.answer if reading.answer in known else "unclear"


def together(readings: Sequence[Reading]) -> str:
    """The state of all readings of one party on one control.

    A blank says nothing beside an answer, and `not applicable` nothing beside another respondent's. A figure stands
    beside a yes; whatever else differs is a conflict.
    """
    claims = [reading for reading in readings if reading.state != "unanswered"]
    if not claims:
        return "unanswered" if readings else "not_asked"
    spoken = [r for r in claims if r.state != "not_applicable"]
    if spoken and not _same_respondent(spoken, claims):
        claims = spoken
    states = {reading.state for reading in claims}
    if "unclear" in states:
        return "unclear"
    if "value" in states and len(states) > 1 and states - {"value"} <= _BESIDE_FIGURES:
        states.discard("value")
    if len(states) > 1 or _figures_differ(claims):
        return "conflict"
    return states.pop()


def _same_respondent(spoken: Sequence[Reading], claims: Sequence[Reading]) -> bool:
    """Whether one who says `not applicable` also says something else."""
    passed = {reading.respondent for reading in claims if reading.state == "not_applicable"}
    return bool(passed & {reading.respondent for reading in spoken})


def _figures_differ(readings: Sequence[Reading]) -> bool:
    """Whether two documents share no figure of one unit, or no text that is itself the answer of one item."""
    said: dict[str, dict[str, set[object]]] = {}
    for reading in readings:
        kind, figure = _figure(reading)
        if kind:
            said.setdefault(kind, {}).setdefault(reading.document_id, set()).add(figure)
    return any(not set.intersection(*documents.values()) for documents in said.values())


def _figure(reading: Reading) -> tuple[str, object]:
    """What a figure is compared under and its number in the canonical unit; an empty kind where there is none."""
    if reading.value is not None:
        return f"unit {reading.value['canonical_unit']}", reading.value["canonical"]
    if reading.state == "value":
        return f"item {reading.item_id}", "".join(reading.answer_raw.split())
    return "", None
