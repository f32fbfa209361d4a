"""Rows of tables without rules between them: spacing, numbers, alignment of cells, headings."""

from __future__ import annotations

from itertools import pairwise

import pytest

from extractors.pdf.page.rules import Rule, Rules
from extractors.pdf.tables.row_number_lines import best_vertical_fit, vertical_fits
from extractors.pdf.tables.stream import StreamTable, detect_stream_table
from extractors.pdf.tables.text_rows import text_rows
from tests.extractors.pdf.prints import written

NOTHING = Rules((), ())
LEFT, QUESTION, MARK = 40.0, 80.0, 260.0
HEADER = [(LEFT, 100.0, "番号"), (QUESTION, 100.0, "設問"), (MARK, 100.0, "回答")]


def _rows(
    heights: list[int], align: str, pad: float, numbered: bool = True, top: float = 118.0
) -> list[tuple[float, float, str]]:
    """Rows whose questions have so many lines; number and mark at the top, in the middle or at the foot."""
    found = []
    for number, lines in enumerate(heights, 1):
        top += pad
        found += [(QUESTION, top + 13 * n, f"鍵の管理第{number}の{n}段") for n in range(lines)]
        place = {"top": 0.0, "middle": 6.5 * (lines - 1), "bottom": 13.0 * (lines - 1)}[align]
        found += [(LEFT, top + place, str(number))] if numbered else []
        found.append((MARK, top + place, "○" if number % 2 else "×"))
        top += 13 * lines + pad
    return found


def _texts(stream: StreamTable | None, writing: list[tuple[float, float, str]]) -> list[set[str]]:
    """What stands between the edges of each row."""
    assert stream is not None
    return [
        {text for _, y, text in writing if top <= y + 5 < bottom}
        for top, bottom in pairwise(stream.table.rows)
    ]


@pytest.mark.parametrize("align", ["top", "middle", "bottom"])
@pytest.mark.parametrize("pad", [0.0, 2.0, 4.0])
def test_each_number_keeps_its_question_and_mark(align: str, pad: float) -> None:
    heights = [1, 3, 2, 1, 3, 1]
    writing = [*HEADER, *_rows(heights, align, pad)]
    stream = detect_stream_table(written(writing), NOTHING, 400.0)
    rows = _texts(stream, writing)
    expected = [
        {str(n), "○" if n % 2 else "×", *(f"鍵の管理第{n}の{i}段" for i in range(lines))}
        for n, lines in enumerate(heights, 1)
    ]
    assert rows[1:] == expected or (pad == 0.0 and stream is not None and not stream.sure)


@pytest.mark.parametrize("align", ["top", "middle", "bottom"])
def test_rows_without_numbers_are_told_by_their_spacing(align: str) -> None:
    heights = [2, 1, 3, 1, 2, 1]
    writing = [*HEADER[1:], *_rows(heights, align, 4.0, numbered=False)]
    stream = detect_stream_table(written(writing), NOTHING, 400.0)
    assert [len(row) for row in _texts(stream, writing)[1:]] == [lines + 1 for lines in heights]
    assert stream is not None
    assert stream.sure


def test_rows_that_nothing_parts_are_a_guess_that_says_so() -> None:
    body = [
        (x, 118.0 + 13 * n, f"{word}{n}")
        for n in range(9)
        for x, word in ((80.0, "扉と窓の鍵の方針"), (260.0, "係が見回る説明"))
    ]
    body = [entry for entry in body if entry[2] not in {"扉と窓の鍵の方針2", "扉と窓の鍵の方針5"}]
    stream = detect_stream_table(written([*HEADER[1:], *body]), NOTHING, 400.0)
    assert stream is not None
    assert not stream.sure


def test_rules_under_rows_leave_the_names_above_the_first() -> None:
    writing = [*HEADER, *_rows([1, 2, 1, 1], "middle", 4.0)]
    under = [114.0, 135.0, 169.0, 190.0]
    rules = Rules(tuple(Rule(y, 38.0, 300.0) for y in under), ())
    rows = _texts(detect_stream_table(written(writing), rules, 400.0), writing)
    assert rows[0] == {"番号", "設問", "回答"}
    assert [len(row) for row in rows[1:]] == [3, 4, 3, 3]


def test_the_header_s_colour_is_no_rule_between_rows() -> None:
    writing = [*HEADER, *_rows([1, 1, 2, 1, 1], "middle", 4.0)]
    rules = Rules((), (), fills=((38.0, 96.0, 300.0, 114.0),))
    rows = _texts(detect_stream_table(written(writing), rules, 400.0), writing)
    assert [len(row) for row in rows] == [3, 3, 3, 4, 3, 3]


def test_a_coloured_heading_is_one_cell_in_front_of_the_answers() -> None:
    names = [(40.0, 100.0, "回答"), (90.0, 100.0, "番号"), (140.0, 100.0, "項目")]
    lines = [(40.0, 160.0, "設備")]
    for n, y in enumerate((120.0, 140.0, 180.0, 200.0, 220.0), 1):
        lines += [(40.0, y, "対応"), (90.0, y, str(n)), (140.0, y, f"扉の施錠第{n}号")]
    strips = ((38.0, 96.0, 300.0, 114.0), (38.0, 156.0, 300.0, 174.0))
    stream = detect_stream_table(written([*names, *lines]), Rules((), (), fills=strips), 400.0)
    assert stream is not None
    inside = [cell.box for cell in stream.table.cells if cell.box[1] <= 165.0 < cell.box[3]]
    assert [(box[0], box[2]) for box in inside] == [(stream.table.cols[0], stream.table.cols[-1])]


def test_names_in_the_middle_of_left_aligned_columns_part_nothing() -> None:
    names = [(44.0, 100.0, "番"), (180.0, 100.0, "設問"), (380.0, 100.0, "回答")]
    body = [(44.0, 120.0 + 20 * n, str(n + 1)) for n in range(6)]
    body += [(80.0, 120.0 + 20 * n, "鍵の保管") for n in range(6)]
    body += [(320.0, 120.0 + 20 * n, "有") for n in range(6)]
    stream = detect_stream_table(written([*names, *body]), NOTHING, 500.0)
    assert stream is not None
    assert len(stream.table.cols) == 4
    assert stream.table.cols[1] < 80
    assert 190 < stream.table.cols[2] < 320


def test_a_page_number_is_no_row() -> None:
    writing = [*HEADER, *_rows([1, 1, 1, 1, 1], "top", 4.0), (190.0, 560.0, "3 枚目")]
    assert all(
        "3 枚目" not in row for row in _texts(detect_stream_table(written(writing), NOTHING, 400.0), writing)
    )


def test_level_ways_find_the_alignment_that_fits() -> None:
    rows = text_rows(written(_rows([1, 3, 1, 3], "bottom", 0.0)))
    numbers = [line for line, row in enumerate(rows) if row.words[0].isdigit()]
    assert best_vertical_fit([], 13.0) == (0, True)
    fits = vertical_fits(rows, [], numbers, 13.0)
    assert [fit.texts for fit in fits] == [0, 0, 0]
