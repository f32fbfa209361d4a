"""A document's names, its printed date and its mail in, the day of receipt out, with what tells it.

What a person decided counts first, then a day in the file's name, in a folder's, the day of answering on the sheet, the mail's
day; a name that tells a month or a business year only (`令和7年度`) comes last: `20260415_回答.xlsx` was received on that day,
whatever its form was printed with.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from normalizers.values.dates import first_date
from normalizers.values.name_dates import NameDate, Precision, date_in_name
from pipeline.sources.discover import RawFile


class DateSource(StrEnum):
    """What tells the date of receipt; the column documents.date_source."""

    REVIEWED = "reviewed"
    FILE_NAME = "file_name"
    FOLDER_NAME = "folder_name"
    SHEET = "sheet"
    MAIL = "mail"


@dataclass(frozen=True, slots=True)
class ReceivedDate:
    """A day of receipt and what tells it; None both where nothing does."""

    date: dt.date | None = None
    source: DateSource | None = None


def date_of_receipt(file: RawFile, printed: str | None) -> ReceivedDate:
    """The date of receipt of a file on whose sheet `printed` stands as the day of answering."""
    if file.received_at is not None:
        return ReceivedDate(file.received_at, DateSource.REVIEWED)
    by_name = list(_dates_of_names(file))
    for source, entry in by_name:
        if entry.precision == Precision.DAY:
            return ReceivedDate(entry.date, source)
    if printed and (date := first_date(printed)):
        return ReceivedDate(date, DateSource.SHEET)
    if file.mail and file.mail.sent:
        return ReceivedDate(file.mail.sent, DateSource.MAIL)
    return ReceivedDate(by_name[0][1].date, by_name[0][0]) if by_name else ReceivedDate()


def _dates_of_names(file: RawFile) -> Iterator[tuple[DateSource, NameDate]]:
    """What the names tell, the file's first, then its folders' and containers' from the innermost on."""
    path = PurePosixPath(file.name)
    for source, part in [
        (DateSource.FILE_NAME, path.stem),
        *((DateSource.FOLDER_NAME, parent) for parent in reversed(path.parts[:-1])),
    ]:
        if (date := date_in_name(part)) is not None:
            yield source, date
