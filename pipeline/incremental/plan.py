"""Files of the folder and what is known of them in, what to do with each out: take over, derive from the store, or read.

unchanged file, same program and language    its rows are taken over
another decision on a layout of its form     read again
read before by the same readers              derived again from the store, without opening the file
else                                         read
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from extractors.checklist.model import LayoutDecision
from extractors.issue import Issue
from normalizers.legends.meaning import LegendDecision
from pipeline.document.extraction_cache import extraction_path, is_of_version
from pipeline.document.layout_decisions import decisions_key
from pipeline.document.process import DocumentResult
from pipeline.document.status import READ, DocumentStatus
from pipeline.execution.confined_process import FROM_OUTSIDE
from pipeline.incremental.file_history import PastDocument, build_history
from pipeline.incremental.previous_run import KnownDocument, PreviousRun
from pipeline.review.decision import Decision
from pipeline.review.form_layouts.layouts import layout_decisions
from pipeline.review.legends import legend_decisions
from pipeline.review.vendors import Correction, corrections_of, date_of, read_corrections
from pipeline.sources.discover import RawFile
from pipeline.system.fingerprints import meaning_fingerprint, reading_fingerprint

# Failures that say more about the moment than about the file: tried again in every run.
_PASSING = {
    "file_unreadable", "folder_unreadable", "file_changed", "file_reader_not_started", "run_out_of_time",
    "folder_out_of_time", "folder_gave_too_much",
}  # fmt: skip
_AGAIN = "again"
_NO_SCANS = "no scans"
_SCAN_SHARE = 0.7  # of a file's seconds: the last page that is begun has to end within the rest


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What decides, besides its bytes and name, what comes of a file: language, passwords (as a digest), seconds,
    megabytes, people's decisions on files (vendor, service, date), layouts and legends, whether scans are read.
    """

    language: str
    passwords: str
    timeout: float
    fresh: bool = False
    prune: bool = False
    corrections: tuple[Correction, ...] = ()
    memory: int = 0
    layouts: tuple[LayoutDecision, ...] = ()
    legends: tuple[LegendDecision, ...] = ()
    scans: bool = True


def with_decisions(options: RunOptions, decisions: Iterable[Decision]) -> RunOptions:
    """The options with what people decided of files, layouts and legends: what is read by it, or given its meaning by it."""
    decisions = tuple(decisions)
    return replace(
        options,
        corrections=tuple(read_corrections(decisions)),
        layouts=tuple(entry.decision for entry in layout_decisions(decisions)),
        legends=tuple(legend_decisions(decisions)),
    )


@dataclass(frozen=True, slots=True)
class RunPlan:
    """What to do: files to read or derive, files whose rows are taken over, and documents no longer in the folder.

    `versions` tells each path's version; `lost` are files that cannot be read now, with what is known of them; `again`
    are documents of the past to derive anew from the store.
    """

    tasks: tuple[RawFile, ...]
    carried: Mapping[str, KnownDocument]
    past: tuple[PastDocument, ...]
    versions: Mapping[str, int]
    lost: Mapping[str, KnownDocument]
    again: tuple[RawFile, ...]
    options: RunOptions

    def changes(self, previous: PreviousRun) -> bool:
        """Whether any row of documents is another than before."""
        unchanged = [
            *self.carried.values(),
            *(past.known for past in self.past if past.row == past.known.row),
        ]
        return bool(self.tasks or self.again) or len(unchanged) != len(previous.known)


def plan_run(files: Sequence[RawFile], previous: PreviousRun, store: Path, options: RunOptions) -> RunPlan:
    """What a run has to do for `files`."""
    history = build_history(files, previous.known, options.prune)
    tasks, carried = [], {}
    latest = {known.path: known for known in previous.known}  # in order of version: the last one stays
    for file in history.files:
        known = latest.get(file.name)
        if known is not None and not options.fresh and _is_same(known, file, options):
            carried[file.name] = known
        else:
            tasks.append(
                replace(
                    _with_store(file, store, options.fresh),
                    decisions=options.layouts,
                    legends=options.legends,
                    scan_seconds=_scan_seconds(options),
                    received_at=date_of(file.name, options.corrections),
                )
            )
    again = [
        replace(
            _of_past(known, store),
            legends=options.legends,
            received_at=date_of(known.path, options.corrections),
        )
        for known, _, owns in history.past
        if owns and known.status in READ and known.key != past_key(known, options)
    ]
    return RunPlan(
        tuple(tasks),
        carried,
        history.past,
        history.versions,
        history.lost,
        tuple(file for file in again if file.stored and is_of_version(file.stored, reading_fingerprint())),
        options,
    )


