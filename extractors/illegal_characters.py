"""The characters that no text of a workbook or a page may hold, since XML forbids them: the inside of a pattern's brackets."""

from __future__ import annotations

CONTROLS = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f"  # of the first 32 characters all but tab, line feed and carriage return
)
ILLEGAL = CONTROLS + r"\ufffe\uffff"  # XML 1.0, 2.2, but for halves of surrogates
