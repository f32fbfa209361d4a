"""One confined process: a piece of work in, what it gave or the Issue that it met out; no wait is without a limit.

A process works on one piece at a time, over a pipe of its own: whatever ends it, or whoever kills it, touches no other. What it
is given is a small message (pipeline/execution/parcel.py), so that sending never blocks; what it gives back is taken by a
thread's clock, which ends a process that stops in the middle.
"""

from __future__ import annotations

import pickle
import signal
import threading
from collections.abc import Callable
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Any, TypeVar

from extractors.issue import Issue
from pipeline.execution.parcel import Parcel, unpack
from pipeline.execution.sandbox import ProcessLimits, confine, resident_bytes
from pipeline.execution.start_process import start_process

if TYPE_CHECKING:
    from collections.abc import Iterator

Result = TypeVar("Result")
# What a message of the process is: ready, a result, the last result before a fresh process takes over, an Issue.
_READY, _GAVE, _LAST, _MET = b"r", b"g", b"l", b"m"
_SECONDS_TO_START = 60.0  # of a machine that is busy
_SECONDS_TO_SEND = 60.0
_SECONDS_TO_END = 10.0
_STARTS = 3  # processes that may die before they are ready
_LARGEST = 512 << 20  # bytes of what one piece of work may give
_KEPT_SHARE = 3  # a process that holds more than this part of its memory has no room for another file
FROM_OUTSIDE = ("SIGKILL", "SIGTERM", "SIGHUP", "SIGINT")  # sent by a person or by the system, not by a fault


@dataclass(frozen=True, slots=True)
class Work:
    """A function of a module and its arguments, packed; what all work of the process shares is added to them."""

    function: Callable[..., Any]
    arguments: Parcel


def longest_run(limits: ProcessLimits) -> float:
    """The seconds that `ConfinedProcess.run` takes at most: starting, working, sending, ending."""
    return (
        _STARTS * (_SECONDS_TO_START + 2 * _SECONDS_TO_END)
        + limits.seconds
        + _SECONDS_TO_SEND
        + 2 * _SECONDS_TO_END
    )


class ConfinedProcess:
    """A process that works for one thread; it is started when it is needed, and anew when it is gone."""

    def __init__(self, limits: ProcessLimits, shared: tuple[Parcel, ...] = ()) -> None:
        self._limits, self._shared = limits, shared
        self._process: BaseProcess | None = None
        self._channel: Connection | None = None
        self._is_closed = False
        self.pieces = 0  # of work that the present process was given

    def run(self, work: Work) -> bytes | Issue:
        """What came of the work, pickled, or the Issue that its process met. After an Issue the process is gone."""
        message = pickle.dumps(work, pickle.HIGHEST_PROTOCOL)
        channel = self._started()
        if isinstance(channel, Issue):
            return channel
        self.pieces += 1
        try:
            channel.send_bytes(message)
            # Modules that the work needs are imported before its time begins.
            is_begun = channel.poll(_SECONDS_TO_START) and channel.recv_bytes(len(_READY)) == _READY
            if not is_begun or not channel.poll(self._limits.seconds):
                self.stop()
                return Issue("file_took_too_long", params={"seconds": f"{self._limits.seconds:.0f}"})
            return self._received(channel)
        except (EOFError, OSError) as error:
            return self._end_of(error)
        except BaseException:
            self.stop()
            raise

    def _received(self, channel: Connection) -> bytes | Issue:
        with self._clock(_SECONDS_TO_SEND):
            data = channel.recv_bytes(_LARGEST)
        if data[:1] != _GAVE:
            self.stop()
        if data[:1] == _MET:
            met: Issue = pickle.loads(data[1:])
            return met
        return data[1:]

    def _end_of(self, error: Exception) -> Issue:
        """Why the process gave nothing."""
        process = self._process
        if isinstance(error, OSError) and "bad message length" in str(error):
            self.stop()
            return Issue("file_gave_too_much", params={"megabytes": str(_LARGEST >> 20)})
        if process is not None:
            process.join(_SECONDS_TO_END)
        code = process.exitcode if process is not None else None
        self.stop()
        return Issue("file_reader_died", params={"detail": _end(code)})

    def _started(self) -> Connection | Issue:
        """The channel of a process that is ready; a process that dies before that says nothing of a file."""
        if self._channel is not None and self._process is not None and self._process.is_alive():
            return self._channel
        code: int | None = None
        for _ in range(_STARTS):
            self.stop()
            if self._is_closed:
                return Issue("file_reader_not_started", params={"detail": "SIGKILL"})
            channel = self._start()
            with suppress(EOFError, OSError):
                if channel.poll(_SECONDS_TO_START) and channel.recv_bytes(len(_READY)) == _READY:
                    return channel
            if self._process is not None:
                self._process.join(0 if self._process.is_alive() else _SECONDS_TO_END)
                code = self._process.exitcode
        self.stop()
        return Issue("file_reader_not_started", params={"detail": _end(code)})

    def _start(self) -> Connection:
        context = get_context("spawn")
        channel, far_end = context.Pipe()
        process = context.Process(target=_serve, args=(far_end, self._limits, self._shared), daemon=True)
        self._process, self._channel, self.pieces = process, channel, 0
        start_process(process)
        far_end.close()
        if self._is_closed:  # meanwhile, by another thread
            self.kill()
        return channel

    @contextmanager
    def _clock(self, seconds: float) -> Iterator[None]:
        """A block that a process may hold up for `seconds`; then it is ended, and the block meets the end of the pipe."""
        timer = threading.Timer(seconds, self.kill)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def kill(self) -> None:
        """End the process at once, from whatever thread: who waits for it meets the end of its pipe."""
        if self._process is not None and self._process.pid is not None:
            with suppress(OSError, ValueError):
                self._process.kill()

    def close(self) -> None:
        """End the process at once, from whatever thread, and never start another one."""
        self._is_closed = True
        self.kill()

    def stop(self) -> None:
        """End the process and wait until it is gone."""
        process, channel = self._process, self._channel
        self.kill()
        self._process, self._channel, self.pieces = None, None, 0
        if process is not None and process.pid is not None:
            process.join(_SECONDS_TO_END)
        if channel is not None:
            with suppress(OSError):
                channel.close()