def _scan_seconds(options: RunOptions) -> float:
    """How long pages that are pictures are read in one file, so that what was read is kept before its time is over."""
    return _SCAN_SHARE * options.timeout if options.scans else 0.0


def _is_same(known: KnownDocument, file: RawFile, options: RunOptions) -> bool:
    """Whether reading the file again would give what it gave before."""
    is_same_input = known.key == key_of(file, options) and known.row["status"] == known.status
    is_same_decision = known.decided == decisions_key(known.forms.split(), options.layouts)
    return (
        is_same_input
        and is_same_decision
        and known.conditions
        in {
            "",
            f"passwords {options.passwords}",
            f"timeout {options.timeout:g}",
            f"memory {options.memory}",
            *(() if options.scans else (_NO_SCANS,)),
        }
    )


def _with_store(file: RawFile, store: Path, fresh: bool) -> RawFile:
    path = extraction_path(store, file.sha256)
    usable = file.skip is None and not fresh and is_of_version(path, reading_fingerprint())
    return replace(file, stored=path) if usable else file


def _of_past(known: KnownDocument, store: Path) -> RawFile:
    sha256 = str(known.row["sha256"])
    return RawFile(
        Path(known.path), known.path, known.row["size"], sha256, stored=extraction_path(store, sha256)
    )


def key_of(file: RawFile, options: RunOptions) -> str:
    """What the rows of a file depend on, as one key: its bytes, its name, why it is passed over, the program, the language,
    corrections.
    """
    skip = (file.skip.code, *sorted(file.skip.params.items())) if file.skip else ()
    notes = (
        *((file.mail,) if file.mail else ()),
        *((note.code, *note.params.items()) for note in file.notes),
    )
    return _key((file.sha256, file.name, repr((*skip, *notes) if notes else skip)), options)


def past_key(known: KnownDocument, options: RunOptions) -> str:
    """The same for a document that is no longer in the folder."""
    return _key((str(known.row["sha256"]), known.path, "()"), options)


def _key(parts: tuple[str, str, str], options: RunOptions) -> str:
    text = "\0".join((meaning_fingerprint(), options.language, corrections_key(parts[1], options), *parts))
    return _digest(text)


def corrections_key(path: str, options: RunOptions) -> str:
    """Stands for what people decided of the file at `path` and of legends; empty where they decided nothing."""
    own = [(each.vendor, each.service, each.date) for each in corrections_of(path, options.corrections)]
    return _digest(repr((own, options.legends))) if own or options.legends else ""


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def conditions_of(outcome: DocumentResult, options: RunOptions) -> str:
    """What a failure depended on besides the file: it is tried again when that is another."""
    codes = {issue.code for issue in outcome.issues}
    if codes & _PASSING or any(_was_killed(issue) for issue in outcome.issues):
        return _AGAIN
    if codes & {"file_took_too_long", "scan_out_of_time"}:
        return f"timeout {options.timeout:g}"
    if codes & {"file_out_of_memory", "file_reader_died"}:
        return f"memory {options.memory}"
    if "scan_skipped" in codes:
        return _NO_SCANS
    locked = any(issue.params.get("reason") == "file_encrypted" for issue in outcome.issues)
    return f"passwords {options.passwords}" if locked or outcome.status == DocumentStatus.ENCRYPTED else ""


def _was_killed(issue: Issue) -> bool:
    """Whether the reading process was ended from outside: a file that ends it by itself does so again."""
    return issue.code == "file_reader_died" and issue.params.get("detail") in FROM_OUTSIDE


def passwords_key(passwords: Iterable[str], salt: bytes) -> str:
    """Stands for the passwords without telling them: slow to try out (scrypt), other in every dataset (`salt`)."""
    secret = "\0".join(passwords).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(secret, salt=salt, n=2**14, r=8, p=1, dklen=16).hex() if secret else "none"
