"""The package of a workbook: its size is checked before it is unpacked, and what no cell reader tells is told."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from extractors.errors import Damaged, TooLarge
from extractors.excel.package_findings import check_package
from tests.extractors.excel.books import add_part, rewrite, save

SHEET = "xl/worksheets/sheet1.xml"


def _codes(path: Path) -> dict[str, str]:
    return {issue.code: dict(issue.params)["count"] for issue in check_package(path).issues}


def test_plain_workbook_has_nothing_to_tell(tmp_path: Path) -> None:
    assert check_package(save(tmp_path, [["鍵", 1, True]])).issues == ()


def test_formulas_without_values_are_counted_and_named(tmp_path: Path) -> None:
    path = save(tmp_path, [["=1+1", "鍵", "=A1"], ["=C1"]])
    (issue,) = check_package(path).issues
    assert issue.code == "formula_without_value"
    assert issue.location.cells == "A1, C1, A2"
    assert dict(issue.params) == {"count": "3"}


def test_formula_without_value_names_its_sheet(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("設問")["B2"] = "=1+1"
    path = tmp_path / "回答.xlsx"
    book.save(path)
    (issue,) = check_package(path).issues
    assert (issue.location.sheet, issue.location.cells) == ("設問", "B2")


def test_formula_that_gives_no_text_is_no_issue(tmp_path: Path) -> None:
    path = save(tmp_path, [['=IF(B1="","",B1)']])
    rewrite(path, SHEET, b'<c r="A1">', b'<c r="A1" t="str">')
    assert check_package(path).issues == ()


def test_controls_to_which_no_sheet_leads_are_told(tmp_path: Path) -> None:
    path = save(tmp_path, [["鍵"]])
    add_part(path, "xl/ctrlProps/ctrlProp1.xml", b"<formControlPr/>")
    add_part(path, "xl/ctrlProps/ctrlProp2.xml", b"<formControlPr/>")
    add_part(path, "xl/activeX/activeX1.xml", b"<ax/>")
    assert _codes(path) == {"controls_not_read": "3"}


def test_comments_of_cells_are_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "×"
    book.active["A1"].comment = openpyxl.comments.Comment("来月から○です", "見本")
    path = tmp_path / "回答.xlsx"
    book.save(path)
    findings = check_package(path)
    assert findings.issues == ()
    assert findings.drawn["Sheet"].comments.texts == {(0, 0): ("来月から○です",)}


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04" + b"\x00" * 50, b"no zip at all"])
def test_what_is_no_zip_is_damaged(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "回答.xlsx"
    path.write_bytes(data)
    with pytest.raises(Damaged):
        check_package(path)


def test_part_that_does_not_unpack_is_damaged(tmp_path: Path) -> None:
    path = save(tmp_path, [[f"見本{row}"] for row in range(50)])
    with zipfile.ZipFile(path) as package:
        entry = package.getinfo(SHEET)
    data = bytearray(path.read_bytes())
    start = entry.header_offset + 30 + len(entry.filename)
    data[start : start + 40] = b"\xff" * 40
    path.write_bytes(data)
    with pytest.raises(Damaged):
        check_package(path)


def test_encrypted_part_is_damaged(tmp_path: Path) -> None:
    path = save(tmp_path, [["鍵"]])
    data = path.read_bytes()
    with zipfile.ZipFile(path) as package:
        entry = package.getinfo(SHEET)
    central = data.rindex(SHEET.encode()) - 46
    changed = bytearray(data)
    changed[central + 8] |= 1
    changed[entry.header_offset + 6] |= 1
    path.write_bytes(changed)
    with pytest.raises(Damaged):
        check_package(path)


def test_small_packages_may_be_packed_tightly(tmp_path: Path) -> None:
    path = save(tmp_path, [["鍵"]])
    add_part(path, "xl/media/image1.emf", b"\x00" * (10 << 20))
    assert check_package(path).issues == ()


def test_bomb_is_too_large(tmp_path: Path) -> None:
    path = save(tmp_path, [["鍵"]])
    add_part(path, "xl/media/image1.emf", b"\x00" * (30 << 20))
    with pytest.raises(TooLarge) as caught:
        check_package(path)
    assert caught.value.words == {"megabytes": "30"}


def test_size_is_taken_from_the_directory_without_unpacking(tmp_path: Path) -> None:
    path = save(tmp_path, [["鍵"]])
    data = bytearray(path.read_bytes())
    central = data.rindex(SHEET.encode()) - 46
    data[central + 24 : central + 28] = (2_000_000_000).to_bytes(4, "little")
    path.write_bytes(data)
    with pytest.raises(TooLarge) as caught:
        check_package(path)
    assert caught.value.words == {"megabytes": "1907"}


def test_sheets_are_named_by_their_relations(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("設問")["B2"] = "=1+1"
    book.move_sheet("設問", -1)
    path = tmp_path / "回答.xlsx"
    book.save(path)
    rewrite(path, "xl/_rels/workbook.xml.rels", b"/xl/worksheets/", b"worksheets/")
    assert [(t.location.sheet, t.location.cells) for t in check_package(path).issues] == [("設問", "B2")]


def test_drawings_and_comments_to_which_no_sheet_leads_are_told(tmp_path: Path) -> None:
    path = save(tmp_path, [["×", "○"]])
    add_part(path, "xl/comments1.xml", b"<comments/>")
    add_part(path, "xl/drawings/drawing9.xml", b"<xdr:wsDr><xdr:sp ></xdr:sp><xdr:pic></xdr:pic></xdr:wsDr>")
    assert _codes(path) == {"shapes_not_read": "2", "comments_not_read": "1"}


def test_formula_with_no_cached_element_is_told_even_as_text(tmp_path: Path) -> None:
    path = save(tmp_path, [["=B1"]])
    rewrite(path, SHEET, b'<c r="A1"><f>B1</f><v></v></c>', b'<c r="A1" t="str"><f>B1</f></c>')
    assert _codes(path) == {"formula_without_value": "1"}
