"""A dataset in, the notations that no rule knows out: as TOML for normalizers/answers/lexicon.toml, with their places."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.query.query import query
from pipeline.texts.sanitize import toml_text

_UNKNOWN = """
    SELECT a.answer_raw, count(*) AS cells, count(DISTINCT d.path) AS files, min(d.path) AS path,
           arg_min(coalesce('page ' || a.source.page, '') || coalesce(a.source.sheet || ' ', '')
               || coalesce(a.source.cells, ''), (d.path, a.row)) AS place
    FROM answers a JOIN documents d USING (document_id) JOIN checklists c USING (document_id, checklist)
    WHERE a.answer = 'unclear' AND a.answer_rule IN ('unknown', 'ditto:unknown') AND c.kind = 'filled'
    GROUP BY a.answer_raw ORDER BY cells DESC, a.answer_raw
"""
_INTRODUCTION = """\
# Notations that no rule knows: {count}, the most frequent first. Each is stored as unclear. Look at where it stands, and put
# it into [words] of normalizers/answers/lexicon.toml under the answer that it means (yes, no, partial, conditional, planned,
# not_applicable, undisclosed); pasted as it is, no notation becomes a yes."""


@dataclass(frozen=True, slots=True)
class UnknownNotation:
    """A notation as printed, in how many cells and files it stands, and the first place."""

    text: str
    cells: int
    files: int
    path: str
    first_location: str


def read_unknown_notations(dataset: Path) -> list[UnknownNotation]:
    """The unknown notations of all filled lists, the most frequent first. Raises DatasetMissing."""
    return [UnknownNotation(*row) for row in query(dataset, _UNKNOWN).rows]


def build_toml(notations: Sequence[UnknownNotation]) -> str:
    """The notations as an array of TOML with their places as comments; a comment alone where there are none."""
    if not notations:
        return "# No notation is unknown."
    lines = [f"    {toml_text(entry.text)},  # {_seen(entry)}" for entry in notations]
    text = "\n".join([_INTRODUCTION.format(count=len(notations)), "no = [", *lines, "]"])
    tomllib.loads(text)  # hostile cells and paths must not break what is pasted
    return text


def _seen(entry: UnknownNotation) -> str:
    where = "".join(c if c.isprintable() else " " for c in f"{entry.path}, {entry.first_location}")
    return f"cells: {entry.cells}, files: {entry.files}, first: {where}"
