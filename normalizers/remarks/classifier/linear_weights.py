"""Features in, their weighted sums out: what the readers of remarks, of legends and of prose have in common.

The weights of each lie beside it in a file of their own, made by `make weights-remarks`, `weights-legends`, `weights-prose`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from normalizers.remarks.classifier.word_cues import Features

WEIGHTS = "weights.npz"


@dataclass(frozen=True, slots=True)
class LinearWeights:
    """Weights by feature, one column an outcome, and the constants of the outcomes."""

    index: Mapping[str, int]
    weights: Any
    constants: Any

    def sums(self, features: Features) -> Any:
        """The weighted sum of features in each column, constants not included; unknown features weigh nothing."""
        known = [(self.index[name], value) for name, value in features.items() if name in self.index]
        if not known:
            return self.constants * 0.0
        rows, values = zip(*known, strict=True)
        return values @ self.weights[list(rows)]


def read_weights(package: str) -> tuple[LinearWeights, dict[str, Any]]:
    """The weights that lie in a package, and every other array of their file by name."""
    import numpy as np  # noqa: PLC0415  only where there is something to weigh

    with (resources.files(package) / WEIGHTS).open("rb") as file, np.load(file) as data:
        names = data["names"].tobytes().decode("utf-8").split("\n")
        linear = LinearWeights(
            {name: index for index, name in enumerate(names)},
            data["weights"].astype(np.float32),
            data["constants"].astype(np.float32),
        )
        shared = {"names", "weights", "constants"}
        return linear, {name: data[name] for name in data.files if name not in shared}
