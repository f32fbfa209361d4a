"""The folder of the tables in, a run's log in it out: what each file gave and how long it took, faults with their traces."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def run_log(out: Path) -> Iterator[None]:
    """Writes the run's log, with times and tracebacks, to `ingest.log` beside the tables.

    The file is opened with its first line, when the run has the dataset to itself.
    """
    handler = logging.FileHandler(out / "ingest.log", mode="w", encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger("checksheet")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(handler)
        handler.close()
