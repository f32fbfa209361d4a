"""A fresh process in, the same process confined out: little memory, no network, no children, nothing written.

Vendors' files are read by libraries in C and Rust. Whatever a file makes them do is kept inside of its process: the
kernel holds memory and writing (setrlimit), and a hook of Python's audit events holds connections and programs.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

from pipeline.settings import MEMORY
from pipeline.system.platform import end_with_parent, limit_process

_PROGRAMS = {
    "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.startfile", "os.system", "pty.spawn",
    "subprocess.Popen", "webbrowser.open",
}  # fmt: skip
_NETWORK = {
    "socket.bind", "socket.connect", "socket.getaddrinfo", "socket.gethostbyaddr", "socket.gethostbyname",
    "socket.sendmsg", "socket.sendto", "urllib.Request",
}  # fmt: skip
_CHANGES = {
    "os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.truncate",
    "os.utime", "tempfile.mkdtemp", "tempfile.mkstemp",
}  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


class Forbidden(BaseException):
    """What was read made the process reach out of itself. No `except` of a reader may take this for a broken file."""


@dataclass(frozen=True, slots=True)
class ProcessLimits:
    """What a process may do: seconds for one file, megabytes of memory in all, and whether it may write files."""

    seconds: float = 300.0
    memory: int = MEMORY
    writes: bool = False


def confine(limits: ProcessLimits) -> None:
    """Confine this process for good; it ends with the process that started it.

    What the kernel holds differs by system (pipeline/system/platform.py); where it does not hold memory, the time limit has
    to do.
    """
    end_with_parent()
    _be_silent()
    limit_process(limits.memory, limits.writes)
    sys.dont_write_bytecode = True
    sys.addaudithook(_Hook(_PROGRAMS | _NETWORK | (set() if limits.writes else _CHANGES), limits.writes))


class _Hook:
    """Refuses events by name, and files opened for writing."""

    def __init__(self, refused: set[str], writes: bool) -> None:
        self._refused, self._writes = frozenset(refused), writes

    def __call__(self, event: str, args: tuple[object, ...]) -> None:
        if event in self._refused:
            raise Forbidden(event)
        if event == "open" and not self._writes and _is_writing(*args):
            raise Forbidden(f"open to write: {args[0]}"[:200])


def _is_writing(path: object = None, _mode: object = None, flags: object = 0, *_: object) -> bool:
    """Whether a file is opened for writing; descriptors that are open already and the null device are nothing new."""
    is_other_file = isinstance(path, str | bytes | os.PathLike) and os.fsdecode(path) != os.devnull
    return is_other_file and isinstance(flags, int) and bool(flags & _WRITING)


def _be_silent() -> None:
    """Libraries print what they think of a file, and a file can say what they print: none of it reaches a terminal."""
    null = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(null, stream)
    os.close(null)
