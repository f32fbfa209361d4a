"""Mail (.eml) in, what it carries out: attachments, forwarded mails, its own text; and when it was sent, by whom.

A picture that the text shows (a logo, a signature) is no sheet and is told by its role. The standard library takes mails
apart; names and fields are decoded here, since mail programs in Japan write them in ways that no standard knows.
"""

from __future__ import annotations

import datetime as dt
import email
import email.policy
import re
from collections.abc import Sequence
from email.message import Message
from email.utils import collapse_rfc2231_value, parseaddr, parsedate_to_datetime

from extractors.errors import Damaged
from extractors.grid import Source, source_bytes
from extractors.mail.carried import CarriedFile, CarriedRole, Contents, MailNote, contents_of
from extractors.mail.decode_names import decode_bytes, decode_field

_JAPAN = dt.timezone(dt.timedelta(hours=9))
_BODIES = {"text/plain": "本文.txt", "text/html": "本文.html"}
_ENDINGS = {"message/rfc822": ".eml", "text/html": ".html", "text/plain": ".txt", "text/calendar": ".ics"}
# A name in bytes that are no ASCII, which no standard allows and many programs write.
_RAW_NAME = re.compile(r"\b(?:file)?name\s*=\s*\"?([^\";\r\n]*[\udc80-\udcff][^\";\r\n]*)")
_LONGEST = 4096  # characters of a field: what takes fields apart tries each start of a long one again
_SHOWN = re.compile(rb"cid:([^\"'>\s)]+)", re.IGNORECASE)
_MOST_DEPTH = 30  # parts inside parts; a mail has four


class ShortFields(email.policy.Compat32):
    """Mails as the standard library reads them, their fields no longer than any that says something."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Name and value of a field, the value cut."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST]


def open_message(source: Source, passwords: Sequence[str] = ()) -> Contents:  # noqa: ARG001  one shape of openers
    """What the mail carries. Raises Damaged where no program could take it apart."""
    try:
        message = email.message_from_bytes(source_bytes(source), policy=ShortFields())
        parts = _leaves(message)
        shown = _shown_pictures([part for part, _ in parts], message)
        files = [_carried(part, body, shown) for part, body in parts]
    except (RecursionError, ValueError, LookupError, TypeError, AssertionError) as error:
        raise Damaged(detail=f"{type(error).__name__}: {error}"[:200]) from error
    return contents_of(files, mail_note(message))


def mail_note(message: Message) -> MailNote:
    """What a mail's head says: the day in Japan, the sender's name (else the address), the subject."""
    name, address = parseaddr(_field(message, "From"))
    return MailNote(
        _sent(message), f"{name} <{address}>".strip() if name else address, _field(message, "Subject")
    )


def _field(message: Message, name: str) -> str:
    return decode_field(_raw(message, name)).strip()


def _raw(message: Message, name: str) -> str:
    """A field as it was sent, bytes that are no ASCII as surrogates; "" where there is none."""
    fields = ((key, str(value)) for key, value in message.raw_items() if key.lower() == name.lower())
    return next(fields, ("", ""))[1]


def _sent(message: Message) -> dt.date | None:
    try:
        sent = parsedate_to_datetime(str(message["Date"]))
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return day_in_japan(sent)


def day_in_japan(moment: dt.datetime) -> dt.date | None:
    """The day of a moment as it was in Japan; a moment without a zone is taken as told."""
    try:
        return (moment.astimezone(_JAPAN) if moment.tzinfo else moment).date()
    except (OverflowError, ValueError):
        return None


def _leaves(message: Message) -> list[tuple[Message, bool]]:
    """The parts that hold something, each with whether it is the mail's own text; a forwarded mail is one part."""
    leaves: list[Message] = []
    waiting = [(message, 0)]
    while waiting:
        part, depth = waiting.pop(0)
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list) and depth < _MOST_DEPTH:
            waiting = [(child, depth + 1) for child in inner if isinstance(child, Message)] + waiting
        else:
            leaves.append(part)
    body = _body_of(leaves)
    texts = {id(part) for part in leaves if _is_text_of_mail(part)}
    return [(part, part is body) for part in leaves if part is body or id(part) not in texts]


def _body_of(leaves: Sequence[Message]) -> Message | None:
    """The one part of a mail's text that is read: with a table as HTML, else plain."""
    texts = [part for part in leaves if _is_text_of_mail(part) and _payload(part).strip()]
    tables = [p for p in texts if p.get_content_type() == "text/html" and b"<table" in _payload(p).lower()]
    plain = [p for p in texts if p.get_content_type() == "text/plain"]
    return next(iter([*tables, *plain, *texts]), None)


def _is_text_of_mail(part: Message) -> bool:
    is_attached = part.get_content_disposition() == "attachment" or _file_name(part)
    return part.get_content_type() in _BODIES and not is_attached


def _shown_pictures(parts: Sequence[Message], message: Message) -> frozenset[str]:
    """The ids of the pictures that a page of the mail shows, whatever their parts call themselves: `cid:logo@x`."""
    pages = [part for part in message.walk() if part.get_content_type() == "text/html"]
    texts = b"".join(map(_payload, pages)) if any("Content-ID" in part for part in parts) else b""
    return frozenset(key.decode("ascii", "replace") for key in _SHOWN.findall(texts))


def _carried(part: Message, is_body: bool, shown: frozenset[str]) -> CarriedFile:
    kind = part.get_content_type()
    if is_body:
        data = _as_utf_8(part)
        return CarriedFile(_BODIES[kind], lambda: data, CarriedRole.BODY)
    name = _file_name(part) or _default_name(part)
    if kind == "message/rfc822" and not name.lower().endswith(".eml"):
        name += ".eml"
    is_inline = part.get_content_maintype() == "image" and (
        part.get_content_disposition() == "inline"
        or ("Content-ID" in part and part.get_content_disposition() is None)
        or _raw(part, "Content-ID").strip("<> ") in shown
    )
    return CarriedFile(name, lambda: _payload(part), CarriedRole.INLINE if is_inline else CarriedRole.FILE)


def _as_utf_8(part: Message) -> bytes:
    """A mail's text in one encoding; a page's own word on its encoding is taken out, since it does not hold any more."""
    text = decode_bytes(_payload(part), part.get_content_charset() or "")
    return b"\xef\xbb\xbf" + text.encode("utf-8", "replace")


def _file_name(part: Message) -> str:
    for header, param in (("Content-Disposition", "filename"), ("Content-Type", "name")):
        raw = _RAW_NAME.search(_raw(part, header))
        if raw is not None:
            return decode_field(raw.group(1)).strip()
        try:
            value = part.get_param(param, None, header)
        except (ValueError, LookupError):
            continue
        if value is not None:
            text = collapse_rfc2231_value(value) if isinstance(value, tuple) else str(value)
            return decode_field(text).strip()
    return ""


def _default_name(part: Message) -> str:
    """A name for a part that has none: a forwarded mail is called by its subject."""
    inner = part.get_payload()
    if (
        part.get_content_type() == "message/rfc822"
        and isinstance(inner, list)
        and isinstance(inner[0], Message)
    ):
        return (_field(inner[0], "Subject") or "mail").replace("/", "_").replace("\\", "_")
    return "part" + _ENDINGS.get(part.get_content_type(), "." + part.get_content_subtype())


def _payload(part: Message) -> bytes:
    """The bytes of a part; of a forwarded mail that mail's own."""
    inner = part.get_payload()
    if isinstance(inner, list):
        return b"\n".join(child.as_bytes() for child in inner if isinstance(child, Message))
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""
