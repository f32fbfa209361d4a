"""Mails: what is attached, forwarded, shown; names and fields as mail programs in Japan write them."""

from __future__ import annotations

import datetime as dt
import time
from email.message import EmailMessage

import pytest

from extractors.grid import CarriedBytes
from extractors.mail.carried import CarriedRole, Contents
from extractors.mail.message import open_message
from extractors.read import read_contents
from extractors.sniff import sniff
from tests.pipeline.arrivals.make_folder import logo, mail

_HEAD = b"From: a@b.example\r\nTo: c@d.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n"


def _open(data: bytes) -> Contents:
    return open_message(CarriedBytes(data, "x.eml"))


def _attached(header: bytes) -> str:
    """The name of an attachment whose head ends with `header`."""
    body = b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n--b\r\n'
    data = _HEAD + body + header + b"\r\n\r\nabc\r\n--b--\r\n"
    return _open(data).files[-1].name


@pytest.mark.parametrize(
    "header",
    [
        b"Content-Disposition: attachment; filename*=UTF-8''%E5%9B%9E%E7%AD%94.xlsx",
        b"Content-Disposition: attachment; filename*=cp932''%89%F1%93%9A.xlsx",
        b'Content-Type: application/x; name="=?ISO-2022-JP?B?GyRCMnNFehsoQi54bHN4?="',
        b'Content-Type: application/x; name="=?UTF-8?B?5Zue562U?=\r\n =?UTF-8?Q?=2Exlsx?="',
        'Content-Disposition: attachment; filename="回答.xlsx"'.encode("cp932"),
        'Content-Disposition: attachment; filename="回答.xlsx"'.encode(),
        'Content-Disposition: attachment; filename="回答.xlsx"'.encode("iso2022_jp"),
    ],
)
def test_names_of_attachments(header: bytes) -> None:
    assert _attached(header) == "回答.xlsx"


def test_characters_that_only_windows_has_are_decoded() -> None:
    encoded = b"Subject: \x1b$B-j\x1b(B test"  # ㈱ in ISO-2022-JP
    data = _HEAD.replace(b"Subject: x", encoded) + b"\r\nhello\r\n"
    note = _open(data).mail
    assert note is not None
    assert note.subject == "㈱ test"


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("Fri, 12 Jun 2026 23:30:00 +0900", dt.date(2026, 6, 12)),
        ("Fri, 12 Jun 2026 23:30:00 +0000", dt.date(2026, 6, 13)),
        ("someday", None),
    ],
)
def test_the_day_of_a_mail_is_that_of_japan(date: str, day: dt.date | None) -> None:
    data = _HEAD + f"Date: {date}\r\n\r\nhello\r\n".encode()
    note = _open(data).mail
    assert note is not None
    assert note.sent == day


def test_the_parts_of_a_mail_have_their_roles() -> None:
    message = mail("株式会社カクウ <a@kakuu.example>", "回答", "添付します。", {"回答.xlsx": b"PK"})
    message.add_attachment(logo(), maintype="image", subtype="png", disposition="inline", filename="logo.png")
    contents = _open(message.as_bytes())
    assert [(file.name, file.role) for file in contents.files] == [
        ("本文.txt", CarriedRole.BODY),
        ("回答.xlsx", CarriedRole.FILE),
        ("logo.png", CarriedRole.INLINE),
    ]
    assert contents.mail is not None
    assert contents.mail.sender == "株式会社カクウ <a@kakuu.example>"


def test_a_forwarded_mail_is_a_container_called_by_its_subject() -> None:
    inner = mail("株式会社カクウ <a@kakuu.example>", "ご回答/1", "本文", {"回答.csv": b"1,2"})
    outer = mail("総務 <b@kaite.example>", "FW", "転送します。", {})
    outer.add_attachment(inner)
    file = _open(outer.as_bytes()).files[-1]
    assert file.name == "ご回答_1.eml"
    contents = read_contents(CarriedBytes(file.read(), file.name))
    assert contents is not None
    assert [(entry.name, entry.read()) for entry in contents.files if entry.role == CarriedRole.FILE] == [
        ("回答.csv", b"1,2")
    ]


def test_of_two_texts_the_one_with_a_table_is_read() -> None:
    message = mail("a@b.example", "x", "下記のとおり", {})
    message.add_alternative("<p>下記</p><table><tr><td>はい</td></tr></table>", subtype="html")
    assert [file.name for file in _open(message.as_bytes()).files] == ["本文.html"]
    plain = mail("a@b.example", "x", "下記のとおり", {})
    plain.add_alternative("<p>下記のとおり</p>", subtype="html")
    assert [file.name for file in _open(plain.as_bytes()).files] == ["本文.txt"]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (_HEAD + b"\r\nhello", "eml"),
        (b"Received: from x\r\nDate: x\r\nSubject: x\r\n\r\nhello", "eml"),
        (
            b"From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\n",
            "mht",
        ),
        (
            b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; x\r\n\r\n",
            "mht",
        ),
        ("質問: 鍵はありますか\r\n回答: はい\r\n".encode(), "text"),
        (b"Name: x\r\nAnswer: yes\r\nNote: no\r\n", "text"),
    ],
)
def test_what_is_a_mail_by_its_first_bytes(head: bytes, kind: str) -> None:
    assert sniff(CarriedBytes(head, "x")) == kind


def test_a_mail_cut_off_anywhere_is_read_as_far_as_it_goes() -> None:
    message: EmailMessage = mail("a@b.example", "x", "text", {"回答.xlsx": bytes(range(256)) * 4})
    data = message.as_bytes()
    for end in range(0, len(data), 97):
        for file in _open(data[:end]).files:
            assert isinstance(file.read(), bytes)


@pytest.mark.parametrize(
    "field",
    [
        b"Content-Disposition: attachment; " + b"name=" * 20_000,
        b'Content-Disposition: attachment; filename="' + b";" * 40_000,
        b"Content-Type: " + b";" * 40_000,
        b"Subject: " + b"=?utf-8?Q?a" * 6_000,
    ],
    ids=["names", "quotes", "type", "words"],
)
def test_the_time_for_a_field_grows_as_the_field_does(field: bytes) -> None:
    """A field of 100 KB took ten seconds, one of a megabyte would have taken a quarter of an hour."""

    def seconds(length: int) -> float:
        head = b"From: a@kakuu.example\r\nTo: b@kaite.example\r\nMIME-Version: 1.0\r\n" + field[:length]
        start = time.process_time()
        _open(head + b"\r\n\r\nabc\r\n")
        return time.process_time() - start

    assert min(seconds(len(field)) for _ in range(2)) < max(9 * seconds(len(field) // 4), 0.5)
