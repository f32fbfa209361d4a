"""A section of a number format in, its tokens out: quoted words, places of digits, date codes, the rest."""

from __future__ import annotations

import re

TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[(?P<elapsed>h+|m+|s+)\]|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General)|(?P<ampm>AM/PM|A/P)|(?P<date>y+|m+|d+|h+|s+|a{3,4}|g+|e+(?![+-]))"
    r"|(?P<number>[0#?][0#?,]*(?:\.[0#?]*)?|(?<![^\W\d_])\.[0#?]+)|(?P<percent>%)|(?P<text>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)


def tokens(section: str) -> list[re.Match[str]]:
    """The tokens of a section in order."""
    return list(TOKEN.finditer(section))


def literal(token: re.Match[str]) -> str:
    """The characters that a token prints as they are; "" where it is a code."""
    return token.group("quoted") or token.group("escaped") or token.group("other") or ""


def literals(section: str) -> str:
    """The characters of a section that are printed as they are."""
    return "".join(literal(token) for token in TOKEN.finditer(section))
