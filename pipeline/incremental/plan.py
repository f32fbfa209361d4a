"""Files of the folder and what is known of them in, what to do with each out: take over, derive from the store, or read.

unchanged file, same program and language    its rows are taken over
read before by the same readers              derived again from the store, without opening the file
else                                         read
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.document.extraction_cache import extract_path, is_of_version
from pipeline.document.process import Outcome
from pipeline.incremental.file_history import Past, past_of
from pipeline.incremental.previous_run import Before, Known
from pipeline.review.vendors import Correction, corrections_of
from pipeline.sources.discover import RawFile
from pipeline.system.fingerprints import meaning_version, reading_version

# Failures that say more about the moment than about the file: tried again in every run.
_PASSING = {"file_unreadable", "folder_unreadable", "file_reader_died", "file_changed"}
_AGAIN = "again"
READ = {"ok", "partial", "no_checklist"}


@dataclass(frozen=True, slots=True)
class Terms:
    """What decides, besides its bytes and name, what comes of a file: language, passwords (as a digest), seconds,
    megabytes, and people's corrections of vendors.
    """

    language: str
    passwords: str
    timeout: float
    fresh: bool = False
    prune: bool = False
    corrections: tuple[Correction, ...] = ()
    memory: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do: files to read or derive, files whose rows are taken over, and documents no longer in the folder.

    `versions` tells each path's version; `lost` are files that cannot be read now, with what is known of them; `again`
    are documents of the past to derive anew from the store.
    """

    tasks: tuple[RawFile, ...]
    carried: Mapping[str, Known]
    past: tuple[Past, ...]
    versions: Mapping[str, int]
    lost: Mapping[str, Known]
    again: tuple[RawFile, ...]
    terms: Terms

    def changes(self, before: Before) -> bool:
        """Whether any row of documents is another than before."""
        told = [*self.carried.values(), *(one.known for one in self.past if one.row == one.known.row)]
        return bool(self.tasks or self.again) or len(told) != len(before.known)


def plan_run(files: Sequence[RawFile], before: Before, store: Path, terms: Terms) -> Plan:
    """What a run has to do for `files`."""
    history = past_of(files, before.known, terms.prune)
    tasks, carried = [], {}
    latest = {known.path: known for known in before.known}  # in order of version: the last one stays
    for file in history.files:
        known = latest.get(file.name)
        if known is not None and not terms.fresh and _is_same(known, file, terms):
            carried[file.name] = known
        else:
            tasks.append(_with_store(file, store, terms.fresh))
    again = [
        _of_past(known, store)
        for known, _, owns in history.past
        if owns and known.status in READ and known.key != past_key(known, terms)
    ]
    return Plan(
        tuple(tasks),
        carried,
        history.past,
        history.versions,
        history.lost,
        tuple(file for file in again if file.stored and is_of_version(file.stored, reading_version())),
        terms,
    )


def _is_same(known: Known, file: RawFile, terms: Terms) -> bool:
    """Whether reading the file again would give what it gave before."""
    same = known.key == key_of(file, terms) and known.row["status"] == known.status
    return same and known.conditions in {
        "",
        f"passwords {terms.passwords}",
        f"timeout {terms.timeout:g}",
        f"memory {terms.memory}",
    }


def _with_store(file: RawFile, store: Path, fresh: bool) -> RawFile:
    path = extract_path(store, file.sha256)
    usable = file.skip is None and not fresh and is_of_version(path, reading_version())
    return replace(file, stored=path) if usable else file


def _of_past(known: Known, store: Path) -> RawFile:
    sha256 = str(known.row["sha256"])
    return RawFile(
        Path(known.path), known.path, known.row["size"], sha256, stored=extract_path(store, sha256)
    )


def key_of(file: RawFile, terms: Terms) -> str:
    """What the rows of a file depend on, as one key: its bytes, its name, why it is passed over, the program, the language,
    corrections.
    """
    skip = (file.skip.code, *sorted(file.skip.params.items())) if file.skip else ()
    return _key((file.sha256, file.name, repr(skip)), terms)


def past_key(known: Known, terms: Terms) -> str:
    """The same for a document that is no longer in the folder."""
    return _key((str(known.row["sha256"]), known.path, "()"), terms)


def _key(parts: tuple[str, str, str], terms: Terms) -> str:
    mine = [(one.vendor, one.service) for one in corrections_of(parts[1], terms.corrections)]
    told = "\0".join((meaning_version(), terms.language, repr(mine), *parts))
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def conditions_of(outcome: Outcome, terms: Terms) -> str:
    """What a failure depended on besides the file: it is tried again when that is another."""
    codes = {problem.code for problem in outcome.issues}
    if codes & _PASSING:
        return _AGAIN
    if "file_took_too_long" in codes:
        return f"timeout {terms.timeout:g}"
    if "file_out_of_memory" in codes:
        return f"memory {terms.memory}"
    locked = any(problem.params.get("reason") == "file_encrypted" for problem in outcome.issues)
    return f"passwords {terms.passwords}" if locked or outcome.status == "encrypted" else ""


def passwords_key(passwords: Iterable[str], salt: bytes) -> str:
    """Stands for the passwords without telling them: slow to try out (scrypt), other in every dataset (`salt`)."""
    told = "\0".join(passwords).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(told, salt=salt, n=2**14, r=8, p=1, dklen=16).hex() if told else "none"
