"""Files in, outcomes out as they come: over this machine's cores, surviving a reader that dies or hangs."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import replace
from multiprocessing import get_context
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from extractors.sniff import MEDIA_TYPES
from pipeline.discover import RawFile
from pipeline.document import Outcome, read_document
from pipeline.problems import Problem

Result = TypeVar("Result")
_TASKS = 200  # files a process reads before a fresh one takes over


def read_all(
    files: Sequence[RawFile], workers: int, timeout: float, passwords: tuple[str, ...] = ()
) -> Iterator[Outcome]:
    """The outcome of every file, in the order given; a file that hangs or kills its reader fails alone.

    `timeout` is in seconds a file; `passwords` are tried on protected files. Files are read in processes of their own
    even by one worker, so that no file can end the run.
    """
    if not files:
        return
    processes = min(workers, len(files))
    with ProcessPool(max_workers=processes, max_tasks=_TASKS, context=get_context("spawn")) as pool:
        futures = [pool.schedule(_timed, args=(file, passwords), timeout=timeout) for file in files]
        try:
            for file, future in zip(files, futures, strict=True):
                yield _outcome(file, future, timeout)
        except (KeyboardInterrupt, GeneratorExit):
            pool.stop()  # else the pool reads all the other files first
            raise


def run_apart(work: Callable[..., Result], arguments: tuple[object, ...], timeout: float) -> Result | Problem:
    """What `work` returns for `arguments`, run in a process of its own; a Problem where that hangs or dies.

    `work` is a function of a module, so that another process can find it; `timeout` is in seconds.
    """
    with ProcessPool(max_workers=1, context=get_context("spawn")) as pool:
        result: Result | Problem = _result(pool.schedule(work, args=arguments, timeout=timeout), timeout)
        return result


def _outcome(file: RawFile, future: ProcessFuture, timeout: float) -> Outcome:
    result: Outcome | Problem = _result(future, timeout)
    return _lost(file, result) if isinstance(result, Problem) else result


def _result(future: ProcessFuture, timeout: float) -> Any:
    """What came out of a process, or the Problem that it met."""
    try:
        return future.result()
    except FutureTimeoutError:
        return Problem("file_took_too_long", words={"seconds": f"{timeout:.0f}"})
    except ProcessExpired as error:
        return Problem("file_reader_died", words={"detail": f"exit code {error.exitcode}"})
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | GeneratorExit):
            raise
        return Problem("file_reader_died", words={"detail": f"{type(error).__name__}: {error}"[:200]})


def _timed(file: RawFile, passwords: tuple[str, ...] = ()) -> Outcome:
    start = time.perf_counter()
    return replace(read_document(file, passwords), seconds=time.perf_counter() - start)


def _lost(file: RawFile, problem: Problem) -> Outcome:
    return Outcome(file, "failed", MEDIA_TYPES["unknown"], problems=(problem,))
