"""The one table of the kinds of files: how its bytes are recognised, what it is called, and who reads it.

A new kind of file is one row here and one module that reads it. The first row whose test holds is the kind: those of
containers stand before those of text, as a workbook that a portal exported as a web page begins like any page.
`お客様回答.xls` is `xls`, `html`, `xml_spreadsheet` or `encrypted`, whatever its name says.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from extractors.file_content import FileContent

_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_XML_SPREADSHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
_OPEN_DOCUMENT = b"urn:oasis:names:tc:opendocument"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_PAGE = re.compile(rb"<(?:table|html|body)[\s>]", re.IGNORECASE)
_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file. `reader` is the `module:function` that reads it, "" where none does; it is imported when it is used.

    By `endings` a package is recognised that is too broken to look into, so that its reader says what is wrong with it.
    `from_bytes` is False for what is read from a file only; `takes_passwords` where the reader opens protected files
    itself, `reads_pictures` where it reads pages that are pictures for as long as it is told. `colour_readers` are the
    readers (`Document.extractor`) that keep the colours of cells.
    """

    kind: str
    media_type: str
    matches: Callable[[FileContent], bool]
    reader: str = ""
    endings: tuple[str, ...] = ()
    from_bytes: bool = True
    takes_passwords: bool = False
    reads_pictures: bool = False
    keeps_properties: bool = False
    colour_readers: frozenset[str] = frozenset()


FORMATS = (
    Format("empty", "application/x-empty", lambda file: not file.head),
    Format(
        "pdf", "application/pdf", lambda file: b"%PDF-" in file.head[:1024],
        "extractors.pdf.reader:read_pdf", takes_passwords=True, reads_pictures=True,
    ),
    Format("encrypted", "application/x-encrypted-office", lambda file: file.has_stream("EncryptedPackage")),
    Format(
        "xls", "application/vnd.ms-excel", lambda file: file.has_stream("Workbook", "Book"),
        "extractors.excel.workbook:read_xls", takes_passwords=True, colour_readers=frozenset({"biff"}),
    ),
    Format(
        "xlsx", f"{_OFFICE}.spreadsheetml.sheet", lambda file: "xl/workbook.xml" in file.parts,
        "extractors.excel.workbook:read_workbook", endings=(".xlsx", ".xlsm"), keeps_properties=True,
        colour_readers=frozenset({"spreadsheetml", "openpyxl"}),
    ),
    Format(
        "xlsb", "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
        lambda file: "xl/workbook.bin" in file.parts, "extractors.excel.fallback.calamine:read_by_calamine",
    ),
    Format(
        "docx", f"{_OFFICE}.wordprocessingml.document", lambda file: "word/document.xml" in file.parts,
        "extractors.word.reader:read_word", endings=(".docx", ".docm"), keeps_properties=True,
        colour_readers=frozenset({"wordprocessingml"}),
    ),
    Format(
        "ods", _ODS, lambda file: b"opendocument.spreadsheet" in file.mime,
        "extractors.excel.workbook:read_ods", colour_readers=frozenset({"opendocument"}),
    ),
    Format("zip", "application/zip", lambda file: file.is_package),
    Format(
        "image", "image/*", lambda file: file.head.startswith(_IMAGES),
        "extractors.pdf.scanned.read_scans:read_picture", reads_pictures=True,
    ),
    Format(
        "fods", f"{_ODS}-flat-xml", lambda file: _OPEN_DOCUMENT in file.xml_head and _ODS.encode() in file.xml_head,
        "extractors.excel.workbook:read_ods", colour_readers=frozenset({"opendocument"}),
    ),
    Format(
        "xml_spreadsheet", "application/xml", lambda file: _XML_SPREADSHEET in file.xml_head,
        "extractors.html.xml_spreadsheet:read_spreadsheet",
    ),
    Format(
        "html", "text/html", lambda file: _PAGE.search(file.xml_head) is not None,
        "extractors.html.reader:read_html",
    ),
    Format("unknown", "application/octet-stream", lambda file: file.is_ole or file.is_binary),
    Format("text", "text/plain", lambda _: True, "extractors.text.reader:read_text", from_bytes=False),
)  # fmt: skip
BY_KIND = {entry.kind: entry for entry in FORMATS}
MEDIA_TYPES = {entry.kind: entry.media_type for entry in FORMATS}
_COLOUR_READERS = frozenset[str]().union(*(entry.colour_readers for entry in FORMATS))


def keeps_colours(extractor: str) -> bool:
    """Whether a reader keeps the colours of cells; the others leave it to the words of a legend."""
    return extractor in _COLOUR_READERS
