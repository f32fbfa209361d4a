"""What divides the fields of a text: tabs, and in a .csv commas, semicolons or what its first line tells."""

from __future__ import annotations

import pytest

from extractors.text.delimited import text_to_fields

TABLE = [["番号", "問", "答"], ["1", "鍵、窓は?", "○"], ["2", "扉,壁", "×; 来年"]]


def _written(sign: str) -> str:
    return "\n".join(sign.join(f'"{f}"' if sign in f else f for f in row) for row in TABLE)


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_every_sign_gives_the_same_fields(sign: str) -> None:
    fields = text_to_fields(_written(sign), ".csv")
    assert (fields.rows, fields.delimiter) == (TABLE, sign)


def test_what_keeps_excel_from_making_numbers_of_texts_is_taken_off() -> None:
    text = '番号,問,答\n="01",="鍵は?",="○"\n"=""02""",="",=1+1\n'
    assert text_to_fields(text, ".csv").rows[1:3] == [["01", "鍵は?", "○"], ["02", "", "=1+1"]]


def test_a_title_and_commas_inside_texts_do_not_mislead() -> None:
    text = "点検表\n番号;問;答\n1;鍵, 窓, 扉;○\n2;壁, 床;×\n"
    assert text_to_fields(text, ".csv").rows == [
        ["点検表"], ["番号", "問", "答"], ["1", "鍵, 窓, 扉", "○"], ["2", "壁, 床", "×"],
    ]  # fmt: skip


def test_first_line_that_tells_the_sign() -> None:
    fields = text_to_fields("sep=|\r\n番号|問\r\n1|鍵;窓\r\n", ".csv")
    assert fields.rows == [[""], ["番号", "問"], ["1", "鍵;窓"]]


def test_semicolons_divide_only_in_a_csv() -> None:
    assert text_to_fields("番号;問\n1;鍵", ".txt").rows == [["番号;問"], ["1;鍵"]]


def test_line_break_inside_a_quoted_field_of_a_semicolon_file() -> None:
    assert text_to_fields('1;"鍵\n窓";○\n2;扉;×', ".csv").rows == [["1", "鍵\n窓", "○"], ["2", "扉", "×"]]
