"""Glyphs to lines, and lines to the text of a cell: wraps are joined, real breaks kept."""

from __future__ import annotations

import pytest

from extractors.pdf.page.glyph_lines import glyphs_to_lines
from extractors.pdf.text.line_wraps import join_lines
from tests.extractors.pdf.prints import lines_of, written


def _lines(*writing: tuple[float, float, str]) -> list[str]:
    glyphs = written(writing)
    return [line.text for line in glyphs_to_lines(glyphs, [range(len(glyphs.chars))])[0]]


def test_lines_come_from_top_to_bottom_whatever_the_order_of_the_file() -> None:
    assert _lines((0, 30, "三行目"), (0, 10, "一行目"), (0, 20.5, "二行目")) == ["一行目", "二行目", "三行目"]


def test_parts_of_one_line_are_joined_by_their_place() -> None:
    assert _lines((30, 10.8, "掛ける"), (0, 10, "鍵を必")) == ["鍵を必掛ける"]


def test_wide_gap_is_a_space() -> None:
    assert _lines((0, 10, "有"), (30, 10, "無")) == ["有 無"]
    assert _lines((0, 10, "有"), (13, 10, "無")) == ["有無"]


def test_printed_spaces_are_kept_once() -> None:
    assert _lines((0, 10, "key  safe")) == ["key  safe"]
    assert _lines((0, 10, "有　"), (40, 10, "無")) == ["有　無"]


def test_blanks_alone_are_no_line() -> None:
    assert _lines((0, 10, "　 ")) == []
    assert glyphs_to_lines(written([]), [[]]) == [[]]


def test_only_chosen_glyphs_are_read_and_the_box_is_theirs() -> None:
    glyphs = written([(0, 10, "鍵と窓")])
    ((line,),) = glyphs_to_lines(glyphs, [[1, 2]])
    assert (line.text, line.box, line.size) == ("と窓", (10.0, 10.0, 30.0, 20.0), 10.0)


def test_vertical_writing_goes_column_by_column_from_the_right() -> None:
    glyphs = written([(20, 0, "施"), (20, 10, "錠"), (5, 0, "管"), (5, 10, "理")], upright=False)
    ((line,),) = glyphs_to_lines(glyphs, [range(4)])
    assert line.text == "施錠管理"


def test_line_that_was_full_goes_on_without_a_space() -> None:
    assert (
        join_lines(lines_of("架空の倉庫の鍵は毎", "晩掛けること"), 0, 92) == "架空の倉庫の鍵は毎晩掛けること"
    )


def test_line_that_ended_early_is_a_real_break() -> None:
    assert join_lines(lines_of("鍵を掛ける", "窓を閉める"), 0, 92) == "鍵を掛ける\n窓を閉める"


def test_closing_mark_keeps_its_character_with_it() -> None:
    assert (
        join_lines(lines_of("架空の倉庫の鍵と", "窓。戸も閉める"), 0, 92) == "架空の倉庫の鍵と窓。戸も閉める"
    )


def test_latin_words_keep_their_space() -> None:
    assert join_lines(lines_of("lock every door", "tonight"), 0, 92) == "lock every door tonight"


def test_latin_word_behind_japanese_needs_no_space() -> None:
    assert join_lines(lines_of("架空の倉庫の鍵は", "keyhole の形"), 0, 92) == "架空の倉庫の鍵はkeyhole の形"


def test_word_divided_by_a_hyphen_is_joined() -> None:
    assert join_lines(lines_of("the house is semi-", "detached"), 0, 92) == "the house is semi-detached"


def test_address_divided_at_a_slash_is_joined() -> None:
    assert join_lines(lines_of("https://kaku.test/", "kagi"), 0, 92) == "https://kaku.test/kagi"


def test_blank_line_between_paragraphs_is_kept() -> None:
    text = join_lines(lines_of("鍵を掛ける", "", "窓を閉める"), 0, 92)
    assert text == "鍵を掛ける\n\n窓を閉める"


def test_centred_short_lines_are_one_wrapped_text() -> None:
    lines = [*lines_of("倉庫の鍵の管理", left=11), *lines_of("", "規程", left=36)]
    assert join_lines(lines, 0, 92) == "倉庫の鍵の管理規程"


def test_bullet_after_a_full_line_begins_a_new_line() -> None:
    text = join_lines(lines_of("・倉庫の鍵は掛ける", "・窓は毎晩閉める"), 0, 92)
    assert text == "・倉庫の鍵は掛ける\n・窓は毎晩閉める"


def test_sentence_that_ends_at_the_edge_before_a_note_is_a_break() -> None:
    assert (
        join_lines(lines_of("倉庫の鍵を掛ける。", "※夜も掛ける"), 0, 92) == "倉庫の鍵を掛ける。\n※夜も掛ける"
    )


@pytest.mark.parametrize(("texts", "joined"), [((), ""), (("鍵",), "鍵")])
def test_nothing_and_one_line(texts: tuple[str, ...], joined: str) -> None:
    assert join_lines(lines_of(*texts), 0, 92) == joined
