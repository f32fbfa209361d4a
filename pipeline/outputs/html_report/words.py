"""Language in, the words of the report out (report.toml); a problem's code in, what to do about it out."""

from __future__ import annotations

import re
from collections.abc import Mapping

from normalizers.vocabulary import load

NO_WORDS: Mapping[str, object] = {}
_HOLE = re.compile(r"\{\w+\}")
_BEFORE = re.compile(r"^\{path\}[^:]*: ")
_SENTENCE = re.compile(r"(?<=。)|(?<=[.!?])\s+")


def phrase(language: str, key: str, words: Mapping[str, object] = NO_WORDS) -> str:
    """What report.toml says under `key` in `en` or `ja`, with `words` put in."""
    text = str(load("pipeline.outputs.html_report", "report.toml")[language][key])
    return text.format_map(words) if words else text


def guidance(code: str, language: str) -> str:
    """What to do about a kind of problem: the sentences of its message that are the same for every file.

    Where all of them differ, the last one with dots for what differs; empty for a code that is not known.
    """
    template = load("pipeline.texts", "messages.toml").get(code, {}).get(language, "")
    sentences = [sentence.strip() for sentence in _SENTENCE.split(template) if sentence.strip()]
    general = [sentence for sentence in sentences if not _HOLE.search(sentence)]
    if general:
        return ("" if language == "ja" else " ").join(general)
    return _HOLE.sub("…", _BEFORE.sub("", sentences[-1])) if sentences else ""
