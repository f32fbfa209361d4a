"""Archives: names of every Windows and Mac, locks of both kinds, and what lies about its size."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from extractors.errors import Damaged, Encrypted, TooLarge
from extractors.grid import CarriedBytes
from extractors.mail.zip_archive import open_zip
from extractors.read import read_contents
from extractors.sniff import sniff
from tests.pipeline.arrivals.make_folder import locked_zip, plain_zip, windows_zip


def _source(data: bytes) -> CarriedBytes:
    return CarriedBytes(data, "受領.zip")


def _names(data: bytes) -> list[str]:
    return [file.name for file in open_zip(_source(data)).files]


@pytest.mark.parametrize(
    "name", ["回答/チェックシート.xlsx", "セキュリティ①㈱.pdf", "ソ表能.csv", "plain.txt"]
)
def test_names_that_windows_in_japan_wrote(name: str) -> None:
    assert _names(windows_zip({name: b"x"})) == [name]


def test_names_in_utf_8_with_and_without_a_mark() -> None:
    marked = plain_zip({"回答.xlsx": b"x"})
    assert "回答.xlsx" in _names(marked)
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr("X" * len("回答.xlsx".encode()), b"x")
    unmarked = sink.getvalue().replace(b"X" * len("回答.xlsx".encode()), "回答.xlsx".encode())
    assert _names(unmarked) == ["回答.xlsx"]


def test_names_lead_nowhere_else_and_stand_once() -> None:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name in ("../../回答.xlsx", "/etc/回答.xlsx", "a\\b.csv", "b.csv"):
            archive.writestr(name, name)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("b.csv", "again")
    assert _names(sink.getvalue()) == ["_/_/回答.xlsx", "etc/回答.xlsx", "a/b.csv", "b.csv", "b (2).csv"]


def test_a_locked_archive_is_opened_by_the_password_that_fits() -> None:
    data = locked_zip({"回答.csv": b"1,2"}, "合言葉")
    [file] = open_zip(_source(data), ("wrong", "合言葉")).files
    assert file.read() == b"1,2"
    [locked] = open_zip(_source(data), ("wrong",)).files
    assert locked.name == "回答.csv"
    with pytest.raises(Encrypted):
        locked.read()


def test_broken_archives_and_members_are_damaged() -> None:
    with pytest.raises(Damaged):
        open_zip(_source(b"PK\x03\x04" + bytes(100)))
    data = plain_zip({"回答.csv": b"abcdefgh" * 10})
    [file, *_] = open_zip(_source(data.replace(b"abcdefgh", b"abcdefgX", 1))).files
    with pytest.raises(Damaged):
        file.read()


def test_an_archive_that_unpacks_to_far_more_is_refused() -> None:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.csv", bytes(60 << 20))
    with pytest.raises(TooLarge):
        open_zip(_source(sink.getvalue()))


def test_a_print_inside_an_archive_makes_no_print_of_it() -> None:
    assert sniff(_source(plain_zip({"a.pdf": b"%PDF-1.7\n"}))) == "zip"


@pytest.mark.parametrize("mark", ["[Content_Types].xml", "mimetype"])
def test_a_document_that_is_packed_is_no_archive(mark: str, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(plain_zip({mark: b"<Types/>", "x.xml": b"<x/>"}))
    assert sniff(path) == "package"
    assert read_contents(path) is None
