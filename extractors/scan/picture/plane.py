"""How a picture that was made straight lies on the picture as it came: a projective map, for points and boxes.

What is read stands on the straight page, what a person sees on the page as it was fed: without the way back, boxes lie some
millimetres off at the edge of A4.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.location import Box


@dataclass(frozen=True, slots=True)
class Plane:
    """A projective matrix, row by row: from the straight picture to the picture as it came."""

    rows: tuple[float, ...] = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)

    @property
    def matrix(self) -> NDArray[np.float64]:
        """The matrix, 3×3."""
        return np.array(self.rows, np.float64).reshape(3, 3)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the straight picture on the picture as it came."""
        u, v, w = (self.matrix @ (x, y, 1.0)).tolist()
        return u / w, v / w

    def box(self, box: Box) -> Box:
        """The box round a box of the straight picture on the picture as it came."""
        corners = [self.point(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
        xs, ys = zip(*corners, strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    def then(self, inner: Plane) -> Plane:
        """This plane for a picture that was itself straightened by `inner`."""
        return plane_of(inner.matrix @ self.matrix)

    def scaled(self, scale: float) -> Plane:
        """The same in a unit of which `scale` make one of this one's: pixels to points."""
        sizes = np.diag([scale, scale, 1.0])
        return plane_of(sizes @ self.matrix @ np.linalg.inv(sizes))


def plane_of(matrix: NDArray[np.float64]) -> Plane:
    """The plane of a matrix of 3×3."""
    return Plane(tuple((matrix / matrix[2, 2]).ravel().tolist()))


def turn_plane(angle: float, width: int, height: int) -> Plane:
    """The plane that turns a picture back by `angle` degrees about its middle."""
    cos, sin = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    x, y = width / 2, height / 2
    return plane_of(
        np.array([[cos, -sin, x - cos * x + sin * y], [sin, cos, y - sin * x - cos * y], [0, 0, 1]])
    )


def quarter_plane(quarter: int, width: int, height: int) -> Plane:
    """The plane of a picture of this size that was turned by quarters against the clock to be read."""
    matrices = {
        0: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        1: [[0, -1, width], [1, 0, 0], [0, 0, 1]],
        2: [[-1, 0, width], [0, -1, height], [0, 0, 1]],
        3: [[0, 1, 0], [-1, 0, height], [0, 0, 1]],
    }
    return plane_of(np.array(matrices[quarter], np.float64))
