"""The settings of a run in, by what its tables are derived out: controls, people's decisions, embedding model, their key.

The same key and the same files give the same dataset; with one line more in `data/review/answers.csv` it is another one.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from pipeline.align.cached import matching_key
from pipeline.align.embeddings import EmbeddingModel, load_embeddings
from pipeline.catalogue.load import Control, load_controls
from pipeline.review.decision import Decision
from pipeline.review.store import read_decisions
from pipeline.settings import Settings
from pipeline.system.fingerprints import meaning_fingerprint


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The controls, people's decisions in force and the embedding model of a run."""

    controls: tuple[Control, ...]
    decisions: tuple[Decision, ...]
    meaning: EmbeddingModel | None = None
    language: str = "en"  # of what is told of documents

    @property
    def key(self) -> str:
        """By what the tables are derived: program, words, controls and decisions, as one key."""
        matching = matching_key(self.controls, self.meaning)
        text = repr((meaning_fingerprint(), matching, self.decisions))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def load_catalogue(settings: Settings) -> Catalogue:
    """What the settings name. Raises UserFileError where a user's file breaks its form."""
    meaning = load_embeddings(settings.embeddings) if settings.embeddings else None
    return Catalogue(load_controls(settings.controls), decisions_of(settings), meaning, settings.language)


def decisions_of(settings: Settings) -> tuple[Decision, ...]:
    """People's decisions in force. Raises DecisionsUnreadable where a line is broken: none is left out unseen."""
    return read_decisions(settings.review).check().in_force if settings.review else ()


def with_new_decisions(catalogue: Catalogue, settings: Settings) -> Catalogue:
    """The catalogue with what people decided while files were read."""
    return replace(catalogue, decisions=decisions_of(settings))
