"""Files to read in, what reading each gave out as it comes: what a run asks of whoever does the work, on whatever machines.

A run knows this protocol and nothing below it. `pipeline/execution/process_pool.py` keeps it with the processes of this machine,
`pipeline/execution/cluster/` with those of a dask cluster; both read a file in a confined process, with the same function. What
they promise:

* what tasks gave comes in the order of the tasks, each as soon as it and all before it are done;
* a task that hangs, fails, or ends its process gives an Issue, and no other task is touched by it;
* a task whose process was ended from outside is tried again, in another process;
* whoever stops taking results stops the work, and nothing is left running.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from extractors.issue import Issue
from pipeline.execution.budget import Budget
from pipeline.execution.sandbox import ProcessLimits
from pipeline.sources.discover import RawFile
from pipeline.sources.file_contents import FileContents, FolderContents

Given = bytes | Issue  # a pickled result, or what befell the process


@dataclass(frozen=True, slots=True)
class Task:
    """One file, and what its reading needs to know beside it."""

    file: RawFile
    arguments: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """What all tasks of a run have in common: `function(file, *arguments, *shared)` of a module gives what a task gives.

    `limits` hold for every task; `contents` gives the files' bytes. It can be sent to another machine.
    """

    function: Callable[..., Any]
    shared: tuple[object, ...] = ()
    limits: ProcessLimits = field(default_factory=ProcessLimits)
    contents: FileContents = field(default_factory=FolderContents)


def refusal(task: Task, budget: Budget) -> Issue | None:
    """Why a task is not begun: its folder or the run has used up what it may take. What is passed over costs nothing."""
    return budget.used_up(task.file.name) if task.file.skip is None else None


def size_of(given: Given) -> int:
    """The bytes that a task gave."""
    return 0 if isinstance(given, Issue) else len(given)


class Executor(Protocol):
    """Whoever runs tasks."""

    def run(self, tasks: Sequence[Task], job: Job, budget: Budget) -> Generator[Given]:
        """What each task gave, in order, within what `budget` leaves a folder and the run.

        Raises ClusterError where there is no machine to work on.
        """
