"""A scheduler's address in, a client that is connected to it out: or why there is none, in words that a person can act on."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from distributed import Client, LocalCluster
from distributed.comm import get_address_host_port

from pipeline.errors import ClusterError
from pipeline.execution.cluster.worker import versions

LOCAL = "local"
_SECONDS_TO_CONNECT = 10
_SECONDS_FOR_WORKERS = 60
_LOGGERS = ("distributed", "tornado", "asyncio")


@contextmanager
def connect(scheduler: str, workers: int) -> Iterator[Client]:
    """A client of the cluster at `scheduler`, or of one that is made here of `workers` processes (`local`), for a block.

    All machines that are there run the program that runs here. Raises ClusterError.
    """
    with ExitStack() as held:
        held.enter_context(_silence())
        address: Any = scheduler
        if scheduler == LOCAL:
            address = held.enter_context(
                LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    memory_limit=0,
                    dashboard_address=None,
                    worker_dashboard_address=None,
                    silence_logs=logging.CRITICAL,
                )
            )
        client = _client(address, scheduler)
        held.callback(_close, client)
        _check_machines(client, scheduler)
        yield client


def _client(address: Any, scheduler: str) -> Client:
    try:
        if isinstance(address, str):
            get_address_host_port(address)  # a client of what is no address hangs when it is taken down
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of versions, which are compared below
            return Client(address, timeout=_SECONDS_TO_CONNECT, set_as_default=False)
    except (OSError, ValueError, TypeError, RuntimeError, ImportError) as error:
        why = str(error).partition("\n")[0] or type(error).__name__
        raise ClusterError({"scheduler": scheduler, "why": why}, "cluster_unreachable") from error


def _close(client: Client) -> None:
    with suppress(Exception):  # a scheduler that is gone takes no leave
        client.close(timeout=_SECONDS_TO_CONNECT)


def _check_machines(client: Client, scheduler: str) -> None:
    """Raises ClusterError where no worker is there, or one runs another program than this machine."""
    params: dict[str, object] = {"scheduler": scheduler, "seconds": _SECONDS_FOR_WORKERS}
    try:
        client.wait_for_workers(1, timeout=_SECONDS_FOR_WORKERS)
    except TimeoutError as error:
        raise ClusterError(params, "cluster_no_workers") from error
    try:
        found = {scheduler: client.run_on_scheduler(versions), **client.run(versions, on_error="return")}
    except Exception as error:  # noqa: BLE001  whatever another program there makes of the question
        found = {scheduler: error}
    for machine, said in found.items():
        if said != versions():
            raise differing(machine, said)


def differing(machine: str, said: object) -> ClusterError:
    """The error for a machine of the cluster that runs another program, or none."""
    there = said if isinstance(said, str) else str(said).partition("\n")[0] or type(said).__name__
    return ClusterError({"machine": machine, "there": there, "here": versions()}, "cluster_differs")


@contextmanager
def _silence() -> Iterator[None]:
    """What dask says of its connections is told once, by the error that ends the run."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    loggers += [
        logging.getLogger(name) for name in logging.root.manager.loggerDict if name.startswith("distributed.")
    ]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)
