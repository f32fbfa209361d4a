"""A sheet's part of a package in, the comments and notes on its cells out.

A threaded comment geometries in the file twice: as a thread, and as a note for older programs that says so. The
thread is taken, its answers below it.
"""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field, replace

from extractors.cell_reference import Spot, a1, column_number
from extractors.excel.objects.anchors import LAST_COL, LAST_ROW, cells_under
from extractors.grid import Cell, Grid
from extractors.location import Location
from extractors.package.xml_parts import Element, child, children, local, parse_part, relations_of

_MOST = 50_000
_REF = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::.*)?")


@dataclass(frozen=True, slots=True)
class Comments:
    """(row, column) → the comments on that cell, and how many more could not be read."""

    texts: dict[Spot, tuple[str, ...]] = field(default_factory=dict)
    lost: int = 0


def comments_of_sheet(package: zipfile.ZipFile, part: str) -> Comments:
    """The comments of the sheet in `part`."""
    notes: dict[Spot, list[str]] = defaultdict(list)
    threads: dict[Spot, list[str]] = defaultdict(list)
    lost = count = 0
    for relation in relations_of(package, part):
        if relation.kind not in {"comments", "threadedComment"}:
            continue
        root = parse_part(package, relation.part)
        if root is None:
            lost += relation.part in package.namelist()
            continue
        texts_of_kind = notes if relation.kind == "comments" else threads
        for entry in root.iter("{*}comment", "{*}threadedComment"):
            spot = _spot(entry.get("ref", ""))
            count += 1
            if spot is None or count > _MOST:
                lost += 1
            elif text := _text(child(entry, "text")):
                texts_of_kind[spot].append(text)
    return Comments({spot: tuple(texts) for spot, texts in (notes | threads).items()}, lost)


def _spot(reference: str) -> Spot | None:
    match = _REF.fullmatch(reference)
    if match is None:
        return None
    row, col = int(match.group(2)) - 1, column_number(match.group(1))
    return (row, col) if 0 <= row <= LAST_ROW and col <= LAST_COL else None


def _text(element: Element | None) -> str:
    """The text of a comment without its phonetic runs."""
    if element is None:
        return ""
    words = [element.text or ""] if not len(element) else []
    for run in children(element, "r", "t"):
        part = run if local(run) == "t" else child(run, "t")
        words.append((part.text or "") if part is not None else "")
    return "".join(words).replace("\r\n", "\n").replace("\r", "\n").strip()


def apply_comments(grid: Grid, comments: Comments) -> Grid:
    """The grid with its comments on their cells; a blank cell that has one becomes a cell."""
    if not comments.texts:
        return grid
    cover = cells_under(grid.cells, comments.texts)
    cells = {(c.row, c.col): c for c in grid.cells}
    for spot, texts in sorted(comments.texts.items()):
        cell = cover.get(spot) or Cell(*spot, "", Location(sheet=grid.sheet, cells=a1(*spot)))
        cell = cells.get((cell.row, cell.col), cell)
        cells[cell.row, cell.col] = replace(cell, comments=(*cell.comments, *texts))
    return replace(grid, cells=tuple(cells[spot] for spot in sorted(cells)))
