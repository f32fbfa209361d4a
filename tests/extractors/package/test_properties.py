"""What the program that saved a workbook or PDF wrote down about it."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pymupdf
import pytest
from openpyxl import Workbook

from extractors.package.properties import workbook_properties
from extractors.read import read


def _package(parts: dict[str, bytes]) -> BytesIO:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return stream


def test_company_and_author_of_a_workbook(tmp_path: Path) -> None:
    book = Workbook()
    book.properties.creator = "からくり堂株式会社"
    book.properties.lastModifiedBy = "田中"
    book.save(tmp_path / "a.xlsx")
    found = dict(read(tmp_path / "a.xlsx").properties)
    assert (found["author"], found["modified_by"]) == ("からくり堂株式会社", "田中")


def test_the_company_stands_in_another_part() -> None:
    app = "<Properties xmlns='urn:x'><Application>x</Application><Company> からくり堂 </Company></Properties>"
    assert workbook_properties(_package({"docProps/app.xml": app.encode()})) == (("company", "からくり堂"),)


@pytest.mark.parametrize(
    "part",
    [
        b"", b"<Properties", b"no XML", b"<Properties><Company/></Properties>",
        b"<!DOCTYPE p [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><Properties><Company>&e;</Company></Properties>",
        b"<Properties><Company>" + b"x" * (1 << 20) + b"</Company></Properties>",
    ],
)  # fmt: skip
def test_broken_hostile_or_long_properties_are_none(part: bytes) -> None:
    assert workbook_properties(_package({"docProps/app.xml": part})) == ()


def test_what_is_no_package_has_no_properties() -> None:
    assert workbook_properties(BytesIO(b"no zip")) == ()


def test_a_long_author_is_cut() -> None:
    core = f"<c><creator>{'あ' * 5000}</creator></c>"
    ((name, text),) = workbook_properties(_package({"docProps/core.xml": core.encode()}))
    assert (name, len(text)) == ("author", 200)


def test_the_author_of_a_pdf(tmp_path: Path) -> None:
    with pymupdf.open() as book:
        book.new_page().insert_text((72, 72), "a sheet of one line")
        book.set_metadata({"author": "Karakuri, Inc."})
        book.save(tmp_path / "a.pdf")
    assert read(tmp_path / "a.pdf").properties == (("author", "Karakuri, Inc."),)
