"""An issue in, the message that a user reads out, in English or Japanese, and how bad the issue is.

The words stand in messages.toml, once for each code: `number_gap` is `番号 7 が抜けています` and what to do about it.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import PurePath

from extractors.issue import Issue
from extractors.location import Location
from normalizers.vocabulary import load

LANGUAGES = ("en", "ja")


class Severity(StrEnum):
    """How bad an issue is; the column problems.severity."""

    ERROR = "error"  # data is missing
    WARNING = "warning"  # a person should look


def severity_of(issue: Issue) -> Severity:
    """How bad an issue is, as messages.toml says of its code."""
    return Severity(_messages()[issue.code]["severity"])


# Parameters that are a word of a closed set, and the table of its words.
_CLOSED = {"answer": "answers", "decided": "answers", "kind": "kinds"}


# Kinds of which the name of the file says more than its bytes did: `.xdw`.
_ENDING_SAYS_MORE = {"unknown", "package", "xml"}


@cache
def _messages() -> dict[str, dict[str, str]]:
    return load("pipeline.texts", "messages.toml")


def message_of(issue: Issue, path: str, language: str) -> str:
    """The message of an issue. `language` is `en` or `ja`."""
    template = _messages()[issue.code][language]
    words = {"path": path, "place": location_text(issue.location, language), **issue.params}
    for key in _CLOSED & words.keys():  # yes, image: はい, 画像
        words[key] = load("pipeline.texts", "answers.toml")[language][_CLOSED[key]].get(
            words[key], words[key]
        )
    ending = PurePath(path).suffix if issue.params.get("kind") in _ENDING_SAYS_MORE else ""
    if ending:
        words["kind"] += f"{'、' if language == 'ja' else ', '}{ending}"
    text = template.format_map(_Blank(words))
    return text.replace(f"{path}, : ", f"{path}: ").replace(f"{path} : ", f"{path}: ").replace(", , ", ", ")


class _Blank(dict[str, str]):
    """A value that an issue does not have stays a dash instead of failing the message."""

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
