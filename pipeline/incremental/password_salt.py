"""A random word of this dataset, so that what stands for passwords is another in every dataset."""

from __future__ import annotations

import secrets
from pathlib import Path

from pipeline.system.sealed_file import read_sealed, write_sealed

_LABEL = "salt-1".ljust(16)


def load_salt(store: Path) -> bytes:
    """The store's salt, made where there is none. Raises OSError."""
    path = store / "salt.csp"
    salt = read_sealed(path, bytes, _LABEL)
    if not salt:
        salt = secrets.token_bytes(16)
        write_sealed(path, salt, _LABEL)
    return salt
