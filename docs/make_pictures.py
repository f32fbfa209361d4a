"""The shipped samples in, the pictures of the documentation out: docs/pictures/*.png.

    make pictures      (Debian: apt-get install chromium chromium-driver libreoffice-calc poppler-utils fonts-noto-cjk)

The sheets are ingested into a temporary folder, the exports made of them, and photographed as a reader sees them: the
workbook printed by LibreOffice, the page in Chromium at 1280 and 390 pixels.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pymupdf

from pipeline.assess.comparison.build import build_comparison
from pipeline.ingest import ingest
from pipeline.outputs.comparison.write_comparison import write_comparison
from pipeline.outputs.html_report.write_report import write_report
from pipeline.settings import Settings
from tests.browser import chromium

PICTURES = Path(__file__).parent / "pictures"
ROOT = Path(__file__).parents[1]
_DOTS = 80  # a printed page, in dots an inch
_HEIGHTS = {1280: 1230, 390: 1500}
_LARGEST = 300_000  # bytes


def main() -> int:
    """Make all pictures; 2 where a program is missing."""
    missing = [name for name in ("soffice", "pdftoppm") if shutil.which(name) is None]
    if missing or not chromium.present():
        print(f"missing: {', '.join(missing) or chromium.MISSING}", file=sys.stderr)
        return 2
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _samples(folder / "raw")
        ingest(Settings(folder / "raw", folder / "set", workers=1))
        comparison = build_comparison(folder / "set")
        write_comparison(folder / "compare.xlsx", comparison, "en")
        write_report(folder / "report.html", comparison, "en")
        _workbook(folder)
        _page(folder / "report.html")
    for picture in sorted(PICTURES.glob("*.png")):
        _smaller(picture)
        print(f"{picture} {picture.stat().st_size // 1000} kB")
    return 0


def _samples(folder: Path) -> None:
    """Copy the shipped sheets only: whatever else a user put into data/raw is nobody's picture."""
    manifest = json.loads((ROOT / "tests" / "golden" / "MANIFEST.json").read_text(encoding="utf-8"))
    for entry in manifest:
        target = folder / entry["file"]
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / "data" / "raw" / entry["file"], target)


def _workbook(folder: Path) -> None:
    """The first page of the comparison, as LibreOffice prints it."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    words = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(folder / "compare.xlsx"),
    ]
    subprocess.run(words, check=True, capture_output=True, timeout=180)
    picture = str(PICTURES / "compare")
    page = ["pdftoppm", "-r", str(_DOTS), "-png", "-singlefile", str(folder / "compare.pdf"), picture]
    subprocess.run(page, check=True, timeout=60)


def _page(page: Path) -> None:
    with chromium.browser() as driver:
        for width, height in _HEIGHTS.items():
            chromium.open_at(driver, page, width)
            chromium.picture(driver, PICTURES / f"report-{width}.png", height)


def _smaller(picture: Path) -> None:
    """Write the picture without transparency, which halves it; a picture that stays too large is told."""
    pixels = pymupdf.Pixmap(picture)
    if pixels.alpha:
        pymupdf.Pixmap(pixels, 0).save(picture)
    if picture.stat().st_size > _LARGEST:
        print(f"{picture} is larger than {_LARGEST // 1000} kB", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
