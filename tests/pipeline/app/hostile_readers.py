"""Stand in for what draws pages, as a file would have it that had its reader in its hand."""

from __future__ import annotations

import os
from pathlib import Path


def starts_a_program(*_: object) -> object:
    os.system("true")
    return None


def writes(*_: object) -> object:
    Path("/tmp/written-by-a-reader").write_text("a")
    return None


def dies(*_: object) -> object:
    os.abort()
