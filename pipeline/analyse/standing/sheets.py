"""Checklists of all files in, the sheets that stand and their parties out: the newest of a vendor, service and form.

A sheet without a date may be the newest, and so stands beside the newest that has one; so do two of the same date.
Where what they say differs, the cell says so: nothing is chosen silently.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from normalizers.organisations import organisation_key
from normalizers.text import fold
from pipeline.analyse.standing.model import Party, Sheet

Key = tuple[str, str]


def standing_sheets(sheets: Sequence[Sheet]) -> tuple[list[Sheet], list[Party]]:
    """The sheets with their fate and the place of their party, and the parties by name."""
    filled = [sheet for sheet in sheets if sheet.kind == "filled"]
    keys = _party_keys(filled)
    newest = _newest(filled, keys)
    parties = _parties(filled, keys)
    places = {party.key: place for place, party in enumerate(parties)}
    result = []
    for sheet in sheets:
        key = keys.get(_id(sheet))
        if key is None:
            result.append(replace(sheet, fate=sheet.kind or "not_read"))
        else:
            fate = "used" if _id(sheet) in newest else "older"
            result.append(replace(sheet, fate=fate, party=places[key]))
    return result, parties


def _id(sheet: Sheet) -> tuple[str, int]:
    return sheet.document_id, sheet.checklist


def _party_keys(sheets: Sequence[Sheet]) -> dict[tuple[str, int], Key]:
    """Sheet → (vendor, service) to compare with; a sheet that names no service joins the vendor's only one."""
    vendors = {_id(s): organisation_key(s.vendor or "") or f"\x00{s.document_id}" for s in sheets}
    services: dict[str, set[str]] = defaultdict(set)
    for sheet in sheets:
        if sheet.service and fold(sheet.service):
            services[vendors[_id(sheet)]].add(fold(sheet.service))
    found = {}
    for sheet in sheets:
        vendor = vendors[_id(sheet)]
        only = next(iter(services[vendor])) if len(services[vendor]) == 1 else ""
        found[_id(sheet)] = (vendor, fold(sheet.service or "") or only)
    return found


def _newest(sheets: Sequence[Sheet], keys: dict[tuple[str, int], Key]) -> set[tuple[str, int]]:
    groups: dict[tuple[Key, str], list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        groups[keys[_id(sheet)], sheet.form_id].append(sheet)
    kept = set()
    for group in groups.values():
        last = max((sheet.received_at for sheet in group if sheet.received_at), default=None)
        kept |= {_id(sheet) for sheet in group if sheet.received_at in (None, last)}
    return kept


def _parties(sheets: Sequence[Sheet], keys: dict[tuple[str, int], Key]) -> list[Party]:
    """The parties in order of their names; a name is written as in the first of its sheets that has it."""
    groups: dict[Key, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        groups[keys[_id(sheet)]].append(sheet)
    parties = [
        Party(
            key,
            next((sheet.vendor for sheet in group if sheet.vendor), None),
            next((sheet.service for sheet in group if sheet.service), None),
            group[0].path,
        )
        for key, group in groups.items()
    ]
    return sorted(parties, key=lambda party: (party.vendor is None, party.key, party.file))
