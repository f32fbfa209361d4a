"""Problem code and its words in, the message that a user reads out, in English or Japanese."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from extractors.grid import Place
from normalizers.vocabulary import load

LANGUAGES = ("en", "ja")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should look at in one document; `words` fill the message."""

    code: str
    place: Place = field(default_factory=Place)
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def severity(self) -> str:
        """`error` where data is missing, `warning` where a person should look."""
        return str(_messages()[self.code]["severity"])


@cache
def _messages() -> dict[str, dict[str, str]]:
    return load("pipeline", "messages.toml")


def message_of(problem: Problem, path: str, language: str) -> str:
    """The message of a problem. `language` is `en` or `ja`."""
    template = _messages()[problem.code][language]
    words = {"path": path, "place": place_words(problem.place, language), **problem.words}
    text = template.format_map(_Blank(words))
    return text.replace(f"{path}, : ", f"{path}: ").replace(f"{path} : ", f"{path}: ").replace(", , ", ", ")


class _Blank(dict[str, str]):
    """A word that a problem does not tell stays a dash instead of failing the message."""

    def __missing__(self, key: str) -> str:
        return "–"


def place_words(place: Place, language: str) -> str:
    """`sheet 回答, E13` or `page 2` for a reader; empty where nothing is known."""
    ja = language == "ja"
    parts = []
    if place.page is not None:
        parts.append(f"{place.page}ページ" if ja else f"page {place.page}")
    if place.sheet is not None:
        parts.append(f"シート「{place.sheet}」" if ja else f"sheet {place.sheet}")
    if place.cells is not None:
        parts.append(place.cells)
    return (" " if ja else ", ").join(parts)
