"""比較, 検索, 年次更新 and what is exported, in Chromium: what the screen shows is what the dataset holds."""

from __future__ import annotations

import io
import urllib.error
import urllib.request

import openpyxl
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

pytest.importorskip("nicegui", reason="the app is not installed (make app)")

from tests.browser import chromium
from tests.browser.served_app import ServedApp, element, go, press, shows, wait_for, with_text

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not chromium.present(), reason=chromium.MISSING),
    pytest.mark.filterwarnings("default"),  # the driver's sockets are not ours
]


def test_the_comparison_filters_and_opens(driver: webdriver.Chrome, received: ServedApp) -> None:
    go(driver, received, "/compare")
    count = wait_for(lambda: int(element(driver, "main [role=status]").text.split()[0]))
    asked = "SELECT count(DISTINCT control_id) FROM matrix"
    assert count == received.rows(asked)[0][0]
    press(driver, "g")
    wait_for(lambda: f"{count} 項目中 {count} 項目" not in element(driver, "main [role=status]").text)
    assert "gaps=1" in driver.current_url
    with_text(driver, ".ag-center-cols-container .ag-cell", "満たさない").click()
    wait_for(lambda: "control=" in driver.current_url)
    driver.get(driver.current_url)  # the address opens the same cell again
    wait_for(lambda: driver.find_elements(By.CSS_SELECTOR, ".side .answer"))
    assert any("満たさない" in text for text in shows(driver, ".side .mark"))
    with_text(driver, ".side button", "画像で見る").click()
    element(driver, ".side .page-frame .here")


def test_a_search_finds_what_stands_in_the_tables(driver: webdriver.Chrome, received: ServedApp) -> None:
    go(driver, received, "/search?q=鍵")
    with_text(driver, ".ag-cell", "鍵")
    shown = {row.get_attribute("row-id") for row in driver.find_elements(By.CSS_SELECTOR, ".ag-row")}
    assert (
        0
        < len(shown)
        <= received.rows("SELECT count(*) FROM latest WHERE requirement LIKE '%鍵%'")[0][0] + len(shown) // 2
    )
    status, data = get(driver, received, "/download/result.csv?q=%E9%8D%B5")
    assert status == 200
    text = data.decode("utf-8-sig")
    assert all("鍵" in line for line in text.splitlines()[1:3])


def test_back_leads_to_the_screen_before(driver: webdriver.Chrome, received: ServedApp) -> None:
    go(driver, received, "/search?q=鍵")
    first = shows(driver, ".ag-cell")
    with_text(driver, ".way", "判定").click()
    wait_for(lambda: "/judge" in driver.current_url)
    driver.back()
    wait_for(lambda: "/search?q=" in driver.current_url)
    with_text(driver, ".ag-cell", "鍵")
    assert shows(driver, ".ag-cell")[:3] == first[:3]
    assert driver.title == "検索 – checksheet"


def test_what_has_not_come_again_is_named(driver: webdriver.Chrome, received: ServedApp) -> None:
    go(driver, received, "/yearly?since=2099-01-01")
    dated = "SELECT count(*) FROM (SELECT DISTINCT path FROM latest WHERE received_at < DATE '2099-01-01')"
    count = received.rows(dated)[0][0]
    wait_for(lambda: len(driver.find_elements(By.CSS_SELECTOR, ".entry")) >= count)
    assert count > 0
    assert all(shows(driver, ".entry"))


def get(driver: webdriver.Chrome, app: ServedApp, path: str, cookie: bool = True) -> tuple[int, bytes]:
    """Status and body of a request with the browser's session, or without."""
    request = urllib.request.Request(app.base + path)
    if cookie:
        request.add_header("Cookie", "; ".join(f"{c['name']}={c['value']}" for c in driver.get_cookies()))
    try:
        with urllib.request.urlopen(request, timeout=120) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


@pytest.mark.parametrize(
    ("path", "begins"),
    [
        ("/download/comparison.xlsx", b"PK"), ("/download/verdicts.xlsx", b"PK"), ("/download/verdicts.html", b"<!"),
        ("/download/result.csv?q=%E9%8D%B5", b"\xef\xbb\xbf"), ("/download/result.xlsx?q=%E9%8D%B5", b"PK"),
        ("/download/backup.zip", b"PK"), ("/download/summary.html", b"<!"),
    ],
)  # fmt: skip
def test_what_is_exported_is_there_for_who_is_in(
    driver: webdriver.Chrome, received: ServedApp, path: str, begins: bytes
) -> None:
    go(driver, received, "/compare")
    status, data = get(driver, received, path)
    assert (status, data[: len(begins)]) == (200, begins)
    assert get(driver, received, path, cookie=False)[0] == 401


def test_the_workbook_names_every_vendor_of_the_dataset(
    driver: webdriver.Chrome, received: ServedApp
) -> None:
    go(driver, received, "/compare")
    _, data = get(driver, received, "/download/comparison.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    texts = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell}
    vendors = {vendor for (vendor,) in received.rows("SELECT DISTINCT vendor FROM latest")}
    assert [vendor for vendor in vendors if not any(vendor in text for text in texts)] == []
