"""A standing in, its gaps and the questions to send out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.analyse.standing.looks import Speech, looks
from pipeline.analyse.standing.model import Cell, ControlLine, Reading, Standing
from pipeline.analyse.standing.states import CONTRADICTED, LOW

_ORDER = ("not_met", "said_no", "conflict", "undisclosed", "planned", "partial", "conditional")
REASONS = ("conflict", "contradicted", "unclear", "unanswered", "low_confidence")


@dataclass(frozen=True, slots=True)
class Gap:
    """A control that is mandatory or hoped for and not met by a party; `first` is the reading that says so."""

    control: ControlLine
    party: int
    cell: Cell
    mandatory: bool
    first: Reading


@dataclass(frozen=True, slots=True)
class Ask:
    """What to ask a party again, and why; `control` is None for an item without one."""

    reason: str
    party: int
    control: ControlLine | None
    first: Reading
    readings: tuple[Reading, ...]


def gaps_of(standing: Standing) -> list[Gap]:
    """All gaps: mandatory ones first, then the plainest.

    A conflict is a gap where one of its answers is. A `no` that a form makes mandatory is one even where the catalogue
    hopes for a figure, unless the question is turned round.
    """
    gaps = []
    for control in standing.controls:
        for place in range(len(standing.parties)):
            cell = standing.cells.get((control.control_id, place))
            found = [reading for reading in cell.readings if _is_gap(reading, control)] if cell else []
            if cell and found:
                found.sort(key=lambda reading: (reading.level != "mandatory", _ORDER.index(reading.state)))
                gaps.append(Gap(control, place, cell, found[0].level == "mandatory", found[0]))
    return sorted(gaps, key=lambda gap: (not gap.mandatory, _rank(gap.cell.state)))


def _rank(state: str) -> int:
    return _ORDER.index(state) if state in _ORDER else len(_ORDER)


def _is_gap(reading: Reading, control: ControlLine) -> bool:
    if reading.state == "said_no":
        return reading.level == "mandatory" and reading.polarity == "same" and control.desired != "no"
    if reading.state == "undisclosed":
        return reading.level == "mandatory"
    wished = reading.level == "mandatory" or control.desired in {"yes", "no"}
    return looks()[reading.state].kind == "gap" and wished


def asks_of(standing: Standing) -> list[Ask]:
    """What to ask again, by party and then by reason; one question a reading, and one for each conflict."""
    controls = {control.control_id: control for control in standing.controls}
    asks = [
        Ask("conflict", place, controls[control_id], cell.readings[0], cell.readings)
        for (control_id, place), cell in standing.cells.items()
        if cell.state == "conflict"
    ]
    for reading in (*standing.readings, *standing.others):
        reason = reason_of(reading)
        if reason is not None and reading.respondent != "customer":
            control = controls.get(reading.control_id or "")
            asks.append(Ask(reason, reading.party, control, reading, (reading,)))
    return sorted(asks, key=lambda ask: (ask.party, REASONS.index(ask.reason), ask.first.path, ask.first.row))


def reason_of(reading: Reading) -> str | None:
    """Why a single answer is asked again, the gravest reason; None where it is well."""
    if reading.codes & CONTRADICTED:
        return "contradicted"
    if reading.state in {"unclear", "unanswered"}:
        return reading.state
    return "low_confidence" if reading.confidence < LOW else None


def question_of(ask: Ask, speech: Speech) -> str:
    """The question to send, in the language of `speech`."""
    if ask.reason == "conflict" and ask.control is not None:
        words: dict[str, object] = {
            "control": speech.control(ask.control),
            "answers": _several(ask.readings, speech),
        }
    else:
        remark = " ".join(ask.first.remarks.split())
        words = {"item": speech.item(ask.first), "answer": speech.answer(ask.first), "remark": remark[:120]}
    return speech.question(ask.reason, words)


def _several(readings: Sequence[Reading], speech: Speech) -> str:
    """The answers of a conflict with the number and file of each; equal ones once."""
    told: Callable[[Reading], str] = lambda reading: speech.phrase(  # noqa: E731
        "answer_of", {"answer": speech.answer(reading, 60), "place": _where(reading, speech)}
    )
    spoken = [reading for reading in readings if reading.state != "unanswered"]
    return ("、" if speech.language == "ja" else ", ").join(dict.fromkeys(map(told, spoken)))


def _where(reading: Reading, speech: Speech) -> str:
    number = f"No. {reading.item_no}" if reading.item_no else speech.place(reading.source)
    who = speech.word("respondents", reading.respondent) if reading.respondent != "provider" else ""
    return ", ".join(filter(None, (reading.path.rsplit("/", 1)[-1], number, who)))
