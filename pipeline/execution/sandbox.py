"""A fresh process in, the same process confined out: little memory, no network, no children, nothing written.

Vendors' files are read by libraries in C and Rust. Whatever a file makes them do is kept inside of its process: the
kernel holds memory and writing (setrlimit), and a hook of Python's audit events holds connections and programs.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from dataclasses import dataclass

from pipeline.settings import MEMORY

_PARENT_DIED = 1  # prctl(PR_SET_PDEATHSIG)
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

    Memory is held on Linux only: elsewhere the kernel does not keep to that limit, and the time limit has to do.
    """
    _end_with_parent()
    _be_silent()
    _limit(limits)
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


def _limit(limits: ProcessLimits) -> None:
    """The kernel's limits: memory, no core dumps, and no byte to any file."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  not there on Windows

    wanted = [(resource.RLIMIT_CORE, 0)]
    if sys.platform == "linux":
        wanted.append((resource.RLIMIT_DATA, limits.memory << 20))
    if not limits.writes:
        wanted.append((resource.RLIMIT_FSIZE, 0))
    for what, most in wanted:
        allowed = resource.getrlimit(what)[1]
        limit = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(what, (limit, limit))


def _end_with_parent() -> None:
    """Whatever ends the process that started this one, even SIGKILL, ends this one."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DIED, signal.SIGKILL, 0, 0, 0)


def _be_silent() -> None:
    """Libraries print what they think of a file, and a file can say what they print: none of it reaches a terminal."""
    null = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(null, stream)
    os.close(null)


def resident_bytes() -> int:
    """How much memory this process holds now; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", encoding="ascii") as stream:  # noqa: PTH123  short, and asked for after each file
            return int(stream.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0
