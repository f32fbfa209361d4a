"""Faults of files that a user writes or fills in: decisions, controls, the review workbook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class UserFileFault(Exception):
    """A user's file breaks its form. The message is English; `code` and `facts` name the sentence in words.toml."""

    def __init__(self, message: str, code: str, facts: Mapping[str, Any]) -> None:
        super().__init__(message)
        self.code = code
        self.facts = dict(facts)
