"""A text in, what it reads like out: a thing that is asked, an answer, a remark, a label, or a line of a document that
asks nothing; and a table's titles and names in, whether they are those of a list of questions.

Word lists know endings that their writer thought of. Here runs of one to three characters (words too where the script is
Latin), runs at the end by themselves, are hashed into buckets whose weights are learned from the cells of made-up
forms and of documents that are no check sheets: `退職者の権限を消していること` reads like what is asked,
`サーバー室の鍵を返却した` like a line of minutes, `見積書` and `単価` like no list of questions. Feature hashing:
Weinberger et al., ICML 2009.
"""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from extractors.checklist.columns.learned.weights import load_weights
from normalizers.text import fold

Floats = NDArray[np.float64]
TEXT_KINDS = ("question", "answer", "remarks", "label", "foreign")
_BITS = 14
BUCKETS = 1 << _BITS
_HALF = 40  # characters looked at from either end
_TITLE, _COLUMN_NAME = 1, 2  # salts
_TAILS = (1, 2, 3, 4, 6)
_PRIMES = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_SHIFT = np.uint64(64 - _BITS)
_WORD = re.compile(r"[a-z]{2,}")


def text_buckets(text: str, salt: int = 0) -> NDArray[np.int64]:
    """The buckets of a text's runs. Texts of another `salt` share no run but by chance."""
    key = fold(text)
    words = _WORD.findall(text.lower()) if key[:1].isascii() or key[-1:].isascii() else []
    if len(key) > 2 * _HALF:
        key = f"{key[:_HALF]}…{key[-_HALF:]}"
    codes = np.frombuffer(f"^{key}$".encode("utf-32-le", "replace"), dtype="<u4").astype(np.uint64)
    codes += np.uint64(salt << 21)
    hashes = [codes * _PRIMES[0]]
    for size in (2, 3):
        if len(codes) >= size:
            hashes.append(hashes[-1][:-1] * _MIX + codes[size - 1 :] * _PRIMES[size - 1])
    tails = [f"{salt}${key[-size:]}" for size in _TAILS if len(key) >= size]
    said = [*tails, *(f"{salt}w{word}" for word in words), f"{salt}l{len(key).bit_length()}"]
    hashes.append(np.array([zlib.crc32(run.encode()) for run in said], dtype=np.uint64) * _PRIMES[0])
    mixed = np.concatenate(hashes)
    buckets: NDArray[np.int64] = (((mixed ^ (mixed >> np.uint64(29))) * _MIX) >> _SHIFT).astype(np.int64)
    return buckets


@cache
def _table(name: str) -> tuple[Floats, Floats]:
    weights = load_weights()
    return weights[f"{name}_weights"].astype(np.float32), weights[f"{name}_bias"].astype(np.float64)


@lru_cache(maxsize=65536)
def text_scores(text: str) -> tuple[float, ...]:
    """The chance of each of TEXT_KINDS by the text alone; all 0 for a blank one."""
    if not text.strip():
        return (0.0,) * len(TEXT_KINDS)
    weights, bias = _table("text")
    buckets = text_buckets(text)
    total = bias + weights[buckets].sum(axis=0) / math.sqrt(len(buckets))
    chances = np.exp(total - total.max())
    return tuple((chances / chances.sum()).tolist())


def context_texts(titles: Sequence[str], names: Sequence[str]) -> list[tuple[str, int]]:
    """The texts over a table and of its columns' names, each with the salt of its kind."""
    return [(t, _TITLE) for t in titles if t.strip()] + [(t, _COLUMN_NAME) for t in names if t.strip()]


def context_score(titles: Sequence[str], names: Sequence[str]) -> float:
    """How much titles and names are those of a list of questions, in natural logarithms of odds; 0 for no text."""
    parts = [_context_part(text, salt) for text, salt in context_texts(titles, names)]
    if not parts:
        return 0.0
    return float(_table("context")[1][0]) + sum(part for part, _ in parts) / math.sqrt(
        sum(n for _, n in parts)
    )


@lru_cache(maxsize=16384)
def _context_part(text: str, salt: int) -> tuple[float, int]:
    buckets = text_buckets(text, salt)
    return float(_table("context")[0][buckets, 0].sum()), len(buckets)


def clear_texts() -> None:
    """Forget what was learned and scored: for weights that change while they are learned."""
    _table.cache_clear()
    text_scores.cache_clear()
    _context_part.cache_clear()
