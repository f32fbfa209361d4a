"""Where something stands in a file, so that a person finds it again: page and box, or sheet and A1 range.

Every cell, item, leftover and issue carries one, and the tables' `source` columns are it: `シート「回答」 E13`, `page 2`.
"""

from __future__ import annotations

from dataclasses import dataclass

TEXT, PICTURE = "text", "picture"
Box = tuple[
    float, float, float, float
]  # left, top, right, bottom in PDF points from the page's top left corner


@dataclass(frozen=True, slots=True)
class Location:
    """Where something stands: page (from 1) and box in points, or sheet and A1 range.

    `read_by` is PICTURE where it was read from a picture of the page, a scan, and TEXT where the file says it.
    """

    page: int | None = None
    sheet: str | None = None
    cells: str | None = None
    bbox: Box | None = None
    read_by: str = TEXT
