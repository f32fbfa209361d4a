"""What a form's maker told Word: drop-down lists, controls, grounds, lines, bold text, prompts, protection."""

from __future__ import annotations

import pytest

from extractors.grid import Grid
from extractors.looks import Look
from extractors.word.reader import read_word
from tests.extractors.word.docs import docx, paragraph, run

BOLD = "<w:b/>"


def _cell(inside: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def _text(words: str, properties: str = "") -> str:
    return paragraph(run(words, properties))


def _table(*rows: str, properties: str = "") -> str:
    lines = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    columns = '<w:tblGrid><w:gridCol w:w="900"/><w:gridCol w:w="3000"/></w:tblGrid>'
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{columns}{lines}</w:tbl>"


def _control(kind: str, shown: str, prompting: bool) -> str:
    placeholder = "<w:showingPlcHdr/>" if prompting else ""
    return f"<w:p><w:sdt><w:sdtPr>{placeholder}{kind}</w:sdtPr><w:sdtContent>{run(shown)}</w:sdtContent></w:sdt></w:p>"


def _list(name: str, *entries: str) -> str:
    items = "".join(
        f'<w:listItem w:displayText="{entry}" w:value="{n}"/>' for n, entry in enumerate(entries, 1)
    )
    return f'<w:{name}><w:listItem w:displayText="選んでください" w:value=""/>{items}</w:{name}>'


def _grid(body: str, **parts: str) -> Grid:
    return read_word(docx(body, parts)).grids[0]


@pytest.mark.parametrize("name", ["dropDownList", "comboBox"])
def test_a_list_that_nobody_chose_from_tells_its_entries(name: str) -> None:
    answered = _control(_list(name, "実施", "未実施"), "選んでください", prompting=True)
    grid = _grid(_table(_cell(_text("記録の保管")) + _cell(answered)))
    assert grid.looks.at(0, 1) == Look(("実施", "未実施"), writable=True, prompt="選んでください")
    assert grid.looks.at(0, 0) == Look()


def test_a_list_with_an_answer_tells_them_too() -> None:
    grid = _grid(
        _table(
            _cell(_text("記録の保管")) + _cell(_control(_list("comboBox", "甲", "乙"), "乙", prompting=False))
        )
    )
    assert [cell.text for cell in grid.cells] == ["記録の保管", "乙"]
    assert grid.looks.at(0, 1) == Look(("甲", "乙"), writable=True)


def test_a_list_of_an_old_form() -> None:
    entries = "".join(f'<w:listEntry w:val="{entry}"/>' for entry in ("可", "否"))
    begin = (
        f'<w:fldChar w:fldCharType="begin"><w:ffData><w:ddList>{entries}</w:ddList></w:ffData></w:fldChar>'
    )
    field = f'<w:p><w:r>{begin}</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    look = _grid(_table(_cell(_text("持出し")) + _cell(field))).looks.at(0, 1)
    assert (look.choices, look.writable) == (("可", "否"), True)


def test_grounds_lines_and_bold_text_of_cells() -> None:
    lines = '<w:tcBorders><w:top w:val="single"/><w:bottom w:val="dotted"/></w:tcBorders>'
    body = _table(
        _cell(_text("設問", BOLD), '<w:shd w:val="clear" w:fill="D9E2F3"/>')
        + _cell(_text("回答") + _text("欄", BOLD)),
        _cell(_text("")) + _cell(_text("済"), lines),
    )
    looks = _grid(body).looks
    assert looks.at(0, 0) == Look(bold=True, fill="D9E2F3")
    assert looks.at(0, 1) == looks.at(1, 0) == Look()
    assert looks.at(1, 1) == Look(bordered=True)


def test_the_style_of_a_table_draws_lines_and_sets_its_first_row_apart() -> None:
    lines = '<w:tblBorders><w:top w:val="single"/><w:insideH w:val="single"/></w:tblBorders>'
    head = '<w:rPr><w:b/></w:rPr><w:tcPr><w:shd w:val="clear" w:fill="4472C4"/></w:tcPr>'
    kind = 'w:type="table"'
    styles = (
        f'<w:style {kind} w:styleId="base"><w:tblPr>{lines}</w:tblPr></w:style><w:style {kind} w:styleId="list">'
        f'<w:basedOn w:val="base"/><w:tblStylePr w:type="firstRow">{head}</w:tblStylePr></w:style>'
    )
    rows = [
        _cell(_text("設問")) + _cell(_text("回答", '<w:b w:val="0"/>')),
        _cell(_text("鍵の管理")) + _cell(_text("")),
    ]
    told = '<w:tblStyle w:val="list"/><w:tblLook w:val="{}"/>'
    looks = _grid(_table(*rows, properties=told.format("0420")), styles=styles).looks
    assert looks.at(0, 0) == Look(bold=True, fill="4472C4", bordered=True)
    assert looks.at(0, 1) == Look(fill="4472C4", bordered=True)
    assert looks.at(1, 1) == Look(bordered=True)
    assert _grid(_table(*rows, properties=told.format("0400")), styles=styles).looks.at(0, 0) == Look(
        bordered=True
    )


def test_in_a_protected_form_only_controls_can_be_filled_in() -> None:
    body = _table(_cell(_text("氏名")) + _cell(_control("<w:text/>", "記入", prompting=True)))
    looks = _grid(body, settings='<w:documentProtection w:edit="forms" w:enforcement="1"/>').looks
    assert [looks.at(0, col).writable for col in (0, 1)] == [False, True]


def test_a_list_between_tables_belongs_to_its_paragraph() -> None:
    grid = _grid(_text("前文") + _control(_list("comboBox", "有", "無"), "有", prompting=False))
    assert grid.looks.at(1, 0) == Look(("有", "無"), writable=True)
