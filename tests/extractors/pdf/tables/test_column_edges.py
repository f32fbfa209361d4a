"""Columns of tables without rules: narrow ones, numbers close before their texts, names that are wrapped or Latin."""

from __future__ import annotations

from itertools import pairwise

import pytest

from extractors.pdf.page.rules import Rule, Rules
from extractors.pdf.tables.stream import StreamTable, detect_stream_table
from tests.extractors.pdf.prints import written

NOTHING = Rules((), ())
Writing = list[tuple[float, float, str]]


def _cells(stream: StreamTable | None, writing: Writing) -> list[list[str]]:
    """What stands in the cells of each row, by the places of the texts."""
    assert stream is not None
    cols, rows = stream.table.cols, stream.table.rows
    return [
        [
            "".join(text for x, y, text in writing if left <= x + 1 < right and top <= y + 5 < foot)
            for left, right in pairwise(cols)
        ]
        for top, foot in pairwise(rows)
    ]


def _narrow(gap: float) -> Writing:
    """A mark, a code and a section in columns that stand as close as `gap` points."""
    xs = [260.0, 280.0 + gap, 300.0 + 2 * gap]
    found = [
        (40.0, 100.0, "#"),
        (70.0, 100.0, "設問"),
        *zip(xs, [100.0] * 3, ["可否", "符号", "節"], strict=True),
    ]
    for n in range(8):
        y = 120.0 + 18 * n
        found += [(40.0, y, str(n + 1)), (70.0, y, "窓と扉の鍵を掛けている"), (xs[0], y, "○×"[n % 2])]
        found += [(xs[1], y, f"3{n}")] if n % 3 else []
        found.append((xs[2], y, f"5.{n}"))
    return found


@pytest.mark.parametrize("gap", [5.0, 7.0, 14.0])
def test_columns_are_cut_at_the_words_of_the_header(gap: float) -> None:
    writing = _narrow(gap)
    cells = _cells(detect_stream_table(written(writing), NOTHING, 400.0), writing)
    assert cells[0] == ["#", "設問", "可否", "符号", "節"]
    assert cells[1:3] == [
        ["1", "窓と扉の鍵を掛けている", "○", "", "5.0"],
        ["2", "窓と扉の鍵を掛けている", "×", "31", "5.1"],
    ]


def test_a_name_of_two_words_over_one_column_is_not_cut() -> None:
    writing: Writing = [
        (40.0, 100.0, "番号"),
        (80.0, 100.0, "設問"),
        (260.0, 100.0, "対応"),
        (286.0, 100.0, "状況"),
    ]
    for n in range(7):
        y = 120.0 + 18 * n
        writing += [(40.0, y, str(n + 1)), (80.0, y, "窓の鍵を掛けている"), (260.0, y, "対応済み")]
    stream = detect_stream_table(written(writing), NOTHING, 400.0)
    assert stream is not None
    assert len(stream.table.cols) == 4


def test_numbers_that_end_where_their_texts_begin_are_a_column() -> None:
    writing: Writing = [(47.0, 100.0, "番"), (62.0, 100.0, "設問"), (260.0, 100.0, "回答")]
    for n in range(7, 13):
        y = 100.0 + 18 * (n - 6)
        number = str(n)
        writing += [
            (60.0 - 5 * len(number), y, number),
            (62.0, y, "夜は窓の鍵を掛けているか"),
            (260.0, y, "はい"),
        ]
    cells = _cells(detect_stream_table(written(writing), NOTHING, 400.0), writing)
    assert cells[0] == ["番", "設問", "回答"]
    assert cells[1:] == [[str(n), "夜は窓の鍵を掛けているか", "はい"] for n in range(7, 13)]


def test_rules_below_rows_and_a_wrapped_name_make_one_header_row() -> None:
    names = [(40.0, 88.0, "番"), (40.0, 100.0, "号"), (70.0, 94.0, "設問"), (260.0, 94.0, "回答")]
    writing: Writing = list(names)
    for n in range(6):
        writing += [(40.0, 120.0 + 20 * n, str(n + 1)), (70.0, 120.0 + 20 * n, "窓の鍵を掛けている")]
        writing.append((260.0, 120.0 + 20 * n, "○"))
    rules = Rules(tuple(Rule(114.0 + 20 * n, 38.0, 300.0) for n in range(7)), ())
    cells = _cells(detect_stream_table(written(writing), rules, 400.0), writing)
    assert cells[0] == ["番号", "設問", "回答"]
    assert [row[0] for row in cells[1:]] == ["1", "2", "3", "4", "5", "6"]


def test_latin_names_are_half_as_wide_as_japanese_ones() -> None:
    names = [(40.0, 100.0, "ID"), (70.0, 100.0, "What we would like to know"), (260.0, 100.0, "Vendor reply")]
    writing: Writing = list(names)
    for n in range(6):
        y = 120.0 + 22 * n
        writing += [(40.0, y, f"A{n + 1}"), (70.0, y, "Doors are locked at night"), (260.0, y, "Yes")]
    cells = _cells(detect_stream_table(written(writing), NOTHING, 400.0), writing)
    assert cells[0] == [text for _, _, text in names]
    assert len(cells) == 7


def test_a_heading_in_the_white_between_coloured_rows_is_a_row_of_its_own() -> None:
    writing: Writing = [(40.0, 100.0, "設問"), (260.0, 100.0, "回答")]
    heights = [118.0, 136.0, 154.0, 172.0, 208.0, 226.0, 244.0]
    for y in heights:
        writing += [(40.0, y, "窓の鍵を掛けている"), (260.0, y, "はい")]
    writing.append((40.0, 190.0, "火の用心"))
    fills = tuple((38.0, y - 4.0, 300.0, y + 14.0) for y in (118.0, 154.0, 208.0, 244.0))
    cells = _cells(detect_stream_table(written(writing), Rules((), (), fills=fills), 400.0), writing)
    assert [row[0] for row in cells].count("火の用心") == 1
    assert len(cells) == 1 + len(heights) + 1


@pytest.mark.parametrize(("gap", "columns"), [(14.0, 4), (4.0, 3)])
def test_a_column_with_few_texts_is_told_by_where_they_begin(gap: float, columns: int) -> None:
    """Of 「可否　備考」 few rows have a remark: all begin under its name, far from the marks. A name with a space is one."""
    second = 260.0 + 20.0 + gap
    found = [(40.0, 100.0, "番"), (70.0, 100.0, "設問"), (260.0, 100.0, "可否"), (second, 100.0, "備考")]
    for n in range(16):
        y = 120.0 + 18 * n
        found += [(40.0, y, str(n + 1)), (70.0, y, "窓と扉の鍵を掛けている"), (265.0, y, "○×"[n % 2])]
        found += [(second, y, "隔月で改める")] if n % 5 == 1 else []
    stream = detect_stream_table(written(found), NOTHING, 595.0)
    assert stream is not None
    assert len(stream.table.cols) - 1 == columns
