"""Problems as read and the decided answers in, the problems that still stand out, and of which files the message changes.

A problem with one answer goes when a person has decided that answer. One that stands for several (`「要相談」: 3, 5`) goes with
the last of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from normalizers.answers.model import AnswerValue
from normalizers.text import fold

Row = Mapping[str, Any]
_OF_ONE = frozenset({"answer_contradicted_by_remark", "answer_disputed_by_comment"})
_OF_SEVERAL = frozenset(
    {"answer_unclear", "answer_contradictory", "answer_read_twice", "answer_elsewhere", "answers_told_by_colour",
     "characters_not_read", "code_unexplained", "ditto_unresolved", "legend_unclear"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StandingProblems:
    """The problems that stand, and by path of a file of which some went the message that remains of it."""

    problems: pa.Table
    messages: Mapping[str, str]


def without_decided(problems: pa.Table, answers: pa.Table, as_read: pa.Table) -> StandingProblems:
    """The problems but for those of decided answers; `answers` are those after the decisions."""
    if not as_read.num_rows:
        return StandingProblems(problems, {})
    decided = {
        (row["document_id"], _key(row["source"])): fold(row["answer_raw"]) for row in as_read.to_pylist()
    }
    waiting = _waiting(answers, {document for document, _ in decided})
    documents = pa.array(sorted(waiting), pa.string())
    concerned = np.flatnonzero(pc.is_in(problems["document_id"], documents).to_numpy())
    rows = problems.take(pa.array(concerned)).to_pylist()
    going = [n for n, row in zip(concerned.tolist(), rows, strict=True) if _goes(row, decided, waiting)]
    stays = np.ones(problems.num_rows, dtype=bool)
    stays[going] = False
    paths = {row["path"] for n, row in zip(concerned.tolist(), rows, strict=True) if not stays[n]}
    standing = problems.filter(pa.array(stays))
    return StandingProblems(standing, _messages(standing, paths))


def _goes(row: Row, decided: Mapping[tuple[str, str], str], waiting: Mapping[str, set[str]]) -> bool:
    text = decided.get((row["document_id"], _key(row["source"])))
    if text is None:
        return False
    return row["code"] in _OF_ONE or (row["code"] in _OF_SEVERAL and text not in waiting[row["document_id"]])


def _waiting(answers: pa.Table, documents: Iterable[str]) -> dict[str, set[str]]:
    """Document → the printed texts of its answers that are still unclear."""
    waiting: dict[str, set[str]] = {document: set() for document in documents}
    wanted = pc.and_(
        pc.is_in(answers["document_id"], pa.array(sorted(waiting), pa.string())),
        pc.equal(answers["answer"], AnswerValue.UNCLEAR),
    )
    for row in answers.filter(wanted).select(["document_id", "answer_raw"]).to_pylist():
        waiting[row["document_id"]].add(fold(row["answer_raw"]))
    return waiting


def _messages(problems: pa.Table, paths: Iterable[str]) -> dict[str, str]:
    """Path → its first error's message, else its first warning's; empty where nothing is left."""
    rows = problems.filter(pc.is_in(problems["path"], pa.array(sorted(paths), pa.string())))
    by_path: dict[str, list[Row]] = defaultdict(list)
    for row in rows.select(["path", "severity", "message"]).to_pylist():
        by_path[row["path"]].append(row)
    worst = {path: sorted(by_path[path], key=lambda row: row["severity"] != "error") for path in paths}
    return {path: entries[0]["message"] if entries else "" for path, entries in worst.items()}


def _key(source: Row) -> str:
    return repr(sorted(source.items(), key=lambda entry: entry[0]))
