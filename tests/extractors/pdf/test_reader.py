"""Whole PDFs: text of fonts that are not embedded, clipped text, rotated pages, and what cannot be read is told."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pymupdf
import pytest

from extractors.errors import Damaged, Encrypted
from extractors.pdf.reader import read_pdf
from tests.extractors.grids import texts
from tests.extractors.pdf.prints import Print

XS, YS = [20.0, 60.0, 260.0, 380.0], [60.0, 90.0, 130.0]
ROWS = [["番号", "設問", "回答"], ["1", "鍵は毎晩掛けるか", "○"]]


def _print(tmp_path: Path, name: str = "回答.pdf") -> Print:
    return Print(tmp_path / name)


def _codes(path: Path) -> list[tuple[str, int | None]]:
    return [(issue.code, issue.location.page) for issue in read_pdf(path).issues]


def test_table_of_a_font_that_is_not_embedded(tmp_path: Path) -> None:
    document = read_pdf(_print(tmp_path).text(20, 40, "架空堂の安全表").table(XS, YS, ROWS).save())
    (grid,) = document.grids
    assert (document.extractor, document.pages, document.sheets) == ("pymupdf", 1, None)
    assert document.issues == ()
    assert [text for _, text in sorted(texts(grid).items())] == ["架空堂の安全表", *ROWS[0], *ROWS[1]]
    answer = next(cell for cell in grid.cells if cell.text == "○")
    assert answer.location.page == 1
    assert answer.location.bbox == pytest.approx((260, 90, 380, 130), abs=1)


def test_wrapped_and_broken_lines_in_cells(tmp_path: Path) -> None:
    rows = [
        ["番号", "設問", "回答"],
        ["1", "架空の倉庫の鍵は毎晩九時までに管理人が\n掛けて回るか", "表は掛ける\n裏も掛ける"],
    ]
    grid = read_pdf(_print(tmp_path).table(XS, YS, rows).save()).grids[0]
    assert texts(grid)[1, 1] == "架空の倉庫の鍵は毎晩九時までに管理人が掛けて回るか"
    assert texts(grid)[1, 2] == "表は掛ける\n裏も掛ける"


def test_clipped_text_is_not_read(tmp_path: Path) -> None:
    drawing = _print(tmp_path).table(XS, YS, ROWS)
    path = drawing.canvas.beginPath()
    path.rect(20, 300 - 130, 360, 70)
    drawing.canvas.saveState()
    drawing.canvas.clipPath(path, stroke=0, fill=0)
    drawing.text(63, 125, "見える行").text(63, 160, "隠れた行")
    drawing.canvas.restoreState()
    grid = read_pdf(drawing.save()).grids[0]
    whole = "".join(texts(grid).values())
    assert "見える行" in whole
    assert "隠れた行" not in whole


def test_line_clipped_through_its_middle_is_read_whole(tmp_path: Path) -> None:
    drawing = _print(tmp_path).rules(XS, YS)
    path = drawing.canvas.beginPath()
    path.rect(20, 300 - 130, 360, 70)
    drawing.canvas.saveState()
    drawing.canvas.clipPath(path, stroke=0, fill=0)
    drawing.text(63, 133, "鍵は、1 2 3、毎晩")
    drawing.canvas.restoreState()
    assert "鍵は、1 2 3、毎晩" in texts(read_pdf(drawing.save()).grids[0]).values()


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_rotated_page_is_read_as_it_is_seen(tmp_path: Path, rotation: int) -> None:
    upright = texts(read_pdf(_print(tmp_path).table(XS, YS, ROWS).save()).grids[0])
    size = (300.0, 400.0) if rotation in (90, 270) else (400.0, 300.0)
    drawing = Print(tmp_path / "横.pdf", size=size)
    width, height = size
    moves = {90: (width, 0.0), 180: (width, height), 270: (0.0, height)}
    drawing.canvas.translate(*moves[rotation])
    drawing.canvas.rotate(rotation)
    drawing.height = 300.0
    path = drawing.table(XS, YS, ROWS).save()
    with pymupdf.open(path) as book:
        book[0].set_rotation(rotation)
        turned = book.tobytes()
    path.write_bytes(turned)
    assert texts(read_pdf(path).grids[0]) == upright


def test_dashed_and_doubled_rules_make_the_same_table(tmp_path: Path) -> None:
    drawing = _print(tmp_path).table(XS, YS, ROWS)
    drawing.rules([x + 1 for x in XS], [y + 1 for y in YS])
    dashed = _print(tmp_path, "点線.pdf")
    dashed.canvas.setDash(2, 2)
    dashed.table(XS, YS, ROWS)
    plain = texts(read_pdf(_print(tmp_path, "実線.pdf").table(XS, YS, ROWS).save()).grids[0])
    assert texts(read_pdf(drawing.save()).grids[0]) == plain
    assert texts(read_pdf(dashed.save()).grids[0]) == plain


def test_rules_broken_at_every_cell_make_the_same_table(tmp_path: Path) -> None:
    drawing = _print(tmp_path)
    for y0, y1 in pairwise(YS):
        for x0, x1 in pairwise(XS):
            drawing.rules([x0 + 0.4, x1 - 0.4], [y0 + 0.4, y1 - 0.4])
    for y, row in zip(YS, ROWS, strict=False):
        for x, text in zip(XS, row, strict=False):
            drawing.text(x + 3, y + 12, text)
    grid = read_pdf(drawing.save()).grids[0]
    assert [text for _, text in sorted(texts(grid).items())] == [*ROWS[0], *ROWS[1]]
    assert (grid.n_rows, grid.n_cols) == (2, 3)


def test_table_open_at_the_page_end_goes_on(tmp_path: Path) -> None:
    drawing = _print(tmp_path).rules(XS, [60.0, 90.0, 280.0], foot=False)
    drawing.text(63, 72, "設問").text(63, 102, "鍵は毎晩").page()
    drawing.rules(XS, [20.0, 60.0, 90.0], head=False).text(63, 32, "掛けるか").text(63, 72, "窓は")
    grid = read_pdf(drawing.save()).grids[0]
    cut = {cell.text: (cell.open_top, cell.open_bottom) for cell in grid.cells if cell.text}
    assert cut == {
        "設問": (False, False),
        "鍵は毎晩": (False, True),
        "掛けるか": (True, False),
        "窓は": (False, False),
    }
    assert grid.page_starts == (2,)


def _with_widget(path: Path, kind: int, value: str | bool, box: tuple[float, float, float, float]) -> None:
    """Put a form field on the first page of a PDF."""
    with pymupdf.open(path) as book:
        widget = pymupdf.Widget()
        widget.field_type = kind
        widget.field_name = "kaito"
        widget.field_value = value
        widget.rect = pymupdf.Rect(box)
        book[0].add_widget(widget)
        data = book.tobytes()
    path.write_bytes(data)


def _cell_texts(path: Path) -> list[str]:
    (grid,) = read_pdf(path).grids
    return [cell.text for cell in grid.cells if cell.text]


def test_text_of_a_form_field_stands_in_its_cell(tmp_path: Path) -> None:
    path = _print(tmp_path).table(XS, YS, [ROWS[0], ["1", "鍵は毎晩掛けるか", ""]]).save()
    _with_widget(path, pymupdf.PDF_WIDGET_TYPE_TEXT, "hai", (262, 92, 378, 128))
    assert _cell_texts(path)[-1] == "hai"
    assert _codes(path) == []


@pytest.mark.parametrize(("ticked", "shown"), [(True, "■適合"), (False, "□適合")])
def test_check_box_of_a_form_is_a_box_before_its_label(tmp_path: Path, ticked: bool, shown: str) -> None:
    path = (
        _print(tmp_path).table(XS, YS, [ROWS[0], ["1", "鍵は毎晩掛けるか", ""]]).text(280, 104, "適合").save()
    )
    _with_widget(path, pymupdf.PDF_WIDGET_TYPE_CHECKBOX, ticked, (268, 95, 277, 104))
    assert _cell_texts(path)[-1].replace(" ", "") == shown


def test_text_typed_over_the_form_replaces_what_it_covers_and_links_are_nothing(tmp_path: Path) -> None:
    path = _print(tmp_path).table(XS, YS, [ROWS[0], ["1", "鍵は毎晩掛けるか", "-"]]).save()
    with pymupdf.open(path) as book:
        book[0].insert_link(
            {"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(20, 20, 80, 30), "uri": "https://kaku.test"}
        )
        book[0].add_freetext_annot(pymupdf.Rect(261, 92, 378, 110), "hai", fontsize=10)
        data = book.tobytes()
    path.write_bytes(data)
    assert _cell_texts(path)[-1] == "hai"
    assert _codes(path) == []


def test_ring_round_one_of_the_printed_choices_is_told(tmp_path: Path) -> None:
    drawn = _print(tmp_path).table(XS, YS, [ROWS[0], ["1", "鍵は毎晩掛けるか", "有 ・ 無"]])
    drawn.canvas.ellipse(260, 300 - 105, 276, 300 - 91)
    (grid,) = read_pdf(drawn.save()).grids
    answer = next(cell for cell in grid.cells if cell.text == "有 ・ 無")
    assert answer.chosen == ("有",)


def test_scanned_page_is_reported_and_the_others_are_read(tmp_path: Path) -> None:
    book = pymupdf.open()
    pixels = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 40, 30), False)
    pixels.clear_with(200)
    book.new_page(width=400, height=300).insert_image((0, 0, 400, 300), pixmap=pixels)
    book.new_page(width=400, height=300).insert_text((50, 150), "kagi")
    book.new_page(width=400, height=300)
    path = tmp_path / "回答.pdf"
    book.save(path)
    document = read_pdf(path)
    assert [(t.code, t.location.page) for t in document.issues] == [("page_without_text", 1)]
    assert document.pages == 3
    assert [(cell.text, cell.location.page) for cell in document.grids[0].cells] == [("kagi", 2)]


def test_scan_alone_gives_no_grid(tmp_path: Path) -> None:
    book = pymupdf.open()
    pixels = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 40, 30), False)
    pixels.clear_with(200)
    book.new_page().insert_image((0, 0, 400, 300), pixmap=pixels)
    path = tmp_path / "回答.pdf"
    book.save(path)
    document = read_pdf(path)
    assert document.grids == ()
    assert [issue.code for issue in document.issues] == ["page_without_text"]


def test_scan_with_a_printed_page_number_is_reported_too(tmp_path: Path) -> None:
    book = pymupdf.open()
    pixels = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 40, 30), False)
    pixels.clear_with(200)
    page = book.new_page(width=400, height=300)
    page.insert_image((0, 0, 400, 300), pixmap=pixels)
    page.insert_text((195, 290), "1")
    path = tmp_path / "回答.pdf"
    book.save(path)
    assert ("page_without_text", 1) in _codes(path)


@pytest.mark.parametrize("password", ["himitsu", "鍵"])
def test_pdf_with_a_password_is_encrypted(tmp_path: Path, password: str) -> None:
    book = pymupdf.open(_print(tmp_path).table(XS, YS, ROWS).save())
    path = tmp_path / "鍵付き.pdf"
    book.save(path, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw=password, owner_pw="oya")
    with pytest.raises(Encrypted):
        read_pdf(path)


def test_pdf_that_only_forbids_changes_is_read(tmp_path: Path) -> None:
    book = pymupdf.open(_print(tmp_path).table(XS, YS, ROWS).save())
    path = tmp_path / "鍵付き.pdf"
    book.save(
        path, encryption=pymupdf.PDF_ENCRYPT_AES_256, owner_pw="oya", permissions=pymupdf.PDF_PERM_PRINT
    )
    assert texts(read_pdf(path).grids[0])[1, 2] == "○"


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\x00\x01" * 300, b""])
def test_junk_is_damaged(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "回答.pdf"
    path.write_bytes(data)
    with pytest.raises(Damaged):
        read_pdf(path)


def test_pdf_without_its_end_is_still_read(tmp_path: Path) -> None:
    path = _print(tmp_path).table(XS, YS, ROWS).save()
    whole = texts(read_pdf(path).grids[0])
    path.write_bytes(path.read_bytes()[:-200])
    assert texts(read_pdf(path).grids[0]) == whole


def test_pdf_cut_in_the_middle_is_damaged(tmp_path: Path) -> None:
    path = _print(tmp_path).table(XS, YS, ROWS).save()
    path.write_bytes(path.read_bytes()[:400])
    with pytest.raises(Damaged):
        read_pdf(path)


@pytest.mark.parametrize("box", [(0, 0, 60, 40), (100, 100, 250, 200)])
def test_page_with_a_small_picture_is_no_scan(tmp_path: Path, box: tuple[float, float, float, float]) -> None:
    book = pymupdf.open()
    pixels = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 40, 30), False)
    page = book.new_page(width=400, height=300)
    page.insert_image(box, pixmap=pixels)
    page.insert_text((50, 250), "kagi")
    path = tmp_path / "回答.pdf"
    book.save(path)
    assert _codes(path) == []


def test_a_cut_off_file_is_damaged_and_a_repaired_one_is_told(tmp_path: Path) -> None:
    path = _print(tmp_path).table(XS, YS, ROWS).save()
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 3])
    with pytest.raises(Damaged):
        read_pdf(path)
    path.write_bytes(whole.replace(b"startxref", b"startxxxx"))
    assert [issue.code for issue in read_pdf(path).issues] == ["file_repaired"]
    assert _cell_texts(path)[-1] == "○"
