"""Language in, the words of the comparison workbook out (compare.toml)."""

from __future__ import annotations

from collections.abc import Mapping

from normalizers.vocabulary import load

NO_WORDS: Mapping[str, object] = {}


def phrase(language: str, key: str, words: Mapping[str, object] = NO_WORDS) -> str:
    """What compare.toml says under `key` in `en` or `ja`, with `words` put in."""
    text = str(load("pipeline.outputs.comparison", "compare.toml")[language][key])
    return text.format_map(words) if words else text
