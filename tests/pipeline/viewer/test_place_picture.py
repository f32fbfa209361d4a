"""A place as a bare picture with its box, columns of a form, and the rows that a layout would give."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from extractors.checklist.model import LayoutDecision
from extractors.location import Location
from pipeline.sources.discover import single_file
from pipeline.viewer.layout_preview import preview_layout
from pipeline.viewer.place_picture import PlacePicture, draw_columns, draw_place
from tests.pipeline.make import read_one, sheet_rows, write_pdf, write_workbook

READING = ("ja", ())


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook with a list of four items."""
    return write_workbook(tmp_path / "回答.xlsx", {"回答": sheet_rows(["○", "×", "△", "○"], "備考")})


def test_a_place_is_a_box_on_a_bare_page(book: Path) -> None:
    file = single_file(book)
    picture = draw_place(file, file.document_id, Location(sheet="回答", cells="D3"), READING)
    assert isinstance(picture, PlacePicture)
    with Image.open(BytesIO(picture.png)) as image:
        assert image.size == (picture.width, picture.height)
    [[box]] = picture.boxes
    assert 0 <= box[0] < box[2] <= picture.width
    assert 0 <= box[1] < box[3] <= picture.height


def test_of_a_page_too(tmp_path: Path) -> None:
    file = single_file(write_pdf(tmp_path / "a.pdf", ["1 鍵 ○"]))
    picture = draw_place(file, file.document_id, Location(page=1, bbox=(72.0, 72.0, 144.0, 90.0)), READING)
    assert isinstance(picture, PlacePicture)
    [[box]] = picture.boxes
    assert box[0] / box[2] == pytest.approx(0.5)


def test_why_there_is_no_picture(book: Path, tmp_path: Path) -> None:
    file = single_file(book)
    assert "回答.xlsx" in str(draw_place(file, "0" * 16, Location(sheet="回答", cells="D3"), READING))
    assert isinstance(draw_place(file, file.document_id, Location(sheet="無い", cells="D3"), READING), str)
    broken = tmp_path / "壊.pdf"
    broken.write_bytes(b"%PDF-1.4 broken")
    file = single_file(broken)
    assert isinstance(draw_place(file, file.document_id, Location(page=1, bbox=(0, 0, 9, 9)), READING), str)


def test_columns_stand_beside_each_other(book: Path) -> None:
    picture = draw_columns(single_file(book), Location(sheet="回答"), ("A", "C", "D"), READING)
    assert isinstance(picture, PlacePicture)
    number, question, answer = (
        (min(b[0] for b in boxes), max(b[2] for b in boxes)) for boxes in picture.boxes
    )
    assert number[1] <= question[0] < question[1] <= answer[0]
    assert all(len(boxes) == 5 for boxes in picture.boxes)


def test_a_layout_is_tried_and_not_kept(book: Path) -> None:
    outcome = read_one(book)
    [layout] = [layout for layout in outcome.layouts if layout.rank == 1]
    roles = tuple(
        "remarks" if c.role == "answer" else "answer" if c.role == "remarks" else str(c.role)
        for c in layout.columns
    )
    preview = preview_layout(single_file(book), LayoutDecision(layout.form_key, roles), READING)
    assert preview.count == 4
    assert {row.answer_raw for row in preview.rows} == {"備考"}
    assert [row.remarks for row in preview.rows][:2] == ["○", "×"]
    assert preview_layout(single_file(book), LayoutDecision(layout.form_key, ()), READING).count == 0
