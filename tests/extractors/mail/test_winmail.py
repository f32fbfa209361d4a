"""Attachments in Outlook's own packing: found by their long names, of forwarded mails too; what is cut off is told."""

from __future__ import annotations

import pytest

from extractors.errors import Damaged
from extractors.grid import CarriedBytes
from extractors.mail.carried import MOST_FILES
from extractors.mail.winmail import open_winmail
from extractors.read import read_contents
from extractors.sniff import sniff
from tests.pipeline.arrivals.winmail_file import forwarded, winmail

ABSURD = b"\xff\xff\xff\x7f"
FILES = {"見張り番の回答.xlsx": b"PK-one", "別紙.pdf": b"%PDF-two-"}


def _source(data: bytes) -> CarriedBytes:
    return CarriedBytes(data, "winmail.dat")


@pytest.mark.parametrize("long_names", [True, False])
def test_attachments_are_found_by_their_names(long_names: bool) -> None:
    source = _source(winmail(FILES, long_names))
    assert sniff(source) == "tnef"
    contents = read_contents(source)
    assert contents is not None
    assert {file.name: file.read() for file in contents.files} == FILES


def test_a_forwarded_mail_is_a_packing_of_its_own() -> None:
    packed = winmail(FILES)
    (file,) = open_winmail(_source(forwarded("転送", packed))).files
    assert (file.name, file.read()) == ("転送/winmail.dat", packed)


def test_a_packing_of_nothing_carries_nothing() -> None:
    assert open_winmail(_source(winmail({}))).files == ()


@pytest.mark.parametrize("kept", [40, 70, 100, 150])
def test_a_packing_that_is_cut_off_is_damaged_and_loses_nothing_silently(kept: int) -> None:
    with pytest.raises(Damaged):
        open_winmail(_source(winmail(FILES)[:kept]))


def test_absurd_lengths_are_damaged_or_nothing() -> None:
    data = winmail(FILES)
    outcomes = [_outcome(data[:place] + ABSURD + data[place + 4 :]) for place in range(6, len(data), 3)]
    assert None in outcomes
    assert all(found is None or len(found) <= len(FILES) for found in outcomes)


def test_more_than_the_most_files_are_told_as_cut() -> None:
    carried = {f"別紙{number}.txt": b"." for number in range(MOST_FILES + 1)}
    contents = open_winmail(_source(winmail(carried)))
    assert (len(contents.files), contents.is_cut) == (MOST_FILES, True)


def _outcome(data: bytes) -> dict[str, bytes] | None:
    """The files of a packing, None where it is damaged."""
    try:
        return {file.name: file.read() for file in open_winmail(_source(data)).files}
    except Damaged:
        return None
