"""The app as a user starts it, in a process and folder of its own, and a browser at it."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from pipeline.query.query import query
from pipeline.review.decision import DecisionKind
from pipeline.review.store import read_decisions
from tests.conftest import ROOT

_ADDRESS = re.compile(r"(http://127\.0\.0\.1:\d+)/\?token=(\S+)")
PATIENCE = 150.0  # seconds: other tests may run beside


@dataclass(frozen=True)
class ServedApp:
    """A running app: its address without the token, the token, the folder it works in."""

    base: str
    token: str
    folder: Path
    process: subprocess.Popen[str]

    @property
    def raw(self) -> Path:
        """The folder of received sheets."""
        return self.folder / "data/raw"

    @property
    def review(self) -> Path:
        """The folder of decisions."""
        return self.folder / "data/review"

    def decided(self, kind: DecisionKind) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Key and value of each decision of a kind that is in force."""
        return [(entry.key, entry.value) for entry in read_decisions(self.review).of(kind)]

    def lines(self, file: str) -> list[dict[str, str]]:
        """The lines of a file in data/review, or in data, as a spreadsheet would read them."""
        with (self.folder / "data" / file).open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))

    def rows(self, sql: str) -> tuple[tuple[Any, ...], ...]:
        """What the dataset answers."""
        return tuple(query(self.folder / "data/parquet", sql).rows)

    def path(self, name: str) -> str:
        """The path in the raw folder of the file with a name."""
        [path] = [p for p in self.raw.rglob("*") if p.name == name]
        return path.relative_to(self.raw).as_posix()

    @property
    def door(self) -> str:
        """The address that was printed."""
        return f"{self.base}/?token={self.token}"


@contextmanager
def served(folder: Path, *options: str) -> Iterator[ServedApp]:
    """Start `checksheet app` in `folder`; it is ended with the block."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "pipeline", "app", "--no-open", "--port", "0", *options]
    log = (folder / "app.log").open("w+", encoding="utf-8")
    with (
        log,
        subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log, text=True) as process,
    ):
        try:
            found = wait_for(lambda: _ADDRESS.search((folder / "app.log").read_text(encoding="utf-8")))
            yield ServedApp(found.group(1), found.group(2), folder, process)
        finally:
            process.terminate()
            process.wait(timeout=30)


def wait_for(look: Callable[[], Any]) -> Any:
    """What `look` gives as soon as it is true."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if result := look():
                return result
        except (StaleElementReferenceException, OSError):
            pass
        time.sleep(0.1)
    raise AssertionError("waited in vain")


def go(driver: webdriver.Chrome, app: ServedApp, path: str) -> None:
    """Open a screen and wait until it is connected."""
    driver.get(app.base + path)
    wait_for(lambda: driver.find_elements(By.CSS_SELECTOR, "main.screen"))


def element(driver: webdriver.Chrome, selector: str) -> WebElement:
    """The first element of a selector, as soon as there is one."""
    found: WebElement = wait_for(lambda: next(iter(driver.find_elements(By.CSS_SELECTOR, selector)), None))
    return found


def with_text(driver: webdriver.Chrome, selector: str, text: str) -> WebElement:
    """The first element of a selector that shows a text, as soon as there is one."""
    found: WebElement = wait_for(
        lambda: next((e for e in driver.find_elements(By.CSS_SELECTOR, selector) if text in e.text), None)
    )
    return found


def press(driver: webdriver.Chrome, *pressed: str) -> None:
    """Press keys as they come, with the focus where it is."""
    webdriver.ActionChains(driver).send_keys(*pressed).perform()


def settled(driver: webdriver.Chrome) -> None:
    """Wait until no run goes on any more."""

    def is_quiet() -> bool:
        try:
            text = driver.find_element(By.CSS_SELECTOR, ".status").text
        except WebDriverException:
            return False
        return not text

    time.sleep(1.0)
    wait_for(is_quiet)


def drop(driver: webdriver.Chrome, app: ServedApp, files: Sequence[Path]) -> None:
    """Hand files over on the inbox, and wait until they lie in the raw folder and were read."""
    go(driver, app, "/inbox")
    there = len(list((app.raw).rglob("*.*")))
    element(driver, "#drop-files").send_keys("\n".join(map(str, files)))
    wait_for(lambda: len(list((app.raw).rglob("*.*"))) >= there + len(files))
    settled(driver)


def shows(driver: webdriver.Chrome, selector: str) -> list[str]:
    """The texts of all elements of a selector, as soon as one has any."""
    found: list[str] = wait_for(
        lambda: [e.text for e in driver.find_elements(By.CSS_SELECTOR, selector) if e.text]
    )
    return found


ENTER = Keys.ENTER
