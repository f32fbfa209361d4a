"""Files of the raw folder in, the same with all that mails and archives among them carry out.

Containers are looked into as files are read: in confined processes, each with its own time, so that one which hangs or
kills its process fails and is told, and the others are opened. What a container carries is kept by the hash of its bytes, so
that an unchanged folder is not looked into again; one that reached a limit is, when the limit is another.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from extractors.issue import Issue
from extractors.mail.mime_head import is_mail
from pipeline.execution.budget import Budget, Budgets
from pipeline.execution.confined_process import FROM_OUTSIDE
from pipeline.execution.executor import Job, Task
from pipeline.execution.process_pool import LocalExecutor
from pipeline.execution.sandbox import ProcessLimits
from pipeline.sources.contents import CarriedListing, carried_files, find_carried, list_file
from pipeline.sources.discover import RawFile, mark_duplicates, single_file
from pipeline.sources.file_contents import open_regular
from pipeline.system.fingerprints import reading_fingerprint
from pipeline.system.sealed_file import read_sealed, write_sealed

_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
_HEAD = 4096
_FILES_A_PROCESS = 50  # new containers for which another process is worth its second to start
_AT_LIMIT = {"file_took_too_long", "file_out_of_memory", "file_reader_died", "file_gave_too_much"}
RunsApart = Callable[[Callable[..., RawFile | None], tuple[object, ...]], RawFile | Issue | None]


@dataclass(frozen=True, slots=True)
class OpeningOptions:
    """How containers are opened: passwords to try, their key, limits of a process, the store (None keeps nothing), how many
    processes.
    """

    passwords: tuple[str, ...]
    passwords_key: str
    limits: ProcessLimits
    store: Path | None = None
    workers: int = 1


@dataclass(frozen=True, slots=True)
class _KnownListing:
    """A listing as an earlier run made it, and by which passwords and limits where these count."""

    listing: CarriedListing
    passwords_key: str
    limits: str = ""


def find_file(path: Path, passwords: Sequence[str], run: RunsApart) -> RawFile:
    """The file at `path`, or the one that a mail or an archive carries under it: `受領/回答.zip/回答.xlsx`.

    `run` does a piece of work in a confined process: there the container is looked into. Raises FileNotFoundError and
    IsADirectoryError.
    """
    container = next((parent for parent in path.parents if parent.is_file()), None)
    if path.exists() or container is None:
        return single_file(path)
    carried = run(find_carried, (single_file(container), path.relative_to(container).as_posix(), passwords))
    if not isinstance(carried, RawFile):
        raise FileNotFoundError(str(path))
    return carried


def with_contents(files: Sequence[RawFile], options: OpeningOptions) -> list[RawFile]:
    """The files and what they carry, equal ones as duplicates. Raises OSError where the store cannot be written."""
    known = _load(options.store)
    candidates = [file for file in files if file.skip is None and _may_carry(file.path)]
    new = {file.sha256: file for file in candidates if not _is_known(known.get(file.sha256), options)}
    listings = _list_apart(list(new.values()), options)
    known |= {
        sha256: _KnownListing(listing, options.passwords_key, _limits_key(options))
        for sha256, listing in listings.items()
    }
    if listings and options.store is not None:
        kept = {file.sha256: known[file.sha256] for file in candidates if not _is_passing(known[file.sha256])}
        write_sealed(options.store / "contents.csp", kept, _label())
    noted = {file.name: _with_note(file, known[file.sha256].listing) for file in candidates}
    files = [noted.get(file.name, file) for file in files]
    first = {file.sha256: file for file in reversed(candidates)}  # of equal containers one is opened
    carried = [
        inner for sha256, file in first.items() for inner in carried_files(file, known[sha256].listing)
    ]
    return mark_duplicates([*files, *carried])


def _load(store: Path | None) -> dict[str, _KnownListing]:
    if store is None:
        return {}
    return read_sealed(store / "contents.csp", dict[str, _KnownListing], _label()) or {}


def _label() -> str:
    return reading_fingerprint()


def _is_known(known: _KnownListing | None, options: OpeningOptions) -> bool:
    if known is None or (known.listing.locked and known.passwords_key != options.passwords_key):
        return False
    return known.limits == _limits_key(options) or not any(
        issue.code in _AT_LIMIT for _, issue in known.listing.unlisted
    )


def _limits_key(options: OpeningOptions) -> str:
    return f"{options.limits.seconds:g} s, {options.limits.memory} MB"


def _is_passing(known: _KnownListing) -> bool:
    """Whether the process was ended from outside, or not started: the next run looks again."""
    return any(
        not prefix
        and not issue.code.startswith("container_")
        and (issue.code not in _AT_LIMIT or issue.params.get("detail") in FROM_OUTSIDE)
        for prefix, issue in known.listing.unlisted
    )


def _with_note(file: RawFile, listing: CarriedListing) -> RawFile:
    """The container with the reason why not all that it carries is listed, where there is one."""
    issue = dict(listing.unlisted).get("")
    return replace(file, notes=(issue,)) if issue else file


def _may_carry(path: Path) -> bool:
    """Whether a file begins as mails and archives do; what they are is found out in a process of its own."""
    try:
        with open_regular(path) as stream:
            head = stream.read(_HEAD)
    except OSError:
        return False
    return head.startswith(_PACKED) or is_mail(head)


def _list_apart(files: Sequence[RawFile], options: OpeningOptions) -> dict[str, CarriedListing]:
    """The listing of each file by its hash; that of one whose process does not end well says why it holds nothing."""
    executor = LocalExecutor(min(options.workers, 1 + len(files) // _FILES_A_PROCESS))
    job = Job(list_file, (tuple(options.passwords),), options.limits)
    with closing(executor.run([Task(file) for file in files], job, Budget(Budgets()))) as all_given:
        return {
            file.sha256: CarriedListing(unlisted=(("", given),))
            if isinstance(given, Issue)
            else pickle.loads(given)
            for file, given in zip(files, all_given, strict=True)
        }
