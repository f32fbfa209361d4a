"""Lines of a page and what is painted on it in, the lines that a person sees out, and those that only a program reads.

Certain without looking: no paint is laid on (render mode 3, as in the text layer of a scan), opacity near 0, a size below one
point, a ground painted over the text later. Text in the colour of its ground is looked at in the picture: 「○」 in white on white
leaves no ink, a white heading on a photo does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.location import Box
from extractors.pdf.page.paths import VectorPath
from extractors.pdf.page.text_lines import Paint, TextLine
from extractors.pdf.shown.picture import PagePicture, has_ink

_FAINT = 0.06  # an opacity that nobody sees
_TINY = 1.0  # points: smaller writing is nowhere to be read
_ALIKE = 40  # of 255: colours nearer than this may be told apart or not, and are looked at
_BOTH = 0.3  # of a glyph's box: another glyph that lies over so much of it may be the ink that is seen
_WHITE = 0xFFFFFF
_AREA = 3.0  # points: a smaller painted box is no ground


@dataclass(frozen=True, slots=True)
class SeenLines:
    """The lines that a person sees, and those that nobody sees."""

    seen: tuple[TextLine, ...]
    hidden: tuple[TextLine, ...] = ()


@dataclass(frozen=True, slots=True)
class PaintedAreas:
    """Painted areas of a page in the order of painting: boxes (n, 4) and colours (n, 3)."""

    boxes: NDArray[np.float64]
    colours: NDArray[np.int64]

    def under(self, centres: NDArray[np.float64]) -> NDArray[np.int64]:
        """The colour (m, 3) of the last area painted over each centre (m, 2), white where there is none."""
        colours = np.tile(_parts(_WHITE), (len(centres), 1))
        x, y = centres[:, 0], centres[:, 1]
        for box, colour in zip(self.boxes, self.colours, strict=True):
            colours[(box[0] < x) & (x < box[2]) & (box[1] < y) & (y < box[3])] = colour
        return colours


def paths_to_areas(paths: Sequence[VectorPath]) -> PaintedAreas:
    """The areas of one colour that paths paint."""
    painted = [p for p in paths if p.solid is not None and min(_side(p.box)) > _AREA]
    boxes = np.asarray([path.box for path in painted], dtype=np.float64).reshape(-1, 4)
    colours = np.asarray([_parts(path.solid or 0) for path in painted], dtype=np.int64).reshape(-1, 3)
    return PaintedAreas(boxes, colours)


def split_hidden(
    lines: Sequence[TextLine],
    paints: Sequence[Paint],
    grounds: PaintedAreas,
    picture: Callable[[], PagePicture],
    covered: frozenset[Box],
) -> SeenLines:
    """The lines as seen and as hidden; `paints` are those that occur, `covered` boxes of what was painted over later."""
    unsure = {id(paint) for paint in paints if paint.opacity < 1.0 or _is_like_ground(paint, grounds)}
    unpainted = {id(paint) for paint in paints if not paint.painted or paint.opacity < _FAINT}
    if not covered and not unsure and not unpainted and all(line.sizes[0] >= _TINY for line in lines):
        return SeenLines(tuple(lines))
    hidden = [_certainly_hidden(line, unpainted, covered) for line in lines]
    suspects = [_suspects(line, unsure, grounds, gone) for line, gone in zip(lines, hidden, strict=True)]
    if any(suspects):
        _look_at(lines, hidden, suspects, picture())
    return _split(lines, hidden)


def _is_like_ground(paint: Paint, grounds: PaintedAreas) -> bool:
    """Whether text of this paint may lie on a ground of nearly its colour."""
    every = np.vstack([_parts(_WHITE)[None], grounds.colours])
    return not paint.is_drawn and bool((np.abs(every - _parts(paint.colour)).max(axis=1) < _ALIKE).any())


def _certainly_hidden(line: TextLine, unpainted: set[int], covered: frozenset[Box]) -> set[int]:
    return {
        index
        for index, (paint, size, box) in enumerate(zip(line.paints, line.sizes, line.boxes, strict=True))
        if (id(paint) in unpainted or size < _TINY or box in covered) and not line.chars[index].isspace()
    }


def _suspects(line: TextLine, unsure: set[int], grounds: PaintedAreas, hidden: set[int]) -> list[int]:
    """The characters in nearly the colour of what lies under them."""
    indexes = [
        i
        for i, paint in enumerate(line.paints)
        if id(paint) in unsure and i not in hidden and not line.chars[i].isspace() and not paint.is_drawn
    ]
    if not indexes:
        return []
    boxes = np.asarray([line.boxes[i] for i in indexes])
    under = grounds.under((boxes[:, :2] + boxes[:, 2:]) / 2)
    colours = np.asarray([_parts(line.paints[i].colour) for i in indexes])
    opacity = np.asarray([line.paints[i].opacity for i in indexes])
    near = np.abs(under - colours).max(axis=1) * opacity < _ALIKE
    return [index for index, is_near in zip(indexes, near.tolist(), strict=True) if is_near]


def _look_at(
    lines: Sequence[TextLine],
    hidden: Sequence[set[int]],
    suspects: Sequence[Sequence[int]],
    picture: PagePicture,
) -> None:
    """Hide the suspects without ink of their own; what other characters leave in their places does not count."""
    seen = np.asarray(
        [
            box
            for line, gone, doubtful in zip(lines, hidden, suspects, strict=True)
            for index, box in enumerate(line.boxes)
            if index not in gone and index not in set(doubtful) and not line.chars[index].isspace()
        ]
    ).reshape(-1, 4)
    areas = [line.part(doubtful).box for line, doubtful in zip(lines, suspects, strict=True) if doubtful]
    corners = list(zip(*areas, strict=True))
    strip = picture.strip((min(corners[0]), min(corners[1]), max(corners[2]), max(corners[3])))
    for line, gone, doubtful in zip(lines, hidden, suspects, strict=True):
        gone.update(
            i
            for i in doubtful
            if _overlap(line.boxes[i], seen) > _BOTH or not has_ink(strip.crop(line.boxes[i]))
        )


def _overlap(box: Box, seen: NDArray[np.float64]) -> float:
    """The largest share of a box that one of the boxes seen lies over."""
    if not len(seen):
        return 0.0
    wide = np.minimum(box[2], seen[:, 2]) - np.maximum(box[0], seen[:, 0])
    high = np.minimum(box[3], seen[:, 3]) - np.maximum(box[1], seen[:, 1])
    area = max((box[2] - box[0]) * (box[3] - box[1]), 0.01)
    return float((np.clip(wide, 0, None) * np.clip(high, 0, None)).max() / area)


def _split(lines: Sequence[TextLine], hidden: Sequence[set[int]]) -> SeenLines:
    seen, unseen = [], []
    for line, gone in zip(lines, hidden, strict=True):
        kept = [index for index in range(len(line.chars)) if index not in gone]
        inked = [index for index in kept if not line.chars[index].isspace()]
        if not gone:
            seen.append(line)
            continue
        unseen.append(line.part(sorted(gone)))
        if inked:
            seen.append(line.part(kept))
    return SeenLines(tuple(seen), tuple(unseen))


def _parts(colour: int) -> NDArray[np.int64]:
    return np.asarray([colour >> 16 & 255, colour >> 8 & 255, colour & 255], dtype=np.int64)


def _side(box: Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]
