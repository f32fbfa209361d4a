"""Requests for sheets and the dataset in, what came of each out: received, nothing, nothing usable, a blank or an old form.

A request is met by a filled list of its vendor (in any spelling), for its service where one is named, in its form where
one is named. An edition of that form other than the one asked for is an old form.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from normalizers.text import fold
from normalizers.values.organisations import organisation_key
from pipeline.dataset.tables import read_place, table_paths
from pipeline.document.status import ChecklistKind, DocumentStatus
from pipeline.incremental.plan import RunPlan
from pipeline.review.lines.expected import SheetRequest

Row = Mapping[str, Any]


class ReplyState(StrEnum):
    """What came of a request."""

    RECEIVED = "received"
    NOTHING = "nothing"
    UNUSABLE = "unusable"  # files came, and none could be read or holds a list
    BLANK = "blank"  # the form came back as it was sent
    OLD_FORM = "old_form"
    OTHER_FORM = "other_form"


_DOCUMENT_COLUMNS = ("document_id", "path", "version", "status", "vendor_key", "service")
_LIST_COLUMNS = ("document_id", "kind", "form_id", "form_name", "form_family")
_SENT_NOTHING = {DocumentStatus.CONTAINER, DocumentStatus.IGNORED, DocumentStatus.REMOVED}


@dataclass(frozen=True, slots=True)
class ExpectedSheet:
    """A request, what came of it, and the files that came."""

    request: SheetRequest
    state: ReplyState
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _FormIndex:
    """The forms of the dataset: their ids by folded name, id and path of a document, and the family of each id."""

    ids: Mapping[str, frozenset[str]]
    families: Mapping[str, str]


def expected_sheets(out: Path, plan: RunPlan, requests: Sequence[SheetRequest]) -> list[ExpectedSheet]:
    """What came of the requests, by the dataset that stands in `out` after a run."""
    if not requests:
        return []
    paths = table_paths(out)
    documents = read_place(paths["documents"], _DOCUMENT_COLUMNS).to_pylist()
    current = [row for row in documents if plan.versions.get(row["path"]) == row["version"]]
    return match_requests(requests, current, read_place(paths["checklists"], _LIST_COLUMNS).to_pylist())


def match_requests(
    requests: Iterable[SheetRequest], documents: Sequence[Row], checklists: Sequence[Row]
) -> list[ExpectedSheet]:
    """What came of each request; `documents` are the rows of files in the folder, `checklists` of all documents."""
    lists: dict[str, list[Row]] = defaultdict(list)
    for entry in checklists:
        lists[entry["document_id"]].append(entry)
    forms = _index_forms(documents, lists)
    return [_match(request, documents, lists, forms) for request in requests]


def _index_forms(documents: Sequence[Row], lists: Mapping[str, Sequence[Row]]) -> _FormIndex:
    ids: dict[str, set[str]] = defaultdict(set)
    families: dict[str, str] = {}
    for entries in lists.values():
        for entry in entries:
            ids[fold(entry["form_name"] or "")].add(entry["form_id"])
            ids[entry["form_id"]].add(entry["form_id"])
            families[entry["form_id"]] = entry["form_family"] or entry["form_id"]
    for row in documents:
        ids[fold(row["path"])] |= {entry["form_id"] for entry in lists.get(row["document_id"], ())}
    return _FormIndex({name: frozenset(own) for name, own in ids.items() if name}, families)


def _match(
    request: SheetRequest,
    documents: Sequence[Row],
    lists: Mapping[str, Sequence[Row]],
    forms: _FormIndex,
) -> ExpectedSheet:
    own = [row for row in documents if _is_of(row, request)]
    paths = tuple(row["path"] for row in own)
    filled = [
        entry
        for row in own
        for entry in lists.get(row["document_id"], ())
        if entry["kind"] == ChecklistKind.FILLED
    ]
    if filled:
        return ExpectedSheet(request, _state_of_form(request.form, filled, forms), paths)
    if not own:
        return ExpectedSheet(request, ReplyState.NOTHING)
    blank = any(
        entry["kind"] == ChecklistKind.BLANK for row in own for entry in lists.get(row["document_id"], ())
    )
    return ExpectedSheet(request, ReplyState.BLANK if blank else ReplyState.UNUSABLE, paths)


def _is_of(row: Row, request: SheetRequest) -> bool:
    """Whether a document is of the request's vendor, and of no other service than the one named."""
    if row["status"] in _SENT_NOTHING or row["vendor_key"] != organisation_key(request.vendor):
        return False
    wanted, stated = fold(request.service), fold(row["service"] or "")
    return not wanted or not stated or wanted in stated or stated in wanted


def _state_of_form(form: str, filled: Sequence[Row], forms: _FormIndex) -> ReplyState:
    """Whether lists are filled in on the form that was asked for; a title that no form has is part of one's."""
    if not form:
        return ReplyState.RECEIVED
    wanted = forms.ids.get(form) or forms.ids.get(fold(form)) or _by_part(fold(form), forms)
    if any(entry["form_id"] in wanted for entry in filled):
        return ReplyState.RECEIVED
    families = {forms.families[form_id] for form_id in wanted if form_id in forms.families}
    is_edition = any(forms.families[entry["form_id"]] in families for entry in filled)
    return ReplyState.OLD_FORM if is_edition else ReplyState.OTHER_FORM


def _by_part(form: str, forms: _FormIndex) -> frozenset[str]:
    return frozenset(form_id for name, ids in forms.ids.items() if form in name for form_id in ids)
