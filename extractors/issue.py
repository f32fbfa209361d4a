"""Something a person should look at in one file: a code, where, and what fills its message.

Readers and the pipeline make the same type. The message itself, in English or Japanese, is the pipeline's
(`messages.toml`): a reader says `formula_without_value` at `回答!E13` and knows no language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from extractors.location import Location


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue's code, its location in the file, and the values that its message names."""

    code: str
    location: Location = field(default_factory=Location)
    params: Mapping[str, str] = field(default_factory=dict)
