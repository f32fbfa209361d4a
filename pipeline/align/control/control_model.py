"""The learnt weights by which an item takes its control (`weights.toml`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from normalizers.vocabulary import load
from pipeline.align.control.control_features import ACCEPT_FEATURES, CONTROL_FEATURES
from pipeline.align.model import Step, step_of


@dataclass(frozen=True, slots=True)
class ControlModel:
    """The steps: how well a control fits, and whether the first one is taken."""

    control: Step
    accept: Step


@cache
def load_control_model() -> ControlModel:
    """The shipped weights."""
    table = load("pipeline.align", "weights.toml")["items"]
    return ControlModel(
        step_of(table["control"], CONTROL_FEATURES),
        step_of(table["accept"], ACCEPT_FEATURES),
    )
