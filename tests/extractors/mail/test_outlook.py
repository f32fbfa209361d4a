"""Messages of Outlook, made by the test itself."""

from __future__ import annotations

import datetime as dt

import pytest

from extractors.errors import Damaged
from extractors.grid import CarriedBytes
from extractors.mail.carried import CarriedRole
from extractors.mail.outlook import open_outlook
from extractors.sniff import sniff
from tests.pipeline.arrivals.ole_file import message_streams, outlook_message, rights_managed_file, word_file

_SENT = 134_255_232_000_000_000


def test_a_message_gives_its_attachments_its_text_and_its_sender() -> None:
    texts = {0x37: "回答", 0x1000: "添付します。", 0x0C1A: "株式会社カクウ", 0x0C1F: "a@kakuu.example"}
    data = outlook_message(texts, _SENT, {"回答.xlsx": bytes(9000), "小.csv": b"1,2"})
    assert sniff(CarriedBytes(data, "x.msg")) == "msg"
    contents = open_outlook(CarriedBytes(data, "x.msg"))
    assert [(file.name, file.role, len(file.read())) for file in contents.files] == [
        ("本文.txt", CarriedRole.BODY, 21),
        ("回答.xlsx", CarriedRole.FILE, 9000),
        ("小.csv", CarriedRole.FILE, 3),
    ]
    assert contents.mail is not None
    assert contents.mail.sent == dt.date(2026, 6, 10)
    assert "株式会社カクウ" in contents.mail.sender
    assert contents.mail.subject == "回答"


def test_a_message_inside_a_message_gives_what_it_carries_and_its_own_sender() -> None:
    sender = {0x37: "ご回答/1", 0x0C1A: "株式会社カクウ", 0x0C1F: "a@kakuu.example"}
    inner = message_streams(sender, _SENT, {"回答.csv": b"1,2"})
    data = outlook_message({0x37: "FW", 0x0C1A: "総務 花子", 0x0C1F: "b@kaite.example"}, _SENT, {}, inner)
    [file] = open_outlook(CarriedBytes(data, "x.msg")).files
    assert (file.name, file.read()) == ("ご回答_1/回答.csv", b"1,2")
    assert file.mail is not None
    assert "株式会社カクウ" in file.mail.sender


def test_a_message_that_makes_no_sense_is_damaged() -> None:
    with pytest.raises(Damaged):
        open_outlook(CarriedBytes(outlook_message({0x37: "x"}, _SENT, {"a": b"b"})[:1500], "x.msg"))


@pytest.mark.parametrize(("data", "kind"), [(word_file(), "doc"), (rights_managed_file(), "rights_managed")])
def test_other_ole_files_are_told_for_what_they_are(data: bytes, kind: str) -> None:
    assert sniff(CarriedBytes(data, "回答.xlsx")) == kind
