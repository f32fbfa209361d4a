"""A word that a person types and names as printed in, whether it means them out: `--vendor つばめ` finds 株式会社ツバメネット."""

from __future__ import annotations

from normalizers.text import fold
from normalizers.values.organisations import katakana, organisation_key


def is_named_by(word: str, *names: str | None) -> bool:
    """Whether `word` is a part of one of the names or of all of them in a row, whatever its kana, width and legal form."""
    wanted = {katakana(fold(word)), organisation_key(word)} - {""}
    printed = [name for name in (*names, " ".join(filter(None, names))) if name]
    texts = {text for name in printed for text in (katakana(fold(name)), organisation_key(name))}
    return any(key in text for key in wanted for text in texts)
