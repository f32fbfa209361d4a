"""What happens on a worker of the cluster: a task in, what reading its file gave out; nothing of either stays there.

A worker is a process that trusts no file any more than this machine does: each file is read in a confined process of the worker's
own, with the same limits, and that ends with it. What differs: the worker itself, which fetches the file's bytes and hands
back what was read, is held by nothing but what the cluster's operator gives it.
"""

from __future__ import annotations

import multiprocessing
import platform
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from queue import Empty, SimpleQueue
from typing import Any

from distributed import WorkerPlugin, get_worker

from pipeline.execution.confined_process import ConfinedProcess
from pipeline.execution.executor import Given, Job, Task
from pipeline.execution.parcel import ParcelFolder
from pipeline.execution.process_pool import SECRETS
from pipeline.execution.run_task import fetch, run_task
from pipeline.sources.discover import RawFile
from pipeline.sources.file_contents import content_hash
from pipeline.system.fingerprints import meaning_fingerprint

_SECONDS_IDLE = 300.0  # after which a reader of a run that says nothing more ends its processes


@dataclass(frozen=True, slots=True)
class TaskAnswer:
    """What a task gave, the seconds it took, and which program gave it."""

    given: Given
    seconds: float
    versions: str


class FileChanged(OSError):
    """The bytes that the worker sees are not those that the run found."""


@cache
def versions() -> str:
    """What must be the same on all machines of a run, in words: Python, dask, the program that reads."""
    python = ".".join(platform.python_version_tuple()[:2])
    return f"Python {python}, distributed {version('distributed')}, checksheet {meaning_fingerprint()}"


def read_on_worker(reader: str, task: Task) -> TaskAnswer:
    """What the task gave on this worker, where the reader of that name was set up.

    Raises OSError where the worker cannot fetch the file's bytes, or finds others than the run did.
    """
    plugin: WorkerReader = get_worker().plugins[reader]
    start = time.perf_counter()
    given = plugin.read(task)
    return TaskAnswer(given, time.perf_counter() - start, versions())


class WorkerReader(WorkerPlugin):  # type: ignore[misc]  # the extra has no types
    """The confined processes of one worker for one run; it travels as the run's job, and begins anew where it arrives."""

    def __init__(self, job: Job, name: str) -> None:
        self.job, self.name = job, name

    def __reduce__(self) -> tuple[Any, ...]:
        return WorkerReader, (self.job, self.name)

    def setup(self, worker: object) -> None:  # noqa: ARG002  as dask calls it
        """Make ready; no process is started before there is a file to read."""
        # A worker under a nanny is marked as one that has no children; those it has here end with it.
        multiprocessing.current_process().daemon = False
        self._folder = ParcelFolder()
        self._shared = tuple(self._folder.pack(values, SECRETS) for values in self.job.shared)
        self._idle: SimpleQueue[ConfinedProcess] = SimpleQueue()
        self._all: list[ConfinedProcess] = []
        self._is_over = threading.Event()
        self._last = time.monotonic()
        threading.Thread(target=self._end_idle, daemon=True).start()

    def teardown(self, worker: object) -> None:  # noqa: ARG002  as dask calls it
        """End the processes, whatever they are doing, and remove what was kept for them."""
        self._is_over.set()
        for process in self._all:
            process.close()
        self._folder.close()

    def read(self, task: Task) -> Given:
        """What the task gave. Raises OSError as `read_on_worker`."""
        with ExitStack() as held:
            file = fetch(task.file, self.job.contents, held)
            if file.stamp is not None:
                _check(file)
            process = self._process()
            try:
                return run_task(process, replace(task, file=file), self.job, self._folder)
            finally:
                self._last = time.monotonic()
                self._idle.put(process)
                if self._is_over.is_set():
                    process.stop()

    def _process(self) -> ConfinedProcess:
        try:
            return self._idle.get_nowait()
        except Empty:
            process = ConfinedProcess(self.job.limits, self._shared)
            self._all.append(process)
            return process

    def _end_idle(self) -> None:
        """A run that was killed never says that it is over: its processes end when nothing came for long."""
        while not self._is_over.wait(_SECONDS_IDLE / 10):
            while time.monotonic() - self._last > _SECONDS_IDLE:
                try:
                    self._idle.get_nowait().stop()
                except Empty:
                    break


def _check(file: RawFile) -> None:
    """Raises OSError where these bytes are not those that the run found, as on a share that is behind."""
    if not file.readable:
        return
    if file.carried is not None:  # its hash is not that of the mail or archive, which must be there
        file.path.stat()
    elif content_hash(file.path) != file.sha256:
        raise FileChanged(f"{file.path}: other bytes")
