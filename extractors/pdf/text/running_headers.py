"""Pages as rows of text in, the lines that are page headers, footers and page numbers out.

「社外秘」 on top of every page and 「3/12ページ」 at its foot are no rows of a list.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractors.pdf.page.glyph_lines import PrintedLine
from extractors.pdf.text.page_rows import PageRows

_PAGE_NUMBER = re.compile(
    r"^[\s\-–—]*(?:page|p\.?)?\s*\d{1,4}\s*(?:(?:[/／]|of|／)\s*\d{1,4})?[\s\-–—]*(?:ページ|頁)?$",
    re.IGNORECASE,
)
_EDGE = 0.09


def running_lines(pages: Sequence[PageRows]) -> set[int]:
    """Ids of lines that are page headers, footers or page numbers."""
    counts: Counter[tuple[str, int]] = Counter()
    for page in pages:
        for key in {_running_key(line) for line in page.outside}:
            counts[key] += 1
    running: set[int] = set()
    for page in pages:
        for line in page.outside:
            at_edge = line.box[1] > page.height * (1 - _EDGE) or line.box[3] < page.height * _EDGE
            repeats = counts[_running_key(line)] >= max(2, len(pages) * 0.5)
            if (repeats and (at_edge or len(pages) > 2)) or (at_edge and _PAGE_NUMBER.match(line.text)):
                running.add(id(line))
    return running


def _running_key(line: PrintedLine) -> tuple[str, int]:
    return re.sub(r"\d+", "0", "".join(line.text.split())), round(line.box[1] / 6)
