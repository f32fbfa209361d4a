"""A dataset in, its texts made ready once; words in, the answers and unused cells that hold them all out.

`ﾛｸﾞ` finds ログ and ろぐ: width, case, radicals and kana are folded on both sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from normalizers.text import fold
from pipeline.query.query import Answer, connect, result_rows

COLUMNS = (
    "vendor",
    "service",
    "item_no",
    "requirement",
    "answer",
    "answer_raw",
    "remarks",
    "received_at",
    "path",
    "row",
)
UNUSED = "-"  # the answer of a cell that no row uses
_HIRAGANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_ANSWERS = """
SELECT vendor, service, concat_ws(' ', nullif(item_no, ''), sub_item) AS item_no, coalesce(nullif(requirement, ''), item, '')
       AS requirement, answer::VARCHAR AS answer, answer_raw, remarks, received_at, path, "row"
FROM latest ORDER BY path, "row"
"""
_UNUSED = """
SELECT d.vendor, d.service, '' AS item_no, r.text AS requirement, '-' AS answer, '' AS answer_raw, '' AS remarks,
       d.received_at, d.path, NULL AS "row"
FROM rescued r JOIN documents d USING (document_id) WHERE d.duplicate_of IS NULL AND d.replaced_by IS NULL
ORDER BY d.path, r.text
"""


def search_key(text: str) -> str:
    """The text as it is searched: width, case, radicals and dashes folded, hiragana as katakana, without white space."""
    return fold(text).translate(_HIRAGANA)


def search_words(text: str) -> list[str]:
    """The words that all have to be in a text, as they are searched."""
    return [search_key(word) for word in text.split()]


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """The texts of a dataset with their keys."""

    rows: tuple[tuple[Any, ...], ...]
    keys: tuple[str, ...]

    def find(self, text: str, most: int) -> Answer:
        """The first `most` rows that hold all words, standing answers before cells that no row uses."""
        words = search_words(text)
        matches: list[tuple[Any, ...]] = []
        for row, key in zip(self.rows, self.keys, strict=True) if words else ():
            if all(word in key for word in words):
                matches.append(row)
                if len(matches) == most:
                    break
        return Answer(COLUMNS, tuple(matches))


def build_search_index(dataset: Path) -> SearchIndex:
    """The texts of the answers that stand and of cells that no row uses. Raises DatasetMissing."""
    with connect(dataset) as connection:
        rows = [*result_rows(connection.execute(_ANSWERS)), *result_rows(connection.execute(_UNUSED))]
    return SearchIndex(
        tuple(tuple(row.values()) for row in rows), tuple(_key(tuple(row.values())) for row in rows)
    )


def _key(row: Sequence[Any]) -> str:
    vendor, service, number, question, _, printed, remarks, *_, path, _ = row
    return "\n".join(
        search_key(text) for text in (vendor, service, number, question, printed, remarks, path) if text
    )
