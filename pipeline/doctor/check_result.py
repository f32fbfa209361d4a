"""What one check found, and how it reads in English or Japanese."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from normalizers.vocabulary import load


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The outcome of one check: `level` is ok, warning or error, `words` fill what doctor.toml says under `code`."""

    code: str
    level: str = "ok"
    words: Mapping[str, object] = field(default_factory=dict)


def result_text(result: CheckResult, language: str) -> str:
    """What was looked at and, where it is not well, how to mend it. `language` is `en` or `ja`."""
    texts: dict[str, str] = load("pipeline.doctor", "doctor.toml")[language]
    return texts[result.code].format_map(result.words)
