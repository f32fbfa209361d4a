"""A standing in, its gaps and the questions to send out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.assess.comparison.labels import Speech, looks
from pipeline.assess.comparison.model import Cell, ControlLine, Reading, Standing

_ORDER = (
    "not_met", "no", "contradicted", "unclear", "unanswered", "undisclosed", "planned", "partial", "conditional",
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
    cell: Cell
    mandatory: bool
    readings: tuple[Reading, ...]

    @property
    def first(self) -> Reading:
        """The reading that says it most plainly."""
        return self.readings[0]

    @property
    def state(self) -> str:
        """The state to show: the party's on the control; where another sheet's answer is met, that of the open one."""
        return self.first.state if looks()[self.cell.state].kind == "good" else self.cell.state


@dataclass(frozen=True, slots=True)
class Ask:
    """What to ask a party again, and why; `control` is None for an item without one."""

    reason: str
    party: int
    control: ControlLine | None
    first: Reading
    readings: tuple[Reading, ...]


def gaps_of(standing: Standing) -> list[Gap]:
    """All gaps: mandatory ones first, then the plainest; items without a control each by itself, behind."""
    controls = {control.control_id: control for control in standing.controls}
    found = [
        _gap(controls[control_id], place, cell)
        for (control_id, place), cell in standing.cells.items()
        if any(reading.why for reading in cell.readings)
    ]
    found += [
        _gap(None, reading.party, Cell(reading.state, (reading,)))
        for reading in standing.others
        if reading.why
    ]
    order = {control.control_id: number for number, control in enumerate(standing.controls)}

    def rank(gap: Gap) -> tuple[bool, int, int, int]:
        line = order[gap.control.control_id] if gap.control else len(order)
        return not gap.mandatory, _ORDER.index(gap.first.why or ""), line, gap.party

    return sorted(found, key=rank)


def _gap(control: ControlLine | None, place: int, cell: Cell) -> Gap:
    readings = [reading for reading in cell.readings if reading.why]
    readings.sort(key=lambda reading: (reading.level != "mandatory", _ORDER.index(reading.why or "")))
    return Gap(control, place, cell, readings[0].level == "mandatory", tuple(readings))


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
    if reading.contradicted:
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
