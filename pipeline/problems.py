"""Issue code and its words in, the message that a user reads out, in English or Japanese."""

from __future__ import annotations

from functools import cache

from extractors.issue import Issue
from extractors.location import Location
from normalizers.vocabulary import load

LANGUAGES = ("en", "ja")


def severity_of(issue: Issue) -> str:
    """`error` where data is missing, `warning` where a person should look."""
    return str(_messages()[issue.code]["severity"])


@cache
def _messages() -> dict[str, dict[str, str]]:
    return load("pipeline", "messages.toml")


def message_of(problem: Issue, path: str, language: str) -> str:
    """The message of a problem. `language` is `en` or `ja`."""
    template = _messages()[problem.code][language]
    words = {"path": path, "place": location_text(problem.location, language), **problem.params}
    text = template.format_map(_Blank(words))
    return text.replace(f"{path}, : ", f"{path}: ").replace(f"{path} : ", f"{path}: ").replace(", , ", ", ")


class _Blank(dict[str, str]):
    """A word that a problem does not tell stays a dash instead of failing the message."""

    def __missing__(self, key: str) -> str:
        return "–"


def location_text(location: Location, language: str) -> str:
    """`sheet 回答, E13` or `page 2` for a reader; empty where nothing is known."""
    ja = language == "ja"
    parts = []
    if location.page is not None:
        parts.append(f"{location.page}ページ" if ja else f"page {location.page}")
    if location.sheet is not None:
        parts.append(f"シート「{location.sheet}」" if ja else f"sheet {location.sheet}")
    if location.cells is not None:
        parts.append(location.cells)
    return (" " if ja else ", ").join(parts)
