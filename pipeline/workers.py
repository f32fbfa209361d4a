"""Files in, outcomes out as they come: over this machine's cores, surviving a reader that dies or hangs."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import replace
from multiprocessing import get_context

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from extractors.sniff import MEDIA_TYPES
from pipeline.discover import RawFile
from pipeline.document import Outcome, read_document
from pipeline.problems import Problem

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
        for file, future in zip(files, futures, strict=True):
            yield _outcome(file, future, timeout)


def _outcome(file: RawFile, future: ProcessFuture, timeout: float) -> Outcome:
    try:
        outcome: Outcome = future.result()
    except FutureTimeoutError:
        return _lost(file, Problem("file_took_too_long", words={"seconds": f"{timeout:.0f}"}))
    except ProcessExpired as error:
        return _lost(file, Problem("file_reader_died", words={"detail": f"exit code {error.exitcode}"}))
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | GeneratorExit):
            raise
        return _lost(
            file, Problem("file_reader_died", words={"detail": f"{type(error).__name__}: {error}"[:200]})
        )
    return outcome


def _timed(file: RawFile, passwords: tuple[str, ...] = ()) -> Outcome:
    start = time.perf_counter()
    return replace(read_document(file, passwords), seconds=time.perf_counter() - start)


def _lost(file: RawFile, problem: Problem) -> Outcome:
    return Outcome(file, "failed", MEDIA_TYPES["unknown"], problems=(problem,))
