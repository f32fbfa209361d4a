"""Who may not, and what breaks, in Chromium: no token, readers only, a program killed while somebody decides."""

from __future__ import annotations

import shutil
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

pytest.importorskip("nicegui", reason="the app is not installed (make app)")

from pipeline.review.store import read_decisions
from tests.browser import chromium
from tests.browser.served_app import ENTER, ServedApp, element, go, press, served, settled, wait_for
from tests.browser.test_app_compare import get

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not chromium.present(), reason=chromium.MISSING),
    pytest.mark.filterwarnings("default"),  # the driver's sockets are not ours
]
ADDRESSES = (
    "/", "/inbox", "/queue", "/queue/form/0123", "/queue/legend/0123", "/compare", "/ask", "/yearly", "/judge", "/search?q=x",
    "/runs", "/look.css", "/drop.js", "/states.css", "/pictures/" + "0" * 32 + ".png", "/download/backup.zip",
    "/download/comparison.xlsx", "/_nicegui/static/nicegui.js", "/_nicegui_ws/socket.io/?EIO=4&transport=polling", "/none",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("token", ["", "wrong"])
def test_without_the_token_nothing_is_handed_out(received: ServedApp, address: str, token: str) -> None:
    joint = "&" if "?" in address else "?"
    request = urllib.request.Request(received.base + address + (f"{joint}token={token}" if token else ""))
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=60)
    assert refused.value.code == 401
    assert len(refused.value.read()) < 400


@pytest.mark.parametrize("address", ["/upload", "/inbox"])
def test_without_the_token_nothing_is_taken_in(received: ServedApp, address: str) -> None:
    before = sorted(p for p in received.raw.rglob("*"))
    request = urllib.request.Request(received.base + address, data=b"x" * 1000, method="POST")
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=60)
    assert refused.value.code == 401
    assert sorted(p for p in received.raw.rglob("*")) == before


def test_who_only_reads_changes_nothing(
    driver: webdriver.Chrome, received: ServedApp, tmp_path: Path
) -> None:
    shutil.copytree(received.folder / "data", tmp_path / "data")
    with served(tmp_path, "--read-only") as reading:
        driver.get(reading.door)
        wait_for(lambda: "/inbox" in driver.current_url)
        settled(driver)
        assert driver.find_elements(By.CSS_SELECTOR, "#drop-files") == []
        go(driver, reading, "/queue")
        element(driver, ".position")
        before = {p.name: p.read_bytes() for p in (tmp_path / "data/review").glob("*.csv")}
        press(driver, "2", ENTER, "u")
        go(driver, reading, "/runs")
        assert {p.name: p.read_bytes() for p in (tmp_path / "data/review").glob("*.csv")} == before
        assert get(driver, reading, "/download/backup.zip")[0] == 403


def test_the_app_killed_loses_no_decision(
    driver: webdriver.Chrome, received: ServedApp, tmp_path: Path
) -> None:
    shutil.copytree(received.folder / "data", tmp_path / "data")
    review = tmp_path / "data/review"
    known = len(read_decisions(review).lines)
    with served(tmp_path) as doomed:
        driver.get(doomed.door)
        go(driver, doomed, "/queue")
        element(driver, ".position")
        press(driver, "2")
        wait_for(lambda: len(read_decisions(review).lines) > known)
        kept = read_decisions(review).lines
        press(driver, "2")
        doomed.process.kill()
    reviewed = read_decisions(review)
    assert reviewed.faults == ()
    assert reviewed.lines[: len(kept)] == kept
    with served(tmp_path) as risen:  # what was decided shows when it is started again
        driver.get(risen.door)
        settled(driver)
        assert risen.rows("SELECT count(*) FROM answers WHERE decided") == ((len(reviewed.in_force),),)
