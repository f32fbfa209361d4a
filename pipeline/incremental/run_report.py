"""A written dataset and the plan of a run in, what the summary tells out: a line a file, totals, what was taken over."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.checklist.model import LayoutStatus
from pipeline.dataset.tables import read_place, table_paths
from pipeline.document.status import NOT_READ, OF_VENDORS, READ, DocumentStatus
from pipeline.incremental.expected_sheets import ExpectedSheet
from pipeline.incremental.plan import RunPlan

Row = dict[str, Any]
_DOCUMENT_COLUMNS = (
    "document_id",
    "path",
    "status",
    "duplicate_of",
    "replaced_by",
    "version",
    "coverage",
    "vendor",
)
_LIST_COLUMNS = ("document_id", "checklist", "kind", "form_name")


@dataclass(frozen=True, slots=True)
class FileSummary:
    """One file of the raw folder: what was found in it. `seconds` is None where its rows were taken over."""

    name: str
    status: str
    kinds: tuple[str, ...] = ()
    forms: tuple[str | None, ...] = ()
    problems: int = 0
    seconds: float | None = None
    coverage: float | None = None
    vendor: str | None = None


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run gave, for the summary: a line a file in order of path, the forms' items and how many of these are aligned
    with a control (answers are counted by pipeline/query/totals.py). `unchanged`, `replaced` and `removed` count files taken
    over, older versions and files no longer in the folder.
    """

    lines: tuple[FileSummary, ...]
    items: int
    aligned: int
    unchanged: int = 0
    replaced: int = 0
    removed: int = 0
    to_confirm: int = 0  # forms of which a layout waits for a person
    unused: tuple[tuple[str, str], ...] = ()  # kind and key of decisions that nothing follows
    expected: tuple[ExpectedSheet, ...] = ()  # what came of the requests for sheets

    @property
    def exit_code(self) -> int:
        """0 files were read, though perhaps not all; 1 none could be."""
        statuses = [line.status for line in self.lines]
        return int(bool(set(statuses) & NOT_READ) and not set(statuses) & READ)

    @property
    def strict_exit_code(self) -> int:
        """0 all files read, 1 some not."""
        return int(any(line.status in NOT_READ for line in self.lines))


def build_run_report(out: Path, plan: RunPlan, seconds: Mapping[str, float]) -> RunReport:
    """What stands in the dataset of `out` after a run that took `seconds` for each file that it read."""
    paths = table_paths(out)
    documents = _rows(paths["documents"], *_DOCUMENT_COLUMNS)
    current = [row for row in documents if plan.versions.get(row["path"]) == row["version"]]
    lists = _lists_of(paths["checklists"], current)
    issues = Counter(row["path"] for row in _rows(paths["problems"], "path"))
    aligned = _rows(paths["alignments"], "item_id", "accepted")
    return RunReport(
        tuple(_file_summary(row, lists[row["path"]], issues[row["path"]], seconds) for row in current),
        len({row["item_id"] for row in aligned}),
        sum(row["accepted"] for row in aligned),
        len(plan.carried),
        sum(row["replaced_by"] is not None for row in documents),
        sum(row["status"] == DocumentStatus.REMOVED for row in documents),
        len(_forms_to_confirm(paths["layouts"], current)),
        tuple(
            (row["kind"], row["key"])
            for row in _rows(paths["decisions"], "kind", "key", "applied")
            if not row["applied"]
        ),
    )


def _forms_to_confirm(path: Path, documents: Sequence[Row]) -> set[str]:
    """The keys of the forms that wait for a person, in these documents."""
    ids = {row["document_id"] for row in documents}
    return {
        row["form_key"]
        for row in _rows(path, "document_id", "form_key", "status")
        if row["status"] == LayoutStatus.PROPOSED and row["document_id"] in ids
    }


def _lists_of(path: Path, documents: Sequence[Row]) -> dict[str, list[Row]]:
    """Path of a file → the vendor's lists in it; a duplicate has none of its own."""
    by_document: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(path, *_LIST_COLUMNS):
        if row["kind"] in OF_VENDORS:
            by_document[row["document_id"]].append(row)
    return {
        row["path"]: by_document[row["document_id"]] if row["duplicate_of"] is None else []
        for row in documents
    }


def _rows(path: Path, *columns: str) -> list[Row]:
    rows: list[Row] = read_place(path, columns).to_pylist()
    return rows


def _file_summary(row: Row, lists: Sequence[Row], issues: int, seconds: Mapping[str, float]) -> FileSummary:
    return FileSummary(
        row["path"],
        row["status"],
        tuple(entry["kind"] for entry in lists),
        tuple(entry["form_name"] for entry in lists),
        issues,
        seconds.get(row["path"]),
        row["coverage"],
        row["vendor"],
    )
