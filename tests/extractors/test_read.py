"""The one door: each kind of file goes to its reader, and a bad file is one of a few named errors."""

from __future__ import annotations

import gc
import io
import warnings
import zipfile
from pathlib import Path

import openpyxl
import pymupdf
import pytest

from extractors.checklist.extract import grid_to_checklists
from extractors.errors import Damaged, Encrypted, ReadError, TooLarge, Unsupported
from extractors.read import read
from tests.extractors.excel.books import open_document, rewrite, save
from tests.extractors.grids import texts
from tests.extractors.pdf.prints import Print

LATE = b'<row r="1"><c r="F1"><v>1</v></c></row>'  # a row that stands behind a later one
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


def _file(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def test_workbook_goes_to_the_reader_of_its_xml(tmp_path: Path) -> None:
    document = read(save(tmp_path, [["番号", "問"], [1, "鍵はあるか"]]))
    assert document.extractor == "spreadsheetml"
    assert (document.sheets, document.pages) == (1, None)
    assert texts(document.grids[0]) == {(0, 0): "番号", (0, 1): "問", (1, 0): "1", (1, 1): "鍵はあるか"}


def test_pdf_named_as_workbook_goes_to_pymupdf(tmp_path: Path) -> None:
    book = pymupdf.open()
    book.new_page().insert_text((50, 200), "kagi 12")
    document = read(_file(tmp_path, "回答.xlsx", book.tobytes()))
    assert document.extractor == "pymupdf"
    assert document.pages == 1
    assert texts(document.grids[0]) == {(0, 0): "kagi 12"}


def test_text_goes_to_the_text_reader(tmp_path: Path) -> None:
    document = read(_file(tmp_path, "写し.txt", "一行目\n二行目".encode()))
    assert document.extractor == "text"
    assert texts(document.grids[0]) == {(0, 0): "一行目", (1, 0): "二行目"}


def _refused(tmp_path: Path) -> Path:
    """A workbook with a row twice, and a validation of a kind that openpyxl does not know."""
    path = save(tmp_path, [["番号", "問"], [1, "鍵はあるか"]])
    kind = b'<dataValidations count="1"><dataValidation type="maboroshi" sqref="A1"/></dataValidations>'
    rewrite(path, "xl/worksheets/sheet1.xml", b"</sheetData>", LATE + b"</sheetData>" + kind)
    return path


def test_workbook_that_the_first_reader_refuses_is_read_by_openpyxl_and_told(tmp_path: Path) -> None:
    path = save(tmp_path, [["番号", "問"], [1, "鍵はあるか"]])
    rewrite(path, "xl/worksheets/sheet1.xml", b"</sheetData>", LATE + b"</sheetData>")
    document = read(path)
    assert document.extractor == "openpyxl"
    assert texts(document.grids[0])[1, 1] == "鍵はあるか"
    (refused,) = document.issues
    assert (refused.code, dict(refused.params)["reader"]) == ("reader_refused", "spreadsheetml")


def test_workbook_that_openpyxl_refuses_is_read_by_calamine_and_told(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the test below looks at the file left open
        document = read(_refused(tmp_path))
        gc.collect()
    assert document.extractor == "calamine"
    assert texts(document.grids[0])[1, 1] == "鍵はあるか"
    refused = [dict(issue.params) for issue in document.issues if issue.code == "reader_refused"]
    assert [words["reader"] for words in refused] == ["spreadsheetml", "openpyxl"]
    assert "ValueError" in refused[1]["detail"]


def test_refused_workbook_is_closed(tmp_path: Path) -> None:
    path = _refused(tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.disable()
        read(path)
        packages = [found for found in gc.get_objects() if type(found) is zipfile.ZipFile]
        opened = [str(found.filename) for found in packages if found.fp is not None and not found.fp.closed]
        gc.enable()
        packages.clear()
        gc.collect()
    assert str(path) not in opened


@pytest.mark.parametrize(
    ("name", "data", "error", "code"),
    [
        ("a.xlsx", b"", Damaged, "file_damaged"),
        ("a.pdf", b"", Damaged, "file_damaged"),
        ("a.xlsx", OLE + "EncryptedPackage".encode("utf-16-le"), Encrypted, "file_encrypted"),
        ("a.xls", OLE + "Workbook".encode("utf-16-le"), Damaged, "file_damaged"),
        ("a.xlsx", b"PK\x03\x04" + b"\x07" * 400, Damaged, "file_damaged"),
        ("a.pdf", b"%PDF-1.7\n" + b"\x00" * 200, Damaged, "file_damaged"),
        ("a.xlsx", bytes(range(256)) * 16, Unsupported, "file_unsupported"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, Damaged, "file_damaged"),
        ("a.zip", b"PK\x03\x04" + b"\x07" * 400, Unsupported, "file_unsupported"),
        ("a.txt", b"\x81\x20\x81\x20\x81\x20\x81", Damaged, "file_damaged"),
    ],
)
def test_bad_file_is_a_named_error(
    tmp_path: Path, name: str, data: bytes, error: type[ReadError], code: str
) -> None:
    with pytest.raises(error) as caught:
        read(_file(tmp_path, name, data))
    assert caught.value.code == code


def test_unsupported_names_the_kind(tmp_path: Path) -> None:
    with pytest.raises(Unsupported) as caught:
        read(_file(tmp_path, "a.zip", b"PK\x03\x04" + b"\x07" * 400))
    assert caught.value.words == {"kind": "zip"}


def test_truncated_workbook_is_damaged(tmp_path: Path) -> None:
    path = save(tmp_path, [[f"見本{row}"] for row in range(50)])
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(Damaged):
        read(path)


def test_workbook_with_a_flipped_byte_is_damaged(tmp_path: Path) -> None:
    path = save(tmp_path, [[f"見本{row}"] for row in range(50)])
    with zipfile.ZipFile(path) as package:
        entry = package.getinfo("xl/worksheets/sheet1.xml")
    data = bytearray(path.read_bytes())
    start = entry.header_offset + 30 + len(entry.filename)
    data[start + 20 : start + 60] = b"\x00" * 40
    path.write_bytes(data)
    with pytest.raises(Damaged):
        read(path)


def test_workbook_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = save(tmp_path, [["見本"]])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/media/image1.emf", b"\x00" * (40 << 20))
    with pytest.raises(TooLarge) as caught:
        read(path)
    assert caught.value.code == "file_too_large"
    assert caught.value.words == {"megabytes": "40"}


def test_bomb_of_another_office_format_is_refused_too(tmp_path: Path) -> None:
    with pytest.raises(TooLarge):
        read(open_document(tmp_path, [["鍵"]], padding=40 << 20))


def test_workbook_without_any_cell_is_an_empty_grid(tmp_path: Path) -> None:
    path = tmp_path / "白紙.xlsx"
    openpyxl.Workbook().save(path)
    document = read(path)
    assert [grid.cells for grid in document.grids] == [()]
    assert document.grids[0].n_rows == 0


def test_printed_list_over_two_pages_becomes_items(tmp_path: Path) -> None:
    xs, head = [20.0, 60.0, 200.0, 250.0, 380.0], ["番号", "設問", "回答", "備考"]
    drawing = Print(tmp_path / "回答.pdf").text(20, 40, "架空の安全表")
    rows = [head, ["1", "鍵を掛けているか", "○", "夜も"], ["2", "毎晩九時までに", "×", "管理人が"]]
    drawing.table(xs, [60.0, 80.0, 120.0, 270.0], rows, foot=False).text(190, 292, "1 / 2").page()
    drawing.text(20, 40, "架空の安全表").rules(xs, [60.0, 80.0, 110.0, 140.0])
    rows = [head, ["", "戸を閉めているか", "", "閉める"], ["3", "窓を閉めているか", "○", ""]]
    drawing.table(xs, [60.0, 80.0, 110.0, 140.0], rows).text(190, 292, "2 / 2")
    (grid,) = read(drawing.save()).grids
    found = grid_to_checklists(grid)
    (checklist,) = found.checklists
    assert [(r.item_no, r.requirement, r.answer, r.remarks, r.location.page) for r in checklist.rows] == [
        ("1", "鍵を掛けているか", "○", "夜も", 1),
        ("2", "毎晩九時までに戸を閉めているか", "×", "管理人が閉める", 1),
        ("3", "窓を閉めているか", "○", "", 2),
    ]
    assert {left.text for left in found.leftovers if left.reason == "running_text"} >= {"1 / 2", "2 / 2"}


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml"])
def test_workbook_with_any_broken_part_is_read_or_damaged(tmp_path: Path, part: str) -> None:
    path = save(tmp_path, [[f"見本{row}"] for row in range(50)])
    with zipfile.ZipFile(path) as package:
        entry = package.getinfo(part)
    data = bytearray(path.read_bytes())
    start = entry.header_offset + 30 + len(entry.filename)
    data[start + 10 : start + 60] = b"\xff" * 50
    path.write_bytes(data)
    with pytest.raises(Damaged):
        read(path)


def _with_attachment(tmp_path: Path, name: str, data: bytes, pinned: bool) -> Path:
    with pymupdf.open() as book:
        page = book.new_page()
        page.insert_text((60, 60), "Covering letter")
        if pinned:
            page.add_file_annot((60, 100), data, name)
        else:
            book.embfile_add(name, data)
        path = tmp_path / "送付状.pdf"
        book.save(path)
    return path


@pytest.mark.parametrize("pinned", [False, True])
def test_a_sheet_attached_to_a_letter_is_read(tmp_path: Path, pinned: bool) -> None:
    with pymupdf.open() as sheet:
        sheet.new_page().insert_text((60, 60), "Answers of Kaku Inc.")
        data = sheet.tobytes()
    letter, inner = read(_with_attachment(tmp_path, "answers.pdf", data, pinned)).grids
    assert [cell.text for cell in letter.cells] == ["Covering letter"]
    (cell,) = inner.cells
    assert (cell.text, cell.location.page, cell.location.sheet) == ("Answers of Kaku Inc.", 1, "answers.pdf")


def test_an_attached_workbook_keeps_its_sheets(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "回答"
    book.active["B2"] = "○"
    stream = io.BytesIO()
    book.save(stream)
    _, inner = read(_with_attachment(tmp_path, "別紙.xlsx", stream.getvalue(), pinned=False)).grids
    (cell,) = inner.cells
    assert (cell.text, cell.location.sheet, cell.location.cells) == ("○", "別紙.xlsx / 回答", "B2")


def test_what_cannot_be_read_of_the_attachments_is_told(tmp_path: Path) -> None:
    document = read(_with_attachment(tmp_path, "memo.zip", b"PK\x03\x04 cut off", pinned=False))
    assert len(document.grids) == 1
    (issue,) = document.issues
    assert (issue.code, dict(issue.params)) == (
        "attachment_not_read",
        {"name": "memo.zip", "reason": "file_unsupported"},
    )
