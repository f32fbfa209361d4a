"""What only one operating system has, in one place: limits of a process, paths over 260 characters, files open in Excel.

Input: what is wanted. Output: what this system can give, and whether it can, so that whoever asks can say so: Linux holds a
process to its memory and ends it with its parent, macOS keeps it from writing files, Windows does neither. Everything else
(processes of their own, time limits, no network, no programs) is Python's and the same everywhere.
"""

from __future__ import annotations

import ctypes
import signal
import sys
from pathlib import Path, PureWindowsPath

_PARENT_DIED = 1  # prctl(PR_SET_PDEATHSIG)
_IN_USE = {32, 33}  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION


def holds_memory() -> bool:
    """Whether this system holds a process to the memory that it is given."""
    return sys.platform == "linux"


def limit_process(megabytes: int, writes: bool) -> None:
    """Hold this process for good: to its memory, to no core dump, and, unless it `writes`, to no byte in any file.

    Where the system has no such limits nothing happens: `holds_memory` tells.
    """
    try:
        import resource  # noqa: PLC0415  not there on Windows
    except ImportError:
        return
    wanted = [(resource.RLIMIT_CORE, 0)]
    if holds_memory():
        wanted.append((resource.RLIMIT_DATA, megabytes << 20))
    if not writes:
        wanted.append((resource.RLIMIT_FSIZE, 0))
    for what, most in wanted:
        allowed = resource.getrlimit(what)[1]
        limit = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
        resource.setrlimit(what, (limit, limit))


def end_with_parent() -> None:
    """Whatever ends the process that started this one, even SIGKILL, ends this one; Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PARENT_DIED, signal.SIGKILL, 0, 0, 0)


def long_path(path: Path) -> Path:
    """The path as Windows takes it whatever its length; unchanged elsewhere.

    「受領_2026-06」 below a shared folder with names of sentences is soon over 260 characters.
    """
    return Path(extended_path(str(path.absolute()))) if sys.platform == "win32" else path


def extended_path(text: str) -> str:
    r"""An absolute Windows path with `\\?\` before it, by which no length is too long."""
    if text.startswith("\\\\?\\") or not PureWindowsPath(text).is_absolute():
        return text
    text = str(PureWindowsPath(text))
    return "\\\\?\\UNC\\" + text[2:] if text.startswith("\\\\") else "\\\\?\\" + text


def is_open_elsewhere(error: OSError, path: Path) -> bool:
    """Whether a file could not be read or written because another program, Excel mostly, has it open.

    Windows says so itself; a share says only that access is denied, and Office's lock file beside tells why.
    """
    if getattr(error, "winerror", None) in _IN_USE:
        return True
    locks = (f"~${path.name}", f"~${path.name[2:]}", f".~lock.{path.name}#")
    return isinstance(error, PermissionError) and any(path.with_name(name).exists() for name in locks)
