"""A picture's file in, its pages as gray pictures out: upright as the camera held it, none larger than can be read.

.jpg, .png, .bmp, .gif and .tif with many pages, as faxes and scanners write them. Sizes are looked at before anything is decoded:
a picture of a few bytes may say that it is as large as a house.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractors.errors import BROKEN_PICTURE, Damaged, TooLarge
from extractors.grid import Source

Gray = NDArray[np.uint8]
MOST_PIXELS = 80_000_000  # an A3 page at 600 dpi has 70 million
MOST_PAGES = 300
LEAST_DPI, BEST_DPI, MOST_DPI = 120.0, 200.0, 300.0
_A4_SIDE = 11.69  # inches
# Ratio of the resolutions across and down: between these pixels are stretched.
_UNEVEN, _MOST_UNEVEN = 1.1, 2.5
_PLAUSIBLE = (4.0, 24.0)  # inches: sides of a page; else the file's resolution is not its scanner's


@dataclass(frozen=True, slots=True)
class GrayPage:
    """A page as a gray picture: its pixels, and how many of them an inch has."""

    pixels: Gray
    dpi: float


def count_pages(source: Source) -> int:
    """How many pages a picture's file has; 1 where that cannot be told."""
    from PIL import Image  # noqa: PLC0415

    try:
        with _open(source) as picture:
            return int(getattr(picture, "n_frames", 1))
    except (Image.DecompressionBombError, *BROKEN_PICTURE):
        return 1


def load_pages(source: Source) -> Iterator[GrayPage]:
    """The first pages of a picture's file, one after the other, MOST_PAGES at most. Raises TooLarge and Damaged."""
    from PIL import Image  # noqa: PLC0415  heavy, and needed only for pictures

    try:
        with _open(source) as picture:
            for number in range(min(getattr(picture, "n_frames", 1), MOST_PAGES)):
                picture.seek(number)
                yield _page(picture)
    except Image.DecompressionBombError as error:
        raise TooLarge(megabytes=str(MOST_PIXELS >> 20)) from error
    except BROKEN_PICTURE as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise Damaged(detail=str(error)[:200]) from error


def _open(source: Source) -> Any:
    """The picture, not decoded yet; what Pillow warns of large ones is left out, as sizes are looked at."""
    from PIL import Image  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        return Image.open(source)


def _page(picture: Any) -> GrayPage:
    from PIL import Image, ImageOps  # noqa: PLC0415

    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise TooLarge(megabytes=str(MOST_PIXELS >> 20))
    picture = _with_square_pixels(picture)
    width, height = picture.size
    dpi = _dpi(picture)
    if dpi > MOST_DPI and picture.format == "JPEG":
        picture.draft("L", (round(width * MOST_DPI / dpi), round(height * MOST_DPI / dpi)))
    gray = ImageOps.exif_transpose(_on_white(picture)).convert("L")
    scale = max(gray.size) / max(width, height)
    dpi *= scale
    if dpi > MOST_DPI:
        gray = gray.resize([round(side * MOST_DPI / dpi) for side in gray.size], Image.Resampling.BOX)
        dpi = MOST_DPI
    elif dpi < LEAST_DPI:
        gray = gray.resize([round(side * BEST_DPI / dpi) for side in gray.size], Image.Resampling.BICUBIC)
        dpi = BEST_DPI
    return GrayPage(np.asarray(gray), dpi)


def _on_white(picture: Any) -> Any:
    """The picture; what it lets through is white."""
    from PIL import Image  # noqa: PLC0415

    if picture.mode not in {"RGBA", "LA", "PA"} and "transparency" not in picture.info:
        return picture
    clear = picture.convert("RGBA")
    page = Image.new("RGBA", clear.size, "white")
    page.alpha_composite(clear)
    page.info.update({key: value for key, value in picture.info.items() if key == "exif"})
    return page


def _dpi(picture: Any) -> float:
    """Pixels an inch, as the file says where its page is as large as pages are; else as if it were A4."""
    side = max(picture.size)
    named_dpi = max(_named_dpi(picture))
    if named_dpi > 0 and _PLAUSIBLE[0] <= side / named_dpi <= _PLAUSIBLE[1]:
        return named_dpi
    return float(side / _A4_SIDE)


def _named_dpi(picture: Any) -> tuple[float, float]:
    """Pixels an inch across and down, as the file says; 0 where it says nothing."""
    across, down = (picture.info.get("dpi") or (0, 0))[:2]
    resolutions = [
        float(dpi) if isinstance(dpi, int | float) or hasattr(dpi, "__float__") else 0.0
        for dpi in (across, down)
    ]
    return resolutions[0], resolutions[1]


def _with_square_pixels(picture: Any) -> Any:
    """The picture with as many pixels an inch down as across: a fax of standard resolution has 204 to 98."""
    across, down = _named_dpi(picture)
    if min(across, down) <= 0 or not _UNEVEN <= max(across, down) / min(across, down) <= _MOST_UNEVEN:
        return picture
    from PIL import Image  # noqa: PLC0415

    finest = max(across, down)
    width, height = round(picture.width * finest / across), round(picture.height * finest / down)
    if width * height > MOST_PIXELS:
        return picture
    stretched = picture.convert("L").resize((width, height), Image.Resampling.BICUBIC)
    stretched.info.update(picture.info)
    return stretched
