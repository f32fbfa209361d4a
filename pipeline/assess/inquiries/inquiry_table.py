"""How far each question to a vendor is, in and out: 未送付, 回答待ち, 解決, with a due date and the text as it was edited.

`data/inquiries.csv` has a line a question: vendor, service, key, state, due, text, who, at. Several people may write at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.errors import DecisionsBusy, InquiriesUnreadable
from pipeline.review.lines.user_table import read_user_table, write_user_table

_NEEDED = ("vendor", "service", "key", "state")
_OPTIONAL = ("due", "text", "who", "at")
_WAIT = 10.0  # seconds for others that write
Key = tuple[str, str, str]


class InquiryState(StrEnum):
    """How far a question is."""

    UNSENT = "unsent"
    WAITING = "waiting"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A line: vendor and service as the comparison's keys, the question's key, state, due date, the text ("" as made)."""

    vendor: str
    service: str
    key: str
    state: InquiryState = InquiryState.UNSENT
    due: str = ""
    text: str = ""
    who: str = ""
    at: str = ""

    @property
    def identity(self) -> Key:
        """What tells it from others."""
        return self.vendor, self.service, self.key


def read_inquiries(path: Path) -> dict[Key, Inquiry]:
    """All lines by what tells them apart, none where the file is missing. Raises InquiriesUnreadable."""
    lines: dict[Key, Inquiry] = {}
    for number, cells in enumerate(read_user_table(path, _NEEDED, _OPTIONAL, InquiriesUnreadable), 2):
        if cells["state"] not in {*InquiryState}:
            words = {"path": path, "line": number, "state": cells["state"], "known": ", ".join(InquiryState)}
            raise InquiriesUnreadable(words, "inquiry_no_state")
        rest = (cells.get(name, "") for name in _OPTIONAL)
        inquiry = Inquiry(
            cells["vendor"], cells["service"], cells["key"], InquiryState(cells["state"]), *rest
        )
        lines[inquiry.identity] = inquiry
    return lines


def save_inquiries(path: Path, inquiries: Iterable[Inquiry], who: str) -> None:
    """Put those lines into the file, the others as they stand. Raises InquiriesUnreadable, DecisionsBusy and OSError."""
    now = dt.datetime.now().isoformat(sep=" ", timespec="seconds")
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path.with_name(f".{path.name}.lock"))
    try:
        lock.acquire(timeout=_WAIT)
    except Timeout as error:
        raise DecisionsBusy({"path": path}) from error
    try:
        lines = read_inquiries(path)
        for inquiry in inquiries:
            lines[inquiry.identity] = replace(inquiry, who=who, at=now)
        rows = (
            (*entry.identity, str(entry.state), entry.due, entry.text, entry.who, entry.at)
            for entry in lines.values()
        )
        write_user_table(path, (*_NEEDED, *_OPTIONAL), rows)
    finally:
        lock.release()
