"""Executors to hold against what the protocol promises: this machine, and a cluster of two workers where dask is installed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

from pipeline.execution.choose_executor import choose_executor
from pipeline.execution.executor import Executor
from tests.conftest import ROOT

needs_dask = pytest.mark.skipif(
    find_spec("distributed") is None, reason="the extra `cluster` is not installed"
)
EXECUTORS = [
    pytest.param("here", id="this machine"),
    pytest.param("cluster", id="cluster", marks=needs_dask),
]


def _start(*arguments: str) -> subprocess.Popen[bytes]:
    program = [sys.executable, "-m", "distributed.cli." + arguments[0], *arguments[1:]]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    silent = subprocess.DEVNULL
    return subprocess.Popen(program, env=environment, cwd=ROOT, stderr=silent, stdout=silent)


def start_scheduler(folder: Path, port: int = 0) -> tuple[subprocess.Popen[bytes], str]:
    """A scheduler as an operator starts one, and its address."""
    told = folder / "scheduler.json"
    told.unlink(missing_ok=True)
    options = ("--host", "127.0.0.1", "--port", str(port), "--no-dashboard", "--no-show")
    process = _start("dask_scheduler", *options, "--scheduler-file", str(told))
    (folder / "scheduler.pid").write_text(str(process.pid), encoding="ascii")
    assert wait_until(told.is_file, 120), "the scheduler did not start"
    return process, json.loads(told.read_text(encoding="utf-8"))["address"]


def scheduler_pid(folder: Path) -> int:
    """The process of the scheduler that was started last with this folder."""
    return int((folder / "scheduler.pid").read_text(encoding="ascii"))


def start_worker(address: str, nanny: bool = False) -> subprocess.Popen[bytes]:
    """A worker of one thread; without a nanny whoever kills it kills it for good."""
    options = (
        "--nthreads",
        "1",
        "--nanny" if nanny else "--no-nanny",
        "--no-dashboard",
        "--memory-limit",
        "0",
    )
    return _start("dask_worker", address, *options)


def end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """End processes and wait until they are gone."""
    for process in processes:
        process.kill()
    for process in processes:
        process.wait(30)


@contextmanager
def cluster(folder: Path, workers: int = 2, nanny: bool = False) -> Iterator[str]:
    """The address of a scheduler with workers, as an operator starts them."""
    scheduler, address = start_scheduler(folder)
    processes = [scheduler, *(start_worker(address, nanny) for _ in range(workers))]
    try:
        yield address
    finally:
        end(processes)


def executor_of(kind: str, address: str, workers: int = 2) -> Executor:
    """The executor that a test is to hold against the protocol."""
    return choose_executor(address if kind == "cluster" else None, workers)


def wait_until(is_so: Callable[[], object], seconds: float = 30.0) -> bool:
    """Whether something comes to be so within `seconds`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_so():
            return True
        time.sleep(0.1)
    return False
