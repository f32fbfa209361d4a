"""The screens of the app in, pictures of them for the documentation out: docs/pictures/app-*.png.

    make pictures      (Debian: apt-get install chromium chromium-driver fonts-noto-cjk; and make app)

The app is started as a user does, over the shipped samples, a form that the readers are not sure of, a legend that they do not
understand, and a sheet of the year before.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

from selenium import webdriver

from pipeline.review.lines.expected import SheetRequest, write_requests
from tests.browser import chromium, served_app
from tests.browser.served_app import element, go, served, settled, with_text
from tests.browser.sheets import legend_form, unknown_form
from tests.last_year import write_last_year

PICTURES = Path(__file__).parent / "pictures"
ROOT = Path(__file__).parents[1]
_LARGEST = 300_000  # bytes
_SCREENS = (
    ("inbox", "/inbox", ".ag-row"), ("queue", "/queue", ".page-frame .here"), ("compare", "/compare", ".ag-row"),
    ("ask", "/ask?vendor=有限会社例文ラボ レイブン予約帳", ".question"), ("yearly", "/yearly", ".ag-row"),
    ("judge", "/judge", ".verdicts td"), ("search", "/search?q=バックアップ", ".ag-row"), ("runs", "/runs", ".upload"),
)  # fmt: skip


def main() -> int:
    """Make all pictures; 2 where a program is missing."""
    if not chromium.present() or find_spec("nicegui") is None:
        print(f"missing: {chromium.MISSING}; make app", file=sys.stderr)
        return 2
    served_app.PATIENCE = 600.0  # nobody waits
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _fill(folder / "data")
        with served(folder) as app, chromium.browser() as driver:
            driver.get(app.door)
            settled(driver)
            for screen, path, selector in _SCREENS:
                go(driver, app, path)
                _take(driver, screen, selector, 1280)
            go(driver, app, "/queue")
            with_text(driver, ".notice a", "列").click()
            element(driver, ".page-frame .role-answer")
            _take(driver, "form", ".preview .ag-cell", 1280)
            go(driver, app, "/queue")
            with_text(driver, ".notice a", "凡例").click()
            element(driver, ".marks tbody tr.chosen")
            _take(driver, "legend", ".page-frame .here", 1280)
            for screen, path, selector in _SCREENS[1:3]:
                _size(driver, 390)
                go(driver, app, path)
                _take(driver, f"{screen}-390", selector, 390)
    return 0


def _fill(data: Path) -> None:
    """The samples, last year's sheet, two copies of an unknown form, one with a legend of its own, and who was asked."""
    manifest = json.loads((ROOT / "tests" / "golden" / "MANIFEST.json").read_text(encoding="utf-8"))
    for entry in manifest:
        target = data / "raw" / entry["file"]
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / "data" / "raw" / entry["file"], target)
    write_last_year(data / "raw")
    for number in range(2):
        unknown_form(data / "raw" / f"株式会社みほん{'一二'[number]}号_照会_20260610.xlsx", number)
    legend_form(data / "raw/みほん灯台株式会社_20260612.xlsx")
    shutil.copyfile(ROOT / "pipeline/assess/policy_example.toml", data / "policy.toml")
    names = (
        "有限会社例文ラボ",
        "株式会社架空堂ソフト",
        "見本坂クラウド株式会社",
        "サンプル港データ",
        "幻想堂システム株式会社",
    )
    requests = [SheetRequest(0, name, due=dt.date(2026, 6, 30)) for name in names]
    write_requests(data / "review/expected.csv", [], requests)


def _size(driver: webdriver.Chrome, width: int) -> None:
    size = {"width": width, "height": 860, "deviceScaleFactor": 1, "mobile": width < 600}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def _take(driver: webdriver.Chrome, name: str, selector: str, width: int) -> None:
    """The window as it is, once the selector is there."""
    _size(driver, width)
    element(driver, selector)
    time.sleep(1.5)  # what moves has come to rest
    path = PICTURES / f"app-{name}.png"
    chromium.picture(driver, path, 860)
    _smaller(path)


def _smaller(path: Path) -> None:
    """Fewer colours, as screens have few."""
    from PIL import Image  # noqa: PLC0415

    with Image.open(path) as picture:
        picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=128).save(path, optimize=True)
    if path.stat().st_size > _LARGEST:
        raise SystemExit(f"{path} is too large")
    print(f"{path} {path.stat().st_size // 1000} kB")


if __name__ == "__main__":
    sys.exit(main())
