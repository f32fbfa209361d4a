"""Files in, outcomes out as they come: over this machine's cores, surviving a reader that dies or hangs."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import replace
from multiprocessing import get_context

from pebble import ProcessExpired, ProcessPool

from extractors.sniff import MEDIA_TYPES
from pipeline.discover import RawFile
from pipeline.document import Outcome, read_document
from pipeline.problems import Problem


def read_all(files: Sequence[RawFile], workers: int, timeout: float) -> Iterator[Outcome]:
    """The outcome of every file, in the order given; a file that hangs or kills its reader fails alone.

    `timeout` is in seconds a file. One worker reads in this process, without a time limit.
    """
    if workers <= 1 or len(files) <= 1:
        yield from map(_timed, files)
        return
    with ProcessPool(
        max_workers=min(workers, len(files)), max_tasks=200, context=get_context("spawn")
    ) as pool:
        futures = [pool.schedule(_timed, args=(file,), timeout=timeout) for file in files]
        for file, future in zip(files, futures, strict=True):
            try:
                yield future.result()
            except FutureTimeoutError:
                yield _lost(file, Problem("file_took_too_long", words={"seconds": f"{timeout:.0f}"}))
            except ProcessExpired as error:
                yield _lost(
                    file, Problem("file_reader_died", words={"detail": f"exit code {error.exitcode}"})
                )


def _timed(file: RawFile) -> Outcome:
    start = time.perf_counter()
    return replace(read_document(file), seconds=time.perf_counter() - start)


def _lost(file: RawFile, problem: Problem) -> Outcome:
    return Outcome(file, "failed", MEDIA_TYPES["unknown"], problems=(problem,))
