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
from extractors.mail.mime_head import is_mail, is_web_archive

_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_XML_SPREADSHEET = b"urn:schemas-microsoft-com:office:spreadsheet"
_WORD_XML = (
    b"schemas.microsoft.com/office/word/2003/wordml",
    b"schemas.microsoft.com/office/2006/xmlPackage",
)
# How links to a file begin, of Windows and its browsers; those of Apple and of Google's drive name an address and no content.
_SHORTCUTS = (b"L\x00\x00\x00\x01\x14\x02\x00", b"[InternetShortcut]", b"[{000214A0")
_ADDRESS_ALONE = re.compile(
    rb"^(?:bplist00.{0,20}SURL|\{[^{}]*\"(?:doc_id|resource_id)\"|.{0,300}<dict>\s*<key>URL</key>)", re.DOTALL
)
_OPEN_DOCUMENT = b"urn:oasis:names:tc:opendocument"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_PAGE = re.compile(rb"<(?:table|html|body)[\s>]", re.IGNORECASE)
_OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file. `reader` is the `module:function` that reads it, "" where none does; it is imported when it is used.

    By `endings` a package is recognised that is too broken to look into, so that its reader says what is wrong with it.
    `opener` is the `module:function` that tells what a mail or an archive carries, "" of what is no container. `refusal` is the
    code of the message of a kind that is known and not read. `from_bytes` is False for what needs the name of its file;
    `takes_passwords` where the reader opens protected files itself, `reads_pictures` where it reads pages that are pictures for
    as long as it is told. `colour_readers` are the readers (`Document.extractor`) that keep the colours of cells.
    """

    kind: str
    media_type: str
    matches: Callable[[FileContent], bool]
    reader: str = ""
    opener: str = ""
    refusal: str = "file_unsupported"
    endings: tuple[str, ...] = ()
    from_bytes: bool = True
    takes_passwords: bool = False
    reads_pictures: bool = False
    keeps_properties: bool = False
    colour_readers: frozenset[str] = frozenset()


_WORKBOOK = re.compile(
    r"spreadsheetml\.(?:sheet|template)\.main|ms-excel\.(?:sheet|template|addin)\.macroEnabled\.main"
)
_BINARY_BOOK = re.compile(r"ms-excel\.sheet\.binary")
_TEXT = re.compile(r"wordprocessingml\.|ms-word\.")
_SLIDES = re.compile(r"presentationml\.|ms-powerpoint\.")


def _is_shortcut(file: FileContent) -> bool:
    """Whether a file is a link to another one, which did not come."""
    head = file.head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(_SHORTCUTS) or _ADDRESS_ALONE.match(head) is not None


def _is_of_apple(file: FileContent) -> bool:
    """Whether a package is a sheet or letter of Apple's programs: its archives lie in a folder or in an archive of their own."""
    inside = any(part.startswith("Index/") and part.endswith(".iwa") for part in file.parts)
    return inside or {"Index.zip", "Metadata/Properties.plist"} <= file.parts


def _is_office(file: FileContent, usual: str, main_type: re.Pattern[str]) -> bool:
    """Whether a package holds the usual main part of a kind, or says that another part is one of that kind."""
    return usual in file.parts or (file.is_package and main_type.search(file.main_type) is not None)


