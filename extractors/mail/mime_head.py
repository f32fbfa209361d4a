"""The first bytes of a file in, whether they are the head of a mail or of a saved web page (.mht) out.

Both are written as mails are; a page was never sent to anybody: `From: <Saved by Blink>`, no `To`, no `Received`.
"""

from __future__ import annotations

import re

_FIELD = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{1,40}):", re.MULTILINE)
_FIRST = re.compile(rb"^(?:\xef\xbb\xbf)?(?:From [^\r\n]*\r?\n)?[A-Za-z][A-Za-z0-9-]{1,40}: ?")
_SENT = {
    b"to",
    b"cc",
    b"bcc",
    b"received",
    b"delivered-to",
    b"return-path",
    b"x-unsent",
    b"x-mailer",
    b"reply-to",
}
_OF_MAILS = _SENT | {b"from", b"subject", b"date", b"message-id", b"mime-version", b"content-type"}
_FEWEST = 3
_RELATED = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)


def is_mail(head: bytes) -> bool:
    """Whether a file begins as a mail does: with some fields that every mail has, sender or receiver among them."""
    names = _names(head)
    return len(names & _OF_MAILS) >= _FEWEST and bool(names & (_SENT | {b"from"}))


def is_web_archive(head: bytes) -> bool:
    """Whether a file begins as a web page that a browser, Excel or a wiki saved into one file."""
    return _RELATED.search(_field_part(head)) is not None and not _names(head) & _SENT


def _names(head: bytes) -> set[bytes]:
    return {match.lower() for match in _FIELD.findall(_field_part(head))}


def _field_part(head: bytes) -> bytes:
    """The fields, up to the first blank line; b"" where a file does not begin with one."""
    if not _FIRST.match(head):
        return b""
    return re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
