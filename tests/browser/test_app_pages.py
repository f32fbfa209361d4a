"""Every screen in Chromium: hostile texts stay texts, nothing is fetched, it fits, axe finds nothing serious, the focus shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

pytest.importorskip("nicegui", reason="the app is not installed (make app)")

from tests.browser import chromium
from tests.browser.served_app import ServedApp, element, go, press, wait_for, with_text
from tests.browser.sheets import HOSTILE
from tests.conftest import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not chromium.present(), reason=chromium.MISSING),
    pytest.mark.filterwarnings("default"),  # the driver's sockets are not ours
]
CONTRAST = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")
AXE = ROOT / "node_modules/axe-core/axe.min.js"
NO_AXE = "axe-core is not installed (make axe, which needs npm)"
SCREENS = ("/inbox", "/queue", "/compare", "/ask", "/yearly", "/judge", "/search?q=鍵", "/runs")
THERE = ".ag-row, .position, td, .ag-overlay, .upload, .marks"
_RUN_AXE = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ['violations']}).then(
  result => done(result.violations.filter(v => ['serious', 'critical'].includes(v.impact)).map(
    v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ') + ' ' + n.failureSummary).join(' | '))),
  error => done(['axe: ' + error]));
"""
_OUTLINE = """
const s = getComputedStyle(document.activeElement);
const ring = parseFloat(s.outlineWidth) > 0 && s.outlineStyle !== 'none';
const helper = document.activeElement.querySelector('.q-focus-helper');
const field = document.activeElement.closest('.q-field, .q-checkbox, .q-toggle, .ag-root, .q-uploader');
return ring || s.boxShadow !== 'none' || (helper && getComputedStyle(helper).opacity > 0) || field !== null;
"""


def _places(driver: webdriver.Chrome, app: ServedApp) -> list[str]:
    """The screens, and those that the queue leads to."""
    go(driver, app, "/queue")
    links = driver.find_elements(By.CSS_SELECTOR, ".notice a")
    return [*SCREENS, *{str(link.get_attribute("href")).removeprefix(app.base) for link in links}]


def test_hostile_texts_stay_texts(driver: webdriver.Chrome, received: ServedApp) -> None:
    path = received.path(HOSTILE)
    quoted = path.replace("'", "''")
    [(document, row)] = received.rows(
        f'SELECT document_id, "row" FROM latest WHERE path = \'{quoted}\' ORDER BY "row" LIMIT 1'
    )
    for place in (
        "/inbox", f"/queue?item={document}:{row}", "/compare?q=荷", "/search?q=script", "/ask", "/judge", "/runs",
    ):  # fmt: skip
        go(driver, received, place)
        element(driver, THERE)
        assert "checksheet" in driver.title
        assert driver.find_elements(By.CSS_SELECTOR, "img[src=x]") == []
    go(driver, received, "/search?q=script")
    with_text(driver, ".ag-cell", "<script>document.title=")


def test_an_answer_of_a_megabyte_is_shown_in_part_and_on_request_whole(
    driver: webdriver.Chrome, received: ServedApp
) -> None:
    [(document, row, length)] = received.rows(
        'SELECT document_id, "row", length(answer_raw || remarks) FROM latest ORDER BY 3 DESC LIMIT 1'
    )
    assert length > 30_000
    go(driver, received, f"/queue?item={document}:{row}")
    button = with_text(driver, ".facts button", "全文")
    shown = max(len(e.text) for e in driver.find_elements(By.CSS_SELECTOR, ".facts .pre"))
    assert shown <= 3_100
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'}); arguments[0].click()", button)
    wait_for(lambda: max(len(e.text) for e in driver.find_elements(By.CSS_SELECTOR, ".facts .pre")) > 30_000)


def test_nothing_is_fetched_from_elsewhere(driver: webdriver.Chrome, received: ServedApp) -> None:
    chromium.requests(driver)
    for place in _places(driver, received):
        go(driver, received, place)
    addresses = [a for a in chromium.requests(driver) if not a.startswith(("data:", "blob:"))]
    assert len(addresses) > 20
    assert [address for address in addresses if not address.startswith(received.base)] == []
    assert [line for line in chromium.console(driver) if "Content Security Policy" in line] == []


@pytest.mark.parametrize("width", [1280, 390])
def test_every_screen_fits_and_has_contrast(
    driver: webdriver.Chrome, received: ServedApp, width: int
) -> None:
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    try:
        for place in _places(driver, received):
            go(driver, received, place)
            element(driver, THERE)
            assert chromium.overflow(driver) == 0, place
            low = driver.execute_script(CONTRAST)
            assert [entry for entry in low if "ag-" not in entry and "material" not in entry] == [], place
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


@pytest.mark.skipif(not AXE.is_file(), reason=NO_AXE)
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_serious(driver: webdriver.Chrome, received: ServedApp, width: int) -> None:
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    violations = []
    try:
        for place in _places(driver, received):
            go(driver, received, place)
            element(driver, THERE)
            driver.execute_script(AXE.read_text(encoding="utf-8"))
            violations += [f"{place}: {entry}" for entry in driver.execute_async_script(_RUN_AXE)]
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert violations == []


@pytest.mark.parametrize("screen", SCREENS)
def test_the_keyboard_reaches_the_screen_and_the_focus_shows(
    driver: webdriver.Chrome, received: ServedApp, screen: str
) -> None:
    go(driver, received, screen)
    element(driver, THERE)
    reached, unseen = set(), set()
    for _ in range(24):
        press(driver, Keys.TAB)
        name = driver.execute_script(
            "const e = document.activeElement; return e.tagName + ' ' + (e.id || e.className || e.textContent.slice(0, 30))"
        )
        reached.add(str(name))
        if not str(name).startswith("BODY") and not driver.execute_script(_OUTLINE):
            unseen.add(str(name))
    assert unseen == set()
    assert len(reached) >= 10
