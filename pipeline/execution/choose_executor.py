"""What a person asked for in, whoever reads the files out: this machine, or a cluster, whose library is imported only then."""

from __future__ import annotations

from importlib.util import find_spec

from pipeline.errors import ClusterError
from pipeline.execution.executor import Executor
from pipeline.execution.process_pool import LocalExecutor


def choose_executor(scheduler: str | None, workers: int) -> Executor:
    """The cluster at `scheduler` (`tcp://…`, or `local` for one of `workers` processes that is made here); else this machine.

    Raises ClusterError where the extra `cluster` is not installed.
    """
    if scheduler is None:
        return LocalExecutor(workers)
    if find_spec("distributed") is None:
        raise ClusterError({"scheduler": scheduler}, "cluster_not_installed")
    from pipeline.execution.cluster.executor import ClusterExecutor  # noqa: PLC0415  an extra

    return ClusterExecutor(scheduler, workers)
