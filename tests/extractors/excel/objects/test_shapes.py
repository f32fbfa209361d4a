"""Drawn shapes over cells: rings by any anchor and in groups, marks, text boxes, pictures."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Alignment

from extractors.errors import Damaged
from extractors.excel.workbook import read_workbook
from extractors.grid import Cell, Document
from extractors.read import read
from normalizers.vocabulary import load
from tests.extractors.excel.books import add_part, rewrite
from tests.extractors.excel.drawings import Pixels, add_drawing, anchored, shape, xfrm

_PIXEL = 9525


def _book(tmp_path: Path, anchors: str, answer: str | None = None) -> Document:
    """A list with an answer in C2, centred, in a column of 145 pixels; rows of 20 pixels."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["番号", "設問", "回答", "備考"])
    sheet.append(["1", "鍵は毎晩掛けるか", answer])
    sheet["C2"].alignment = Alignment(horizontal="center")
    sheet.column_dimensions["C"].width = 20
    path = tmp_path / "回答.xlsx"
    book.save(path)
    add_drawing(path, anchors)
    return read_workbook(path)


def _cell(document: Document) -> Cell | None:
    return next((c for c in document.grids[0].cells if c.location.cells == "C2"), None)


def _codes(document: Document) -> list[str]:
    return [issue.code for issue in document.issues]


def _at(left: int, right: int, top: int = 2, bottom: int = 18) -> Pixels:
    return (2, left, 1, top, 2, right, 1, bottom)


# `有 ・ 無` of 11 points is 44 points wide, 58.7 pixels; centred in 145 pixels 有 begins at 43 and 無 ends at 102.
HAVE, LACK = (40, 60), (85, 105)


@pytest.mark.parametrize(("span", "chosen"), [(HAVE, ("有",)), (LACK, ("無",)), ((40, 105), ("有", "無"))])
def test_ring_round_a_choice_and_round_both(
    tmp_path: Path, span: tuple[int, int], chosen: tuple[str]
) -> None:
    document = _book(tmp_path, anchored(shape("ellipse"), _at(*span)), "有 ・ 無")
    cell = _cell(document)
    assert cell is not None
    assert cell.chosen == chosen
    assert _codes(document) == []


def _one_cell(content: str, left: int, width: int) -> str:
    return (
        f"<xdr:oneCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:colOff>{left * _PIXEL}</xdr:colOff><xdr:row>1</xdr:row>"
        f'<xdr:rowOff>19050</xdr:rowOff></xdr:from><xdr:ext cx="{width * _PIXEL}" cy="{16 * _PIXEL}"/>{content}'
        "<xdr:clientData/></xdr:oneCellAnchor>"
    )


def _absolute(content: str, left: int, width: int) -> str:
    # Columns A and B have 8.43 characters, 64 pixels, each; row 1 has 20 pixels.
    return (
        f'<xdr:absoluteAnchor><xdr:pos x="{(2 * 64 + left) * _PIXEL}" y="{22 * _PIXEL}"/>'
        f'<xdr:ext cx="{width * _PIXEL}" cy="{16 * _PIXEL}"/>{content}<xdr:clientData/></xdr:absoluteAnchor>'
    )


def test_ring_anchored_to_one_cell(tmp_path: Path) -> None:
    document = _book(tmp_path, _one_cell(shape("ellipse"), 85, 20), "有 ・ 無")
    assert getattr(_cell(document), "chosen", None) == ("無",)


def test_ring_anchored_to_the_sheet(tmp_path: Path) -> None:
    document = _book(tmp_path, _absolute(shape("ellipse"), 85, 20), "有 ・ 無")
    assert getattr(_cell(document), "chosen", None) == ("無",)


def _group(*contents: str, nested: bool = False) -> str:
    """A group over the whole of C2 whose own coordinates are 1000 wide and 100 high."""
    inner = '<a:chOff x="5000" y="700"/><a:chExt cx="1000" cy="100"/>'
    frame = f"<xdr:grpSpPr>{xfrm(0, 0, 145 * _PIXEL, 20 * _PIXEL, inner)}</xdr:grpSpPr>"
    body = "".join(contents)
    if nested:
        same = '<a:chOff x="0" y="0"/><a:chExt cx="10" cy="10"/>'
        body = f"<xdr:grpSp><xdr:grpSpPr>{xfrm(5500, 700, 500, 100, same)}</xdr:grpSpPr>{body}</xdr:grpSp>"
    return anchored(f"<xdr:grpSp><xdr:nvGrpSpPr/>{frame}{body}</xdr:grpSp>", (2, 0, 1, 0, 2, 145, 1, 20))


