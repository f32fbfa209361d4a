"""Files of the folder and documents known in, versions and what became of files that are gone out.

New bytes under an old name are a new version; the old document stays and names its successor. A file that was taken out
stays as `removed`. Bytes are one document however many paths hold them, or held them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pipeline.document.status import NOT_READ, DocumentStatus
from pipeline.incremental.previous_run import KnownDocument, Row
from pipeline.sources.discover import RawFile

_CLOSED = {
    "folder_unreadable",
    "file_unreadable",
}  # what lies in a folder or container that cannot be opened now stays


class PastDocument(NamedTuple):
    """A document's row that stands for no file of the folder any more; `owns` says that its rows are kept for it."""

    known: KnownDocument
    row: Row
    owns: bool


@dataclass(frozen=True, slots=True)
class FileHistory:
    """Files with what is known put in, rows of the past, the version of each path, and files that cannot be read now."""

    files: tuple[RawFile, ...]
    past: tuple[PastDocument, ...]
    versions: Mapping[str, int]
    lost: Mapping[str, KnownDocument]


def build_history(files: Sequence[RawFile], known: Iterable[KnownDocument], prune: bool) -> FileHistory:
    """The history of all paths; `prune` leaves out paths that are gone."""
    chains: dict[str, list[KnownDocument]] = defaultdict(list)
    for entry in known:
        if not entry.ignored and not _is_locked_content(entry):
            chains[entry.path].append(entry)
    closed = [f"{file.name}/" for file in files if file.notes or (file.skip and file.skip.code in _CLOSED)]
    lost = {
        file.name: chains[file.name][-1]
        for file in files
        if not file.readable and file.skip and file.skip.code == "file_unreadable" and file.name in chains
    }
    files = [_as_known(file, lost[file.name]) if file.name in lost else file for file in files]
    current = {file.name: file for file in files if not is_ignored(file) or file.name in lost}
    rows: list[tuple[KnownDocument, Row]] = []
    for path, chain in chains.items():
        if path in current:
            rows += _replaced(chain, current[path])
        elif path.startswith(tuple(closed)) if closed else False:
            rows += [(entry, entry.row) for entry in chain]
        elif not prune:
            rows += [
                *_linked(chain)[:-1],
                (chain[-1], chain[-1].row | {"status": DocumentStatus.REMOVED, "replaced_by": None}),
            ]
    versions = {file.name: _version(file, chains.get(file.name, [])) for file in files}
    return FileHistory(tuple(files), _owned(rows, current.values()), versions, lost)


def _is_locked_content(entry: KnownDocument) -> bool:
    """Whether an entry stands for a file inside a container of which no byte was read: it has no history."""
    return entry.row["container"] is not None and entry.status in NOT_READ


def is_ignored(file: RawFile) -> bool:
    """Whether a file is none to keep a history of: lock files, links, empty files, what cannot be opened."""
    return file.skip is not None and file.duplicate_of is None


def _as_known(file: RawFile, known: KnownDocument) -> RawFile:
    """A file that cannot be read now, taken for the bytes that it held."""
    return replace(file, sha256=str(known.row["sha256"]), size=int(known.row["size"]))


def _version(file: RawFile, chain: Sequence[KnownDocument]) -> int:
    if not chain:
        return 1
    return chain[-1].version + int(chain[-1].row["sha256"] != file.sha256)


def _replaced(chain: Sequence[KnownDocument], file: RawFile) -> list[tuple[KnownDocument, Row]]:
    """The versions under a path that its file has replaced, each with its successor."""
    if chain[-1].row["sha256"] == file.sha256:
        return _linked(chain)[:-1]
    last = chain[-1]
    return [*_linked(chain)[:-1], (last, last.row | {"status": last.status, "replaced_by": file.document_id})]


def _linked(chain: Sequence[KnownDocument]) -> list[tuple[KnownDocument, Row]]:
    """All versions of a path, each but the last with its successor."""
    following = [*(entry.document_id for entry in chain[1:]), None]
    return [
        (entry, entry.row | {"status": entry.status, "replaced_by": successor})
        for entry, successor in zip(chain, following, strict=True)
    ]


def _owned(rows: Iterable[tuple[KnownDocument, Row]], files: Iterable[RawFile]) -> tuple[PastDocument, ...]:
    """The rows with who holds the answers of their bytes: a file of the folder, else one row of the past."""
    owner = {file.sha256: file.name for file in files if file.duplicate_of is None}
    owning_rows: set[int] = set()
    ordered = sorted(rows, key=lambda r: (r[1]["duplicate_of"] is not None, -r[0].version, r[0].path))
    for known, _ in ordered:
        if known.row["sha256"] not in owner:
            owner[known.row["sha256"]] = known.path
            owning_rows.add(id(known))
    return tuple(
        PastDocument(
            known,
            _with_owner(row, None if id(known) in owning_rows else owner[row["sha256"]]),
            id(known) in owning_rows,
        )
        for known, row in rows
    )


def _with_owner(row: Row, owner: str | None) -> Row:
    """The row of the past with the path that holds its answers instead, None where it holds them itself."""
    if owner is None:
        return row | {"duplicate_of": None}
    status = row["status"] if row["status"] == DocumentStatus.REMOVED else DocumentStatus.DUPLICATE
    return row | {"status": status, "duplicate_of": owner}
