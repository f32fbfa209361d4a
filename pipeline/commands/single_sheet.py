"""A received sheet named on the command line in, what reading it gave out; the command ends where that is nothing to use.

The sheet is read in a process of its own, as `ingest` does it. `map 回答.xlsx 旧様式.xlsx` and `diff` say in one sentence why a
file gives no items: its first error if it has one.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from extractors.issue import Issue
from pipeline.commands.terminal import RAW, REVIEW, read_passwords, say, stop
from pipeline.document.process import DocumentResult, read_document
from pipeline.execution.open_containers import find_file
from pipeline.execution.process_pool import run_apart
from pipeline.problems import Severity, message_of, severity_of
from pipeline.review.form_layouts.layouts import layout_decisions
from pipeline.review.store import read_decisions
from pipeline.sources.discover import RawFile
from pipeline.sources.passwords import passwords_of

_SECONDS = 300.0


def decided_file(path: Path) -> RawFile:
    """The file at `path`, to be read as people decided of its form. Raises FileNotFoundError and IsADirectoryError."""
    decisions = tuple(entry.decision for entry in layout_decisions(read_decisions(REVIEW).check().in_force))
    return replace(named_file(path), decisions=decisions)


def named_file(path: Path) -> RawFile:
    """The file at `path`, or what a mail or an archive carries under it. Raises FileNotFoundError, IsADirectoryError."""
    passwords = (*read_passwords(), *passwords_of(path, RAW))
    return find_file(path, passwords, lambda work, arguments: run_apart(work, arguments, _SECONDS))


def read_single_sheet(path: Path, language: str) -> DocumentResult:
    """What reading gave. Raises FileNotFoundError and IsADirectoryError."""
    raw = decided_file(path)
    outcome = run_apart(read_document, (raw, (*read_passwords(), *passwords_of(path, RAW))), _SECONDS)
    if isinstance(outcome, Issue):
        slow = (
            outcome.code == "file_took_too_long"
        )  # its message tells of an option that these commands have not
        stop(say(language, "too_long", {"file": path}) if slow else message_of(outcome, raw.name, language))
    return outcome


def stop_without_items(path: Path, outcome: DocumentResult, language: str) -> NoReturn:
    """End the command: the sheet holds no items, and why."""
    worst = sorted(outcome.issues, key=lambda issue: severity_of(issue) != Severity.ERROR)
    why = message_of(worst[0], outcome.file.name, language) if worst else outcome.status
    stop(say(language, "no_items", {"file": path, "why": why}))
