"""Pieces of work by number in, what each gave in that order out: threads with a process each, and a board between them.

A thread takes the next number, lets its process work, and puts up what that gave. No thread begins a piece while too much
waits on the board, so that one slow file at the front does not pile up the results of thousands behind it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import suppress
from dataclasses import dataclass

from pipeline.execution.confined_process import ConfinedProcess, death
from pipeline.execution.executor import Given
from pipeline.system.signals import raise_if_ended

LOG = logging.getLogger("checksheet")
_WAITING = 64 << 20  # bytes on the board at which no thread begins another piece
_BEAT = 1.0  # seconds between two looks at the clock, and so until Ctrl-C is heard
_SECONDS_TO_END = 5.0


@dataclass(frozen=True, slots=True)
class CrewPlan:
    """How many threads, what process each has, what it does with it for a number, and the seconds that this may take."""

    threads: int
    make_process: Callable[[], ConfinedProcess]
    work: Callable[[ConfinedProcess, int], Given]
    patience: float


def all_given(count: int, plan: CrewPlan) -> Generator[Given | None]:
    """What each of `count` pieces gave, in order; None where its thread was stuck and a fresh crew took over."""
    crew = Crew(range(count), plan)
    try:
        for number in range(count):
            while not crew.waits_for(number):
                pass
            given = crew.take(number)
            if given is None:
                LOG.error(
                    "the processes that read files gave nothing for %.0f s and are started anew",
                    plan.patience,
                )
                crew.stop()
                crew = Crew(range(number + 1, count), plan, crew.on_board())
            yield given
    finally:
        crew.stop()


class Crew:
    """Threads at work; `given` are results that an earlier crew left."""

    def __init__(self, numbers: Iterable[int], plan: CrewPlan, given: dict[int, Given] | None = None) -> None:
        self._plan = plan
        self._given = dict(given or {})
        self._waiting_numbers = deque(number for number in numbers if number not in self._given)
        self._begun: dict[int, float] = {}
        self._last = time.monotonic()
        self._board = threading.Condition()
        self._is_over = False
        self._processes = [plan.make_process() for _ in range(min(plan.threads, len(self._waiting_numbers)))]
        self._threads = [threading.Thread(target=self._work, args=(p,), daemon=True) for p in self._processes]
        for thread in self._threads:
            thread.start()

    def waits_for(self, number: int) -> bool:
        """Wait for a moment; True when there is something to take, or nothing to wait for any more."""
        raise_if_ended()
        with self._board:
            if number not in self._given:
                self._board.wait(_BEAT)
            return number in self._given or self._is_stuck(number)

    def take(self, number: int) -> Given | None:
        """What the piece gave; None where its thread is stuck."""
        with self._board:
            given = self._given.pop(number, None)
            self._board.notify_all()
            return given

    def on_board(self) -> dict[int, Given]:
        """What was given and not taken."""
        with self._board:
            return dict(self._given)

    def stop(self) -> None:
        """End all processes; threads that are stuck are left behind."""
        with self._board:
            self._is_over = True
            self._board.notify_all()
        for process in self._processes:
            process.close()
        end = time.monotonic() + _SECONDS_TO_END
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))

    def _is_stuck(self, number: int) -> bool:
        since = self._begun.get(number, self._last)
        return time.monotonic() - since > self._plan.patience

    def _work(self, process: ConfinedProcess) -> None:
        try:
            while (number := self._next()) is not None:
                try:
                    given: Given = self._plan.work(process, number)
                except BaseException as error:  # noqa: BLE001  a thread that ends would leave its file unread
                    given = death(error)
                self._put(number, given)
        finally:
            with suppress(OSError):
                process.stop()

    def _next(self) -> int | None:
        with self._board:
            while not self._is_over and self._waiting_numbers and self._is_full():
                self._board.wait(_BEAT)
            if self._is_over or not self._waiting_numbers:
                return None
            number = self._waiting_numbers.popleft()
            self._begun[number] = self._last = time.monotonic()
            return number

    def _is_full(self) -> bool:
        return sum(len(given) for given in self._given.values() if isinstance(given, bytes)) > _WAITING

    def _put(self, number: int, given: Given) -> None:
        with self._board:
            if not self._is_over:
                self._given[number] = given
            self._last = time.monotonic()
            self._board.notify_all()
