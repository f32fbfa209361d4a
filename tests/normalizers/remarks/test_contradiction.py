"""What a comment states, without what it asks of the one who fills the form in."""

from __future__ import annotations

import pytest

from normalizers.remarks.contradiction import statements


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("○か×を記入してください。", []),
        ("理由を書いて下さい", []),
        ("写しを添えること。", []),
        ("Please attach a copy.", []),
        ("現在は対応していません。来月ご確認ください。", ["現在は対応していません。"]),
        ("見本:\n鍵は古い", ["見本:", "鍵は古い"]),
        ("", []),
    ],
)
def test_statements(text: str, stated: list[str]) -> None:
    assert statements(text) == stated
