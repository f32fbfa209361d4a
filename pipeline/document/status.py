"""The closed sets of a document's and a list's words, as they stand in the tables."""

from __future__ import annotations

from enum import StrEnum


class DocumentStatus(StrEnum):
    """What became of a file; the column documents.status."""

    OK = "ok"
    PARTIAL = "partial"  # read, and data is missing
    TO_CONFIRM = "to_confirm"  # a layout is proposed and waits for a person
    NO_CHECKLIST = "no_checklist"
    CONTAINER = "container"  # a mail or archive whose contents are documents of their own
    IGNORED = "ignored"  # noise: lock files, hidden files, logos and greetings of mails
    ENCRYPTED = "encrypted"
    FAILED = "failed"
    DUPLICATE = "duplicate"  # of a file that was read
    REMOVED = "removed"  # no longer in the folder


class ChecklistKind(StrEnum):
    """What a checklist is; the column checklists.kind. Only filled and blank ones are a vendor's."""

    FILLED = "filled"
    BLANK = "blank"
    EXAMPLE = "example"
    REFERENCE = "reference"


READ = frozenset(
    {
        DocumentStatus.OK,
        DocumentStatus.PARTIAL,
        DocumentStatus.TO_CONFIRM,
        DocumentStatus.NO_CHECKLIST,
    }
)
NOT_READ = frozenset({DocumentStatus.FAILED, DocumentStatus.ENCRYPTED})
OF_VENDORS = frozenset({ChecklistKind.FILLED, ChecklistKind.BLANK})
NOT_ANSWERED_BY_VENDOR = frozenset({ChecklistKind.EXAMPLE, ChecklistKind.REFERENCE})
