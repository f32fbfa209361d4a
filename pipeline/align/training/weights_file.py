"""Learnt steps in, `pipeline/align/weights.toml` out: what one command learns stands beside what another has learnt."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.align.model import Step

Tables = dict[tuple[str, str], dict[str, float]]  # (model, step) → weights
WEIGHTS = Path(__file__).parents[1] / "weights.toml"


def table_of(step: Step, features: Sequence[str]) -> dict[str, float]:
    """A step as a table: its constant and the weight of each feature."""
    return {"constant": step.constant} | dict(zip(features, step.weights, strict=True))


def write_weights(tables: Mapping[tuple[str, str], Mapping[str, float]]) -> None:
    """Write these tables, and leave the others of the file as they are. Raises OSError."""
    kept = tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))
    merged = {(name, part): table for name, parts in kept.items() for part, table in parts.items()}
    merged |= {key: dict(table) for key, table in tables.items()}
    lines = [
        "# Made by `python -m pipeline.align.training.train` and `.train_controls`; not edited by hand.",
        "",
    ]
    for (name, part), table in merged.items():
        lines += [
            f"[{name}.{part}]",
            *(f"{feature} = {weight + 0.0:.5f}" for feature, weight in table.items()),
            "",
        ]
    WEIGHTS.write_text("\n".join(lines).rstrip("\n") + "\n", encoding="utf-8")