FORMATS = (
    Format("empty", "application/x-empty", lambda file: not file.head),
    Format(
        "tnef", "application/vnd.ms-tnef", lambda file: file.head.startswith(b"x\x9f>\""),
        opener="extractors.mail.winmail:open_winmail",
    ),
    Format(
        "pdf", "application/pdf", lambda file: file.is_pdf,
        "extractors.pdf.reader:read_pdf", takes_passwords=True, reads_pictures=True,
    ),
    Format(
        "rights_managed", "application/x-rights-managed",
        lambda file: file.head.startswith(b".pfile") or file.has_stream("DRMEncryptedDataSpace", "\tDRMContent"),
        refusal="file_rights_managed",
    ),
    Format("encrypted", "application/x-encrypted-office", lambda file: file.has_stream("EncryptedPackage")),
    Format(
        "msg", "application/vnd.ms-outlook", lambda file: file.has_stream("__properties_version1.0"),
        opener="extractors.mail.outlook:open_outlook",
    ),
    Format("doc", "application/msword", lambda file: file.has_stream("WordDocument"), refusal="file_old_word"),
    Format(
        "ppt", "application/vnd.ms-powerpoint", lambda file: file.has_stream("PowerPoint Document"),
        refusal="file_slides",
    ),
    Format(
        "xls", "application/vnd.ms-excel", lambda file: file.has_stream("Workbook", "Book"),
        "extractors.excel.workbook:read_xls", takes_passwords=True, colour_readers=frozenset({"biff"}),
    ),
    Format(
        "xlsx", f"{_OFFICE}.spreadsheetml.sheet", lambda file: _is_office(file, "xl/workbook.xml", _WORKBOOK),
        "extractors.excel.workbook:read_workbook", endings=(".xlsx", ".xlsm"), keeps_properties=True,
        colour_readers=frozenset({"spreadsheetml", "openpyxl"}),
    ),
    Format(
        "xlsb", "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
        lambda file: _is_office(file, "xl/workbook.bin", _BINARY_BOOK), "extractors.excel.fallback.calamine:read_by_calamine",
    ),
    Format(
        "docx", f"{_OFFICE}.wordprocessingml.document", lambda file: _is_office(file, "word/document.xml", _TEXT),
        "extractors.word.reader:read_word", endings=(".docx", ".docm"), keeps_properties=True,
        colour_readers=frozenset({"wordprocessingml"}),
    ),
    Format(
        "ods", _ODS, lambda file: b"opendocument.spreadsheet" in file.mime,
        "extractors.excel.workbook:read_ods", colour_readers=frozenset({"opendocument"}),
    ),
    Format(
        "pptx", f"{_OFFICE}.presentationml.presentation", lambda file: _is_office(file, "ppt/presentation.xml", _SLIDES),
        refusal="file_slides",
    ),
    Format(
        "odt", "application/vnd.oasis.opendocument.text", lambda file: b"opendocument.text" in file.mime,
        refusal="file_old_word",
    ),
    Format("iwork", "application/vnd.apple.iwork", _is_of_apple, refusal="file_of_apple"),
    Format("package", "application/zip", lambda file: file.is_typed_package),
    Format("zip", "application/zip", lambda file: file.is_package, opener="extractors.mail.zip_archive:open_zip"),
    Format("archive", "application/x-archive", lambda file: file.is_archive, refusal="file_archive"),
    Format("program", "application/x-msdownload", lambda file: file.head.startswith(b"MZ"), refusal="file_program"),
    Format("shortcut", "application/x-ms-shortcut", _is_shortcut, refusal="file_shortcut"),
    Format("rtf", "application/rtf", lambda file: file.head.startswith(b"{\\rtf"), refusal="file_rich_text"),
    Format(
        "mht", "application/x-mimearchive", lambda file: is_web_archive(file.head), refusal="file_web_archive",
    ),
    Format(
        "eml", "message/rfc822", lambda file: is_mail(file.head), opener="extractors.mail.message:open_message",
    ),
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
    Format(
        "word_xml", "application/xml", lambda file: any(name in file.xml_head for name in _WORD_XML), refusal="file_old_word",
    ),
    Format("xml", "application/xml", lambda file: file.xml_head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml")),
    Format("unknown", "application/octet-stream", lambda file: file.is_ole or file.is_binary),
    Format("text", "text/plain", lambda _: True, "extractors.text.reader:read_text", from_bytes=False),
)  # fmt: skip
BY_KIND = {entry.kind: entry for entry in FORMATS}
MEDIA_TYPES = {entry.kind: entry.media_type for entry in FORMATS}
_COLOUR_READERS = frozenset[str]().union(*(entry.colour_readers for entry in FORMATS))


def keeps_colours(extractor: str) -> bool:
    """Whether a reader keeps the colours of cells; the others leave it to the words of a legend."""
    return extractor in _COLOUR_READERS
