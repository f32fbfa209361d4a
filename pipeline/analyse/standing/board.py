"""A dataset and a choice in, the standing of every vendor on every control out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

from normalizers.text import fold
from pipeline.analyse.standing.load import load
from pipeline.analyse.standing.model import (
    Cell,
    Choice,
    ControlLine,
    NothingChosen,
    Party,
    Reading,
    Sheet,
    Standing,
)
from pipeline.analyse.standing.sheets import standing_sheets
from pipeline.analyse.standing.states import together

_CUSTOMER = "customer"
EVERYTHING = Choice()


def standing_of(dataset: Path, choice: Choice = EVERYTHING) -> Standing:
    """How every chosen vendor stands on every chosen control.

    A control that no standing sheet asks has no row. Raises DatasetMissing, and NothingChosen for a word of the choice
    that names nothing.
    """
    sheets, readings, controls, troubles = load(dataset)
    sheets, parties = standing_sheets(sheets)
    chosen = _chosen_parties(parties, choice.vendors)
    wanted = _chosen_controls(controls, choice.controls)
    blank = _blank_columns(readings)
    sheets = [
        replace(sheet, blank_columns=blank.get((sheet.document_id, sheet.checklist), ()))
        for sheet in _of_chosen(sheets, chosen)
    ]
    standing = _standing_readings(readings, sheets)
    told = [
        reading for reading in standing if reading.control_id in wanted and reading.respondent != _CUSTOMER
    ]
    others = [r for r in standing if r.control_id is None or r.respondent == _CUSTOMER]
    asked = {reading.control_id for reading in told}
    return Standing(
        tuple(parties[place] for place in chosen),
        tuple(control for control in controls if control.control_id in asked),
        _cells(told),
        () if choice.controls else tuple(others),
        tuple(sheets),
        tuple(troubles),
        sum(control.domain != "new" for control in controls),
        tuple(told),
    )


def _chosen_parties(parties: Sequence[Party], words: Sequence[str]) -> list[int]:
    """Places of the parties that a word is part of: of the vendor's or the service's name, however written."""
    if not words:
        return list(range(len(parties)))
    found: set[int] = set()
    for word in words:
        hits = {n for n, party in enumerate(parties) if fold(word) and fold(word) in fold(party.name)}
        if not hits:
            raise NothingChosen("vendor", word, tuple(party.name for party in parties))
        found |= hits
    return sorted(found)


def _chosen_controls(controls: Sequence[ControlLine], words: Sequence[str]) -> set[str]:
    """Ids of the controls that a word names: an id or domain, `*` for any part of it, or a part of the name."""
    if not words:
        return {control.control_id for control in controls}
    found: set[str] = set()
    for word in words:
        hits = {control.control_id for control in controls if _names(word, control)}
        if not hits:
            known = tuple(dict.fromkeys(control.domain for control in controls))
            raise NothingChosen("control", word, known)
        found |= hits
    return found


def _names(word: str, control: ControlLine) -> bool:
    if any(fnmatchcase(name, word) for name in (control.control_id, control.domain)):
        return True
    return bool(fold(word)) and any(fold(word) in fold(name) for name in (control.name_ja, control.name_en))


def _of_chosen(sheets: Sequence[Sheet], chosen: Sequence[int]) -> list[Sheet]:
    """The sheets with the place of their party among the chosen ones; others' are `not_chosen`."""
    places = {old: new for new, old in enumerate(chosen)}
    return [
        sheet
        if sheet.party is None
        else replace(sheet, party=places[sheet.party])
        if sheet.party in places
        else replace(sheet, party=None, fate="not_chosen")
        for sheet in sheets
    ]


def _blank_columns(readings: Sequence[Reading]) -> dict[tuple[str, int], tuple[str, ...]]:
    """Sheet → respondents who left all of their column blank, where another filled the same sheet in."""
    spoke: dict[tuple[str, int], dict[str, bool]] = defaultdict(dict)
    for reading in readings:
        columns = spoke[reading.document_id, reading.checklist]
        said = reading.answer not in {"unanswered", "not_applicable"}
        columns[reading.respondent] = columns.get(reading.respondent, False) or said
    return {
        sheet: tuple(who for who, said in columns.items() if not said)
        for sheet, columns in spoke.items()
        if any(columns.values()) and not all(columns.values())
    }


def _standing_readings(readings: Sequence[Reading], sheets: Sequence[Sheet]) -> list[Reading]:
    """The readings of sheets in use, each with the place of its party."""
    used = {(s.document_id, s.checklist): s for s in sheets if s.fate == "used"}
    return [
        replace(reading, party=sheet.party)
        for reading in readings
        if (sheet := used.get((reading.document_id, reading.checklist))) is not None
        and sheet.party is not None
        and reading.respondent not in sheet.blank_columns
    ]


def _cells(readings: Sequence[Reading]) -> dict[tuple[str, int], Cell]:
    groups: dict[tuple[str, int], list[Reading]] = defaultdict(list)
    for reading in readings:
        groups[reading.control_id or "", reading.party].append(reading)
    return {key: Cell(together(group), tuple(group)) for key, group in groups.items()}
