"""Rows of tables and a sheet's true items in, how many of the items stand whole in one row out."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from pathlib import Path

Item = tuple[str, str, str]


def items_of(manifest: Path) -> dict[str, list[Item]]:
    """File name → number, requirement and answer of its items, from a manifest as tests/golden/MANIFEST.json."""
    found = {}
    for entry in json.loads(manifest.read_text(encoding="utf-8")):
        names = entry["gold"] if isinstance(entry["gold"], list) else [entry["gold"]]
        folders = (manifest.parent, manifest.parent.parent / "gold")
        paths = [next(p for folder in folders if (p := folder / name).exists()) for name in names]
        records = [
            json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()
        ]
        found[Path(entry["file"]).name] = [
            (squash(r["no"]), squash(r["requirement"]), squash(r["answer_raw"] or "")) for r in records
        ]
    return found


def right_rows(rows: Iterable[Iterable[str]], items: Iterable[Item]) -> int:
    """How many items have number, requirement and answer in one row; a blank answer needs no cell."""
    seen = [{squash(cell) for cell in row} | {""} for row in rows]
    return sum(any(set(item) <= row for row in seen) for item in items)


def squash(text: str) -> str:
    """What two readings of a text share: folded to NFKC, without white space."""
    return "".join(unicodedata.normalize("NFKC", text or "").split())
