"""A language in, the words of the app out (texts.toml), Japanese first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from normalizers.vocabulary import load


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words of one language, `ja` or `en`."""

    language: str

    def say(self, key: str, **words: object) -> str:
        """A phrase with its words put in."""
        table: dict[str, Any] = load("pipeline.app.widgets", "texts.toml")
        return str(table[key][self.language]).format_map(words)
