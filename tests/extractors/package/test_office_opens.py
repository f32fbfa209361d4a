"""Packages that Office opens though they are written in another way: names of parts, their places, the built-in password."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from extractors.read import read
from extractors.sniff import sniff
from tests.extractors.excel.books import add_part, save
from tests.extractors.grids import texts
from tests.extractors.word.docs import docx, paragraph

ROWS = [["番号", "設問", "回答"], ["1", "鍵は毎晩掛けるか", "○"]]


def _renamed(path: Path, rename: Callable[[str], str], words: dict[str, str] | None = None) -> Path:
    """The package with other names of parts, and other words inside of them."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            for old, new in (words or {}).items():
                data = data.replace(old.encode(), new.encode())  # noqa: PLW2901
            entry = zipfile.ZipInfo("x")
            entry.filename = rename(name)
            package.writestr(entry, data)
    return path


def _answer(path: Path) -> str:
    assert sniff(path) == "xlsx"
    document = read(path)
    assert document.extractor == "spreadsheetml"
    assert [issue.code for issue in document.issues] == []
    return texts(document.grids[0])[1, 2]


def test_a_workbook_with_backslashes_between_its_folders(tmp_path: Path) -> None:
    path = _renamed(save(tmp_path, ROWS), lambda name: name.replace("/", "\\"))
    assert _answer(path) == "○"


def test_a_workbook_whose_main_part_has_another_name(tmp_path: Path) -> None:
    words = {"xl/workbook.xml": "xl/workbook2.xml"}
    path = _renamed(save(tmp_path, ROWS), lambda name: name.replace("workbook.xml", "workbook2.xml"), words)
    assert _answer(path) == "○"


def test_a_workbook_whose_parts_lie_at_the_packages_root(tmp_path: Path) -> None:
    path = _renamed(save(tmp_path, ROWS), lambda name: name.removeprefix("xl/"), {"/xl/": "/", '"xl/': '"'})
    assert _answer(path) == "○"


def test_a_letter_of_word_on_the_web(tmp_path: Path) -> None:
    path = tmp_path / "回答.docx"
    path.write_bytes(docx(paragraph("お元気ですか")).getvalue())
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = f'<Types><Override PartName="/word/document2.xml" ContentType="{kind}"/></Types>'
    add_part(path, "[Content_Types].xml", types.encode())
    words = {"word/document.xml": "word/document2.xml"}
    _renamed(path, lambda name: name.replace("document.xml", "document2.xml"), words)
    assert sniff(path) == "docx"
    assert [cell.text for cell in read(path).grids[0].cells] == ["お元気ですか"]


@pytest.mark.parametrize("passwords", [(), ("wrong",)])
def test_a_workbook_that_excel_protects_by_its_own_password(
    tmp_path: Path, passwords: tuple[str, ...]
) -> None:
    plain, locked = save(tmp_path, ROWS, "plain.xlsx"), tmp_path / "回答.xlsx"
    with plain.open("rb") as source, locked.open("wb") as target:
        OOXMLFile(source).encrypt("VelvetSweatshop", target)
    assert texts(read(locked, passwords).grids[0])[1, 2] == "○"


def test_names_of_parts_are_the_same_in_any_case(tmp_path: Path) -> None:
    path = _renamed(save(tmp_path, ROWS), lambda name: name.upper() if name.startswith("xl/") else name)
    assert _answer(path) == "○"


def test_relations_with_backslashes(tmp_path: Path) -> None:
    words = {"worksheets/sheet1.xml": "worksheets\\sheet1.xml", "xl/workbook.xml": "xl\\workbook.xml"}
    assert _answer(_renamed(save(tmp_path, ROWS), lambda name: name, words)) == "○"
