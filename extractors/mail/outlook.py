"""Outlook message (.msg) in, what it carries out; python-oxmsg takes it apart.

A mail that was forwarded inside of it is no file but a part of the same OLE container: what it carries stands in a folder of
its subject's name (`ご回答/チェックシート.xlsx`).
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import oxmsg

from extractors.errors import Damaged
from extractors.grid import Source, source_bytes
from extractors.mail.carried import CarriedFile, CarriedRole, Contents, MailNote, contents_of
from extractors.mail.message import ShortFields, day_in_japan, mail_note

_BROKEN = (OSError, ValueError, KeyError, IndexError, AttributeError, TypeError, AssertionError, LookupError)
_CONTENT_ID, _SHORT_NAME, _SHOWN_NAME = 0x3712, 0x3704, 0x3001
_INNER, _PROPERTIES, _HEAD, _MOST_DEPTH = "__substg1.0_3701000D", "/__properties_version1.0", 24, 5
_TRANSPORT = 0x007D  # the mail's head as it came over the network


def open_outlook(source: Source, passwords: Sequence[str] = ()) -> Contents:  # noqa: ARG001  one shape of openers
    """What the message carries. Raises Damaged."""
    try:
        message = oxmsg.Message.load(source_bytes(source))
        return contents_of(_files(message), _note(message))
    except _BROKEN as error:
        raise Damaged(detail=f"{type(error).__name__}: {error}"[:200]) from error


def _files(message: Any, depth: int = 0) -> Iterator[CarriedFile]:
    """The message's text and attachments, those of messages inside of it in folders of their own."""
    yield from _body(message)
    for entry in message.attachments:
        inner = _inner_message(entry) if depth < _MOST_DEPTH else None
        if inner is None:
            yield _attachment(entry)
            continue
        folder, note = re.sub(r"[/\\]", "_", inner.subject or "mail"), _note(inner)
        for file in _files(inner, depth + 1):
            yield replace(file, name=f"{folder}/{file.name}", mail=file.mail or note)


def _inner_message(entry: Any) -> Any | None:
    """The message that an attachment is, None where it is a file.

    The head of its properties is 8 bytes shorter than that of the message around it ([MS-OXMSG], 2.4.1.2), which
    python-oxmsg does not know.
    """
    part = next((s for s in entry._storage.storages if s.name == _INNER), None)
    if part is None:
        return None
    streams = tuple(
        replace(s, bytes_=s.bytes_[:_HEAD] + bytes(8) + s.bytes_[_HEAD:])
        if s.path.endswith(_PROPERTIES)
        else s
        for s in part.streams
    )
    return oxmsg.Message(replace(part, streams=streams))


def _note(message: Any) -> MailNote:
    head = message.properties.str_prop_value(_TRANSPORT) or ""
    of_head = mail_note(email.message_from_string(head, policy=ShortFields())) if head else MailNote()
    sent = of_head.sent or (day_in_japan(message.sent_date) if message.sent_date else None)
    return MailNote(sent, of_head.sender or message.sender or "", message.subject or of_head.subject)


def _body(message: Any) -> Iterator[CarriedFile]:
    """The message's own text: with a table as HTML, else plain."""
    html, plain = message.html_body or "", message.body or ""
    if "<table" in html.lower() or (html and not plain.strip()):
        yield CarriedFile("本文.html", partial(_encoded, html), CarriedRole.BODY)
    elif plain.strip():
        yield CarriedFile("本文.txt", partial(_encoded, plain), CarriedRole.BODY)


def _encoded(text: str) -> bytes:
    return b"\xef\xbb\xbf" + text.encode("utf-8", "replace")


def _attachment(entry: Any) -> CarriedFile:
    properties = entry.properties
    short = properties.str_prop_value(_SHORT_NAME) or properties.str_prop_value(_SHOWN_NAME)
    is_inline = bool(properties.str_prop_value(_CONTENT_ID)) and (entry.mime_type or "").startswith("image/")
    role = CarriedRole.INLINE if is_inline else CarriedRole.FILE
    return CarriedFile(entry.file_name or short or "part", partial(_bytes_of, entry), role)


def _bytes_of(entry: Any) -> bytes:
    """Raises Damaged where the attachment holds no bytes: a link to a file elsewhere, or a message inside this one."""
    data = entry.file_bytes
    if not data:
        raise Damaged(detail="the attachment is no file: a link, or a message inside the message")
    return bytes(data)
