"""What one vendor's folder, and a whole run, may take in all: seconds of reading, and megabytes of what is read.

Every file has its own limits (pipeline/execution/sandbox.py); two thousand files that each reach them would still keep a run
busy for a week. What a folder has used up is told of each of its files that is not read for it, and the next run goes on there:
files that reached a limit of their own are not tried again. A file that lies in no folder counts for the run alone.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from dataclasses import dataclass

from extractors.issue import Issue


@dataclass(frozen=True, slots=True)
class Budgets:
    """Seconds and megabytes for each folder of the raw folder, seconds for the run; seconds are those of all processes."""

    folder_seconds: float = 4 * 3600.0
    folder_megabytes: int = 1000
    run_seconds: float = 48 * 3600.0


class Budget:
    """What has been used up so far; for all threads of a run."""

    def __init__(self, budgets: Budgets) -> None:
        self._budgets = budgets
        self._lock = threading.Lock()
        self._seconds: dict[str, float] = defaultdict(float)
        self._bytes: dict[str, int] = defaultdict(int)
        self._run_seconds = 0.0

    def spend(self, name: str, seconds: float, given: int) -> None:
        """Note what reading the file with this name in the raw folder took, and how many bytes it gave."""
        folder = folder_of(name)
        with self._lock:
            self._run_seconds += seconds
            if folder:
                self._seconds[folder] += seconds
                self._bytes[folder] += given

    def used_up(self, name: str) -> Issue | None:
        """Why the file is not read: its folder or the run has used up what it may take; None where it has not."""
        folder, budgets = folder_of(name), self._budgets
        with self._lock:
            if self._run_seconds >= budgets.run_seconds:
                return Issue("run_out_of_time", params={"hours": _hours(budgets.run_seconds)})
            if folder and self._seconds[folder] >= budgets.folder_seconds:
                hours = _hours(budgets.folder_seconds)
                return Issue("folder_out_of_time", params={"folder": folder, "hours": hours})
            if folder and self._bytes[folder] >= budgets.folder_megabytes << 20:
                megabytes = str(budgets.folder_megabytes)
                return Issue("folder_gave_too_much", params={"folder": folder, "megabytes": megabytes})
        return None


def folder_of(name: str) -> str:
    """The vendor's folder: the first part of a path with several, empty for a file that lies in none."""
    first, inside, _ = name.partition("/")
    return first if inside else ""


def _hours(seconds: float) -> str:
    return f"{seconds / 3600:.2g}"
