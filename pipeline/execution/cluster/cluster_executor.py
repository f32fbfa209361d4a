"""An Executor over the workers of a dask cluster: some tasks at a time are on their way, their results come back in order.

What the store of this machine holds already is derived here: it needs no file, and the store is nowhere else. All else goes
through dask's concurrent-futures interface. A worker that is lost gives its tasks to another; a task that was on its way to
several that were lost fails alone. A scheduler that is lost ends the run: what was read is kept, and the next run goes on there.
"""

from __future__ import annotations

import uuid
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass

from distributed import Client

from pipeline.errors import ClusterError
from pipeline.execution.budget import Budget
from pipeline.execution.cluster.connection import connect
from pipeline.execution.cluster.flight import Flight
from pipeline.execution.cluster.worker import WorkerReader
from pipeline.execution.executor import Given, Job, Task
from pipeline.execution.process_pool import LocalExecutor

_PREFIX = "checksheet-"
_RETRIES = 3  # of a task that raised on a worker: a share that did not answer


@dataclass(frozen=True, slots=True)
class ClusterExecutor:
    """An Executor over the cluster at `scheduler` (`tcp://…`), or over one of `workers` processes here (`local`)."""

    scheduler: str
    workers: int

    def run(self, tasks: Sequence[Task], job: Job, budget: Budget) -> Generator[Given]:
        """What each task gave, in order.

        Raises ClusterError where there is no cluster, it runs another program, does not see the files, or is lost.
        """
        here = [task for task in tasks if task.file.stored is not None]
        there = [task for task in tasks if task.file.stored is None]
        with (
            closing(LocalExecutor(self.workers).run(here, job, budget)) as of_store,
            closing(self._on_cluster(there, job, budget)) as of_cluster,
        ):
            for task in tasks:
                yield next(of_cluster if task.file.stored is None else of_store)

    def _on_cluster(self, tasks: Sequence[Task], job: Job, budget: Budget) -> Generator[Given]:
        if not tasks:
            return
        try:
            with connect(self.scheduler, self.workers) as client:
                yield from self._results(client, tasks, (job, budget))
        except (OSError, CancelledError) as error:
            raise ClusterError({"scheduler": self.scheduler}, "cluster_lost") from error

    def _results(self, client: Client, tasks: Sequence[Task], run: tuple[Job, Budget]) -> Generator[Given]:
        with _reader(client, run[0]) as name:
            pool = client.get_executor(pure=False, retries=_RETRIES)
            flight = Flight(self.scheduler, (client, pool, name), tasks, run)
            try:
                yield from flight.results()
            finally:
                with suppress(Exception):  # a cluster that is gone has nothing left to stop
                    flight.stop()


@contextmanager
def _reader(client: Client, job: Job) -> Iterator[str]:
    """The name of the reader that every worker has for a block, those that come later too."""
    _drop_left(client)
    name = f"{_PREFIX}{client.id}-{uuid.uuid4().hex[:8]}"
    client.register_plugin(WorkerReader(job, name), name=name)
    try:
        yield name
    finally:
        with suppress(Exception):
            client.unregister_worker_plugin(name)


def _drop_left(client: Client) -> None:
    """Take away the readers, and with them the passwords, of runs that were killed."""
    for name in client.run_on_scheduler(_left_readers, _PREFIX):
        with suppress(Exception):
            client.unregister_worker_plugin(name)


def _left_readers(prefix: str, dask_scheduler: object = None) -> list[str]:
    """On the scheduler: the readers whose client is gone."""
    plugins: dict[str, object] = dask_scheduler.worker_plugins  # type: ignore[attr-defined]
    clients: dict[str, object] = dask_scheduler.clients  # type: ignore[attr-defined]
    return [
        name
        for name in plugins
        if name.startswith(prefix) and name.removeprefix(prefix).rpartition("-")[0] not in clients
    ]
