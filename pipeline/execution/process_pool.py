"""The processes of this machine: a run's files over its cores, a piece of work apart, or a few that stay warm.

Each thread of a crew has a process of its own. A crew that gives nothing for longer than any file may take is stuck: its
processes are ended, the file that was waited for fails, and a fresh crew reads the rest.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, closing, suppress
from dataclasses import dataclass, replace
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

from extractors.issue import Issue
from pipeline.execution.budget import Budget
from pipeline.execution.confined_process import ConfinedProcess, Work, longest_run
from pipeline.execution.crew import CrewPlan, all_given
from pipeline.execution.executor import Given, Job, Task, refusal, size_of
from pipeline.execution.parcel import ParcelFolder
from pipeline.execution.run_task import fetch, run_task
from pipeline.execution.sandbox import ProcessLimits

Result = TypeVar("Result")
SECRETS = 32 << 10  # bytes of passwords that go to a process without touching a disk


@dataclass(frozen=True, slots=True)
class LocalExecutor:
    """An Executor over this machine's cores.

    Files are read in processes of their own even by one worker, so that no file can end the run; one whose process died, having
    read others before, is read once more in a fresh one.
    """

    workers: int

    def run(self, tasks: Sequence[Task], job: Job, budget: Budget) -> Generator[Given]:
        """What each task gave, in order. Raises OSError where what all tasks share cannot be written to a private file."""
        if not tasks:
            return
        with closing(ParcelFolder()) as folder:
            shared = tuple(folder.pack(values, SECRETS) for values in job.shared)
            make_process = partial(ConfinedProcess, job.limits, shared)
            patience = 2 * longest_run(job.limits)

            def work(process: ConfinedProcess, number: int) -> Given:
                task = tasks[number]
                used_up = refusal(task, budget)
                if used_up is not None:
                    return used_up
                start = time.perf_counter()
                given = _read(process, task, job, folder)
                budget.spend(task.file.name, time.perf_counter() - start, size_of(given))
                return given

            plan = CrewPlan(self.workers, make_process, work, patience)
            with closing(all_given(len(tasks), plan)) as all_results:
                for given in all_results:
                    yield _took_too_long(patience) if given is None else given


def _read(process: ConfinedProcess, task: Task, job: Job, folder: ParcelFolder) -> Given:
    with ExitStack() as held:
        with suppress(OSError):  # the reader tells of a file that is not there
            task = replace(task, file=fetch(task.file, job.contents, held))
        return run_task(process, task, job, folder)


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
            process.close()


def _took_too_long(seconds: float) -> Issue:
    return Issue("file_took_too_long", params={"seconds": f"{seconds:.0f}"})
