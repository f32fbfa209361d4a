"""A written dataset and the plan of a run in, what the summary tells out: a line a file, totals, what was taken over."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipeline.dataset.tables import table_paths
from pipeline.incremental.plan import Plan
from pipeline.review.vendors import Correction, unused_corrections

_VENDORS = {"filled", "blank"}
_LOST = {"failed", "encrypted"}


@dataclass(frozen=True, slots=True)
class Line:
    """One file of the raw folder: what was found in it. `seconds` is None where its rows were taken over."""

    name: str
    status: str
    kinds: tuple[str, ...] = ()
    forms: tuple[str | None, ...] = ()
    items: int = 0
    answered: int = 0
    problems: int = 0
    seconds: float | None = None
    coverage: float | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """What a run gave, for the summary: a line a file in order of path, answers counted by word, the forms' items and how
    many of these are aligned with a control. `unchanged`, `replaced` and `removed` count files taken over, older versions
    and files no longer in the folder.
    """

    lines: tuple[Line, ...]
    answers: Mapping[str, int]
    items: int
    aligned: int
    unchanged: int = 0
    replaced: int = 0
    removed: int = 0
    unused: tuple[Correction, ...] = ()  # corrections of vendors that fit no file

    @property
    def exit_code(self) -> int:
        """0 all files read, 1 some not."""
        return int(any(line.status in _LOST for line in self.lines))


def report(
    out: Path, plan: Plan, seconds: Mapping[str, float], corrections: Sequence[Correction] = ()
) -> Run:
    """What stands in the dataset of `out` after a run that took `seconds` for each file that it read."""
    paths = table_paths(out)
    documents = _rows(
        paths["documents"],
        "document_id",
        "path",
        "status",
        "duplicate_of",
        "replaced_by",
        "version",
        "coverage",
    )
    checklists = _rows(
        paths["checklists"], "document_id", "checklist", "kind", "form_name", "items", "answered"
    )
    problems = Counter(row["path"] for row in _rows(paths["problems"], "path"))
    lists: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in checklists:
        if row["kind"] in _VENDORS:
            lists[row["document_id"]].append(row)
    current = [row for row in documents if plan.versions.get(row["path"]) == row["version"]]
    lines = [
        _line(
            row,
            lists[row["document_id"]] if row["duplicate_of"] is None else [],
            problems[row["path"]],
            seconds,
        )
        for row in current
    ]
    mine = {row["document_id"] for row in current if row["duplicate_of"] is None}
    aligned = _rows(paths["alignments"], "item_id", "accepted")
    return Run(
        tuple(lines),
        _answers(paths["answers"], {(r["document_id"], r["checklist"]) for d in mine for r in lists[d]}),
        len({row["item_id"] for row in aligned}),
        sum(row["accepted"] for row in aligned),
        len(plan.carried),
        sum(row["replaced_by"] is not None for row in documents),
        sum(row["status"] == "removed" for row in documents),
        tuple(unused_corrections([row["path"] for row in documents], corrections)),
    )


def _rows(path: Path, *columns: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(path, columns=list(columns)).to_pylist()
    return rows


def _line(
    row: Mapping[str, Any], lists: Sequence[Mapping[str, Any]], problems: int, seconds: Mapping[str, float]
) -> Line:
    return Line(
        row["path"],
        row["status"],
        tuple(one["kind"] for one in lists),
        tuple(one["form_name"] for one in lists),
        sum(one["items"] for one in lists),
        sum(one["answered"] for one in lists),
        problems,
        seconds.get(row["path"]),
        row["coverage"],
    )


def _answers(path: Path, lists: set[tuple[str, int]]) -> dict[str, int]:
    """How often each word answers in these lists."""
    table = pq.read_table(path, columns=["document_id", "checklist", "answer"])
    counted = table.group_by(["document_id", "checklist", "answer"]).aggregate([([], "count_all")])
    total: Counter[str] = Counter()
    for row in counted.to_pylist():
        if (row["document_id"], row["checklist"]) in lists:
            total[row["answer"]] += row["count_all"]
    return dict(sorted(total.items(), key=lambda entry: (-entry[1], entry[0])))
