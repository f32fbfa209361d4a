"""Workbooks behind a password: opened with one that fits, told otherwise, never written to disk."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from extractors.errors import Damaged, Encrypted, Unsupported
from extractors.grid import CarriedBytes
from extractors.read import read
from tests.extractors.excel.books import save
from tests.extractors.grids import texts


def _locked(tmp_path: Path) -> Path:
    plain = save(tmp_path, [["番号", "設問", "回答"], ["1", "鍵は毎晩掛けるか", "○"]], "plain.xlsx")
    locked = tmp_path / "回答.xlsx"
    with plain.open("rb") as source, locked.open("wb") as target:
        OOXMLFile(source).encrypt("himitsu", target)
    plain.unlink()
    return locked


def test_a_fitting_password_opens_the_workbook_and_leaves_no_file(tmp_path: Path) -> None:
    path = _locked(tmp_path)
    document = read(path, ["wrong", "himitsu"])
    assert texts(document.grids[0])[1, 2] == "○"
    assert document.extractor == "spreadsheetml"
    assert [entry.name for entry in tmp_path.iterdir()] == ["回答.xlsx"]


@pytest.mark.parametrize("passwords", [[], ["wrong"]])
def test_without_a_fitting_password_it_is_encrypted(tmp_path: Path, passwords: list[str]) -> None:
    path = _locked(tmp_path)
    with pytest.raises(Encrypted):
        read(path, passwords)


def test_a_broken_container_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "回答.xlsx"
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    path.write_bytes(head + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(Damaged):
        read(path, ["himitsu"])


def test_a_fitting_password_opens_a_pdf(tmp_path: Path) -> None:
    path = tmp_path / "回答.pdf"
    with pymupdf.open() as book:
        book.new_page().insert_text((72, 72), "kagi")
        book.save(path, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="himitsu", owner_pw="oya")
    with pytest.raises(Encrypted):
        read(path, ["wrong"])
    assert [cell.text for cell in read(path, ["wrong", "himitsu"]).grids[0].cells] == ["kagi"]


def test_a_print_under_rights_management_asks_for_no_password_and_is_not_damaged() -> None:
    book = pymupdf.open()
    book.new_page().insert_text((50, 50), "kagi")
    locked: bytes = book.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="a", owner_pw="b")
    managed = locked.replace(b"/Filter/Standard", b"/Filter/MicrosoftIRMServices")
    assert managed != locked
    with pytest.raises(Unsupported) as caught:
        read(CarriedBytes(managed, "回答.pdf"), ["a"])
    assert caught.value.code == "file_rights_managed"
