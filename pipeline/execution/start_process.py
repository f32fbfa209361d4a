"""A process in, the same process started out: by one thread that lives as long as the program, whoever asks for it.

Linux ends a process that is bound to its parent's life (PR_SET_PDEATHSIG) with the *thread* that started it. Started by a thread
that has soon done its work, a reader would be killed in the middle of the page that it draws next.
"""

from __future__ import annotations

import os
import threading
from multiprocessing.process import BaseProcess
from queue import SimpleQueue

_Answer = SimpleQueue[Exception | None]
_GUARD = threading.Lock()
_SECONDS = 60.0


class _Starter:
    """The thread and the queue of processes that it has to start."""

    def __init__(self) -> None:
        self.pid = os.getpid()
        self._waiting: SimpleQueue[tuple[BaseProcess, _Answer]] = SimpleQueue()
        threading.Thread(target=self._run, name="starter", daemon=True).start()

    def start(self, process: BaseProcess) -> None:
        answer: _Answer = SimpleQueue()
        self._waiting.put((process, answer))
        error = answer.get(timeout=_SECONDS)
        if error is not None:
            raise error

    def _run(self) -> None:
        while True:
            process, answer = self._waiting.get()
            try:
                process.start()
            except (OSError, ValueError, RuntimeError, AssertionError, TypeError, AttributeError) as error:
                answer.put(error)
            else:
                answer.put(None)


_STARTERS: list[_Starter] = []


def start_process(process: BaseProcess) -> None:
    """Start the process. Raises what `process.start` raises."""
    with _GUARD:
        # A copy of this program has no thread of its own.
        if not _STARTERS or _STARTERS[-1].pid != os.getpid():
            _STARTERS.append(_Starter())
        starter = _STARTERS[-1]
    starter.start(process)
