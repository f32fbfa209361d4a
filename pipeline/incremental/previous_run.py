"""A dataset's folder in, what the last complete run knew out: its documents, their rows, and by what they were made.

Beside the tables of the contract a snapshot holds four that no analyst needs: `known` (by which program and on what
conditions each document was read), `lists` (what tells the form of each checklist), `answers_read` (the answers that a person
decided as they were read) and `problems_read` (all problems, those of decided answers too). So a run begins with what was read,
and a decision that is taken back leaves nothing behind.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.dataset.doubled_rows import drop_doubled_rows
from pipeline.dataset.schema import TABLES
from pipeline.dataset.snapshot import Manifest, list_snapshots, load_tables
from pipeline.dataset.table_spec import TableSpec
from pipeline.dataset.tables import TABLE_BY_NAME, plain_schema

LOG = logging.getLogger("checksheet")
Row = dict[str, Any]
_TEXT = ("path", "key", "conditions", "status", "forms", "decided", "corrections", "message")
KNOWN = TableSpec(
    "known",
    "How each row of documents came about.",
    pa.schema(
        [pa.field(name, pa.string(), nullable=False) for name in _TEXT]
        + [pa.field("version", pa.int32(), nullable=False), pa.field("ignored", pa.bool_(), nullable=False)]
    ),
    ("path", "version"),
)
LISTS = TableSpec(
    "lists",
    "What tells the form of each checklist.",
    pa.schema(
        [
            pa.field("document_id", pa.string(), nullable=False),
            pa.field("checklist", pa.int32(), nullable=False),
            pa.field("header", pa.string(), nullable=False),
            pa.field("name", pa.string()),
        ]
    ),
    ("document_id", "checklist"),
)
ANSWERS_READ = TableSpec(
    "answers_read",
    "The answers that a person decided, as they were read.",
    plain_schema(TABLE_BY_NAME["answers"]),
    TABLE_BY_NAME["answers"].sorted_by,
)
PROBLEMS_READ = TableSpec(
    "problems_read",
    "All problems, those of decided answers too.",
    plain_schema(TABLE_BY_NAME["problems"]),
    TABLE_BY_NAME["problems"].sorted_by,
)
FOR_NEXT_RUN = (KNOWN, LISTS, ANSWERS_READ, PROBLEMS_READ)
KEPT = ("answers", "rescued", "problems", "layouts")  # tables whose rows are taken over as they are


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A row of documents and how it came about.

    `key` stands for bytes, name, program and language; `conditions` for what a failure depended on besides; `status` is
    what reading gave, also after the file is gone; `ignored` says that the file is none to keep a history of. `forms` are the
    keys of the forms of its tables, between spaces, `decided` stands for the decisions on their layouts that it was read by,
    `corrections` for those on vendors, dates and legends that its rows follow.
    """

    row: Row
    key: str
    conditions: str
    status: str
    ignored: bool
    forms: str = ""
    decided: str = ""
    corrections: str = ""

    @property
    def message(self) -> str:
        """What reading gave to know about the file."""
        return str(self.row["message"])

    @property
    def path(self) -> str:
        """Path relative to the raw folder."""
        return str(self.row["path"])

    @property
    def version(self) -> int:
        """Which bytes under the path, from 1."""
        return int(self.row["version"] or 1)

    @property
    def document_id(self) -> str:
        """Id of the document."""
        return str(self.row["document_id"])


@dataclass(frozen=True, slots=True)
class PreviousRun:
    """The last complete dataset; empty where there is none. `checklists` are rows with the columns of `lists` added."""

    known: tuple[KnownDocument, ...] = ()
    checklists: tuple[Row, ...] = ()
    tables: Mapping[str, pa.Table] = field(default_factory=dict)
    manifest: Manifest | None = None

    @property
    def key(self) -> str:
        """By which program, words and controls the tables were derived; empty where there are none."""
        return self.manifest.key if self.manifest else ""


def read_previous_run(folder: Path) -> PreviousRun:
    """What the last complete run left in `folder`: of the snapshots there, the first that is whole."""
    candidates = list_snapshots(folder)
    for manifest in candidates:
        tables = load_tables(folder, manifest)
        if tables is not None and _is_complete(tables):
            return _build_previous_run(tables, manifest)
        LOG.warning("the snapshot %06d is damaged and is not used", manifest.snapshot)
    return PreviousRun()


def _is_complete(tables: Mapping[str, pa.Table]) -> bool:
    """Whether the tables have the columns that they have today; those of an older schema are made anew."""
    return all(
        table.name in tables and tables[table.name].schema.equals(table.schema)
        for table in (*TABLES, *FOR_NEXT_RUN)
    )


def _build_previous_run(tables: Mapping[str, pa.Table], manifest: Manifest) -> PreviousRun:
    """What is known by these tables; documents whose rows stand twice are to be read again."""
    tables, doubled = drop_doubled_rows(tables)
    if doubled:
        LOG.warning("rows of %d documents stood twice; these are read again", len(doubled))
        manifest = replace(manifest, key="")  # so that the tables are written anew in any case
    how = {(row["path"], row["version"]): row for row in tables["known"].to_pylist()}
    known = []
    for row in tables["documents"].to_pylist():
        made = how[row["path"], row["version"]]
        known.append(
            KnownDocument(
                row | {"message": made["message"]},
                "" if row["document_id"] in doubled else made["key"],
                made["conditions"],
                made["status"],
                made["ignored"],
                made["forms"],
                made["decided"],
                made["corrections"],
            )
        )
    lists = {(row["document_id"], row["checklist"]): row for row in tables["lists"].to_pylist()}
    checklists = [
        row | lists[row["document_id"], row["checklist"]] for row in tables["checklists"].to_pylist()
    ]
    as_read = {"answers": _answers_as_read(tables), "problems": tables["problems_read"]}
    kept = {name: as_read.get(name, tables[name]) for name in KEPT}
    return PreviousRun(tuple(known), tuple(checklists), kept, manifest)


def _answers_as_read(tables: Mapping[str, pa.Table]) -> pa.Table:
    """The answers without what people decided."""
    answers = tables["answers"].cast(ANSWERS_READ.schema)
    return pa.concat_tables(
        [answers.filter(pc.invert(answers["decided"])), tables["answers_read"].cast(answers.schema)]
    )