def test_ring_inside_a_group(tmp_path: Path) -> None:
    ring = shape("ellipse", xfrm=xfrm(5590, 710, 130, 80))
    document = _book(tmp_path, _group(ring), "有 ・ 無")
    assert getattr(_cell(document), "chosen", None) == ("無",)


def test_ring_inside_a_group_inside_a_group(tmp_path: Path) -> None:
    # The inner group is the right half; the ring geometries on 15 to 45 % of that, 58 to 72 % of the cell.
    ring = shape("ellipse", xfrm=xfrm(1, 1, 4, 8))
    document = _book(tmp_path, _group(ring, nested=True), "有 ・ 無")
    assert getattr(_cell(document), "chosen", None) == ("無",)


def test_shape_in_a_group_without_coordinates_is_told(tmp_path: Path) -> None:
    document = _book(tmp_path, _group(shape("ellipse")), "有 ・ 無")
    assert getattr(_cell(document), "chosen", None) == ()
    assert _codes(document) == ["shapes_not_read"]


def test_of_alternatives_one_counts(tmp_path: Path) -> None:
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="a14">{anchored(shape("ellipse"), _at(*LACK))}</mc:Choice>'
        f"<mc:Fallback>{anchored(shape('ellipse'), _at(*HAVE))}</mc:Fallback></mc:AlternateContent>"
    )
    assert getattr(_cell(_book(tmp_path, both, "有 ・ 無")), "chosen", None) == ("無",)


def test_alternatives_inside_an_anchor(tmp_path: Path) -> None:
    inner = (
        '<mc:AlternateContent><mc:Choice Requires="unknown"></mc:Choice><mc:Fallback>'
        f"{shape('ellipse')}</mc:Fallback></mc:AlternateContent>"
    )
    document = _book(tmp_path, anchored(inner, _at(*LACK)), "有 ・ 無")
    assert getattr(_cell(document), "chosen", None) == ("無",)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (shape("rect", "✓"), "✓"),
        (shape("rect", "対応済み。年2回。"), "対応済み。年2回。"),
        (shape("mathMultiply"), "×"),
        (shape("noSymbol"), "×"),
        (shape("ellipse"), "○"),
    ],
)
def test_shape_over_a_blank_cell_is_its_answer(tmp_path: Path, content: str, text: str) -> None:
    document = _book(tmp_path, anchored(content, _at(20, 60)))
    cell = _cell(document)
    assert cell is not None
    assert (cell.text, cell.doubt) == (text, "drawn_mark")
    assert _codes(document) == []


def test_text_over_a_filled_cell_is_put_aside(tmp_path: Path) -> None:
    document = _book(tmp_path, anchored(shape("rect", "後日提出"), _at(20, 60)), "○")
    assert getattr(_cell(document), "text", None) == "○"
    assert [(c.text, c.location.cells, c.doubt) for c in document.grids[0].aside] == [
        ("後日提出", "C2", "drawn_text")
    ]


def test_text_over_a_filled_cell_is_a_note_upon_it(tmp_path: Path) -> None:
    cell = _cell(_book(tmp_path, anchored(shape("rect", "いいえに訂正"), _at(20, 60)), "はい"))
    assert cell is not None
    assert (cell.text, cell.comments) == ("はい", ("いいえに訂正",))


@pytest.mark.parametrize("preset", ["wedgeRectCallout", "rect"])
def test_note_over_a_blank_cell_is_no_answer(tmp_path: Path, preset: str) -> None:
    at = _at(20, 60) if preset != "rect" else (1, 0, 0, 0, 3, 60, 5, 10)
    document = _book(tmp_path, anchored(shape(preset, "はい"), at))
    assert getattr(_cell(document), "text", "") == ""
    assert [c.text for c in document.grids[0].aside] == ["はい"]


def test_circle_typed_over_a_choice_is_a_ring(tmp_path: Path) -> None:
    document = _book(tmp_path, anchored(shape("rect", "○"), _at(*LACK)), "有 ・ 無")
    assert getattr(_cell(document), "chosen", None) == ("無",)


def test_tick_over_a_printed_box(tmp_path: Path) -> None:
    # `□有　□無` of 11 points: 66 points, 88 pixels, begins at 28.5; the second box at 43 points behind it.
    document = _book(tmp_path, anchored(shape("rect", "レ"), _at(72, 87)), "□有　□無")
    assert getattr(_cell(document), "text", None) == "□有　■無"


