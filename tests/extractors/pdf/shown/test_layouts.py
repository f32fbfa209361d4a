"""Pages drawn in unusual ways give the same rows: turned, drawn twice, ruled by characters, overlaid, run over."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from extractors.checklist.extract import grid_to_checklists
from extractors.grid import Document
from extractors.pdf.reader import read_pdf
from tests.extractors.pdf.prints import FONT, Print
from tests.extractors.pdf.shown.sheets import QUESTIONS, Sheet, answers, chosen, codes, questions, remarks

GIVEN = ["○", "×", "△", "○"]


def _filled(**how: Any) -> Sheet:
    sheet = Sheet()
    for number, text in enumerate(GIVEN, 1):
        sheet.answer(number, text, **how)
    return sheet


def _places(document: Document) -> list[tuple[float, ...]]:
    (grid,) = document.grids
    rows = grid_to_checklists(grid).checklists[0].rows
    return [tuple(round(edge) for edge in row.location.bbox or ()) for row in rows]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_laid_on_its_side_is_read_and_its_places_are_those_shown(turn: int) -> None:
    upright = _filled()
    turned = pymupdf.open()
    size = (420, 595) if turn in {90, 270} else (595, 420)
    page = turned.new_page(width=size[0], height=size[1])
    page.show_pdf_page(page.rect, upright.book, 0, rotate=-turn)
    document = read_pdf(BytesIO(turned.tobytes()))
    assert (answers(document), questions(document)) == (GIVEN, list(QUESTIONS))
    for place, given in zip(_places(document), GIVEN, strict=True):
        words = turned[0].get_text("words", clip=pymupdf.Rect(place))
        assert [word[4] for word in words] == [given]


def test_a_page_that_says_that_it_is_turned_is_read_as_ever() -> None:
    sheet = _filled()
    sheet.page.set_rotation(90)
    assert answers(sheet.read()) == GIVEN


@pytest.mark.parametrize("shift", [(0.0, 0.0), (0.3, 0.0), (0.9, 0.9), (-0.5, 0.4)])
@pytest.mark.parametrize("colour", [(0, 0, 0), (0.7, 0.7, 0.7)])
def test_text_drawn_twice_is_read_once(shift: tuple[float, float], colour: tuple[float, ...]) -> None:
    sheet = Sheet()
    for number, text in enumerate([*GIVEN[:3], "all 77"], 1):
        y = 80 + 24 * number + 16
        sheet.write(306 + shift[0], y + shift[1], text, color=colour).answer(number, text)
        sheet.write(74 + shift[0], y + shift[1], QUESTIONS[number - 1], color=colour)
    for x, name in zip(sheet.xs, ("No.", "設問", "回答", "備考"), strict=False):
        sheet.write(x + 4 + shift[0], 96 + shift[1], name, color=colour)
    document = sheet.read()
    assert (answers(document), questions(document)) == ([*GIVEN[:3], "all 77"], list(QUESTIONS))


def _typed(path: Path, lines: list[str]) -> Document:
    canvas = Canvas(str(path), pagesize=A4)
    Print(path)  # registers the font
    canvas.setFont(FONT, 8)
    for number, line in enumerate(lines):
        canvas.drawString(40, 760 - 10 * number, line)
    canvas.save()
    return read_pdf(path)


def test_rules_typed_as_characters_make_a_table(tmp_path: Path) -> None:
    rule = "─" * 3, "─" * 16, "─" * 4, "─" * 8
    lines = ["┌" + "┬".join(rule) + "┐"]
    rows = [("番号", "設問", "回答", "備考")]
    rows += [(str(n), q, a, "") for n, (q, a) in enumerate(zip(QUESTIONS, GIVEN, strict=True), 1)]
    for row in rows:
        widths = (3, 16, 4, 8)
        cells = [text + "　" * (width - len(text)) for text, width in zip(row, widths, strict=True)]
        lines += ["│" + "│".join(cells) + "│", "├" + "┼".join(rule) + "┤"]
    lines[-1] = "└" + "┴".join(rule) + "┘"
    document = _typed(tmp_path / "a.pdf", lines)
    assert (answers(document), questions(document)) == (GIVEN, list(QUESTIONS))


def test_rules_typed_as_plus_and_minus_make_a_table(tmp_path: Path) -> None:
    rule = "+----+--------------------------------+--------+----------------+"
    lines = [rule]
    rows = [("No", "Question", "Answer", "Remarks")]
    asked = ("Is the gate locked?", "Is the lamp checked?", "Is the fence whole?", "Is there a guard?")
    rows += [
        (str(n), q, a, "") for n, (q, a) in enumerate(zip(asked, ("Yes", "No", "Yes", "No"), strict=True), 1)
    ]
    for row in rows:
        lines += [f"|{row[0]:<4}|{row[1]:<32}|{row[2]:<8}|{row[3]:<16}|", rule]
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=A4)
    canvas.setFont("Courier", 8)
    for number, line in enumerate(lines):
        canvas.drawString(40, 760 - 10 * number, line)
    canvas.save()
    document = read_pdf(tmp_path / "a.pdf")
    assert (answers(document), questions(document)) == (["Yes", "No", "Yes", "No"], list(asked))


def test_rules_that_nobody_sees_cut_no_cells_and_white_ones_on_a_colour_do() -> None:
    sheet = _filled()
    for x in range(50, 540, 22):
        sheet.page.draw_line((x, 80), (x, 200), color=(1, 1, 1), width=0.5)
    assert (answers(sheet.read()), questions(sheet.read())) == (GIVEN, list(QUESTIONS))

    white = Sheet.__new__(Sheet)
    white.book, white.xs = pymupdf.open(), (40.0, 70.0, 300.0, 360.0, 540.0)
    white.page = white.book.new_page(width=595, height=420)
    white.page.insert_font("jp", fontbuffer=pymupdf.Font("cjk").buffer)
    white.page.draw_rect(pymupdf.Rect(40, 80, 540, 200), color=None, fill=(0.8, 0.87, 0.95))
    for y in range(80, 201, 24):
        white.page.draw_line((40, y), (540, y), color=(1, 1, 1), width=1)
    for x in white.xs:
        white.page.draw_line((x, 80), (x, 200), color=(1, 1, 1), width=1)
    for x, name in zip(white.xs, ("No.", "設問", "回答", "備考"), strict=False):
        white.write(x + 4, 96, name)
    for number, (question, given) in enumerate(zip(QUESTIONS, GIVEN, strict=True), 1):
        y = 80 + 24 * number + 16
        white.write(44, y, str(number)).write(74, y, question).write(306, y, given)
    assert (answers(white.read()), questions(white.read())) == (GIVEN, list(QUESTIONS))


@pytest.mark.parametrize(
    ("size", "how"),
    [(50, {"color": (0.85, 0.85, 0.85)}), (30, {"color": (1, 0, 0), "fill_opacity": 0.2}), (40, {})],
)
def test_an_upright_watermark_is_no_part_of_the_cells_under_it(size: float, how: dict[str, Any]) -> None:
    sheet = _filled().write(150, 150, "社外秘　写し", size=size, **how)
    document = sheet.read()
    assert (answers(document), questions(document), remarks(document)) == (GIVEN, list(QUESTIONS), [""] * 4)
    assert codes(document) == []
    (grid,) = document.grids
    assert [cell.text for cell in grid.aside if cell.doubt == "watermark"] == ["社外秘　写し"]


def test_ruby_is_no_part_of_the_sentence() -> None:
    sheet = _filled()
    for number in range(1, 5):
        sheet.write(75, 80 + 24 * number + 7.5, "かぎ", size=4.5)
    assert questions(sheet.read()) == list(QUESTIONS)


def test_a_small_note_under_a_text_is_no_ruby() -> None:
    sheet = _filled()
    sheet.write(370, 80 + 24 + 10, "別紙", size=9).write(370, 80 + 24 + 20, "あり", size=5)
    assert remarks(sheet.read())[0].replace("\n", "") == "別紙あり"


def test_ligatures_come_letter_by_letter() -> None:
    assert remarks(_filled().remark(1, "con\ufb01rmed, o\ufb03ce").read())[0] == "confirmed, office"


@pytest.mark.parametrize("given", [["", "", "", ""], ["○", "", "×", "○"], ["対応済", "未対応", "", "はい"]])
def test_a_question_that_runs_over_the_rule_is_no_answer(given: list[str]) -> None:
    sheet = Sheet(xs=(40.0, 70.0, 170.0, 230.0, 540.0))
    for number, text in enumerate(given, 1):
        if text:
            sheet.page.draw_rect(sheet.cell(number), color=None, fill=(1, 1, 1))
            sheet.answer(number, text)
    sheet.rules()
    document = sheet.read()
    assert answers(document) == given
    assert [question[:9] for question in questions(document)] == [question[:9] for question in QUESTIONS]


def test_cells_that_stand_close_together_stay_apart() -> None:
    sheet = Sheet(xs=(40.0, 70.0, 300.0, 324.0, 540.0))
    for number, text in enumerate(GIVEN, 1):
        y = 80 + 24 * number + 16
        sheet.write(315, y, text).write(324.5, y, "毎月")
    document = sheet.read()
    assert (answers(document), remarks(document)) == (GIVEN, ["毎月"] * 4)


def _choices(look: str) -> Sheet:
    """Printed choices of which はい, いいえ, いいえ, はい are set off by a look."""
    sheet = Sheet(xs=(40.0, 70.0, 300.0, 380.0, 540.0))
    for number, index in enumerate((0, 1, 1, 0), 1):
        y = 80 + 24 * number + 16
        x = 306.0
        for part, text in enumerate(("はい", "・", "いいえ")):
            width = 9.0 * len(text)
            is_chosen = part == 2 * index
            if is_chosen and look == "ground":
                sheet.page.draw_rect(
                    pymupdf.Rect(x - 1, y - 9, x + width + 1, y + 2), color=None, fill=(1, 1, 0)
                )
            if is_chosen and look == "inverse":
                sheet.page.draw_rect(
                    pymupdf.Rect(x - 1, y - 9, x + width + 1, y + 2), color=None, fill=(0, 0, 0)
                )
            if is_chosen and look == "underline":
                sheet.page.draw_line((x, y + 2), (x + width, y + 2), width=0.7)
            pale = look == "pale" and not is_chosen and part != 1
            red = look == "red" and is_chosen
            white = look == "inverse" and is_chosen
            colour = (0.75, 0.75, 0.75) if pale else (1, 0, 0) if red else (1, 1, 1) if white else (0, 0, 0)
            sheet.write(x, y, text, color=colour)
            x += width
    return sheet


@pytest.mark.parametrize("look", ["ground", "inverse", "underline", "red", "pale"])
def test_a_choice_is_set_off_by_its_look(look: str) -> None:
    document = _choices(look).read()
    assert chosen(document) == [("はい",), ("いいえ",), ("いいえ",), ("はい",)]
    assert codes(document) == []


def test_choices_that_all_look_alike_are_not_chosen() -> None:
    assert chosen(_choices("none").read()) == [()] * 4


def test_a_table_within_a_question_belongs_to_the_question() -> None:
    sheet = _filled()
    inner = pymupdf.Rect(80, 178, 290, 198)
    for x in (80, 150, 290):
        sheet.page.draw_line((x, inner.y0), (x, inner.y1), width=0.4)
    sheet.page.draw_line((80, 178), (290, 178), width=0.4)
    sheet.page.draw_line((80, 198), (290, 198), width=0.4)
    document = sheet.read()
    assert answers(document) == GIVEN


@pytest.mark.parametrize("header", ["備考", "補足事項"])
def test_remarks_alone_on_the_next_page_belong_to_the_rows_left_of_them(header: str) -> None:
    sheet = Sheet(("No.", "設問", "回答"), (40.0, 70.0, 300.0, 360.0))
    for number, text in enumerate(GIVEN, 1):
        sheet.answer(number, text)
    page = sheet.book.new_page(width=595, height=420)
    page.insert_font("jp", fontbuffer=pymupdf.Font("cjk").buffer)
    for number in range(6):
        page.draw_line((40, 80 + 24 * number), (240, 80 + 24 * number), width=0.5)
    for x in (40, 240):
        page.draw_line((x, 80), (x, 200), width=0.5)
    for row, text in ((0, header), (1, "上位プランのみ"), (3, "来期")):
        page.insert_text((44, 96 + 24 * row), text, fontname="jp", fontsize=9)
    document = sheet.read()
    assert remarks(document) == ["上位プランのみ", "", "来期", ""]


@pytest.mark.parametrize(("size", "how"), [(12, {}), (9, {"fill_opacity": 0.5})])
def test_a_pale_pattern_over_the_page_is_no_text_of_its_cells(size: float, how: dict[str, Any]) -> None:
    sheet = _filled()
    for y in range(70, 220, 30):
        for x in range(40, 540, 90):
            sheet.write(x, y, "複製禁止", size=size, color=(0.88, 0.88, 0.88), **how)
    document = sheet.read()
    assert (answers(document), questions(document), codes(document)) == (GIVEN, list(QUESTIONS), [])


def test_an_old_table_under_a_white_area_cuts_nothing() -> None:
    sheet = _filled()
    for x in range(50, 540, 22):
        sheet.page.draw_line((x, 80), (x, 200), width=0.5)
    sheet.page.draw_rect(pymupdf.Rect(35, 75, 545, 205), color=None, fill=(1, 1, 1))
    for x, name in zip(sheet.xs, ("No.", "設問", "回答", "備考"), strict=False):
        sheet.write(x + 4, 96, name)
    for number, (question, given) in enumerate(zip(QUESTIONS, reversed(GIVEN), strict=True), 1):
        sheet.write(44, 80 + 24 * number + 16, str(number)).write(74, 80 + 24 * number + 16, question)
        sheet.answer(number, given)
    sheet.rules()
    document = sheet.read()
    assert (answers(document), questions(document)) == (list(reversed(GIVEN)), list(QUESTIONS))
    assert codes(document) == ["hidden_text"]


@pytest.mark.parametrize("how", [{"color": (0.98, 0.98, 0.98)}, {"color": (0, 0, 0), "stroke_opacity": 0}])
def test_strokes_that_leave_no_ink_are_no_rules(how: dict[str, Any]) -> None:
    sheet = _filled()
    for x in range(50, 540, 22):
        sheet.page.draw_line((x, 80), (x, 200), width=0.5, **how)
    assert (answers(sheet.read()), questions(sheet.read())) == (GIVEN, list(QUESTIONS))


def test_remarks_with_the_numbers_again_belong_to_their_rows() -> None:
    sheet = Sheet(("No.", "設問", "回答"), (40.0, 70.0, 300.0, 360.0))
    for number, text in enumerate(GIVEN, 1):
        sheet.answer(number, text)
    page = sheet.book.new_page(width=595, height=420)
    page.insert_font("jp", fontbuffer=pymupdf.Font("cjk").buffer)
    for number in range(6):
        page.draw_line((40, 80 + 24 * number), (300, 80 + 24 * number), width=0.5)
    for x in (40, 70, 300):
        page.draw_line((x, 80), (x, 200), width=0.5)
    for row, texts in enumerate(
        (("No.", "備考"), ("1", "上位プランのみ"), ("2", ""), ("3", "来期"), ("4", ""))
    ):
        for x, text in zip((44, 74), texts, strict=True):
            page.insert_text((x, 96 + 24 * row), text, fontname="jp", fontsize=9)
    document = sheet.read()
    assert (answers(document), remarks(document)) == (GIVEN, ["上位プランのみ", "", "来期", ""])
