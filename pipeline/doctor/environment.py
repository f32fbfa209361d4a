"""This machine in, what is wrong with it for this program out: Python, libraries, dictionary, folders, processes."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distributions, requires, version
from pathlib import Path

from extractors.issue import Issue
from normalizers.language.tokens import words_of
from pipeline.doctor.check_result import CheckResult
from pipeline.execution.process_pool import run_apart
from pipeline.execution.sandbox import ProcessLimits

_PRODUCT = "checksheet"
_PYTHON = (3, 11)
_LOCKED = re.compile(r"^([A-Za-z0-9_.\-]+)==([^\s;\\]+)", re.MULTILINE)
_NAME = re.compile(r"[A-Za-z0-9_.\-]+")
_LITTLE, _TOO_LITTLE = 500 << 20, 50 << 20  # bytes that are free
_SECONDS = 60.0
_SHOWN = 5


def check_environment(out: Path, lock: Path) -> Iterator[CheckResult]:
    """Check Python, the libraries (against the file `lock`, where it is there) and what a run needs to write to `out`."""
    yield _python()
    yield from _missing_libraries()
    yield from _libraries(lock)
    yield _dictionary()
    yield _process()
    folder = _nearest(out)
    yield CheckResult("writable" if os.access(folder, os.W_OK | os.X_OK) else "not_writable",
                  "ok" if os.access(folder, os.W_OK | os.X_OK) else "error", {"path": folder})  # fmt: skip
    yield _space(folder)


def _python() -> CheckResult:
    words = {"version": ".".join(map(str, sys.version_info[:3])), "wanted": ".".join(map(str, _PYTHON))}
    return (
        CheckResult("python", words=words)
        if sys.version_info >= _PYTHON
        else CheckResult("python_old", "error", words)
    )


def _missing_libraries() -> Iterator[CheckResult]:
    """The libraries that the product asks for and that are not there."""
    try:
        wanted = [entry for entry in requires(_PRODUCT) or () if "extra ==" not in entry]
    except PackageNotFoundError:
        wanted = []
    for entry in wanted:
        name = _NAME.match(entry)
        if name and not _installed(name.group()):
            yield CheckResult("library_missing", "error", {"name": name.group()})


def _installed(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _libraries(lock: Path) -> Iterator[CheckResult]:
    """Installed libraries of another version than the lock's; optional ones may be missing."""
    if not lock.is_file():
        yield CheckResult("no_lock", "warning", {"path": lock})
        return
    locked = {_key(name): pinned for name, pinned in _LOCKED.findall(lock.read_text(encoding="utf-8"))}
    installed = {_key(entry.name): entry.version for entry in distributions() if entry.name}
    shared = sorted(set(locked) & set(installed))
    differing = [f"{n} {installed[n]} ({locked[n]})" for n in shared if installed[n] != locked[n]]
    if differing:
        words = {"count": len(differing), "names": ", ".join(differing[:_SHOWN])}
        yield CheckResult("libraries_differ", "warning", words)
    else:
        yield CheckResult("libraries", words={"count": len(shared)})


def _key(name: str) -> str:
    """A library's name as packages compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _dictionary() -> CheckResult:
    """Sudachi's dictionary is a package of its own of 70 MB, and the first thing that a cut-off installation lacks."""
    try:
        words = words_of("点検表を確かめる").groups
    except (
        ImportError,
        OSError,
        ValueError,
        RuntimeError,
    ) as error:  # sudachipy's SudachiError is a RuntimeError
        return CheckResult("dictionary_missing", "error", {"detail": str(error)[:200]})
    return CheckResult(
        "dictionary" if words else "dictionary_missing", "ok" if words else "error", {"detail": ""}
    )


def _process() -> CheckResult:
    """Whether a process that reads files can be started, and is held to its memory."""
    held = run_apart(_greedy, (), ProcessLimits(_SECONDS, 400))
    if not isinstance(held, Issue):
        return CheckResult("process_not_held", "warning")
    if held.code == "file_out_of_memory":
        return CheckResult("process")
    return CheckResult("process_dead", "error", {"detail": held.params.get("detail", held.code)})


def _greedy() -> int:
    return len(bytes(600 << 20))


def _nearest(path: Path) -> Path:
    """The folder itself, or the one above it in which it would be made."""
    return next(folder for folder in (path.absolute(), *path.absolute().parents) if folder.is_dir())


def _space(folder: Path) -> CheckResult:
    free = shutil.disk_usage(folder).free
    level = "ok" if free >= _LITTLE else "warning" if free >= _TOO_LITTLE else "error"
    return CheckResult(
        "space" if level == "ok" else "space_low", level, {"path": folder, "megabytes": free >> 20}
    )
