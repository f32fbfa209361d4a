"""Pages as rows of text in, the lines that are page headers, footers and page numbers out."""

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
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        for key in {_running_key(line) for line in page.outside}:
            seen[key] += 1
    aside: set[int] = set()
    for page in pages:
        for line in page.outside:
            at_edge = line.box[1] > page.height * (1 - _EDGE) or line.box[3] < page.height * _EDGE
            repeats = seen[_running_key(line)] >= max(2, len(pages) * 0.5)
            if (repeats and (at_edge or len(pages) > 2)) or (at_edge and _PAGE_NUMBER.match(line.text)):
                aside.add(id(line))
    return aside


def _running_key(line: PrintedLine) -> tuple[str, int]:
    return re.sub(r"\d+", "0", "".join(line.text.split())), round(line.box[1] / 6)
