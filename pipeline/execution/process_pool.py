"""Files in, results out as they come, over this machine's cores: a reader that crashes, hangs or grows ends its file only.

Each thread of a crew has a process of its own. What is read is handed on in the order of the files. A crew that gives nothing
for longer than any file may take is stuck: its processes are ended, the file that was waited for fails, and a fresh crew reads
the rest.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

from extractors.checklist.model import LayoutDecision
from extractors.formats import MEDIA_TYPES
from extractors.issue import Issue
from normalizers.legends.meaning import LegendDecision
from pipeline.document.extraction import slim
from pipeline.document.process import DocumentResult, read_document
from pipeline.document.status import DocumentStatus
from pipeline.execution.budget import Budget, Budgets
from pipeline.execution.confined_process import FROM_OUTSIDE, ConfinedProcess, Work, longest_run
from pipeline.execution.crew import CrewPlan, all_given
from pipeline.execution.parcel import Parcel, ParcelFolder
from pipeline.execution.sandbox import ProcessLimits
from pipeline.sources.discover import RawFile

Result = TypeVar("Result")
Decisions = tuple[tuple[LayoutDecision, ...], tuple[LegendDecision, ...]]
_SECRETS = 32 << 10  # bytes of passwords that go to a process without touching a disk
_TASKS = 200  # files a process reads before a fresh one takes over


def read_all(
    files: Sequence[RawFile],
    workers: int,
    limits: ProcessLimits | float,
    passwords: tuple[str, ...] = (),
    budgets: Budgets | None = None,
) -> Iterator[DocumentResult]:
    """The outcome of every file, in the order given; a file that hangs or kills its reader fails alone.

    `limits` may be seconds alone; `passwords` are tried on protected files; a file whose folder, or the whole run, has used up
    its `budgets` is not read, and told. Files are read in processes of their own even by one worker, so that no file can end
    the run; one whose process died, having read others before, is read once more in a fresh one. Whoever stops taking
    outcomes stops all processes.
    """
    if not files:
        return
    process_limits = _as_limits(limits)
    with closing(ParcelFolder()) as folder:
        to_read = _FilesToRead(files, folder, Budget(budgets or Budgets()))
        shared = folder.pack(passwords, _SECRETS), folder.pack(to_read.decisions)
        make_process = partial(ConfinedProcess, process_limits, shared)
        plan = CrewPlan(workers, make_process, to_read.read_in, 2 * longest_run(process_limits))
        with closing(all_given(len(files), plan)) as all_outcomes:
            for file, given in zip(files, all_outcomes, strict=True):
                yield _outcome(file, _took_too_long(plan.patience) if given is None else given)


class _FilesToRead:
    """The files of a run, as the threads of its crew read them."""

    def __init__(self, files: Sequence[RawFile], folder: ParcelFolder, budget: Budget) -> None:
        self._files, self._folder, self._budget = files, folder, budget
        distinct = {(id(file.decisions), id(file.legends)): (file.decisions, file.legends) for file in files}
        self._index = {key: index for index, key in enumerate(distinct)}
        self.decisions: tuple[Decisions, ...] = tuple(distinct.values())

    def read_in(self, process: ConfinedProcess, number: int) -> bytes | Issue:
        """What reading one file in this process gave, within what its folder and the run may take."""
        file = self._files[number]
        used_up = self._budget.used_up(file.name) if file.skip is None else None
        if used_up is not None:
            return used_up
        start = time.perf_counter()
        given = _read_in(process, Work(_timed, self._arguments(file)))
        seconds = time.perf_counter() - start
        self._budget.spend(file.name, seconds, 0 if isinstance(given, Issue) else len(given))
        return given

    def _arguments(self, file: RawFile) -> Parcel:
        """The file without people's decisions, which every process has already, and the number of those that count for it."""
        return self._folder.pack(
            (replace(file, decisions=(), legends=()), self._index[id(file.decisions), id(file.legends)])
        )


def run_apart(
    work: Callable[..., Result], arguments: tuple[object, ...], limits: ProcessLimits | float
) -> Result | Issue:
    """What `work` returns for `arguments`, run in a process of its own; an Issue where that hangs or dies.

    `work` is a function of a module, so that another process can find it; `limits` may be seconds alone.
    """
    process = ConfinedProcess(_as_limits(limits))
    with closing(ParcelFolder()) as folder:
        try:
            given = process.run(Work(work, folder.pack(arguments)))
        finally:
            process.stop()
    result: Result | Issue = given if isinstance(given, Issue) else pickle.loads(given)
    return result


def _as_limits(limits: ProcessLimits | float) -> ProcessLimits:
    return limits if isinstance(limits, ProcessLimits) else ProcessLimits(limits)


class WarmProcesses:
    """Confined processes that stay for the next work: for pictures that a person waits for. `close` ends them."""

    def __init__(self, count: int, limits: ProcessLimits) -> None:
        self._all = [ConfinedProcess(limits) for _ in range(count)]
        self._idle: SimpleQueue[ConfinedProcess] = SimpleQueue()
        for process in self._all:
            self._idle.put(process)
        self._is_closed = False

    def run(self, work: Callable[..., Result], arguments: tuple[object, ...]) -> Result | Issue:
        """As `run_apart`, without the second that a process needs to begin; waits while all are at work."""
        process = self._idle.get()
        try:
            with closing(ParcelFolder()) as folder:
                given = process.run(Work(work, folder.pack(arguments)))
        finally:
            if self._is_closed:
                process.stop()
            self._idle.put(process)
        result: Result | Issue = given if isinstance(given, Issue) else pickle.loads(given)
        return result

    def prepare(self, count: int, work: Callable[[], object]) -> None:
        """Have the processes begin, so that the first who waits need not wait for that; `work` imports what is needed."""
        for _ in range(count):
            Thread(target=self.run, args=(work, ()), daemon=True).start()

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        self._is_closed = True
        for process in self._all:
            process.kill()


def _read_in(process: ConfinedProcess, work: Work) -> bytes | Issue:
    """What the work gave. Where the process died, a file that it read before, or somebody else, may be to blame."""
    if process.pieces >= _TASKS:
        process.stop()
    is_first = process.pieces == 0
    given = process.run(work)
    if isinstance(given, Issue) and given.code == "file_reader_died":
        is_from_outside = given.params.get("detail") in FROM_OUTSIDE
        return process.run(work) if is_from_outside or not is_first else given
    return given


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


def _outcome(file: RawFile, given: bytes | Issue) -> DocumentResult:
    result: DocumentResult | Issue = given if isinstance(given, Issue) else pickle.loads(given)
    return _lost(file, result) if isinstance(result, Issue) else replace(result, file=file)


def _lost(file: RawFile, issue: Issue) -> DocumentResult:
    return DocumentResult(file, DocumentStatus.FAILED, MEDIA_TYPES["unknown"], issues=(issue,))


def _took_too_long(seconds: float) -> Issue:
    return Issue("file_took_too_long", params={"seconds": f"{seconds:.0f}"})
