"""A page on disk in, what Chromium makes of it out: pictures, sizes, console, requests.

The sandbox is off only where the tests run as root, which Chromium refuses otherwise; the pages are our own.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.common.exceptions import ElementClickInterceptedException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.remote.webelement import WebElement

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
MISSING = "chromium and chromedriver are not installed (Debian: apt-get install chromium chromium-driver)"
_MOVING = 20.0  # seconds until what slides over a button on a busy machine has come to rest


class PatientElement(WebElement):
    """An element that is clicked once what moves over it, a dialog that opens or a message that goes, has come to rest."""

    def click(self) -> None:
        """Click, as a person would who sees the button covered and waits. Raises what Selenium raises after 20 s."""
        end = time.monotonic() + _MOVING
        while True:
            try:
                return super().click()
            except ElementClickInterceptedException:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)


class _Chromium(webdriver.Chrome):
    _web_element_cls = PatientElement


def present() -> bool:
    """Whether both the browser and its driver are installed."""
    return CHROMIUM is not None and DRIVER is not None


@contextmanager
def browser(javascript: bool = True) -> Iterator[webdriver.Chrome]:
    """A browser that logs its console and its requests."""
    options = Options()
    options.binary_location = CHROMIUM or ""
    for word in ("--headless=new", "--disable-gpu", "--hide-scrollbars", "--disable-dev-shm-usage"):
        options.add_argument(word)
    if os.geteuid() == 0:
        options.add_argument("--no-sandbox")
    if not javascript:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = _Chromium(options, Service(DRIVER))
    try:
        yield driver
    finally:
        driver.quit()


def open_at(driver: webdriver.Chrome, page: Path, width: int, height: int = 900) -> None:
    """Open a page in a viewport of that many CSS pixels; narrow ones as on a telephone."""
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    driver.get(page.resolve().as_uri())


def overflow(driver: webdriver.Chrome) -> int:
    """How many pixels the page is wider than its viewport."""
    script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    return int(driver.execute_script(script))


def console(driver: webdriver.Chrome) -> list[str]:
    """Everything that the console holds: errors, and what the policy refused."""
    return [entry["message"] for entry in driver.get_log("browser")]


def requests(driver: webdriver.Chrome) -> list[str]:
    """Addresses that the page asked for since the log was read last."""
    found = []
    for entry in driver.get_log("performance"):
        message: dict[str, Any] = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            found.append(str(message["params"]["request"]["url"]))
    return found


def picture(driver: webdriver.Chrome, path: Path, height: int | None = None) -> None:
    """The page as PNG, from its top to `height` in CSS pixels; all of it where none is given."""
    size = driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
    clip = {"x": 0, "y": 0, "width": size["width"], "height": height or size["height"], "scale": 1}
    told = {"format": "png", "captureBeyondViewport": True, "clip": clip}
    path.write_bytes(base64.b64decode(driver.execute_cdp_cmd("Page.captureScreenshot", told)["data"]))
