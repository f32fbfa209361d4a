"""Symbol fonts and fonts without Unicode: what is seen, not what the file's text layer says."""

from __future__ import annotations

import pytest

from extractors.package.symbol_fonts import symbol_font, symbol_of
from extractors.pdf.page.text_lines import PageText, Paint, TextLine
from extractors.pdf.shown.symbol_text import read_symbols


def _lines(*texts: tuple[str, str]) -> PageText:
    """Lines of (font, text), one under the other."""
    paints = {font: Paint(font=font) for font, _ in texts}
    lines = [
        TextLine(
            tuple(text),
            tuple((10.0 * n, 20.0 * row, 10.0 * n + 9, 20.0 * row + 9) for n in range(len(text))),
            (9.0,) * len(text),
            True,
            paints=(paints[font],) * len(text),
        )
        for row, (font, text) in enumerate(texts)
    ]
    return PageText(tuple(lines), tuple(paints.values()))


def _read(*texts: tuple[str, str], unicode: bool = False) -> list[str]:
    return [line.text for line in read_symbols(_lines(*texts), lambda _: unicode)]


@pytest.mark.parametrize(
    ("font", "text", "seen"),
    [
        ("Wingdings", "þ", "☑"), ("Wingdings", "¨", "□"), ("Wingdings-Regular", "\uf0fe\uf0a8", "☑□"),
        ("ABCDEF+Wingdings", "üû", "✓✗"), ("Wingdings 2", "R£", "☑□"), ("Wingdings2", "P", "✓"),
        ("Webdings", "ar", "✓✗"), ("SomeFont", "\uf0fe", "☑"), ("ZapfDingbats", "\x14\x18", "✔✘"),
        ("ZapfDingbats", "✔", "✔"), ("ZapfDingbats", "þ¨", "☑□"), ("Wingdings", "\uf021", "\ufffd"),
        ("Symbol", "A", "A"), ("Symbol", "\uf0b4", "×"), ("Meiryo", "þ¨", "þ¨"), ("Wingdings", "☑", "☑"),
    ],
)  # fmt: skip
def test_a_symbol_font_shows_signs(font: str, text: str, seen: str) -> None:
    assert _read((font, text)) == [seen]


def test_a_drawn_font_without_unicode_says_nothing() -> None:
    marks = ("Type3 (8 0 R)", "A\x01\x02A")
    assert _read(("Meiryo", "設問"), marks) == ["設問", "\ufffd" * 4]
    assert _read(("Type3 (8 0 R)", "AB")) == ["\ufffd" * 2]
    assert _read(("Type3 (8 0 R)", "AB"), unicode=True) == ["AB"]
    assert _read(("Type3 (8 0 R)", "The answers of this sheet")) == ["The answers of this sheet"]


def test_a_font_that_is_mostly_nonsense_is_not_believed_and_a_stray_character_changes_nothing() -> None:
    assert _read(("Subset", "\ufffd\ufffd…†ab")) == ["\ufffd" * 6]
    text = "外字\ue000を含む会社名は普通に読む"
    assert _read(("Meiryo", text)) == [text]


def test_names_of_symbol_fonts() -> None:
    assert [symbol_font(name) for name in ("Wingdings", "Wingdings 3", "WingdingsITC", "Meiryo")] == [
        "wingdings", None, "wingdings", None,
    ]  # fmt: skip
    assert (symbol_of("wingdings", 0xFE), symbol_of("wingdings", 0xF0FE), symbol_of("wingdings", 0x2611)) == (
        "☑", "☑", None,
    )  # fmt: skip
