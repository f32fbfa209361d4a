"""Tasks on their way through a cluster: begun while there is room, settled as their futures are done, handed on in order."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait

from distributed import Client, KilledWorker
from distributed.cfexecutor import ClientExecutor

from extractors.issue import Issue
from pipeline.errors import ClusterError
from pipeline.execution.budget import Budget
from pipeline.execution.cluster.connection import differing
from pipeline.execution.cluster.worker import FileChanged, TaskAnswer, read_on_worker, versions
from pipeline.execution.confined_process import death, longest_run
from pipeline.execution.executor import Given, Job, Task, refusal, size_of

_SHARE = 8  # tasks on their way for each thread of the cluster
_LEAST = 16
_WAITING = 64 << 20  # bytes that wait for an earlier task at which no other is begun
_LOSSES = 1  # times that a task is sent out again after all the workers that dask gave it to were lost
_BEAT = 1.0  # seconds between two looks at the clock, and so until Ctrl-C is heard
_LOOK = 5.0  # seconds between two looks at how many workers there are
_SECONDS_WITHOUT_WORKERS = 120.0
# Until a scheduler takes a silent worker for lost (distributed.scheduler.worker-ttl).
_SECONDS_TO_NOTICE = 300.0


class Flight:
    """The tasks of one run; `cluster` are the client, its concurrent-futures interface, and the name of the workers' reader."""

    def __init__(
        self,
        scheduler: str,
        cluster: tuple[Client, ClientExecutor, str],
        tasks: Sequence[Task],
        run: tuple[Job, Budget],
    ) -> None:
        self._scheduler, self._tasks = scheduler, tasks
        self._client, self._pool, self._reader = cluster
        self._job, self._budget = run
        self._to_begin = deque(range(len(tasks)))
        self._running: dict[Future[TaskAnswer], int] = {}
        self._given: dict[int, Given] = {}
        self._waiting = 0  # bytes of what was given
        self._losses: Counter[int] = Counter()
        self._threads, self._looked = 0, 0.0
        self._staffed = self._moved = time.monotonic()

    def results(self) -> Generator[Given]:
        """What each task gave, in order. Raises ClusterError."""
        patience = 2 * longest_run(self._job.limits) + _SECONDS_TO_NOTICE
        for number in range(len(self._tasks)):
            while number not in self._given:
                self._look()
                self._begin(number)
                self._settle(patience)
            given = self._given.pop(number)
            self._waiting -= size_of(given)
            yield given

    def stop(self) -> None:
        """Take back what is on its way."""
        for future in self._running:
            future.cancel()

    def _look(self) -> None:
        """How many threads work now. Raises ClusterError where there was none for long."""
        now = time.monotonic()
        if now - self._looked < _LOOK:
            return
        try:
            self._threads = sum(self._client.nthreads().values())
        except (OSError, TimeoutError, RuntimeError) as error:
            raise ClusterError({"scheduler": self._scheduler}, "cluster_lost") from error
        self._looked = time.monotonic()
        if self._threads:
            self._staffed = self._looked
        elif self._looked - self._staffed > _SECONDS_WITHOUT_WORKERS:
            raise ClusterError(
                {"scheduler": self._scheduler, "seconds": f"{_SECONDS_WITHOUT_WORKERS:.0f}"},
                "cluster_no_workers",
            )

    def _begin(self, awaited: int) -> None:
        """Send out tasks while there is room; the one that is waited for in any case."""
        most = max(_LEAST, _SHARE * self._threads)
        while self._to_begin and len(self._running) < most:
            number = self._to_begin[0]
            if number != awaited and self._waiting > _WAITING:
                return
            self._to_begin.popleft()
            task = self._tasks[number]
            used_up = refusal(task, self._budget)
            if used_up is not None:
                self._given[number] = used_up
                continue
            self._running[self._pool.submit(read_on_worker, self._reader, task)] = number

    def _settle(self, patience: float) -> None:
        """Wait for a moment, and take what is done."""
        done = wait(self._running, _BEAT, FIRST_COMPLETED).done
        for future in done:
            number = self._running.pop(future)
            given = self._given_by(future, number)
            if given is None:
                self._to_begin.appendleft(number)
                continue
            self._given[number] = given
            self._waiting += size_of(given)
        now = time.monotonic()
        self._moved = now if done else self._moved
        if now - self._moved > patience:
            raise ClusterError({"scheduler": self._scheduler}, "cluster_lost")

    def _given_by(self, future: Future[TaskAnswer], number: int) -> Given | None:
        """What a task gave; None where it is to be sent out again. Raises ClusterError."""
        if future.cancelled():
            raise ClusterError({"scheduler": self._scheduler}, "cluster_lost")
        error = future.exception()
        file = self._tasks[number].file
        if error is None:
            answer = future.result()
            if answer.versions != versions():
                raise differing(self._scheduler, answer.versions)
            self._budget.spend(file.name, answer.seconds, size_of(answer.given))
            return answer.given
        if isinstance(error, KilledWorker):
            self._losses[number] += 1
            lost = Issue("file_reader_died", params={"detail": type(error).__name__})
            return lost if self._losses[number] > _LOSSES else None
        if isinstance(error, FileChanged):
            return Issue("file_changed")
        if isinstance(error, OSError) and not file.path.exists():
            return Issue("file_unreadable", params={"detail": error.strerror or str(error)})
        if isinstance(error, OSError):
            raise ClusterError(
                {"scheduler": self._scheduler, "path": file.path, "why": error.strerror or error},
                "cluster_no_file",
            ) from error
        if isinstance(error, ImportError | AttributeError):
            raise differing(self._scheduler, error)
        return death(error)
