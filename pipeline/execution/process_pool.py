"""Files in, results out as they come, over this machine's cores: a reader that crashes, hangs or grows ends its file only."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import get_context
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from extractors.formats import MEDIA_TYPES
from extractors.issue import Issue
from pipeline.document.extraction import slim
from pipeline.document.process import DocumentResult, read_document
from pipeline.document.status import DocumentStatus
from pipeline.execution.sandbox import ProcessLimits, confine
from pipeline.settings import MEMORY
from pipeline.sources.discover import RawFile

Result = TypeVar("Result")
_TASKS = 200  # files a process reads before a fresh one takes over
_AGAIN = {"file_reader_died", "file_out_of_memory"}  # another file read before may be to blame


def read_all(
    files: Sequence[RawFile],
    workers: int,
    timeout: float,
    passwords: tuple[str, ...] = (),
    memory: int = MEMORY,
) -> Iterator[DocumentResult]:
    """The outcome of every file, in the order given; a file that hangs or kills its reader fails alone.

    `timeout` is in seconds a file, `memory` in megabytes a process; `passwords` are tried on protected files. Files are
    read in processes of their own even by one worker, so that no file can end the run; one whose process died is read
    once more in a fresh one. Whoever stops taking outcomes stops all processes.
    """
    if not files:
        return
    limits = ProcessLimits(timeout, memory)
    with _processes(min(workers, len(files)), limits) as pool:
        futures = [pool.schedule(_safely, args=(_timed, file, passwords), timeout=timeout) for file in files]
        for file, future in zip(files, futures, strict=True):
            outcome = _outcome(file, future, limits)
            if _died(outcome):
                outcome = _read_again(file, passwords, limits)
            yield outcome


def run_apart(
    work: Callable[..., Result], arguments: tuple[object, ...], limits: ProcessLimits | float
) -> Result | Issue:
    """What `work` returns for `arguments`, run in a process of its own; an Issue where that hangs or dies.

    `work` is a function of a module, so that another process can find it; `limits` may be seconds alone.
    """
    process_limits = limits if isinstance(limits, ProcessLimits) else ProcessLimits(limits)
    with _processes(1, process_limits) as pool:
        future = pool.schedule(_safely, args=(work, *arguments), timeout=process_limits.seconds)
        result: Result | Issue = _result(future, process_limits)
        return result


class WarmProcesses:
    """Confined processes that stay for the next work: for pictures that a person waits for. `close` ends them."""

    def __init__(self, count: int, limits: ProcessLimits) -> None:
        self._limits = limits
        self._pool = ProcessPool(count, _TASKS, confine, (limits,), get_context("spawn"))

    def run(self, work: Callable[..., Result], arguments: tuple[object, ...]) -> Result | Issue:
        """As `run_apart`, without the second that a process needs to begin."""
        future = self._pool.schedule(_safely, args=(work, *arguments), timeout=self._limits.seconds)
        result: Result | Issue = _result(future, self._limits)
        return result

    def prepare(self, count: int, work: Callable[[], object]) -> None:
        """Have the processes begin, so that the first who waits need not wait for that; `work` imports what is needed."""
        for _ in range(count):
            self._pool.schedule(_safely, args=(work,), timeout=self._limits.seconds)

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        self._pool.stop()
        self._pool.join()


@contextmanager
def _processes(count: int, limits: ProcessLimits) -> Iterator[ProcessPool]:
    """Confined processes; at the end, and when the run is interrupted, they are stopped, if need be by SIGKILL."""
    pool = ProcessPool(count, _TASKS, confine, (limits,), get_context("spawn"))
    try:
        yield pool
    finally:
        pool.stop()
        pool.join()


def _safely(work: Callable[..., Result], *arguments: object) -> Result | Issue:
    """What `work` returns, or an Issue: what it raises may be of a class that only its process knows."""
    try:
        return work(*arguments)
    except BaseException as error:  # noqa: BLE001  this process reads files, and nothing else
        return Issue("file_out_of_memory") if isinstance(error, MemoryError) else _death(error)


def _read_again(file: RawFile, passwords: tuple[str, ...], limits: ProcessLimits) -> DocumentResult:
    result = run_apart(_timed, (file, passwords), limits)
    return _lost(file, result) if isinstance(result, Issue) else result


def _died(outcome: DocumentResult) -> bool:
    return any(issue.code in _AGAIN for issue in outcome.issues)


def _outcome(file: RawFile, future: ProcessFuture, limits: ProcessLimits) -> DocumentResult:
    result: DocumentResult | Issue = _result(future, limits)
    return _lost(file, result) if isinstance(result, Issue) else result


def _result(future: ProcessFuture, limits: ProcessLimits) -> Any:
    """What came out of a process, or the Issue that it met."""
    try:
        return future.result()
    except FutureTimeoutError:
        return Issue("file_took_too_long", params={"seconds": f"{limits.seconds:.0f}"})
    except MemoryError:
        return Issue("file_out_of_memory")
    except ProcessExpired as error:
        return Issue("file_reader_died", params={"detail": _end(error.exitcode)})
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | GeneratorExit):
            raise
        return _death(error)


def _death(error: BaseException) -> Issue:
    return Issue("file_reader_died", params={"detail": f"{type(error).__name__}: {error}"[:200]})


def _end(code: int) -> str:
    """How a process ended, by its exit code: of a signal its name."""
    names = {-entry.value: entry.name for entry in signal.Signals}
    return names.get(code, f"exit code {code}")


def _timed(file: RawFile, passwords: tuple[str, ...] = ()) -> DocumentResult:
    """The outcome of a file with the seconds it took; what no table holds stays in this process."""
    start = time.perf_counter()
    outcome = read_document(file, passwords)
    document = outcome.document and replace(outcome.document, grids=(), attached=())
    extraction = outcome.extraction and slim(outcome.extraction)
    return replace(outcome, document=document, extraction=extraction, seconds=time.perf_counter() - start)


def _lost(file: RawFile, issue: Issue) -> DocumentResult:
    return DocumentResult(file, DocumentStatus.FAILED, MEDIA_TYPES["unknown"], issues=(issue,))
