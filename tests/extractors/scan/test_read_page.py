"""Pictures of a table: what is read of them, whatever way they were fed, and what must not be read as an answer."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pymupdf
import pytest
from PIL import Image

from extractors.location import PICTURE
from extractors.pdf.reader import read_pdf
from extractors.pdf.scanned.picture_content import picture_to_content, rules_to_cells
from extractors.pdf.tables.find_tables import content_to_page
from extractors.pdf.text.page_rows import PageRows, page_to_rows
from extractors.read import read
from extractors.scan.read_page import read_page
from tests.extractors.scan.pages import DPI, scanned, table_page, to_gray

ROWS = [
    ("番号", "設問", "回答", "備考"),
    ("1", "施錠できる棚に保管しているか", "○", "毎朝点検する"),
    ("2", "鍵の台帳を備えているか", "×", "来年度に整備"),
    ("3", "入退室を記録しているか", "○", ""),
    ("4", "見回りの記録を残しているか", "×", "未実施"),
]


def _rows(gray: np.ndarray, dpi: float = DPI) -> PageRows:
    content = picture_to_content(read_page(gray, dpi, rules_to_cells), 1)
    return page_to_rows(content_to_page(content))


def _texts(page: PageRows) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for _, rows in page.tables for row in rows]


@pytest.fixture(scope="module")
def gray() -> np.ndarray:
    return to_gray(table_page(ROWS))


@pytest.mark.parametrize(
    ("angle", "light"),
    [(0.0, 1.0), (1.3, 1.0), (-2.1, 0.75)],
    ids=["as printed", "turned", "turned and dark"],
)
def test_ruled_table_reads_as_printed(gray: np.ndarray, angle: float, light: float) -> None:
    texts = _texts(_rows(scanned(gray, angle, light)))
    assert [row[0] for row in texts] == [row[0] for row in ROWS]
    assert [row[2] for row in texts] == [row[2] for row in ROWS]
    assert [row[1] for row in texts] == [row[1] for row in ROWS]


def test_page_fed_head_down_reads_the_same_and_its_boxes_lie_where_they_are_seen(gray: np.ndarray) -> None:
    page = _rows(np.rot90(scanned(gray), 2).copy())
    assert [row[2] for row in _texts(page)] == [row[2] for row in ROWS]
    width, height = page.width, page.height
    number = next(
        cell for _, rows in page.tables for row in rows for cell in row.cells if cell.text == "番号"
    )
    left, top, right, bottom = number.location.bbox or (0, 0, 0, 0)
    assert left > width / 2
    assert top > height / 2
    assert right - left == pytest.approx(40, abs=2)
    assert bottom - top == pytest.approx(26, abs=2)


def test_boxes_of_a_turned_page_are_turned_back(gray: np.ndarray) -> None:
    straight, turned = (_rows(scanned(gray, angle)) for angle in (0.0, 2.0))
    tops = [
        [
            row.cells[0].location.bbox[1]
            for _, rows in page.tables
            for row in rows
            if row.cells[0].location.bbox
        ]
        for page in (straight, turned)
    ]
    middle = straight.width / 2
    for before, after in zip(*tops, strict=True):
        # turned against the clock about the middle: what lies 220 points left of it sinks by 220·sin 2°
        assert after - before == pytest.approx((middle - 60) * np.sin(np.radians(2.0)), abs=3.0)


def test_ring_round_a_choice_is_the_choice() -> None:
    rows = [ROWS[0], ("1", "施錠しているか", "ring:有 ・ 無", ""), ("2", "記録しているか", "有 ・ 無", "")]
    page = _rows(scanned(to_gray(table_page(rows))))
    chosen = [
        cell.chosen for _, table in page.tables for row in table for cell in row.cells if "無" in cell.text
    ]
    assert chosen == [("有",), ()]


def test_smear_in_an_answer_cell_is_no_answer(gray: np.ndarray) -> None:
    smeared = gray.copy()
    scale = DPI / 72
    for x, y in ((330, 95.0), (333, 97.5)):
        smeared[round(y * scale) : round(y * scale) + 3, round(x * scale) : round(x * scale) + 3] = 30
    left, top = round(322 * scale), round(118 * scale)
    rng = np.random.default_rng(3)
    for (x0, y0), (x1, y1) in pairwise(rng.integers(0, 40, (9, 2)).tolist()):
        for t in np.linspace(0, 1, 60):
            y, x = top + round(y0 + (y1 - y0) * t), left + round(x0 + (x1 - x0) * t)
            smeared[y : y + 3, x : x + 3] = 40
    answers = [row[2] for row in _texts(_rows(scanned(smeared)))]
    assert answers[3] not in {"○", "×", "✓", "", "O", "0"}


def test_blank_page_reads_as_nothing() -> None:
    content = read_page(np.full((900, 700), 240, np.uint8), DPI, rules_to_cells)
    assert content.glyphs == ()
    assert content.horizontal == ()


def test_scanned_page_of_a_pdf_is_read_from_its_picture_beside_printed_ones(
    tmp_path: Path, gray: np.ndarray
) -> None:
    book = table_page(ROWS)
    page = book.new_page(width=560, height=190)
    picture = tmp_path / "p.png"
    Image.fromarray(scanned(gray)).save(picture)
    page.insert_image(page.rect, filename=picture)
    path = tmp_path / "回答.pdf"
    book.save(path)
    document = read_pdf(path)
    by_page = {1: [], 2: []}
    for cell in document.grids[0].cells:
        by_page[cell.location.page].append((cell.text, cell.location.read_by))
    assert {read_by for _, read_by in by_page[2]} == {PICTURE}
    assert "○" in [text for text, _ in by_page[2]]
    assert {read_by for _, read_by in by_page[1]} == {"text"}
    told = [issue for issue in document.issues if issue.code == "read_from_pictures"]
    assert [issue.params["pages"] for issue in told] == ["2"]
    left = [issue for issue in read_pdf(path, scan_seconds=0).issues if issue.code == "scan_skipped"]
    assert [issue.location.page for issue in left] == [2]


def test_picture_file_of_two_pages_is_a_document(tmp_path: Path, gray: np.ndarray) -> None:
    path = tmp_path / "回答.tif"
    first = Image.fromarray(scanned(gray))
    first.save(path, save_all=True, append_images=[first.rotate(180)], dpi=(DPI, DPI))
    document = read(path)
    assert document.pages == 2
    assert document.extractor == PICTURE
    answers = [cell.text for cell in document.grids[0].cells if cell.text in {"○", "×"}]
    assert answers == ["○", "×", "○", "×"] * 2


def test_photo_is_turned_as_the_camera_held_it(tmp_path: Path, gray: np.ndarray) -> None:
    path = tmp_path / "回答.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera lay on its right side
    Image.fromarray(np.rot90(scanned(gray), 1).copy()).save(path, exif=exif, dpi=(DPI, DPI), quality=90)
    cells = read(path).grids[0].cells
    assert [cell.text for cell in cells if cell.text in {"○", "×"}] == ["○", "×", "○", "×"]


def test_table_page_is_readable_as_print() -> None:
    """The pages of these tests say what their rows say, so that a failure is the reader's."""
    text = pymupdf.open("pdf", table_page(ROWS).tobytes())[0].get_text()
    assert "施錠できる棚に保管しているか" in text
