"""The kind of a file is what its bytes say, whatever its name says."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from extractors.formats import MEDIA_TYPES
from extractors.sniff import sniff

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _file(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def _zip(tmp_path: Path, name: str, entries: dict[str, bytes]) -> Path:
    path = tmp_path / name
    with zipfile.ZipFile(path, "w") as package:
        for entry, data in entries.items():
            package.writestr(entry, data)
    return path


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.pdf", b"%PDF-1.7\n", "pdf"),
        ("winmail.dat", b"x\x9f>\x22" + bytes(40), "tnef"),
        ("a.exe", b"MZ" + bytes(40), "program"),
        ("a.rtf", b"{\\rtf1 x}", "rtf"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(40), "archive"),
        ("a.lzh", b"\x22\x10-lh5-" + bytes(40), "archive"),
        ("a.tar", b"x" + bytes(256) + b"ustar" + bytes(300), "archive"),
        ("a.pxlsx", b".pfile" + bytes(40), "rights_managed"),
        ("a.xml", b'<?xml version="1.0"?><a/>', "xml"),
        ("a.pdf", b"\xef\xbb\xbf\r\n %PDF-1.4\n", "pdf"),
        ("a.xlsx", b"%PDF-1.7\n", "pdf"),
        ("a.xlsx", b"", "empty"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 20, "image"),
        ("a.pdf", b"\xff\xd8\xff\xe0" + b"\x00" * 20, "image"),
        ("a.xlsx", bytes(range(256)) * 8, "unknown"),
        ("a.txt", "あいう\tえお\n".encode(), "text"),
        ("a.txt", "あいう\tえお\n".encode("cp932"), "text"),
        ("a.txt", "あいう\tえお\n".encode("euc_jp"), "text"),
        ("a.txt", "あいう\tえお\n".encode("utf-16"), "text"),
        ("a.txt", b"\xfe\xff" + "あいう".encode("utf-16-be"), "text"),
        ("a.txt", "あいう".encode("iso2022_jp"), "text"),
        ("a.xls", b"No,Q\r\n1,x\r\n", "text"),
    ],
)
def test_bytes_decide(tmp_path: Path, name: str, data: bytes, kind: str) -> None:
    assert sniff(_file(tmp_path, name, data)) == kind
    assert kind in MEDIA_TYPES


@pytest.mark.parametrize(
    ("stream", "kind"),
    [("EncryptedPackage", "encrypted"), ("Workbook", "xls"), ("Book", "xls"), ("WordDocument", "doc")],
)
def test_ole_container_is_told_by_its_streams(tmp_path: Path, stream: str, kind: str) -> None:
    data = OLE + b"\x00" * 504 + stream.encode("utf-16-le") + b"\x00" * 100
    assert sniff(_file(tmp_path, "送付.xlsx", data)) == kind


def test_workbook_with_a_wrong_extension(tmp_path: Path) -> None:
    path = tmp_path / "回答.pdf"
    openpyxl.Workbook().save(path)
    assert sniff(path) == "xlsx"


@pytest.mark.parametrize(
    ("entries", "kind"),
    [
        ({"xl/workbook.bin": b"x"}, "xlsb"),
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, "ods"),
        ({"mimetype": b"application/epub+zip"}, "package"),
        ({"word/document.xml": b"<a/>"}, "docx"),
        ({"ppt/presentation.xml": b"<a/>"}, "pptx"),
    ],
)
def test_zip_is_told_by_its_parts(tmp_path: Path, entries: dict[str, bytes], kind: str) -> None:
    assert sniff(_zip(tmp_path, "送付.xlsx", entries)) == kind


@pytest.mark.parametrize(("name", "kind"), [("a.xlsx", "xlsx"), ("a.XLSM", "xlsx"), ("a.zip", "zip")])
def test_broken_zip_is_what_its_name_says(tmp_path: Path, name: str, kind: str) -> None:
    assert sniff(_file(tmp_path, name, b"PK\x03\x04" + b"\x01" * 60)) == kind


def test_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sniff(tmp_path / "ない.xlsx")


def test_flat_spreadsheets_are_told_from_other_xml(tmp_path: Path) -> None:
    spaces = ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"' + ' xmlns:a="urn:x"' * 500
    mime = ' office:mimetype="application/vnd.oasis.opendocument.spreadsheet"'
    assert sniff(_file(tmp_path, "a.xml", f"<?xml?>\n<office:document{spaces}{mime}>".encode())) == "fods"
    assert sniff(_file(tmp_path, "b.fods", f"<office:document{spaces}>".encode())) == "text"
    assert sniff(_file(tmp_path, "c.txt", f"番号 {spaces}{mime}".encode())) == "text"
    assert "fods" in MEDIA_TYPES
