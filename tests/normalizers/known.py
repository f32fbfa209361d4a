"""How a table marks the cells that the product reads wrong today: the right answer stays asserted."""

from __future__ import annotations

from typing import Any

import pytest


def wrong(*values: Any, reason: str) -> Any:
    """A case of a table whose test must fail until the product is mended, and then tells so."""
    return pytest.param(*values, marks=pytest.mark.xfail(strict=True, reason=reason))


def wrong_all(cells: list[str], reason: str) -> list[Any]:
    """`wrong` for each cell of a list."""
    return [wrong(cell, reason=reason) for cell in cells]
