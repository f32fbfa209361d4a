"""The questions that analysts ask most, each with its title and SQL (saved_questions.toml), for buttons and lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from normalizers.vocabulary import load


@dataclass(frozen=True, slots=True)
class SavedQuestion:
    """A question: its titles by language, and the SQL that answers it."""

    titles: Mapping[str, str]
    sql: str

    def title(self, language: str) -> str:
        """What it is called in `ja` or `en`."""
        return self.titles[language]


def saved_questions() -> tuple[SavedQuestion, ...]:
    """All saved questions, in their order."""
    entries = load("pipeline.query", "saved_questions.toml")["questions"]
    return tuple(SavedQuestion({"ja": entry["ja"], "en": entry["en"]}, entry["sql"]) for entry in entries)
