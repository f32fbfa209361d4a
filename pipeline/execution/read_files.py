"""Files in, results out as they come, whoever does the work: a reader that crashes, hangs or grows ends its file only.

What all files of a run share (passwords, people's decisions) is handed over once; a file goes with the number of those
decisions that count for it. 例: 見本社の回答.xlsx の読み取りが落ちても、失われるのはその 1 件だけです。
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace

from extractors.checklist.model import LayoutDecision
from extractors.formats import MEDIA_TYPES
from extractors.issue import Issue
from normalizers.legends.meaning import LegendDecision
from pipeline.document.extraction import slim
from pipeline.document.process import DocumentResult, read_document
from pipeline.document.status import DocumentStatus
from pipeline.execution.budget import Budget, Budgets
from pipeline.execution.executor import Executor, Given, Job, Task
from pipeline.execution.sandbox import ProcessLimits
from pipeline.sources.discover import RawFile

Decisions = tuple[tuple[LayoutDecision, ...], tuple[LegendDecision, ...]]


def read_all(
    files: Sequence[RawFile],
    executor: Executor,
    limits: ProcessLimits,
    passwords: tuple[str, ...] = (),
    budgets: Budgets | None = None,
) -> Iterator[DocumentResult]:
    """The outcome of every file, in the order given; a file that hangs or kills its reader fails alone.

    `passwords` are tried on protected files; a file whose folder, or the whole run, has used up its `budgets` is not read, and
    told. Whoever stops taking outcomes stops all work. Raises what `executor.run` raises.
    """
    if not files:
        return
    distinct = {(id(file.decisions), id(file.legends)): (file.decisions, file.legends) for file in files}
    index = {key: number for number, key in enumerate(distinct)}
    tasks = [
        Task(replace(file, decisions=(), legends=()), (index[id(file.decisions), id(file.legends)],))
        for file in files
    ]
    decisions: tuple[Decisions, ...] = tuple(distinct.values())
    job = Job(_timed, (passwords, decisions), limits)
    with closing(executor.run(tasks, job, Budget(budgets or Budgets()))) as all_given:
        for file, given in zip(files, all_given, strict=True):
            yield _outcome(file, given)


def _timed(
    file: RawFile, index: int, passwords: tuple[str, ...], decisions: tuple[Decisions, ...]
) -> DocumentResult:
    """The outcome of a file with the seconds it took; what no table holds stays in this process."""
    start = time.perf_counter()
    layouts, legends = decisions[index]
    outcome = read_document(replace(file, decisions=layouts, legends=legends), passwords)
    document = outcome.document and replace(outcome.document, grids=(), attached=())
    extraction = outcome.extraction and slim(outcome.extraction)
    seconds = time.perf_counter() - start
    return replace(outcome, file=file, document=document, extraction=extraction, seconds=seconds)


def _outcome(file: RawFile, given: Given) -> DocumentResult:
    result: DocumentResult | Issue = given if isinstance(given, Issue) else pickle.loads(given)
    return _lost(file, result) if isinstance(result, Issue) else replace(result, file=file)


def _lost(file: RawFile, issue: Issue) -> DocumentResult:
    return DocumentResult(file, DocumentStatus.FAILED, MEDIA_TYPES["unknown"], issues=(issue,))
