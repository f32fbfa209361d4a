"""Cells of a page's table and what the page says besides texts in, the look of each cell out.

Of areas that are painted over each other the last one is seen; a field belongs to the cell that its middle lies in.
On a page with fields nothing but these can be filled in.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extractors.location import Box
from extractors.looks import PLAIN, Look
from extractors.package.cell_colours import colour_code
from extractors.pdf.page.content import PageLooks
from extractors.pdf.page.form_fields import FormField

_NEAR = 3.0  # points by which an area may stay behind the edges of its cell
_MOST = 4_000_000  # pairs of cells and areas that are looked at
_HALF = 0.5

Floats = NDArray[np.float64]


def cell_looks(cells: Sequence[Box], counts: Sequence[int], page: PageLooks, ruled: bool) -> list[Look]:
    """The looks of the cells of a table; `counts` are the numbers of their characters, `ruled` whether lines enclose them."""
    marked = len(page.fields) + len(page.grounds) + len(page.bold)
    if not cells or not marked or len(cells) * marked > _MOST:
        return [Look(bordered=True) if ruled else PLAIN] * len(cells)
    boxes = np.array(cells)
    fills, bold = _fills(boxes, page), _bold(boxes, counts, page)
    fields = _fields(boxes, page.fields)
    return [
        _look(fields[index], bool(page.fields), Look(bold=bold[index], fill=fills[index], bordered=ruled))
        for index in range(len(cells))
    ]


def _look(fields: Sequence[FormField], form: bool, look: Look) -> Look:
    if not form:
        return look
    choices = [field.choices for field in fields if field.choices is not None]
    joined = tuple(dict.fromkeys(entry for entries in choices for entry in entries)) if choices else None
    writable = any(not field.locked for field in fields)
    prompt = next((field.prompt for field in fields if field.prompt), "")
    return Look(joined, writable, look.bold, look.fill, look.bordered, prompt)


def _fills(boxes: Floats, page: PageLooks) -> list[str | None]:
    """The colour on which each cell is seen."""
    if not page.grounds:
        return [None] * len(boxes)
    areas = np.array([box for box, _ in page.grounds])
    covers = (
        (areas[:, 0] <= boxes[:, [0]] + _NEAR)
        & (areas[:, 1] <= boxes[:, [1]] + _NEAR)
        & (areas[:, 2] >= boxes[:, [2]] - _NEAR)
        & (areas[:, 3] >= boxes[:, [3]] - _NEAR)
    )
    last = len(page.grounds) - 1 - covers[:, ::-1].argmax(axis=1)
    seen = np.asarray(covers.any(axis=1))
    return [
        colour_code("rgb", page.grounds[at][1]) if is_seen else None
        for at, is_seen in zip(last.tolist(), seen.tolist(), strict=True)
    ]


def _bold(boxes: Floats, counts: Sequence[int], page: PageLooks) -> list[bool]:
    """Whether half of the characters of each cell or more are bold."""
    if not page.bold:
        return [False] * len(boxes)
    inside = _holds(boxes, np.array(page.bold)).sum(axis=1).tolist()
    return [bool(count) and n >= _HALF * count for n, count in zip(inside, counts, strict=True)]


def _fields(boxes: Floats, fields: Sequence[FormField]) -> list[list[FormField]]:
    """The fields in each cell."""
    by_cell: list[list[FormField]] = [[] for _ in boxes]
    if fields:
        for cell, field in np.argwhere(_holds(boxes, np.array([field.box for field in fields]))).tolist():
            by_cell[cell].append(fields[field])
    return by_cell


def _holds(boxes: Floats, inner: Floats) -> NDArray[np.bool_]:
    """For each cell and each inner box whether the middle of the one lies in the other."""
    x, y = (inner[:, 0] + inner[:, 2]) / 2, (inner[:, 1] + inner[:, 3]) / 2
    return (boxes[:, [0]] <= x) & (x < boxes[:, [2]]) & (boxes[:, [1]] <= y) & (y < boxes[:, [3]])
