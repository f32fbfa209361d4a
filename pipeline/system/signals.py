"""How a command ends when it is told to: Ctrl-C, SIGTERM and SIGHUP are one thing, an exception, and end in a sentence.

A service manager stops a run with SIGTERM, a closed terminal with SIGHUP. Without this they end the process where it stands:
with processes left to the system, temporary files on the disk, and nothing said.

An exception alone can be lost on its way: a database that runs a statement turns it into an error of its own, a callback or a
finaliser drops it. So what was told is kept, whoever waits asks for it, and an error that comes after it is taken for it.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

_ENDING = tuple(
    number
    for name in ("SIGINT", "SIGTERM", "SIGHUP")
    if isinstance(number := getattr(signal, name, None), signal.Signals)
)

_signals: list[Ended] = []  # by signals, in the order they came


class Ended(KeyboardInterrupt):
    """A signal asked the command to end; what is done for Ctrl-C is done for it."""

    def __init__(self, number: int = signal.SIGINT) -> None:
        super().__init__(number)
        self.number = number


def exit_code_of(interrupt: KeyboardInterrupt) -> int:
    """The code that shells give for a signal: 128 and its number, 130 for Ctrl-C."""
    return 128 + int(interrupt.number if isinstance(interrupt, Ended) else signal.SIGINT)


@contextmanager
def ended_by_signals() -> Iterator[None]:
    """A block in which SIGINT, SIGTERM and SIGHUP raise Ended; a signal that is ignored, as nohup has it, stays so."""
    before = {}
    forget_end()
    try:
        for number in _ENDING:
            if signal.getsignal(number) != signal.SIG_IGN:
                before[number] = signal.signal(number, _end)
    except ValueError:  # not the main thread: a program that calls commands has its own way
        pass
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def raise_if_ended() -> None:
    """Raise Ended where a signal asked for the end and what it raised was lost; for whoever waits in a loop."""
    if _signals:
        raise _signals[-1]


def forget_end() -> None:
    """The signal was answered otherwise than by ending: the command goes on."""
    _signals.clear()


@contextmanager
def ends_kept(*turned: type[Exception], passing: tuple[type[Exception], ...] = ()) -> Iterator[None]:
    """A block whose errors of the classes `turned`, but for `passing`, are Ended where a signal came before them.

    DuckDB raises `RuntimeError: Query interrupted`, and RuntimeError is what command lines end with as well.
    """
    try:
        yield
    except passing:
        raise
    except turned as error:
        if _signals:
            raise _signals[-1] from error
        raise


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    _signals.append(Ended(number))
    raise _signals[-1]
