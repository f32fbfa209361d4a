"""What the readers gave of each file, kept by the hash of its bytes; the label is the version of the readers."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from pipeline.document.extraction import Extraction, slim
from pipeline.system.sealed_file import read_label, read_sealed, write_sealed


def extraction_path(store: Path, sha256: str) -> Path:
    """Where the store keeps what was read from the bytes of this hash."""
    return store / "extracts" / sha256[:2] / f"{sha256}.csp"


def load_extraction(path: Path) -> Extraction | None:
    """What was read, of whatever version; None where it is missing, damaged or of another shape."""
    return read_sealed(path, Extraction)


def is_of_version(path: Path, version: str) -> bool:
    """Whether these readers left an entry at `path`; whether it is whole is known when it is loaded."""
    return read_label(path) == version


def save_extraction(store: Path, sha256: str, extraction: Extraction, version: str) -> None:
    """Keep what was read. Raises OSError where the store cannot be written."""
    write_sealed(extraction_path(store, sha256), slim(extraction), version)


def drop_extractions(store: Path, keep: Collection[str]) -> None:
    """Remove the entries of bytes that the dataset does not know, and what an ended run left half written."""
    for path in (store / "extracts").glob("*/*"):
        if path.name.startswith(".") or path.name.split(".")[0] not in keep:
            path.unlink(missing_ok=True)
