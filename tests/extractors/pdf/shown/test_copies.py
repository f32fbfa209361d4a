"""Letters drawn several times in one place, and ligatures, which are drawn once for several letters."""

from __future__ import annotations

import pymupdf
import pytest

from extractors.pdf.shown.read_page import page_to_content
from tests.extractors.pdf.shown.sheets import QUESTIONS, Sheet, questions


@pytest.mark.parametrize("shifts", [[0.35], [0.35, 0.7], [0.2, 0.4, 0.6]])
def test_names_drawn_more_than_twice_are_read_once(shifts: list[float]) -> None:
    sheet = Sheet().answer(1, "○").answer(2, "×").answer(3, "○").answer(4, "△")
    for shift in shifts:
        sheet.write(74 + shift, 96 + shift / 2, "設問").write(304 + shift, 96 + shift / 2, "回答")
    document = sheet.read()
    assert questions(document) == list(QUESTIONS)
    texts = [cell.text for grid in document.grids for cell in grid.cells]
    assert "設問" in texts
    assert "回答" in texts


def test_each_letter_of_a_ligature_has_a_place_of_its_own() -> None:
    page = pymupdf.open().new_page()
    page.insert_htmlbox((40, 40, 500, 80), "<p style='font-family:serif'>fixed, notified, office, flaw</p>")
    glyphs = page_to_content(page)[0].glyphs
    letters = [(char, box) for char, box in zip(glyphs.chars, glyphs.boxes, strict=True) if char.isalpha()]
    assert "".join(char for char, _ in letters) == "fixednotifiedofficeflaw"
    assert all(box[2] - box[0] > 0.5 for _, box in letters)
    assert [box[0] for _, box in letters] == sorted(box[0] for _, box in letters)
