"""Drop-down lists, list boxes and spin buttons of the form in, what they show in the cells out."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.excel.workbook import read_workbook
from extractors.grid import Document
from tests.extractors.excel.books import save
from tests.extractors.excel.drawings import Box, add_controls

ROWS = [["鍵", None, "有"], ["窓", None, "無"], ["戸", None, "一部"]]
_OVER_B1 = (1, 2, 0, 2, 1, 50, 0, 16)


def _read(folder: Path, told: str, kind: str = "Drop", link: str = "", under: object = None) -> Document:
    rows = [list(row) for row in ROWS]
    rows[0][1] = under  # type: ignore[call-overload]
    path = save(folder, rows)
    add_controls(path, [Box(_OVER_B1, kind=kind, link=link, told=told)], "sheet")
    return read_workbook(path)


def _b1(document: Document) -> tuple[str, str | None]:
    cells = {(c.row, c.col): c for c in document.grids[0].cells}
    return (cells[0, 1].text, cells[0, 1].doubt) if (0, 1) in cells else ("", None)


@pytest.mark.parametrize("kind", ["Drop", "List"])
def test_the_chosen_entry_is_the_text_of_the_cell(tmp_path: Path, kind: str) -> None:
    document = _read(tmp_path, 'sel="2" fmlaRange="$C$1:$C$3"', kind)
    assert _b1(document) == ("無", "drawn_mark")
    assert document.issues == ()


def test_the_number_of_the_entry_in_the_linked_cell_under_it_is_hidden(tmp_path: Path) -> None:
    told = 'sel="3" fmlaRange="見本!$C$1:$C$3"'
    assert _b1(_read(tmp_path, told, link="$B$1", under=3)) == ("一部", "drawn_mark")


def test_nothing_chosen_is_blank(tmp_path: Path) -> None:
    document = _read(tmp_path, 'fmlaRange="$C$1:$C$3"')
    assert (_b1(document), document.issues) == (("", None), ())


@pytest.mark.parametrize(
    ("told", "link", "under"),
    [
        ('sel="4" fmlaRange="$C$1:$C$3"', "", None),
        ('sel="1"', "", None),
        ('sel="1" fmlaRange="一覧"', "", None),
        ('sel="1" fmlaRange="$C$1:$C$3" selType="multi"', "", None),
        ('sel="1" fmlaRange="$C$1:$C$3"', "$B$1", 2),
        ('sel="1" fmlaRange="$C$1:$C$3"', "番号", None),
        ('sel="1" fmlaRange="$C$1:$C$3"', "", "別の文"),
        ('sel="99999999999999999999" fmlaRange="$C$1:$C$3"', "", None),
    ],
)
def test_what_is_not_sure_is_reported(tmp_path: Path, told: str, link: str, under: object) -> None:
    document = _read(tmp_path, told, link=link, under=under)
    assert _b1(document)[0] == ("" if under is None else str(under))
    assert [t.code for t in document.issues] == ["controls_not_read"]


@pytest.mark.parametrize(("link", "codes"), [("$B$1", []), ("", ["controls_not_read"])])
def test_the_figure_of_a_spin_button_stands_in_its_linked_cell(
    tmp_path: Path, link: str, codes: list[str]
) -> None:
    document = _read(tmp_path, 'val="7"', "Spin", link, 7)
    assert _b1(document)[0] == "7"
    assert [t.code for t in document.issues] == codes
