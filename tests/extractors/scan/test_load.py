"""Files of pictures: sizes are looked at before they are decoded, resolutions only believed where a page can have them."""

from __future__ import annotations

import struct
import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from extractors.errors import Damaged, TooLarge
from extractors.pdf.scanned.read_scans import read_picture
from extractors.scan.picture.page_pictures import MOST_DPI, load_pages


def _png_that_claims(width: int, height: int) -> BytesIO:
    """A PNG of a few bytes whose header says that it is as large as this."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return BytesIO(
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [12_000, 40_000])
def test_huge_picture_is_refused_before_it_is_decoded(side: int) -> None:
    with pytest.raises(TooLarge):
        list(load_pages(_png_that_claims(side, side)))


@pytest.mark.parametrize("entry", [256, 257, 258, 259, 262, 273, 277, 278, 279])
def test_a_fax_without_one_of_its_entries_is_damaged_or_read(tmp_path: Path, entry: int) -> None:
    """Pillow raises what its plugin meets: without a width a TypeError, which was a fault of this program."""
    path = tmp_path / "a.tif"
    Image.new("L", (300, 400), 255).save(path)
    data = bytearray(path.read_bytes())
    (start,) = struct.unpack_from("<I", data, 4)
    for number in range(struct.unpack_from("<H", data, start)[0]):
        place = start + 2 + 12 * number
        if struct.unpack_from("<H", data, place)[0] == entry:
            struct.pack_into("<H", data, place, 60_000)
    path.write_bytes(data)
    with suppress(Damaged):
        assert len(list(load_pages(path))) == 1


def test_pages_beyond_the_most_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fax of 301 pages was one of 300, without a word."""
    monkeypatch.setattr("extractors.scan.picture.page_pictures.MOST_PAGES", 2)
    monkeypatch.setattr("extractors.pdf.scanned.read_scans.MOST_PAGES", 2)
    pages = [Image.new("L", (200, 280), 255) for _ in range(3)]
    for count, codes in ((2, []), (3, [("picture_pages_left", "3")])):
        path = tmp_path / f"{count}.tif"
        pages[0].save(path, save_all=True, append_images=pages[1:count])
        issues = read_picture(path).issues
        assert [(i.code, i.params["pages"]) for i in issues if i.code == "picture_pages_left"] == codes


def test_picture_that_is_cut_off_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    Image.new("L", (300, 400), 255).save(path)
    path.write_bytes(path.read_bytes()[:120])
    with pytest.raises(Damaged):
        list(load_pages(path))


@pytest.mark.parametrize(
    ("size", "told", "dpi"),
    [
        ((1654, 2339), 200, 200),
        ((1654, 2339), 72, 2339 / 11.69),
        ((4960, 7016), 600, MOST_DPI),
        ((827, 1169), 100, 200),
    ],
    ids=["as told", "told wrongly", "finer than needed", "too coarse"],
)
def test_resolution(tmp_path: Path, size: tuple[int, int], told: int, dpi: float) -> None:
    path = tmp_path / "a.png"
    Image.new("L", size, 255).save(path, dpi=(told, told))
    (page,) = load_pages(path)
    assert page.dpi == pytest.approx(dpi, rel=0.01)
    assert max(page.pixels.shape) / page.dpi == pytest.approx(11.69, rel=0.02)


def test_what_is_transparent_is_paper(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    picture = Image.new("RGBA", (800, 1100), (0, 0, 0, 0))
    picture.paste((0, 0, 0, 255), (100, 100, 200, 200))
    picture.save(path)
    (page,) = load_pages(path)
    assert page.pixels[5, 5] == 255
    assert np.median(page.pixels) == 255
    assert page.pixels.min() < 20
