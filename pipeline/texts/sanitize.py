"""Text of a vendor in, the same text out with nothing that acts on a terminal, in a log or in a CSV file.

Tables keep what is printed in a sheet as it is. Where it is shown, an escape sequence could rewrite the screen, a
character that turns the direction of writing could hide what is said, and a spreadsheet would run a formula.
"""

from __future__ import annotations

import json
import re

from normalizers.text import fold

# C0 but tab and line feed, DEL and C1, marks that turn the direction of writing, and halves of surrogates.
_ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_LONGEST_KEY = 40  # characters of a notation
_BREAKS = str.maketrans({"\n": "\\n", "\t": "\\t"})
_FORMULA = re.compile(
    r"\s*[=@＝＠]|\s*[-+－＋](?![-+\d.,%\s]*$)|[\t\r]"
)  # a lone dash or a number is no formula


def sanitize_text(text: str) -> str:
    """The text with what acts on a terminal as `\\x1b`; line feeds and tabs stay."""
    return _ACTING.sub(_escaped, text)


def sanitize_line(text: str) -> str:
    """The text as `sanitize_text` gives it, its line feeds and tabs escaped too: nobody can add a line to a log."""
    return sanitize_text(text).translate(_BREAKS)


def sanitize_cell(text: str) -> str:
    """The text as a spreadsheet takes it for text: with an apostrophe before what it would run as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def sanitize_json(text: str) -> str:
    """JSON of which the strings hold nothing that acts on a terminal: written as `\\u009b`, which reads back the same."""
    return _ACTING.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def toml_string(text: str) -> str:
    """The text as a TOML basic string: JSON's escapes are TOML's too, but for DEL and halves of surrogates."""
    plain = text.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(plain, ensure_ascii=False).replace("\x7f", "\\u007f")


def toml_text(answer: str) -> str:
    """a notation as a key of lexicon.toml: folded, cut, and quoted so that TOML reads it back."""
    word = fold(answer)[:_LONGEST_KEY].replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in word) + '"'


def _escaped(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
