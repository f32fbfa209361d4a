"""Made-up Word files in, the texts of their cells out."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from extractors.errors import Damaged, TooLarge
from extractors.grid import Document
from extractors.read import read
from extractors.sniff import sniff
from extractors.word.boxes import box_glyph, symbol
from extractors.word.numbering import number_text
from extractors.word.reader import read_word
from tests.extractors.word.docs import cell, control, docx, old_box, paragraph, run, table, tick

STRIKE = "<w:strike/>"


def _texts(document: Document) -> list[str]:
    return [c.text for c in document.grids[0].cells]


def _one(*content: str) -> str:
    """The text of one cell."""
    return _texts(read_word(docx(table([[cell(*content)]]))))[0]


def test_tables_and_paragraphs_stand_one_below_the_other() -> None:
    body = paragraph("点検票") + table([["番号", "問い"], ["1", "鍵"]], (1000, 4000)) + paragraph("おわり")
    (grid,) = read_word(docx(body)).grids
    assert [(c.row, c.col, c.end_col, c.text) for c in grid.cells] == [
        (0, 0, 2, "点検票"),
        (1, 0, 1, "番号"),
        (1, 1, 2, "問い"),
        (2, 0, 1, "1"),
        (2, 1, 2, "鍵"),
        (3, 0, 2, "おわり"),
    ]
    assert grid.tables == ((1, 3),)
    assert grid.cells[-2].location.cells == "table 1, row 2, column 2"


def test_merged_cells() -> None:
    across, down = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>'
    rows = [
        [cell("上", properties=across), "右"],
        [cell("縦", properties=down), "一", "二"],
        [cell(properties="<w:vMerge/>"), "三", "四"],
    ]
    (grid,) = read_word(docx(table(rows))).grids
    assert [(c.row, c.col, c.row_span, c.col_span, c.text) for c in grid.cells] == [
        (0, 0, 1, 2, "上"),
        (0, 2, 1, 1, "右"),
        (1, 0, 2, 1, "縦"),
        (1, 1, 1, 1, "一"),
        (1, 2, 1, 1, "二"),
        (2, 1, 1, 1, "三"),
        (2, 2, 1, 1, "四"),
    ]


def test_tables_of_as_many_columns_share_them_whatever_their_widths() -> None:
    body = table([["一", "二", "三"]], (500, 3000, 900)) + table([["い", "ろ", "は"]], (700, 2000, 1500))
    (grid,) = read_word(docx(body)).grids
    assert [(c.row, c.col) for c in grid.cells] == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (paragraph(tick("1", "☒"), "有", tick("0", "☐"), "無"), "☒有☐無"),
        (paragraph(tick("1", "☐"), "有"), "▣有"),
        (paragraph(tick("0", "ぽ"), "有"), "□有"),
        (paragraph(old_box("<w:checkBox><w:checked/></w:checkBox>"), "有"), "■有"),
        (paragraph(old_box('<w:checkBox><w:default w:val="1"/><w:checked w:val="0"/></w:checkBox>'), "有"), "□有"),
        (
            paragraph(
                old_box('<w:ddList><w:result w:val="1"/><w:listEntry w:val="○"/><w:listEntry w:val="×"/></w:ddList>')
            ),
            "×",
        ),
        (paragraph('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "有"), "☑有"),
        (paragraph(run("\uf0a8", '<w:rFonts w:ascii="Wingdings"/>'), "無"), "□無"),
        (paragraph(control("<w:showingPlcHdr/>", run("選んでください"))), ""),
        (paragraph(run("○", STRIKE), "×"), "×"),
        (paragraph(run("○", '<w:strike w:val="0"/>')), "○"),
        (paragraph(run("○", "<w:vanish/>"), "△"), "△"),
        (paragraph("<w:del><w:r><w:delText>○</w:delText></w:r></w:del>", f"<w:ins>{run('×')}</w:ins>"), "×"),
        (paragraph("一", "<w:r><w:br/></w:r>", "二"), "一\n二"),
        (paragraph("<w:r><w:ruby><w:rt><w:r><w:t>かぎ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>鍵</w:t></w:r>"
                   "</w:rubyBase></w:ruby></w:r>"), "鍵"),
    ],
)  # fmt: skip
def test_text_of_a_cell(content: str, text: str) -> None:
    assert _one(content) == text


def test_a_list_that_nobody_touched_is_less_sure() -> None:
    listed = old_box('<w:ddList><w:listEntry w:val="○"/><w:listEntry w:val="×"/></w:ddList>')
    (grid,) = read_word(docx(table([[cell(paragraph(listed))]]))).grids
    assert (grid.cells[0].text, grid.cells[0].doubt) == ("○", "drop_down")


def test_withdrawn_text_stands_aside_and_is_told() -> None:
    document = read_word(docx(table([[cell(paragraph(run("○", STRIKE), "×"))]])))
    assert [(c.text, c.doubt) for c in document.grids[0].aside] == [("○", "struck_through")]
    assert [t.code for t in document.issues] == ["text_struck_through"]


def test_styles_strike_through() -> None:
    styles = (
        '<w:style w:styleId="gone"><w:rPr><w:strike/></w:rPr></w:style>'
        '<w:style w:styleId="below"><w:basedOn w:val="gone"/></w:style>'
    )
    body = table([[cell(paragraph(run("○", '<w:rStyle w:val="below"/>'), "×"))]])
    assert _texts(read_word(docx(body, {"styles": styles}))) == ["×"]


def test_whole_cells_in_content_controls() -> None:
    box = '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'
    rows = [[control(box, cell("☑")), control("<w:showingPlcHdr/>", cell("入力"))]]
    document = read_word(docx(table(rows)))
    assert _texts(document) == ["☑", ""]
    assert [(c.text, c.doubt) for c in document.grids[0].aside] == [("入力", "placeholder")]


def test_small_tables_inside_cells_are_lines_and_large_ones_tables() -> None:
    small = table([["■", "有"], ["□", "無"]])
    large = table([["番号", "問い", "回答"], ["1", "鍵", "○"], ["2", "窓", "×"]])
    outer = table([["一", cell("回答", small)]])
    assert _texts(read_word(docx(outer))) == ["一", "回答\n■ 有\n□ 無"]
    (grid,) = read_word(docx(table([["左", cell("右", large)]]))).grids
    assert [c.text for c in grid.cells][:2] == ["左", "右"]
    assert [c.text for c in grid.cells if c.row == 2] == ["1", "鍵", "○"]
    (framed,) = read_word(docx(table([[cell("題", large)]]))).grids
    assert [c.text for c in framed.cells][:4] == ["題", "番号", "問い", "回答"]


def test_automatic_numbers() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="decimalEnclosedCircle"/>'
        '<w:lvlText w:val="%1-%2"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>'
    )

    def numbered(level: int, text: str) -> str:
        place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="5"/></w:numPr>'
        return paragraph(text, properties=place)

    rows = [
        [cell(numbered(0, ""))],
        [cell(numbered(1, "鍵"))],
        [cell(numbered(1, "窓"))],
        [cell(numbered(0, ""))],
    ]
    assert _texts(read_word(docx(table(rows), {"numbering": numbering}))) == ["1.", "1-① 鍵", "1-② 窓", "2."]


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [(12, "decimalFullWidth", "１２"), (4, "upperRoman", "IV"), (2, "aiueoFullWidth", "イ"), (21, "japaneseCounting", "二十一"),
     (3, "decimalEnclosedCircle", "③"), (5, "unheard", ""), (7, "decimalZero", "07")],
)  # fmt: skip
def test_forms_of_numbers(number: int, form: str, text: str) -> None:
    assert number_text(number, form) == text


def test_what_is_drawn() -> None:
    words = "<wps:txbx><w:txbxContent>" + paragraph("対応済") + "</w:txbxContent></wps:txbx>"
    box = f"<w:r><w:drawing><wps:wsp>{words}</wps:wsp></w:drawing></w:r>"
    ring = "<w:r><w:pict><v:oval/></w:pict></w:r>"
    picture = "<w:r><w:drawing><pic:pic/></w:drawing></w:r>"
    row = ["1", cell(paragraph(box)), cell(paragraph(ring, "有・無")), cell(paragraph(picture))]
    document = read_word(docx(table([row])))
    assert _texts(document) == ["1", "対応済", "有・無", ""]
    assert document.grids[0].cells[1].doubt == "drawn_mark"
    assert [(t.code, t.location.cells) for t in document.issues] == [
        ("shapes_not_read", "table 1, row 1, column 3"),
        ("picture_over_answer", "table 1, row 1, column 4"),
    ]


def test_comments_headers_and_colours() -> None:
    parts = {
        "comments": f'<w:comment w:id="3">{paragraph("確かめます")}</w:comment>',
        "header": paragraph("株式会社みほん"),
        "footnotes": f'<w:footnote w:id="1">{paragraph("脚の注")}</w:footnote>',
    }
    pinned = paragraph("○", '<w:r><w:commentReference w:id="3"/></w:r>')
    shaded = cell("×", properties='<w:shd w:fill="FF0000"/>')
    (grid,) = read_word(docx(table([[cell(pinned), shaded]]), parts)).grids
    assert grid.cells[0].comments == ("確かめます",)
    assert grid.cells[1].colour == "fill:FF0000"
    assert [(c.text, c.doubt) for c in grid.aside] == [("株式会社みほん", None), ("脚の注", "note")]


@pytest.mark.parametrize(
    ("state", "shown", "glyph"), [(True, "☒", "☒"), (None, "☐", "▣"), (False, "", "□"), (True, "□", "▣")]
)
def test_boxes(state: bool | None, shown: str, glyph: str) -> None:
    assert box_glyph(state, shown) == glyph


def test_signs_that_nobody_knows_stay_unread() -> None:
    assert symbol("Wingdings", "F021") == "\ufffd"
    assert symbol("Meiryo", "25CB") == "○"
    assert symbol("Meiryo", "D800") == "\ufffd"


def test_a_word_file_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "票.xlsx"
    path.write_bytes(docx(paragraph("題")).getvalue())
    assert sniff(path) == "docx"
    assert read(path).extractor == "wordprocessingml"


@pytest.mark.parametrize(
    "body",
    [
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr></w:tc></w:tr></w:tbl>',
        '<w:tbl><w:tblGrid><w:gridCol w:w="-5"/></w:tblGrid><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc></w:tr></w:tbl>',
        "<w:tbl/>",
        "<w:tbl><w:tr/></w:tbl>",
        '<w:p><w:pPr><w:numPr><w:numId w:val="x"/></w:numPr></w:pPr></w:p>',
        '<w:p><w:r><w:sym w:char="zz"/><w:fldChar w:fldCharType="end"/></w:r></w:p>',
    ],
)
def test_odd_files_give_what_they_hold(body: str) -> None:
    (grid,) = read_word(docx(body)).grids
    assert grid.n_cols <= 64


def test_deep_nesting_does_not_end_the_program() -> None:
    body = "<w:tbl><w:tr><w:tc>" * 60 + paragraph("底") + "</w:tc></w:tr></w:tbl>" * 60
    assert "底" in "".join(_texts(read_word(docx(body))))
    controls = (
        "<w:p>" + "<w:sdt><w:sdtContent>" * 110 + run("底") + "</w:sdtContent></w:sdt>" * 110 + "</w:p>"
    )
    assert _texts(read_word(docx(controls))) == ["底"]


def test_broken_and_hostile_files_are_refused() -> None:
    with pytest.raises(Damaged):
        read_word(BytesIO(b"PK\x03\x04 broken"))
    with pytest.raises(Damaged):
        read_word(docx("<w:p>"))
    bomb = BytesIO()
    with ZipFile(bomb, "w", ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * (60 << 20))
    with pytest.raises(TooLarge):
        read_word(bomb)


def test_declared_entities_are_told_and_not_expanded() -> None:
    stream = docx(paragraph("題"))
    out = BytesIO()
    with ZipFile(stream) as package, ZipFile(out, "w") as other:
        for name in package.namelist():
            text = package.read(name).decode()
            if name == "word/document.xml":
                text = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + text.replace(
                    "題", "題&x;"
                )
            other.writestr(name, text)
    with pytest.raises(Damaged, match="entities"):
        read_word(out)
