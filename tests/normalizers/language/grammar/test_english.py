"""Which English clauses deny."""

from __future__ import annotations

import pytest

from normalizers.language.grammar.english import denies_english


@pytest.mark.parametrize(
    ("clause", "denied"),
    [
        ("Nope, one key for all", True),
        ("Discontinued since spring", True),
        ("We do not lend it", True),
        ("No later than Friday", False),
        ("Not only lent but sold", False),
        ("Lent since spring", False),
    ],
)
def test_what_denies(clause: str, denied: bool) -> None:
    assert denies_english(clause) is denied
