"""The list of who was asked for a sheet in, who has not sent one out: 12社中10社 受領.

`data/invited.csv` has the columns vendor and service (the latter may be empty); further ones are passed over. UTF-8 or cp932.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from normalizers.text import fold
from normalizers.values.organisations import organisation_key
from pipeline.errors import InvitedUnreadable
from pipeline.review.lines.user_table import read_user_table, write_user_table

_COLUMNS = ("vendor", "service")


@dataclass(frozen=True, slots=True)
class InvitedVendor:
    """A vendor that was asked for a sheet, and of which service ("" for any)."""

    vendor: str
    service: str = ""

    @property
    def name(self) -> str:
        """What to call it in one line."""
        return " ".join(filter(None, (self.vendor, self.service)))


def read_invited(path: Path) -> list[InvitedVendor]:
    """The list at `path`, empty where there is none. Raises InvitedUnreadable."""
    rows = read_user_table(path, _COLUMNS[:1], _COLUMNS[1:], InvitedUnreadable)
    entries = [InvitedVendor(row["vendor"].strip(), row.get("service", "").strip()) for row in rows]
    return [entry for entry in entries if entry.vendor]


def write_invited(path: Path, invited: Iterable[InvitedVendor]) -> None:
    """Write the list, each vendor and service once. Raises OSError."""
    write_user_table(path, _COLUMNS, [(entry.vendor, entry.service) for entry in dict.fromkeys(invited)])


def missing_vendors(
    invited: Sequence[InvitedVendor], received: Iterable[tuple[str | None, str | None]]
) -> list[InvitedVendor]:
    """Those of the list of whom no sheet (vendor, service) came, however the names are written."""
    names = {(_key(vendor), fold(service or "")) for vendor, service in received if vendor}
    vendors = {vendor for vendor, _ in names}
    return [
        entry
        for entry in invited
        if _key(entry.vendor) not in vendors
        or (entry.service and (_key(entry.vendor), fold(entry.service)) not in names)
    ]


def _key(vendor: str) -> str:
    return organisation_key(vendor) or fold(vendor)
