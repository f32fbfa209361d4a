"""A dataset and a choice in, the comparison of every vendor on every control out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

import duckdb

from normalizers.text import fold
from pipeline.assess.comparison.dataset_rows import read_dataset_rows
from pipeline.assess.comparison.model import (
    Choice,
    Comparison,
    ComparisonCell,
    ControlLine,
    Key,
    Party,
    ReceivedSheet,
    VendorResponse,
)
from pipeline.assess.party_names import is_named_by
from pipeline.errors import NothingChosen
from pipeline.query.query import connect
from pipeline.query.totals import Totals, read_totals

_SHOWN = 20  # names that a message tells
_CUSTOMER = "customer"
EVERYTHING = Choice()


def build_comparison(dataset: Path, choice: Choice = EVERYTHING) -> Comparison:
    """How every chosen vendor stands on every chosen control.

    A control that no standing sheet asks has no row. Raises DatasetMissing, and NothingChosen for a word of the choice
    that names nothing.
    """
    with connect(dataset) as connection:
        dataset_rows = read_dataset_rows(connection)
        chosen = _chosen_parties(dataset_rows.parties, choice.vendors)
        wanted = _chosen_controls(dataset_rows.controls, choice.controls)
        totals = _totals(connection, [dataset_rows.parties[index] for index in chosen], choice, wanted)
    new_indices = {old: new for new, old in enumerate(chosen)}
    responses = [
        replace(r, party=new_indices[r.party]) for r in dataset_rows.responses if r.party in new_indices
    ]
    aligned = [r for r in responses if r.control_id in wanted and r.respondent != _CUSTOMER]
    unaligned = [r for r in responses if r.control_id is None or r.respondent == _CUSTOMER]
    asked_controls = {response.control_id for response in aligned}
    parties = tuple(dataset_rows.parties[index] for index in chosen)
    return Comparison(
        parties,
        tuple(control for control in dataset_rows.controls if control.control_id in asked_controls),
        _cells(aligned, parties, dataset_rows.states),
        () if choice.controls else tuple(unaligned),
        tuple(_of_chosen(sheet, new_indices) for sheet in dataset_rows.sheets),
        dataset_rows.problems,
        totals,
        tuple(aligned),
    )


def _totals(
    connection: duckdb.DuckDBPyConnection, parties: Sequence[Party], choice: Choice, wanted: set[str]
) -> Totals:
    """The figures of what was chosen; of everything where nothing was."""
    return read_totals(
        connection,
        [party.key for party in parties] if choice.vendors else None,
        sorted(wanted) if choice.controls else None,
    )


def _chosen_parties(parties: Sequence[Party], words: Sequence[str]) -> list[int]:
    """Places of the parties that a word is part of: of the vendor's or the service's name, however written."""
    if not words:
        return list(range(len(parties)))
    chosen: set[int] = set()
    for word in words:
        matches = {
            n
            for n, party in enumerate(parties)
            if is_named_by(word, party.vendor or party.file, party.service)
        }
        if not matches:
            raise NothingChosen(
                {"word": word, "known": _shown([party.name for party in parties])}, "no_vendor"
            )
        chosen |= matches
    return sorted(chosen)


def _shown(known: Sequence[str]) -> str:
    """The first names that there are, for a message."""
    return (", ".join(known[:_SHOWN]) + (" …" if len(known) > _SHOWN else "")) or "–"


def _chosen_controls(controls: Sequence[ControlLine], words: Sequence[str]) -> set[str]:
    """Ids of the controls that a word names: an id or domain, `*` for any part of it, or a part of the name."""
    if not words:
        return {control.control_id for control in controls}
    chosen: set[str] = set()
    for word in words:
        matches = {control.control_id for control in controls if _names(word, control)}
        if not matches:
            known = _shown(list(dict.fromkeys(control.domain for control in controls)))
            raise NothingChosen({"word": word, "known": known}, "no_control")
        chosen |= matches
    return chosen


def _names(word: str, control: ControlLine) -> bool:
    if any(fnmatchcase(name, word) for name in (control.control_id, control.domain)):
        return True
    return bool(fold(word)) and any(fold(word) in fold(name) for name in (control.name_ja, control.name_en))


def _of_chosen(sheet: ReceivedSheet, new_indices: Mapping[int, int]) -> ReceivedSheet:
    """The sheet with the place of its party among the chosen ones; others' are `not_chosen`."""
    if sheet.party is None:
        return sheet
    if sheet.party in new_indices:
        return replace(sheet, party=new_indices[sheet.party])
    return replace(sheet, party=None, fate="not_chosen")


def _cells(
    responses: Sequence[VendorResponse],
    parties: Sequence[Party],
    states: Mapping[tuple[str, Key], tuple[str, bool]],
) -> dict[tuple[str, int], ComparisonCell]:
    groups: dict[tuple[str, int], list[VendorResponse]] = defaultdict(list)
    for response in responses:
        groups[response.control_id or "", response.party].append(response)
    return {
        (control, index): ComparisonCell(state, tuple(group), differ)
        for (control, index), group in groups.items()
        for state, differ in [states[control, parties[index].key]]
    }
