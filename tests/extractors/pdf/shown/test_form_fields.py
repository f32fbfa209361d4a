"""Form fields as a viewer shows them: flags, states that are drawn empty, lists that show other words than they store."""

from __future__ import annotations

from typing import Any

import pymupdf
import pytest

from tests.extractors.pdf.shown.sheets import Sheet, answers, codes, hidden

_TEXT, _CHECK, _LIST = (
    pymupdf.PDF_WIDGET_TYPE_TEXT,
    pymupdf.PDF_WIDGET_TYPE_CHECKBOX,
    pymupdf.PDF_WIDGET_TYPE_COMBOBOX,
)


def _field(sheet: Sheet, number: int, kind: int, value: Any, **how: Any) -> int:
    """Put a field into an answer cell; gives its place in the file."""
    widget = pymupdf.Widget()
    widget.field_type, widget.field_name = kind, f"kaito{number}"
    widget.rect = (
        sheet.cell(number) if kind != _CHECK else pymupdf.Rect(320, 84 + 24 * number, 330, 94 + 24 * number)
    )
    for name, setting in how.items():
        setattr(widget, name, setting)
    widget.field_value = value
    sheet.page.add_widget(widget)
    return next(int(placed.xref) for placed in sheet.page.widgets() if placed.field_name == f"kaito{number}")


@pytest.mark.parametrize("flags", [2, 32, 2 | 4, 32 | 4])
def test_a_field_that_viewers_do_not_show_is_no_answer(flags: int) -> None:
    sheet = Sheet()
    for number in range(1, 5):
        sheet.book.xref_set_key(_field(sheet, number, _TEXT, "yes"), "F", str(flags))
    document = sheet.read()
    assert (answers(document), codes(document)) == ([""] * 4, ["hidden_text"])
    assert hidden(document) == ["yes"] * 4


@pytest.mark.parametrize("flags", [0, 4])
def test_a_field_that_is_shown_is_one_printed_or_not(flags: int) -> None:
    sheet = Sheet()
    for number in range(1, 5):
        sheet.book.xref_set_key(_field(sheet, number, _TEXT, "yes"), "F", str(flags))
    document = sheet.read()
    assert (answers(document), codes(document)) == (["yes"] * 4, [])


def test_a_ticked_box_that_is_hidden_is_no_tick() -> None:
    sheet = Sheet()
    for number in range(1, 5):
        xref = _field(sheet, number, _CHECK, number != 2)
        if number == 3:
            sheet.book.xref_set_key(xref, "F", "2")
    document = sheet.read()
    assert answers(document) == ["■", "□", "", "■"]
    assert (codes(document), hidden(document)) == (["hidden_text"], ["■"])


def test_a_state_that_is_drawn_as_an_empty_box_or_not_at_all_is_no_tick() -> None:
    sheet = Sheet()
    places = [_field(sheet, number, _CHECK, True) for number in range(1, 5)]
    off = sheet.book.xref_get_key(places[1], "AP/N/Off")[1]
    sheet.book.xref_set_key(places[1], "AP/N", f"<< /No {off} /Yes {off} >>")
    sheet.book.xref_set_key(places[1], "AS", "/No")
    sheet.book.xref_set_key(places[2], "AS", "/Elsewhere")
    document = sheet.read()
    assert answers(document) == ["■", "□", "□", "■"]
    assert codes(document) == ["hidden_text"]


def test_a_list_says_the_words_that_it_shows() -> None:
    sheet = Sheet()
    choices = [("1", "hai"), ("0", "iie"), ("2", "ichibu")]
    for number, value in enumerate(("1", "0", "2", "1"), 1):
        xref = _field(sheet, number, _LIST, value, choice_values=choices)
        sheet.book.xref_set_key(xref, "V", f"({value})")
    assert answers(sheet.read()) == ["hai", "iie", "ichibu", "hai"]


def test_a_value_typed_in_white_is_hidden_and_one_that_nobody_drew_counts_and_is_told() -> None:
    sheet = Sheet()
    _field(sheet, 1, _TEXT, "yes", text_color=(1, 1, 1))
    xref = _field(sheet, 2, _TEXT, "yes")
    sheet.book.update_stream(int(sheet.book.xref_get_key(xref, "AP/N")[1].split()[0]), b"/Tx BMC EMC")
    _field(sheet, 3, _TEXT, "no")
    document = sheet.read()
    assert answers(document) == ["", "yes", "no", ""]
    assert sorted(codes(document)) == ["fields_not_drawn", "hidden_text"]


@pytest.mark.parametrize("flags", [2, 32])
def test_typed_text_that_is_not_shown_is_no_answer(flags: int) -> None:
    sheet = Sheet()
    for number in range(1, 5):
        note = sheet.page.add_freetext_annot(sheet.cell(number), "yes", fontsize=9)
        note.set_flags(flags if number > 1 else 4)
    document = sheet.read()
    assert (answers(document), codes(document)) == (["yes", "", "", ""], ["hidden_text"])


def test_an_answer_typed_over_an_old_one_on_a_ground_of_its_own_is_the_new_one() -> None:
    sheet = Sheet()
    for number in range(1, 5):
        sheet.answer(number, "○")
    sheet.page.add_freetext_annot(sheet.cell(2), "no", fontsize=9, fill_color=(1, 1, 1))
    sheet.page.add_freetext_annot(sheet.cell(3), "    no", fontsize=9, fill_color=(1, 1, 1))
    assert [answer.strip() for answer in answers(sheet.read())] == ["○", "no", "no", "○"]


def test_a_dynamic_form_is_told() -> None:
    sheet = Sheet()
    sheet.book.xref_set_key(sheet.book.pdf_catalog(), "AcroForm", "<< /XFA (template) /Fields [] >>")
    assert codes(sheet.read()) == ["dynamic_form"]
