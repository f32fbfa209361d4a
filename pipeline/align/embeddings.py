"""A folder with a static embedding model in, how near texts are in meaning out: one more feature, where a user has one.

The model is read from the folder and from nowhere else. It stands beside the learnt scores and outside of their weights,
since these are learnt without it: a pair gains or loses as many logits as its cosine lies standard deviations from the
mean of its query's candidates, at most two. The right candidate thus gains where words differ and meaning does not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.align.vectors import Floats
from pipeline.errors import EmbeddingsUnreadable

_FILES = ("config.json", "model.safetensors", "tokenizer.json")
_MOST = 2.0  # logits that meaning can give or take


@dataclass(frozen=True, slots=True)
class EmbeddingModel:
    """A loaded model, and a key that is another one for other files."""

    model: Any
    key: str = ""

    def gains(
        self,
        queries: Sequence[str],
        candidates: Sequence[str],
        pairs: tuple[NDArray[np.intp], NDArray[np.intp]],
    ) -> Floats:
        """Logits that each pair (query, candidate) gains, -2 to 2; nothing where all candidates are alike."""
        rows, cols = pairs
        if not len(rows):
            return np.zeros(0)
        query_vectors, candidate_vectors = (self._unit(texts) for texts in (queries, candidates))
        cosine = np.einsum("ij,ij->i", query_vectors[rows], candidate_vectors[cols])
        count = np.bincount(rows, minlength=len(queries)).clip(1)
        mean = np.bincount(rows, weights=cosine, minlength=len(queries)) / count
        square = np.bincount(rows, weights=cosine**2, minlength=len(queries)) / count
        spread = np.sqrt(np.maximum(square - mean**2, 0.0))[rows]
        deviations = np.where(spread > 1e-6, (cosine - mean[rows]) / np.maximum(spread, 1e-6), 0.0)
        return np.asarray(np.clip(deviations, -_MOST, _MOST))

    def _unit(self, texts: Sequence[str]) -> Floats:
        vectors = np.asarray(self.model.encode(list(texts), use_multiprocessing=False), dtype=float)
        vectors = np.nan_to_num(vectors)
        return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9))


def load_embeddings(folder: Path) -> EmbeddingModel:
    """The model2vec model of a folder.

    Raises EmbeddingsUnreadable where the folder or one of its files is missing, the package is not installed, or the files are
    no model.
    """
    missing = [name for name in _FILES if not (folder / name).is_file()]
    if missing:
        facts: dict[str, object] = {"path": folder, "file": missing[0]}
        raise EmbeddingsUnreadable(facts, "no_embeddings")
    try:
        from model2vec import StaticModel  # noqa: PLC0415  an extra, only where it is asked for
        from safetensors import SafetensorError  # noqa: PLC0415
    except ImportError as error:
        raise EmbeddingsUnreadable({}, "no_embeddings_package") from error
    try:
        for name in ("config.json", "tokenizer.json"):
            json.loads(
                (folder / name).read_text(encoding="utf-8")
            )  # a tokenizer that is no JSON raises Exception
        digest = hashlib.sha256(b"".join((folder / name).read_bytes() for name in _FILES)).hexdigest()
        return EmbeddingModel(StaticModel.from_pretrained(folder, force_download=False), digest[:16])
    except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
        facts = {"path": folder, "why": error}
        raise EmbeddingsUnreadable(facts, "embeddings_unreadable") from error
