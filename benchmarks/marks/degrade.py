"""A clean picture of ink in, a crop of a scanned cell out: turned, stretched, thinned, blurred, noisy, JPEG or fax."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Crop = NDArray[np.uint8]


def degrade(ink: NDArray[np.uint8], chance: Generator) -> Crop:
    """The ink (255 on 0) as a scanner may see it in a cell, dark on light."""
    picture = Image.fromarray(np.pad(ink, 12))
    picture = picture.rotate(chance.normal(0, 2.5), Image.Resampling.BILINEAR)
    picture = _weight(picture, chance)
    side = np.exp(chance.uniform(np.log(13), np.log(64)))
    scale = side / 64
    wide = np.exp(chance.normal(0, 0.06))
    size = (max(6, round(picture.width * scale * wide)), max(6, round(picture.height * scale / wide)))
    picture = picture.resize(size, Image.Resampling.BOX if scale < 1 else Image.Resampling.BILINEAR)
    picture = picture.filter(ImageFilter.GaussianBlur(abs(chance.normal(0, 0.55))))
    values = np.asarray(picture, np.float32) / 255
    ground, dark = chance.uniform(190, 255), chance.uniform(0, 110)
    slope = np.linspace(0, chance.normal(0, 14), values.shape[1])
    page = ground + slope - values * (ground - dark)
    page += chance.normal(0, chance.uniform(0, 9), page.shape)
    crop = np.clip(page, 0, 255).astype(np.uint8)
    kind = chance.random()
    if kind < 0.22:
        return np.where(crop > (ground + dark) / 2 + chance.normal(0, 18), 255, 0).astype(np.uint8)
    if kind < 0.6:
        return _jpeg(crop, int(chance.uniform(35, 90)))
    return crop


def _weight(picture: Image.Image, chance: Generator) -> Image.Image:
    """Strokes a little thicker or thinner."""
    draw = chance.random()
    if draw < 0.2:
        return picture.filter(ImageFilter.MaxFilter(3))
    if draw > 0.32:
        return picture
    thinner = picture.filter(ImageFilter.MinFilter(3))
    ink, left = (float(np.asarray(p, np.float32).sum()) for p in (picture, thinner))
    return thinner if left > 0.6 * ink else picture


def _jpeg(crop: Crop, quality: int) -> Crop:
    stream = BytesIO()
    Image.fromarray(crop).save(stream, "JPEG", quality=quality)
    return np.asarray(Image.open(stream))
