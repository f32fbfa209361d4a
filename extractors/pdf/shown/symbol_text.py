"""Lines of a page in, the same with the characters that are seen out, where the file's text says others.

A symbol font's 「þ」 is ☑. A font without usable Unicode gives nonsense: 「A」 and a control character for ○ and
×; such characters come out as U+FFFD, so that nobody takes them for what they are not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from extractors.package.symbol_fonts import symbol_font, symbol_of
from extractors.pdf.page.text_lines import PageText, TextLine
from normalizers.text import CONTROLS

UNREAD = "\ufffd"
_WINGDINGS, _DINGBATS = "wingdings", "zapfdingbats"
_PARTLY = {"symbol", "segoeuisymbol"}  # most characters of these are what the file says
_LAST_DINGBAT = 206  # glyphs of ZapfDingbats are a1 to a206
_PRIVATE = re.compile(r"[\uf000-\uf0ff]")
_NONSENSE = re.compile(rf"[\ufffd\ue000-\uf8ff\x80-\x9f{CONTROLS}]")
_WINDOWS = {byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
_CODE_OF = {char: byte for byte, char in _WINDOWS.items() if char != UNREAD}
_UNTRUSTED = 0.2  # share of nonsense from which on nothing that the font says is believed
_FEW = 8  # different characters: a font of small drawings that has no more may be a set of marks


def read_symbols(text: PageText, has_unicode: Callable[[str], bool]) -> list[TextLine]:
    """The lines as seen; `has_unicode` says of a Type 3 font's name whether the file maps its codes to Unicode."""
    lines = list(text.lines)
    special = any(paint.is_drawn or symbol_font(paint.font) for paint in text.paints)
    if not special and not _NONSENSE.search("".join(line.text for line in lines)):
        return lines
    texts = _texts_by_font(lines)
    symbols = {font: known for font in texts if (known := _symbols(font, texts[font])) is not None}
    untrusted = {
        font for font in texts if font not in symbols and _is_nonsense(font, texts[font], has_unicode)
    }
    if not symbols and not untrusted:
        return lines
    return [_seen(line, symbols, untrusted) for line in lines]


def _texts_by_font(lines: Sequence[TextLine]) -> dict[str, str]:
    texts: dict[str, list[str]] = defaultdict(list)
    for line in lines:
        fonts = {paint.font for paint in set(line.paints)}
        if len(fonts) == 1:
            texts[fonts.pop()].append(line.text)
            continue
        for char, paint in zip(line.chars, line.paints, strict=True):
            texts[paint.font].append(char)
    return {font: "".join("".join(parts).split()) for font, parts in texts.items()}


def _symbols(font: str, text: str) -> str | None:
    """The table of signs for a font's characters, None where they are plain text."""
    known = symbol_font(font)
    if known == _DINGBATS and any(_LAST_DINGBAT < ord(char) < 0x100 for char in text):
        return _WINGDINGS  # its text layer is that of Wingdings, which it stands in for
    return known if known is not None else _WINGDINGS if _PRIVATE.search(text) else None


def _is_nonsense(font: str, text: str, has_unicode: Callable[[str], bool]) -> bool:
    """Whether the characters of a font are not those that are seen."""
    if not text:
        return False
    if len(_NONSENSE.findall(text)) >= _UNTRUSTED * len(text):
        return True
    drawn = font.startswith("Type3")
    return drawn and len(set(text)) <= _FEW and text.isascii() and not has_unicode(font)


def _seen(line: TextLine, symbols: dict[str, str], untrusted: Iterable[str]) -> TextLine:
    chars = tuple(
        _sign(symbols[paint.font], char)
        if paint.font in symbols
        else UNREAD
        if paint.font in untrusted
        else char
        for char, paint in zip(line.chars, line.paints, strict=True)
    )
    return line if chars == line.chars else replace(line, chars=chars)


def _sign(table: str, char: str) -> str:
    """The sign of a symbol font; a character that says itself what it is stays."""
    private = bool(_PRIVATE.match(char))
    code = ord(char) if private or ord(char) < 0x100 else _CODE_OF.get(char)
    if char.isspace() or code is None:
        return char
    sign = symbol_of(_WINGDINGS if private and table == _DINGBATS else table, code)
    return sign if sign is not None else char if table in _PARTLY and not private else UNREAD
