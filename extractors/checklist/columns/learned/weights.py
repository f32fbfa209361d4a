"""The learned weights of the layout: one generated file, loaded once."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray


@cache
def load_weights() -> dict[str, NDArray[Any]]:
    """Arrays by name, as `make weights` wrote them into weights.npz beside this file."""
    with resources.files("extractors.checklist.columns.learned").joinpath("weights.npz").open("rb") as file:
        loaded = np.load(file, allow_pickle=False)
        return {name: loaded[name] for name in loaded.files}
