"""Cuts lines into a label and what it labels: `【質問１】　…`, `回答：…`, `問3．…`, `(4)` in a cell before its question.

The rows of a grid in, lines out. What a label is, is told by its repetition: lines.py only says what may be one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.checklist.grid_index import GridView
from extractors.grid import Cell
from normalizers.text import fold, is_item_number

_OPEN, _CLOSE = "【［\\[（(〔＜<「", "】］\\]）)〕＞>」"
_NUMBER = r"(?:[0-9０-９]{1,3}(?:[-－.．][0-9０-９]{1,3})*|[①-⑳]|[ア-ンｱ-ﾝ](?![ぁ-んァ-ヶ一-龠]))"
_LABELS = (
    # 【質問１】, （補足）, [1]
    re.compile(
        rf"[\s　]*(?P<label>[{_OPEN}][\s　]*(?P<name>[^{_OPEN}{_CLOSE}\n0-9０-９]{{0,10}}?)(?P<no>{_NUMBER})?[\s　]*[{_CLOSE}])"
        rf"[\s　:：.．]*(?P<rest>.*)",
        re.DOTALL,
    ),
    # 問1．, Q1), 1., 質問3　, ①
    re.compile(
        rf"[\s　]*(?P<label>(?P<name>(?:第|[QＱAＡqａa]|No|[^\W\d_]{{1,4}}?)?)[\s　]?[.．]?[\s　]?(?P<no>{_NUMBER})(?:問|項)?)"
        r"(?:[)）.．、:：]+[\s　]*|[\s　]+|(?<=[①-⑳]))(?P<rest>.*)",
        re.DOTALL,
    ),
    # 回答：, Answer:
    re.compile(
        r"[\s　]*(?P<label>(?P<name>[^\s：:。、（(【\d][^：:。、\n]{0,14}?)(?P<no>\d{0,3}))[\s　]*[:：][\s　]*(?P<rest>.*)",
        re.DOTALL,
    ),
)
_BLANK = re.compile(r"[\s　_＿…・.．‥―ー\-()（）［］\[\]〔〕]*")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of text: its cell, the number in the cell before it, the label that it begins with and the rest.

    `template` is the label without its number, `#` where the number stood; None for a line without a label.
    """

    cell: Cell
    number: Cell | None
    template: str | None
    label: str
    count: int | None
    rest: str

    @property
    def row(self) -> int:
        """The row of the grid."""
        return self.cell.row


def lines_of(view: GridView) -> list[Line] | None:
    """The lines of a grid, None where it is a table: where too many rows have several cells."""
    lines: list[Line] = []
    several = 0
    for row in range(view.n_rows):
        cells = view.starting(row)
        if len(cells) == 2 and is_item_number(cells[0].text):
            lines.append(_numbered(cells))
        elif len(cells) == 1:
            lines.append(_line(cells[0]))
        elif cells:
            several += 1
            lines += [_line(cells[0])]
    return lines if lines and several <= 0.2 * len(lines) else None


def is_blank_line(text: str) -> bool:
    """Whether a text is a line to write on: `＿＿＿＿`, `（　　　）`, `………`."""
    return _BLANK.fullmatch(text) is not None


def _numbered(cells: Sequence[Cell]) -> Line:
    key = fold(cells[0].text)
    return Line(
        cells[1], cells[0], re.sub(r"\d+", "#", key), cells[0].text.strip(), _count(key), cells[1].text
    )


def _line(cell: Cell) -> Line:
    for pattern in _LABELS:
        match = pattern.fullmatch(cell.text)
        if match is None or not (match["name"].strip() or match["no"]):
            continue
        number = match["no"] or ""
        mark = fold(match["label"])
        template = f"{mark.replace(fold(number), '')}#" if number else mark
        return Line(cell, None, template, _shown(match), _count(fold(number)), match["rest"].strip())
    return Line(cell, None, None, "", None, cell.text.strip())


def _shown(match: re.Match[str]) -> str:
    """The label as its item's number: `【質問１】` is number 質問１, `【1】` and `(1)` keep their brackets."""
    label = match["label"].strip()
    return label[1:-1].strip() if match["name"].strip() and label[0] in "【［[〔<＜「" else label


def _count(key: str) -> int | None:
    digits = re.findall(r"\d+", key)
    if digits:
        return int(digits[-1])
    kana = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホ"
    return kana.index(key) + 1 if len(key) == 1 and key in kana else None
