"""Examples in, the weights of the classifier of marks out: several small networks that begin from other chances.

Each has one layer of hidden units and is learned by Adam with a step that falls to nothing (cosine), so that its chances are
those of the examples and not of its last steps.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from multiprocessing import Pool
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.marks.examples import LABELS, Example, learning_examples
from extractors.marks.classify import MarkModel
from extractors.marks.normalize import crop_to_shape

NETWORKS = 3
_SEEDS = 2  # sets of examples
_HIDDEN = 112
_ROUNDS = 22
_BATCH = 256
_STEP = 2e-3
_DECAY = 3e-2
Array = NDArray[np.float32]


def fit_model() -> MarkModel:
    """Learn all networks; the same seeds give the same weights."""
    with Pool(min(2, os.cpu_count() or 1)) as pool:
        parts = pool.map(_learning_features, range(_SEEDS))
    features, labels = (np.concatenate(part) for part in zip(*parts, strict=True))
    shift = features.mean(axis=0)
    scale = (1 / np.maximum(features.std(axis=0), 0.08)).astype(np.float32)
    scaled = (features - shift) * scale
    networks = tuple(_fit_network(scaled, labels, seed) for seed in range(NETWORKS))
    return MarkModel(LABELS, shift.astype(np.float32), scale, networks)


def _learning_features(seed: int) -> tuple[Array, NDArray[np.int64]]:
    return to_features(learning_examples(seed))


def to_features(examples: Iterable[Example]) -> tuple[Array, NDArray[np.int64]]:
    """Rows of features and numbers of labels; crops without enough ink are left out."""
    rows, labels = [], []
    for example in examples:
        shape = crop_to_shape(example.crop)
        if shape is not None:
            rows.append(shape.features)
            labels.append(LABELS.index(example.label))
    return np.stack(rows), np.array(labels)


def _fit_network(features: Array, labels: NDArray[np.int64], seed: int) -> tuple[Array, Array, Array, Array]:
    """One network: the weights and constants of its two layers."""
    chance = np.random.default_rng(100 + seed)
    n_inputs, n_labels = features.shape[1], len(LABELS)
    layers = [
        chance.normal(0, np.sqrt(2 / n_inputs), (n_inputs, _HIDDEN)).astype(np.float32), np.zeros(_HIDDEN, np.float32),
        chance.normal(0, np.sqrt(1 / _HIDDEN), (_HIDDEN, n_labels)).astype(np.float32), np.zeros(n_labels, np.float32),
    ]  # fmt: skip
    firsts, seconds = ([np.zeros_like(layer) for layer in layers] for _ in range(2))
    n_steps = _ROUNDS * (len(labels) // _BATCH)
    for number, (rows, targets) in enumerate(_batches(features, labels, chance), 1):
        step = _STEP * 0.5 * (1 + np.cos(np.pi * number / (n_steps + 1)))
        for index, slope in enumerate(_slopes(layers, rows, targets, chance)):
            firsts[index] += 0.1 * (slope - firsts[index])
            seconds[index] += 0.001 * (slope * slope - seconds[index])
            size = step / (1 - 0.9**number) * firsts[index]
            change = size / (np.sqrt(seconds[index] / (1 - 0.999**number)) + 1e-8)
            layers[index] -= change + step * _DECAY * layers[index] * (slope.ndim > 1)
    rounded = [layer.astype(np.float16).astype(np.float32) for layer in layers]
    print(f"network {seed}: {len(labels)} examples", flush=True)
    return rounded[0], rounded[1], rounded[2], rounded[3]


def _batches(
    features: Array, labels: NDArray[np.int64], chance: np.random.Generator
) -> Iterator[tuple[Array, NDArray[np.int64]]]:
    for _ in range(_ROUNDS):
        order = chance.permutation(len(labels))
        for start in range(0, len(labels) - _BATCH + 1, _BATCH):
            rows = order[start : start + _BATCH]
            yield features[rows], labels[rows]


def _slopes(
    layers: list[Array], rows: Array, targets: NDArray[np.int64], chance: np.random.Generator
) -> list[Array]:
    """The slopes of the loss by each layer, a fifth of the hidden units left out by chance."""
    hidden = np.maximum(rows @ layers[0] + layers[1], 0)
    kept = (chance.random(hidden.shape, dtype=np.float32) > 0.2) * np.float32(1.25)
    dropped = hidden * kept
    logits = dropped @ layers[2] + layers[3]
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    off = raised / raised.sum(axis=1, keepdims=True)
    off[np.arange(len(targets)), targets] -= 1
    off /= len(targets)
    back = (off @ layers[2].T) * kept * (hidden > 0)
    return [rows.T @ back, back.sum(axis=0), dropped.T @ off, off.sum(axis=0)]


def write_weights(model: MarkModel, path: Path) -> None:
    """Write the weights; the same bytes for the same model."""
    arrays = {
        f"{name}{number}": layer.astype(np.float16)
        for number, layers in enumerate(model.networks)
        for name, layer in zip("abcd", layers, strict=True)
    }
    labels = np.frombuffer("\n".join(model.labels).encode(), np.uint8)
    count = np.int64(len(model.networks))
    np.savez_compressed(path, labels=labels, shift=model.shift, scale=model.scale, count=count, **arrays)
