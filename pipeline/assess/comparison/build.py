"""A dataset and a choice in, the standing of every vendor on every control out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

from normalizers.text import fold
from pipeline.assess.comparison.load import load
from pipeline.assess.comparison.model import (
    Cell,
    Choice,
    ControlLine,
    Key,
    Party,
    Reading,
    Sheet,
    Standing,
)
from pipeline.errors import NothingChosen

_SHOWN = 20  # names that a message tells
_CUSTOMER = "customer"
EVERYTHING = Choice()


def standing_of(dataset: Path, choice: Choice = EVERYTHING) -> Standing:
    """How every chosen vendor stands on every chosen control.

    A control that no standing sheet asks has no row. Raises DatasetMissing, and NothingChosen for a word of the choice
    that names nothing.
    """
    held = load(dataset)
    chosen = _chosen_parties(held.parties, choice.vendors)
    wanted = _chosen_controls(held.controls, choice.controls)
    places = {old: new for new, old in enumerate(chosen)}
    standing = [replace(r, party=places[r.party]) for r in held.readings if r.party in places]
    told = [r for r in standing if r.control_id in wanted and r.respondent != _CUSTOMER]
    others = [r for r in standing if r.control_id is None or r.respondent == _CUSTOMER]
    asked = {reading.control_id for reading in told}
    parties = tuple(held.parties[place] for place in chosen)
    return Standing(
        parties,
        tuple(control for control in held.controls if control.control_id in asked),
        _cells(told, parties, held.states),
        () if choice.controls else tuple(others),
        tuple(_of_chosen(sheet, places) for sheet in held.sheets),
        held.troubles,
        sum(control.domain != "new" for control in held.controls),
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
            raise NothingChosen(
                {"word": word, "known": _shown([party.name for party in parties])}, "no_vendor"
            )
        found |= hits
    return sorted(found)


def _shown(known: Sequence[str]) -> str:
    """The first names that there are, for a message."""
    return (", ".join(known[:_SHOWN]) + (" …" if len(known) > _SHOWN else "")) or "–"


def _chosen_controls(controls: Sequence[ControlLine], words: Sequence[str]) -> set[str]:
    """Ids of the controls that a word names: an id or domain, `*` for any part of it, or a part of the name."""
    if not words:
        return {control.control_id for control in controls}
    found: set[str] = set()
    for word in words:
        hits = {control.control_id for control in controls if _names(word, control)}
        if not hits:
            known = _shown(list(dict.fromkeys(control.domain for control in controls)))
            raise NothingChosen({"word": word, "known": known}, "no_control")
        found |= hits
    return found


def _names(word: str, control: ControlLine) -> bool:
    if any(fnmatchcase(name, word) for name in (control.control_id, control.domain)):
        return True
    return bool(fold(word)) and any(fold(word) in fold(name) for name in (control.name_ja, control.name_en))


def _of_chosen(sheet: Sheet, places: Mapping[int, int]) -> Sheet:
    """The sheet with the place of its party among the chosen ones; others' are `not_chosen`."""
    if sheet.party is None:
        return sheet
    if sheet.party in places:
        return replace(sheet, party=places[sheet.party])
    return replace(sheet, party=None, fate="not_chosen")


def _cells(
    readings: Sequence[Reading],
    parties: Sequence[Party],
    states: Mapping[tuple[str, Key], tuple[str, bool]],
) -> dict[tuple[str, int], Cell]:
    groups: dict[tuple[str, int], list[Reading]] = defaultdict(list)
    for reading in readings:
        groups[reading.control_id or "", reading.party].append(reading)
    return {
        (control, place): Cell(state, tuple(group), differ)
        for (control, place), group in groups.items()
        for state, differ in [states[control, parties[place].key]]
    }
