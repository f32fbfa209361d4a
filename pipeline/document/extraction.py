"""A received file in, what the readers give of it out: the lists as printed, before any word is given a meaning.

This is what the store keeps of a file, so that a changed vocabulary needs no second reading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from pathlib import Path

from extractors.checklist.extract import grid_to_checklists
from extractors.checklist.model import Checklist, GridResult, LayoutDecision
from extractors.checklist.table_layouts.sheets_alike import decisions_by_likeness
from extractors.checklist.terms.document_kinds import kinds_named
from extractors.formats import MEDIA_TYPES
from extractors.grid import Document, Grid, Source
from extractors.read import read
from extractors.sniff import sniff
from pipeline.document.layout_decisions import DecisionLookup, relevant_decisions


@dataclass(frozen=True, slots=True)
class GridExtraction:
    """What was found in one grid: its sheet, its number of filled cells, its lists, and what stands aside of its rows."""

    sheet: str | None
    filled: int
    result: GridResult
    aside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """What the readers gave of one file: `document` with all its grids, or without them where it comes from the store.

    `form_keys` are those of its tables, also of tables that a person decided to be no list; `decisions` those of people
    that it was read by. `title_kinds` are the kinds of documents that the file's name names: under another name it may
    be read otherwise.
    """

    media_type: str
    document: Document
    parts: tuple[GridExtraction, ...]
    form_keys: tuple[str, ...] = ()
    decisions: tuple[LayoutDecision, ...] = ()
    title_kinds: tuple[str, ...] = ()


def extract_file(
    source: Source,
    passwords: Sequence[str] = (),
    decisions: Sequence[LayoutDecision] = (),
    scan_seconds: float = inf,
    name: str = "",
) -> Extraction:
    """Read a file, its tables as people decided of their forms, pages that are pictures for `scan_seconds` at most.

    `name` is the file's: what it names the document counts like a title.

    Raises ReadError and OSError as `extractors.read.read` does.
    """
    media_type = MEDIA_TYPES[sniff(source)]
    document = read(source, passwords, scan_seconds)
    lookup = DecisionLookup(decisions)
    title = Path(name).stem
    grids = [replace(grid, file=title) for grid in document.grids]
    parts = _alike(grids, [_part(grid, lookup) for grid in grids], lookup)
    keys = lookup.form_keys | {layout.form_key for part in parts for layout in part.result.layouts}
    return Extraction(
        media_type,
        document,
        parts,
        tuple(sorted(keys)),
        relevant_decisions(keys, decisions),
        kinds_named(title),
    )


def is_read_by(extraction: Extraction, decisions: Sequence[LayoutDecision], name: str) -> bool:
    """Whether reading the file again by these decisions and under this name would give the same."""
    if extraction.title_kinds != kinds_named(Path(name).stem):
        return False
    return extraction.decisions == relevant_decisions(extraction.form_keys, decisions)


def _alike(
    grids: Sequence[Grid], parts: Sequence[GridExtraction], lookup: DecisionLookup
) -> tuple[GridExtraction, ...]:
    """The parts, those whose tables wait for a person though others under the same header were read, read like these."""
    borrowed = decisions_by_likeness(part.result for part in parts)
    if not borrowed:
        return tuple(parts)
    by_likeness = {**borrowed, **lookup}
    waiting = [any(layout.form_key in borrowed for layout in part.result.layouts) for part in parts]
    return tuple(
        _part(grid, by_likeness) if waits else part
        for grid, part, waits in zip(grids, parts, waiting, strict=True)
    )


def _part(grid: Grid, decisions: Mapping[str, LayoutDecision]) -> GridExtraction:
    filled = sum(bool(cell.text.strip()) for cell in (*grid.cells, *grid.aside))
    result = grid_to_checklists(grid, decisions)
    return GridExtraction(grid.sheet, filled, result, tuple(cell.text for cell in grid.aside))


def slim(extraction: Extraction) -> Extraction:
    """The extraction without what only pictures of a page need: cells and the locations of fields."""
    parts = tuple(replace(part, result=_slim_result(part.result)) for part in extraction.parts)
    return replace(extraction, document=replace(extraction.document, grids=(), attached=()), parts=parts)


def _slim_result(result: GridResult) -> GridResult:
    lists: tuple[Checklist, ...] = tuple(replace(c, fields=()) for c in result.checklists)
    return replace(result, checklists=lists, metadata_locations=())