def test_outline_round_one_choice_is_a_ring_and_round_all_none(tmp_path: Path) -> None:
    one = anchored(shape("roundRect", fill="<a:noFill/>"), _at(*LACK))
    assert getattr(_cell(_book(tmp_path, one, "有 ・ 無")), "chosen", None) == ("無",)
    both = anchored(shape("roundRect", fill="<a:noFill/>"), _at(30, 115))
    document = _book(tmp_path, both, "有 ・ 無")
    assert getattr(_cell(document), "chosen", None) == ()
    assert _codes(document) == ["shapes_not_read"]


@pytest.mark.parametrize("content", [shape("line"), "<xdr:sp><xdr:spPr><a:custGeom/></xdr:spPr></xdr:sp>"])
def test_what_may_be_a_tick_is_told_with_its_place(tmp_path: Path, content: str) -> None:
    (issue,) = _book(tmp_path, anchored(content, _at(20, 60))).issues
    assert (issue.code, issue.location.cells) == ("shapes_not_read", "C2")
    assert dict(issue.params) == {"count": "1"}


@pytest.mark.parametrize(
    "content", ["<xdr:contentPart/>", "<xdr:sp><xdr:spPr><a:custGeom/></xdr:spPr></xdr:sp>"]
)
def test_ink_over_an_answer_makes_it_less_sure(tmp_path: Path, content: str) -> None:
    document = _book(tmp_path, anchored(content, _at(20, 60)), "○")
    assert getattr(_cell(document), "doubt", None) == "drawn_over"
    assert [(t.code, t.location.cells) for t in document.issues] == [("shapes_not_read", "C2")]


def test_picture_over_a_blank_answer_is_told_and_a_logo_is_not(tmp_path: Path) -> None:
    (issue,) = _book(tmp_path, anchored("<xdr:pic></xdr:pic>", _at(20, 60))).issues
    assert (issue.code, issue.location.cells) == ("picture_over_answer", "C2")
    assert _book(tmp_path, anchored("<xdr:pic></xdr:pic>", (0, 0, 0, 0, 0, 50, 0, 15))).issues == ()


@pytest.mark.parametrize("drawing", [b"<xdr:wsDr", b"\x00\x01", b"<a><xdr:sp ></a>"])
def test_broken_drawing_is_told(tmp_path: Path, drawing: bytes) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "鍵"
    path = tmp_path / "回答.xlsx"
    book.save(path)
    add_part(path, "xl/drawings/drawing1.xml", drawing)
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://x/drawing" Target="../drawings/drawing1.xml"/></Relationships>'
    )
    add_part(path, "xl/worksheets/_rels/sheet1.xml.rels", relations.encode())
    assert _codes(read_workbook(path)) == ["shapes_not_read"]


@pytest.mark.parametrize(
    "at",
    [
        (2, 10**12, 1, 2, 2, -(10**12), 1, 18),
        (10**9, 0, 10**9, 0, 10**9, 5, 10**9, 5),
        (-5, 0, -5, 0, -1, 5, -1, 5),
    ],
)
def test_absurd_anchors_stay_on_the_sheet(tmp_path: Path, at: Pixels) -> None:
    document = _book(tmp_path, anchored(shape("ellipse"), at), "有 ・ 無")
    assert getattr(_cell(document), "text", None) == "有 ・ 無"
    assert {t.code for t in document.issues} <= {"shapes_not_read"}


@pytest.mark.parametrize("entity", ['SYSTEM "{secret}"', '"秘密"'])
def test_entities_are_not_expanded(tmp_path: Path, entity: str) -> None:
    book = openpyxl.Workbook()
    book.active.append(["番号", "設問", "回答"])
    path = tmp_path / "回答.xlsx"
    book.save(path)
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密", encoding="utf-8")
    add_drawing(path, anchored(shape("rect", "&leak;"), (2, 5, 1, 2, 2, 40, 1, 18)))
    doctype = f"<!DOCTYPE x [<!ENTITY leak {entity.format(secret=secret.as_uri())}>]>"
    rewrite(path, "xl/drawings/drawing1.xml", b"<xdr:wsDr", f"{doctype}<xdr:wsDr".encode())
    with pytest.raises(Damaged, match="entities"):
        read(path)


def test_words_of_shapes_are_unique_and_marks_known() -> None:
    words = load("extractors.excel.objects", "shapes.toml")
    names = [name for kind in ("ring", "frame", "note") for name in words[kind]] + list(words["marks"])
    assert len(names) == len(set(names))
    assert set(words["marks"].values()) == {"×"}
