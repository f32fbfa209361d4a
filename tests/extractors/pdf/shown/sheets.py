"""Check sheets drawn for tests in every way in which a page can show something else than its text layer says.

All places are points from the page's top left. The font is embedded, so that what is not drawn is not there.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import Any

import pymupdf

from extractors.checklist.extract import grid_to_checklists
from extractors.grid import Document
from extractors.pdf.reader import read_pdf

QUESTIONS = (
    "鍵は毎晩掛けていますか。",
    "窓の格子を毎年点検していますか。",
    "倉庫の入口を記録していますか。",
    "見回りの当番を決めていますか。",
)
HEADER = ("No.", "設問", "回答", "備考")
XS = (40.0, 70.0, 300.0, 360.0, 540.0)
TOP, PITCH = 80.0, 24.0


class Sheet:
    """A page with a ruled list of four questions and blank answers, on which a test writes and draws."""

    def __init__(self, header: tuple[str, ...] = HEADER, xs: tuple[float, ...] = XS) -> None:
        self.book = pymupdf.open()
        self.page = self.book.new_page(width=595, height=420)
        self.page.insert_font("jp", fontbuffer=_font())
        self.xs = xs
        self.write(220, 50, "倉庫確認シート", size=14)
        for x, name in zip(xs, header, strict=False):
            self.write(x + 4, TOP + 16, name)
        for number, question in enumerate(QUESTIONS, 1):
            y = TOP + PITCH * number + 16
            self.write(xs[0] + 4, y, str(number))
            self.write(xs[1] + 4, y, question)
        self.rules()

    def rules(self) -> None:
        """Draw the rules of the table."""
        foot = TOP + PITCH * (len(QUESTIONS) + 1)
        for number in range(len(QUESTIONS) + 2):
            y = TOP + PITCH * number
            self.page.draw_line((self.xs[0], y), (self.xs[-1], y), width=0.5)
        for x in self.xs:
            self.page.draw_line((x, TOP), (x, foot), width=0.5)

    def write(self, x: float, y: float, text: str, size: float = 9.0, **how: Any) -> Sheet:
        """Write a text with its base line at `y`; `how` is for PyMuPDF: colour, opacity, render mode."""
        self.page.insert_text((x, y), text, fontname="jp", fontsize=size, **how)
        return self

    def answer(self, number: int, text: str, **how: Any) -> Sheet:
        """Write a text into the answer cell of a question, from 1."""
        return self.write(self.xs[2] + 6, TOP + PITCH * number + 16, text, **how)

    def remark(self, number: int, text: str, **how: Any) -> Sheet:
        """Write a text into the remarks cell of a question."""
        return self.write(self.xs[3] + 4, TOP + PITCH * number + 16, text, **how)

    def cell(self, number: int, column: int = 2) -> pymupdf.Rect:
        """The box of a cell of a question, a little within its rules."""
        y = TOP + PITCH * number
        return pymupdf.Rect(self.xs[column] + 1.5, y + 1.5, self.xs[column + 1] - 1.5, y + PITCH - 1.5)

    def read(self) -> Document:
        """The document as read from the saved file."""
        return read_pdf(BytesIO(self.book.tobytes()))


def answers(document: Document) -> list[str]:
    """The answers of a document's items in their order."""
    return [row.answer for row in _rows(document)]


def chosen(document: Document) -> list[tuple[str, ...]]:
    """The choices of a document's items that are set off."""
    return [row.chosen for row in _rows(document)]


def questions(document: Document) -> list[str]:
    """The questions of a document's items."""
    return [row.requirement for row in _rows(document)]


def remarks(document: Document) -> list[str]:
    """The remarks of a document's items."""
    return [row.remarks for row in _rows(document)]


def codes(document: Document) -> list[str]:
    """The codes of a document's issues."""
    return [issue.code for issue in document.issues]


def hidden(document: Document) -> list[str]:
    """The texts that stand aside because nobody sees them."""
    return [cell.text for grid in document.grids for cell in grid.aside if cell.doubt == "hidden_text"]


def _rows(document: Document) -> list[Any]:
    return [row for grid in document.grids for c in grid_to_checklists(grid).checklists for row in c.rows]


@cache
def _font() -> bytes:
    return bytes(pymupdf.Font("cjk").buffer)
