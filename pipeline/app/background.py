"""Runs of `ingest` beside the screens: one at a time in a process of its own, with its progress.

Whoever asks for a run while one is going on gets another one behind it. A process of its own, because aligning would
hold up every click; where the app is killed, the dataset is what it was, or the run ends by itself.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection

from pipeline.assemble.decided.apply_decisions import apply_decisions
from pipeline.errors import ChecksheetError, not_written
from pipeline.incremental.run_log import run_log
from pipeline.ingest import ingest
from pipeline.settings import Settings
from pipeline.sources.watch import Patience, watch_folder

_QUIET = 0.3  # seconds in which further requests join a run that is about to begin


@dataclass(frozen=True, slots=True)
class RunState:
    """How far the run is: files read of all, the file; `number` counts the runs that ended, `error` is the last one's."""

    running: bool = False
    done: int = 0
    total: int = 0
    name: str = ""
    number: int = 0
    error: str = ""


class BackgroundRuns:
    """Runs on request, one after another."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._wake = threading.Event()
        self._state = RunState()
        self._waiting = False
        self._reads = False
        self._stop_watching: threading.Event | None = None

    @property
    def state(self) -> RunState:
        """How far the run is now; a request that no run has begun for counts as running."""
        return replace(self._state, running=True) if self._waiting else self._state

    @property
    def watching(self) -> bool:
        """Whether the raw folder is watched for files that come into it by other ways than the app."""
        return self._stop_watching is not None

    def set_watching(self, on: bool) -> None:
        """Begin to watch the raw folder, or end it."""
        if self._stop_watching is not None:
            self._stop_watching.set()
            self._stop_watching = None
        if on:
            self._stop_watching = threading.Event()
            threading.Thread(
                target=self._watch, args=(self._stop_watching,), daemon=True, name="watch"
            ).start()

    def _watch(self, stop: threading.Event) -> None:
        raw = self._settings.raw
        raw.mkdir(parents=True, exist_ok=True)
        for _ in watch_folder(raw, Patience(), stop):
            self.request()

    def start(self, after: Callable[[], object]) -> None:
        """Begin to listen for requests; the thread ends with the program. `after` is called now and behind each run."""
        threading.Thread(target=self._loop, args=(after,), daemon=True, name="runs").start()

    def request(self, reads: bool = True) -> None:
        """Ask for a run that sees everything as it is now; without `reads` decisions are applied to what was read."""
        self._reads = self._reads or reads
        self._waiting = True
        self._wake.set()

    def _loop(self, after: Callable[[], object]) -> None:
        while True:
            after()
            self._wake.wait()
            while self._wake.wait(0) and not self._is_quiet():
                pass
            reads, self._reads, self._waiting = self._reads, False, False
            self._state = RunState(running=True, number=self._state.number)
            error = self._run(reads)
            self._state = RunState(number=self._state.number + 1, error=error)

    def _is_quiet(self) -> bool:
        self._wake.clear()
        return not self._wake.wait(_QUIET)

    def _run(self, reads: bool) -> str:
        """One run in its process; the reason where it could not end."""
        context = get_context("spawn")
        inner, outer = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(self._settings, outer, reads), name="ingest")
        process.start()
        outer.close()
        error = "?"
        with contextlib.suppress(EOFError):
            while True:
                message = inner.recv()
                if isinstance(message, str):
                    error = message
                else:
                    done, total, name = message
                    self._state = replace(self._state, done=done, total=total, name=name)
        process.join()
        return error


def _work(settings: Settings, pipe: Connection, reads: bool) -> None:
    """In the process: the run, its progress into the pipe, and at the end why it failed, or an empty text."""
    try:
        if reads:
            with run_log(settings.out):
                ingest(settings, lambda done, total, name: pipe.send((done, total, name)))
        else:
            apply_decisions(settings)
        pipe.send("")
    except ChecksheetError as error:
        pipe.send(error.text(settings.language))
    except OSError as error:
        pipe.send(not_written(error, settings.out).text(settings.language))
