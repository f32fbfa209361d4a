"""TOML file → plain dict: the one way in which words known to the product are loaded."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def load(package: str, name: str) -> dict[str, Any]:
    """Read `name` (a TOML file) that stands inside `package`, once.

    Raises FileNotFoundError where the file is missing and tomllib.TOMLDecodeError where it is not TOML:
    both are faults of the installation, not of a user's file.
    """
    text = resources.files(package).joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text)
