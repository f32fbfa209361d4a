"""A random word of this dataset, so that what stands for passwords is another in every dataset."""

from __future__ import annotations

import secrets
from pathlib import Path

from pipeline.system.sealed_file import load, save

_LABEL = "salt-1".ljust(16)


def salt_of(store: Path) -> bytes:
    """The store's salt, made where there is none. Raises OSError."""
    path = store / "salt.csp"
    salt = load(path, bytes, _LABEL)
    if not salt:
        salt = secrets.token_bytes(16)
        save(path, salt, _LABEL)
    return salt
