"""Candidates of items and groups of items as an earlier run found them, so that only new items are aligned."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from pipeline.align.embeddings import EmbeddingModel
from pipeline.align.groups import Group, group_items
from pipeline.align.item import Item
from pipeline.align.match import Candidate, match_items
from pipeline.catalogue.load import Control
from pipeline.system.fingerprints import aligning_fingerprint
from pipeline.system.sealed_file import read_sealed, write_sealed


@dataclass(frozen=True, slots=True)
class Aligning:
    """What is kept: candidates by the words of an item, and the groups of the last run with the key of its items."""

    matches: dict[str, tuple[Candidate, ...]]
    groups_key: str = ""
    groups: tuple[Group, ...] = ()


def load_aligning(store: Path, key: str) -> Aligning:
    """What an earlier run found under the same `matching_key`, else nothing."""
    return read_sealed(_path(store), Aligning, key) or Aligning({})


def save_aligning(store: Path, key: str, aligning: Aligning) -> None:
    """Keep it for the next run. Raises OSError."""
    write_sealed(_path(store), aligning, key)


def matching_key(controls: Sequence[Control], embeddings: EmbeddingModel | None) -> str:
    """By what candidates are found: the program, the controls and the embedding model, as one key of 16 characters."""
    key_text = catalogue_key(controls) + (embeddings.key if embeddings else "")
    return hashlib.sha256(key_text.encode()).hexdigest()[:16]


def _path(store: Path) -> Path:
    return store / "aligning.csp"


def catalogue_key(controls: Sequence[Control]) -> str:
    """The program that aligns and the controls, as one key of 16 characters."""
    key_text = repr([astuple(control) for control in controls])
    return hashlib.sha256(f"{aligning_fingerprint()} {key_text}".encode()).hexdigest()[:16]


def match_with(
    known: Aligning,
    items: Sequence[Item],
    controls: Sequence[Control],
    embeddings: EmbeddingModel | None = None,
) -> dict[str, list[Candidate]]:
    """The candidates of every item; only items whose words `known` does not hold are aligned."""
    new = match_items([item for item in items if words_key(item) not in known.matches], controls, embeddings)
    return {
        item.item_id: new[item.item_id] if item.item_id in new else list(known.matches[words_key(item)])
        for item in items
        if item.item_id in new or words_key(item) in known.matches
    }


def group_with(
    known: Aligning, items: Sequence[Item], forms: Mapping[str, str]
) -> tuple[str, tuple[Group, ...]]:
    """The groups of `items`, those of `known` where the items and their forms are the same; and the key of these."""
    key_text = repr([(astuple(item), forms.get(item.item_id)) for item in items])
    key = hashlib.sha256(key_text.encode("utf-8", "surrogatepass")).hexdigest()
    return key, known.groups if key == known.groups_key else tuple(group_items(items, forms))


def words_key(item: Item) -> str:
    """What the candidates of an item depend on, as one key."""
    key_text = "\x1f".join((item.section, item.category, item.name, item.requirement))
    return hashlib.sha256(key_text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
