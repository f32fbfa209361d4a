"""Hostile text files: lines without end, columns without end. Each maker gives the bytes of one file."""

from __future__ import annotations

_TABLE = "No.,確認事項,回答\n1,倉庫の鍵を二人で管理していること。,○\n2,来客の記録を残していること。,×\n"


def line_of_100_mb() -> bytes:
    return b"a," * 50_000_000


def line_of_40_mb() -> bytes:
    return b"a," * 20_000_000


def million_fields() -> bytes:
    return (_TABLE + "," * 1_000_000 + "\n").encode() * 3


def open_quote() -> bytes:
    return _TABLE.encode() + b'3,"' + b'a "b" c,\n' * 1_000_000


def long_field() -> bytes:
    return (_TABLE + f"3,{'あ' * 1_000_000},○\n").encode()


def many_lines() -> bytes:
    return (_TABLE + "".join(f"{n},問い {n} を確かめていること。,○\n" for n in range(3, 150_000))).encode()


def many_tabs() -> bytes:
    return b"1\t2\t3\n" * 10 + b"\t" * 5_000_000 + b"\n"


def control_characters() -> bytes:
    rows = "".join(f"{n},{n} 番目の窓口を平日の昼間に開けていること。,○\n" for n in range(3, 60))
    return (_TABLE + rows).replace("○\n2", "○\x1b[2J\x1b]0;x\x07\x9b31m\u202e\n2").encode()


def many_lines_of_text() -> bytes:
    return "".join(f"{n} 問い {n} を確かめていること。 ○\n" for n in range(1, 100_000)).encode()
