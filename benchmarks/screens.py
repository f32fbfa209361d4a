"""The app with 200 vendors by 250 controls: how long a person waits for the comparison, a filter, the next picture.

    python -m benchmarks.screens [--vendors 200] [--controls 250]

The dataset is made up, the app is started as a user does, and the time is what passes in Chromium between opening or
clicking and what is to be seen. The load of the machine is printed beside it.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.common.by import By

from pipeline.app.widgets.picture_store import PictureStore, PlaceRequest
from pipeline.assess.comparison.build import build_comparison
from pipeline.query.review_queue import read_review_queue
from pipeline.settings import Settings
from pipeline.sources.discover import single_file
from tests.browser import chromium
from tests.browser.served_app import element, go, served, wait_for
from tests.pipeline.assess.made import Given, Paper, control, dataset
from tests.pipeline.make import sheet_rows, write_workbook

_STATES = (("yes", "○", True), ("no", "×", False), ("partial", "△", None), ("unanswered", "", None))


def main() -> int:
    """Print the figures; 2 where a program is missing."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--vendors", type=int, default=200)
    parser.add_argument("--controls", type=int, default=250)
    size = parser.parse_args()
    if not chromium.present() or find_spec("nicegui") is None:
        print(f"missing: {chromium.MISSING}; make app", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _make(folder / "data/parquet", size.vendors, size.controls)
        _say("build the comparison", lambda: build_comparison(folder / "data/parquet"))
        _say("read the queue", lambda: read_review_queue(folder / "data/parquet"))
        _pictures(folder)
        _screens(folder)
    return 0


def _make(folder: Path, vendors: int, controls: int) -> None:
    """Every vendor answers every control; nothing in the raw folder, so that no run writes it anew."""
    ids = [f"c{number:03}" for number in range(controls)]
    papers = []
    for vendor in range(vendors):
        answers = []
        for number, control_id in enumerate(ids):
            answer, mark, favourable = _STATES[(vendor * 7 + number * 3) % len(_STATES)]
            answers.append(
                Given(
                    control_id,
                    answer,
                    mark,
                    "備考" * 10,
                    favourable,
                    question=f"設問{number}について定めること。",
                )
            )
        papers.append(Paper(f"社{vendor:03}.xlsx", f"みほん{vendor:03}号商会", "棚", answers=tuple(answers)))
    domains = ("backup", "network", "incident", "access")
    dataset(folder, papers, [control(name, domains[n % 4]) for n, name in enumerate(ids)])


def _pictures(folder: Path) -> None:
    """The first picture of a workbook, and the next one of it, as the queue draws them."""
    path = write_workbook(folder / "raw/回答.xlsx", {"回答": sheet_rows(["○", "×"] * 100, "備考")})
    store = PictureStore(Settings(folder / "raw", folder / "set"))
    document_id = single_file(path).document_id
    try:
        for row in (3, 4, 150):
            location = next(c.location for c in _cells(path) if c.location.cells == f"D{row}")
            request = PlaceRequest(path.name, document_id, location)
            _say(f"picture of row {row}", lambda asked=request: store.draw(asked, "ja"))  # type: ignore[misc]
    finally:
        store.close()


def _cells(path: Path) -> list[object]:
    from extractors.read import read  # noqa: PLC0415

    return [cell for grid in read(path).grids for cell in grid.cells]


def _screens(folder: Path) -> None:
    with served(folder) as app, chromium.browser() as driver:
        driver.set_window_size(1280, 900)
        driver.get(app.door)
        wait_for(lambda: "/inbox" in driver.current_url)
        for attempt in ("first", "second"):
            _say(
                f"comparison, {attempt} time",
                lambda: (go(driver, app, "/compare"), element(driver, ".ag-row .state-met")),
            )
        _say("filter by words", lambda: _filtered(driver, "c00"))
        _say("filter by other words", lambda: _filtered(driver, "7"))
        _say("scroll to the end", lambda: _scroll(driver))
        _say("queue", lambda: (go(driver, app, "/queue"), element(driver, ".position, .paper")))


def _filtered(driver: webdriver.Chrome, words: str) -> None:
    before = element(driver, "main [role=status]").text
    element(driver, ".filters input").send_keys(words)
    wait_for(lambda: element(driver, "main [role=status]").text != before)


def _scroll(driver: webdriver.Chrome) -> None:
    driver.execute_script("document.querySelector('.ag-body-viewport').scrollTop = 1e6")
    driver.execute_script("document.querySelector('.ag-center-cols-viewport').scrollLeft = 1e6")
    wait_for(lambda: [e for e in driver.find_elements(By.CSS_SELECTOR, ".ag-header-cell") if "199" in e.text])


def _say(what: str, act: Callable[[], object]) -> None:
    begin = time.perf_counter()
    act()
    print(f"{what:28} {time.perf_counter() - begin:7.2f} s   (load {os.getloadavg()[0]:.1f})", flush=True)


if __name__ == "__main__":
    sys.exit(main())
