"""The name of a symbol font and a code in, the character that is seen out: `FE` of Wingdings is ☑.

Word writes such codes into its files, and its prints carry 「þ」 or a private number where a ticked box is seen.
"""

from __future__ import annotations

from normalizers.vocabulary import load

_PRIVATE = 0xF000  # codes of symbol fonts in Unicode's private area: F000 to F0FF


def symbol_fonts() -> dict[str, dict[str, str]]:
    """For each symbol font (its name without spaces, in small letters) the characters by code, two hex digits."""
    fonts: dict[str, dict[str, str]] = load("extractors.package", "symbol_fonts.toml")["fonts"]
    return fonts


def symbol_font(name: str) -> str | None:
    """The symbol font that a font's name means (`ABCDEF+Wingdings-Regular` is wingdings), None for any other font."""
    plain = "".join(name.partition("+")[2].split() if "+" in name else name.split()).lower()
    plain = plain.replace("-", "").removesuffix("regular").removesuffix("itc").removesuffix("mt")
    return plain if plain in symbol_fonts() else None


def symbol_of(font: str, code: int) -> str | None:
    """The character that a symbol font shows for a code (0 to 255, or in the private area), None where it is not known."""
    code -= _PRIVATE if _PRIVATE <= code < _PRIVATE + 256 else 0
    return symbol_fonts()[font].get(f"{code:02X}") if 0 <= code < 256 else None
