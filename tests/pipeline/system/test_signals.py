"""A signal ends a block whatever becomes of the exception it raises: lost on its way, or turned into another error."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb
import pytest

from pipeline.system.signals import (
    Ended,
    ended_by_signals,
    ends_kept,
    exit_code_of,
    forget_end,
    raise_if_ended,
)


@pytest.fixture(autouse=True)
def heard() -> Iterator[None]:
    """Signals raise Ended, and none is left for other tests."""
    with ended_by_signals():
        yield
    forget_end()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_a_signal_raises_and_tells_its_exit_code(number: signal.Signals) -> None:
    with pytest.raises(Ended) as raised:
        os.kill(os.getpid(), number)
    assert exit_code_of(raised.value) == 128 + number


def test_what_was_lost_is_raised_by_whoever_waits() -> None:
    with suppress(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)
    with pytest.raises(Ended):
        raise_if_ended()
    forget_end()
    raise_if_ended()


def test_an_error_after_a_signal_is_the_signal() -> None:
    with suppress(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)
    with pytest.raises(Ended), ends_kept(RuntimeError):
        raise RuntimeError("Query interrupted")
    with pytest.raises(ValueError, match="as it is"), ends_kept(Exception, passing=(ValueError,)):
        raise ValueError("as it is")


def test_an_error_without_a_signal_stays() -> None:
    with pytest.raises(RuntimeError, match="of its own"), ends_kept(RuntimeError):
        raise RuntimeError("of its own")


@contextmanager
def _interrupted_soon() -> Iterator[None]:
    """Ctrl-C comes a third of a second later."""
    before = signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGINT))
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_a_query_that_is_interrupted_ends_as_such() -> None:
    long = "SELECT sum(sqrt(range)) FROM range(200000000)"  # told when a piece of work ends
    with duckdb.connect(":memory:") as connection:
        connection.execute("SELECT 1").fetchall()  # what a connection imports first would lose the signal
        with _interrupted_soon(), pytest.raises(KeyboardInterrupt), ends_kept(RuntimeError):
            connection.execute(long).fetchall()