def safely(work: Callable[..., Result], *arguments: object) -> Result | Issue:
    """What `work` returns, or an Issue: what it raises may be of a class that only its process knows."""
    try:
        return work(*arguments)
    except BaseException as error:  # noqa: BLE001  this process reads files, and nothing else
        return Issue("file_out_of_memory") if isinstance(error, MemoryError) else death(error)


def death(error: BaseException) -> Issue:
    """The Issue of what ended a piece of work."""
    return Issue("file_reader_died", params={"detail": f"{type(error).__name__}: {error}"[:200]})


def _end(code: int | None) -> str:
    """How a process ended, by its exit code: of a signal its name."""
    names = {-entry.value: entry.name for entry in signal.Signals}
    return names.get(code or 0, f"exit code {'?' if code is None else code}")


def _serve(channel: Connection, limits: ProcessLimits, shared: tuple[Parcel, ...]) -> None:
    """The life of the process: confined, then one piece of work after the other until the pipe is closed."""
    for sent in (signal.SIGINT, getattr(signal, "SIGHUP", signal.SIGINT)):
        signal.signal(sent, signal.SIG_IGN)  # the run that started this process ends it
    confine(limits)
    values = tuple(unpack(parcel) for parcel in shared)
    channel.send_bytes(_READY)
    while True:
        try:
            message = channel.recv_bytes()
        except (EOFError, OSError):
            return
        work = pickle.loads(message)
        channel.send_bytes(_READY)
        channel.send_bytes(_done(work, values, (limits.memory << 20) // _KEPT_SHARE))


def _done(work: Work, values: tuple[object, ...], most: int) -> bytes:
    """The message of what the work gave; `most` are the bytes with which a process may go on to other work."""
    result = safely(lambda: work.function(*unpack(work.arguments), *values))
    packed = safely(pickle.dumps, result, pickle.HIGHEST_PROTOCOL)
    if isinstance(packed, Issue):
        return _MET + pickle.dumps(packed)
    kind = _MET if isinstance(result, Issue) else _LAST if resident_bytes() > most else _GAVE
    return kind + packed
