"""One task in a confined process: the file's bytes fetched, its function run there, once more where others were to blame.

The same on this machine and on a worker of a cluster.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace

from extractors.issue import Issue
from pipeline.execution.confined_process import FROM_OUTSIDE, ConfinedProcess, Work
from pipeline.execution.executor import Given, Job, Task
from pipeline.execution.parcel import ParcelFolder
from pipeline.sources.discover import RawFile
from pipeline.sources.file_contents import FileContents

_TASKS = 200  # files a process reads before a fresh one takes over


def fetch(file: RawFile, contents: FileContents, held: ExitStack) -> RawFile:
    """The file with the path of its bytes on this machine, there until `held` is closed; itself where there is none to open.

    Raises OSError where they cannot be fetched.
    """
    if not file.readable or file.stamp is None:
        return file
    return replace(file, path=held.enter_context(contents.open(contents.key_of(file.path))))


def run_task(process: ConfinedProcess, task: Task, job: Job, folder: ParcelFolder) -> Given:
    """What the task gave in this process; `folder` takes a message that is too large for a pipe."""
    work = Work(job.function, folder.pack((task.file, *task.arguments)))
    if process.pieces >= _TASKS:
        process.stop()
    is_first = process.pieces == 0
    given = process.run(work)
    if isinstance(given, Issue) and given.code == "file_reader_died":
        # A file that it read before, or somebody else, may be to blame.
        is_from_outside = given.params.get("detail") in FROM_OUTSIDE
        return process.run(work) if is_from_outside or not is_first else given
    return given
