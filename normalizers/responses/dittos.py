"""Rows and their readings in, the readings with every ditto resolved out: `〃` the row above, `No.3と同じ` the one named.

A ditto takes the reading of its row, over further dittos, within one list and respondent. Where that row is not there,
is not the only one of its number, or leads back to the ditto itself, the answer is unclear.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractors.checklist.model import ItemRow
from normalizers.answers.model import Reading
from normalizers.responses.ditto_marks import Ditto, ditto_of, number_key

UNRESOLVED = ("ditto:nothing_above", "ditto:row_missing", "ditto:loop")
_LONGEST_RULE = 60


def rows_to_dittos(rows: Sequence[ItemRow]) -> dict[int, Ditto]:
    """Place in `rows` → what its answer cell repeats; choice columns and rings hold no dittos."""
    return {
        place: ditto
        for place, row in enumerate(rows)
        if row.choice is None and not row.chosen and (ditto := ditto_of(row.answer)) is not None
    }


def resolve_dittos(
    rows: Sequence[ItemRow], readings: Sequence[Reading], dittos: Mapping[int, Ditto]
) -> list[Reading]:
    """`readings` with those at the places of `dittos` replaced by the readings that they repeat."""
    if not dittos:
        return list(readings)
    above = _rows_above(rows)
    numbered = _rows_by_number(rows)
    targets = {
        place: above[place] if ditto.number is None else _named(rows, place, numbered, ditto.number)
        for place, ditto in dittos.items()
    }
    resolved = list(readings)
    pending = set(dittos)
    for place in dittos:
        _resolve_chain(place, targets, resolved, pending)
    return resolved


def _resolve_chain(
    place: int, targets: Mapping[int, int | None], readings: list[Reading], pending: set[int]
) -> None:
    """Follow a ditto to the row that says something, and give all that lie between its reading."""
    chain: dict[int, None] = {}
    at: int | None = place
    while at is not None and at in pending and at not in chain:
        chain[at] = None
        at = targets[at]
    if at is None:
        ended = Reading(
            "unclear", "ditto:nothing_above" if chain and len(chain) == 1 else "ditto:row_missing"
        )
    elif at in chain:
        ended = Reading("unclear", "ditto:loop")
    else:
        told = readings[at]
        rule = told.rule if told.rule.startswith("ditto:") else f"ditto:{told.rule}"[:_LONGEST_RULE]
        ended = replace(told, rule=rule, remark="")
    for member in chain:
        readings[member] = ended
        pending.discard(member)


def _rows_above(rows: Sequence[ItemRow]) -> list[int | None]:
    """For each row the one above it of the same respondent."""
    last: dict[str, int] = {}
    above: list[int | None] = []
    for place, row in enumerate(rows):
        above.append(last.get(row.respondent))
        last[row.respondent] = place
    return above


def _rows_by_number(rows: Sequence[ItemRow]) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, row in enumerate(rows):
        found[row.respondent, number_key(row.item_no)].append(place)
    return found


def _named(
    rows: Sequence[ItemRow], place: int, numbered: Mapping[tuple[str, str], list[int]], number: str
) -> int | None:
    """The only row of that number, or the only one of it under the same headings."""
    named = numbered.get((rows[place].respondent, number), [])
    if len(named) > 1:
        named = [other for other in named if rows[other].section == rows[place].section]
    return named[0] if len(named) == 1 else None
