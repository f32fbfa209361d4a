"""A page of a PDF that is a picture in, its content as read from the picture out; and a picture's file as a document.

A page is rendered as a viewer shows it, so that strips, turns and stamps lie where a person sees them.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from math import inf
from typing import Any

import numpy as np
import pymupdf
from numpy.typing import NDArray

from extractors.gc_pause import pause_gc
from extractors.grid import Document, Source
from extractors.issue import Issue
from extractors.location import PICTURE, Location
from extractors.pdf.cells.overflow import settle_overflow
from extractors.pdf.half_ruled.complete import complete_tables
from extractors.pdf.page.content import PageContent
from extractors.pdf.scanned.picture_content import picture_to_content, rules_to_cells
from extractors.pdf.tables.find_tables import content_to_page
from extractors.pdf.text.page_rows import PageRows, page_to_rows
from extractors.pdf.text.stitch_pages import pages_to_grid
from extractors.scan.picture.page_pictures import (
    BEST_DPI,
    LEAST_DPI,
    MOST_DPI,
    MOST_PAGES,
    MOST_PIXELS,
    count_pages,
    load_pages,
)
from extractors.scan.picture_reading import PictureContent
from extractors.scan.read_page import read_page
from normalizers.text import UNREAD

_MOST_NUMBERS = 12
_MOST_IMAGE = 150_000_000  # pixels: an A3 page at 800 dpi


class ScanClock:
    """For how long pages that are pictures are read in one file: what is left then is told, so that the rest is kept."""

    def __init__(self, seconds: float = inf) -> None:
        self._wanted = seconds > 0
        self._end = time.monotonic() + seconds

    def refusal(self, number: int) -> Issue | None:
        """Why the page `number` (from 1) is not to be read; None where it is."""
        if not self._wanted:
            return Issue("scan_skipped", Location(page=number))
        return Issue("scan_out_of_time", Location(page=number)) if time.monotonic() > self._end else None


def page_picture_to_content(page: Any) -> PageContent:
    """A page of a PDF as it is read from its picture, nothing where that is larger than any page. Raises what PyMuPDF raises."""
    if any(image["width"] * image["height"] > _MOST_IMAGE for image in page.get_image_info()):
        return picture_to_content(
            PictureContent(page.rect.width, page.rect.height, (), (), ()), page.number + 1
        )
    dpi = _page_dpi(page)
    return picture_to_content(read_page(_render(page, dpi), dpi, rules_to_cells), page.number + 1)


def read_picture(source: Source, scan_seconds: float = inf) -> Document:
    """Read a picture's file (.jpg, .png, .tif of many pages). Raises TooLarge and Damaged."""
    pages: list[PageRows] = []
    issues: list[Issue] = []
    cols: tuple[float, ...] = ()
    clock, count = ScanClock(scan_seconds), 0
    for count, picture in enumerate(load_pages(source), 1):
        refusal = clock.refusal(count)
        if refusal is not None:
            issues.append(refusal)
            continue
        with pause_gc():
            content = picture_to_content(read_page(picture.pixels, picture.dpi, rules_to_cells), count)
            page = settle_overflow(complete_tables(content_to_page(content, cols), content))
        cols = page.tables[-1].cols if page.unruled else ()
        pages.append(page_to_rows(page))
    if count == MOST_PAGES and (total := count_pages(source)) > count:
        issues.append(Issue("picture_pages_left", params={"most": str(count), "pages": str(total)}))
    grids = (pages_to_grid(pages, f"pages 1-{count}"),) if pages else ()
    return Document(grids, PICTURE, pages=count, issues=(*issues, *scan_issues(pages)))


def scan_issues(pages: Sequence[PageRows]) -> list[Issue]:
    """One problem a document that tells which pages were read from pictures, and how many cells are not sure."""
    read = [page for page in pages if page.read_by == PICTURE]
    if not read:
        return []
    unsure = sum(
        UNREAD in cell.text for page in read for _, rows in page.tables for row in rows for cell in row.cells
    )
    numbers = ", ".join(str(page.number) for page in read[:_MOST_NUMBERS])
    more = "…" if len(read) > _MOST_NUMBERS else ""
    params = {"pages": numbers + more, "count": str(len(read)), "cells": str(unsure)}
    return [Issue("read_from_pictures", Location(page=read[0].number), params)]


def _page_dpi(page: Any) -> float:
    """The resolution of the page's largest picture, within what can be read well."""
    widths = [
        72 * image["width"] / max(image["bbox"][2] - image["bbox"][0], 1.0)
        for image in page.get_image_info()
        if image["bbox"][2] - image["bbox"][0] > page.rect.width / 4
    ]
    dpi = max(widths, default=BEST_DPI)
    dpi = BEST_DPI if dpi < LEAST_DPI else min(dpi, MOST_DPI)
    inches = page.rect.width * page.rect.height / 72**2
    return float(min(dpi, (MOST_PIXELS / 4 / max(inches, 1.0)) ** 0.5))


def _render(page: Any, dpi: float) -> NDArray[np.uint8]:
    scale = dpi / 72
    pixels = page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csGRAY, alpha=False)
    return np.frombuffer(pixels.samples, np.uint8).reshape(pixels.h, pixels.stride)[:, : pixels.w].copy()
