"""受領箱 in Chromium: files dropped in are read and listed, a vendor is put right in its line, who was asked is told."""

from __future__ import annotations

import datetime as dt
import html
from collections.abc import Iterator
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

pytest.importorskip("nicegui", reason="the app is not installed (make app)")

from pipeline.review.decision import DecisionKind
from tests.browser import chromium
from tests.browser.served_app import (
    ENTER,
    ServedApp,
    drop,
    element,
    go,
    press,
    served,
    settled,
    shows,
    wait_for,
    with_text,
)
from tests.browser.sheets import HOSTILE

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not chromium.present(), reason=chromium.MISSING),
    pytest.mark.filterwarnings("default"),  # the driver's sockets are not ours
]


@pytest.fixture(scope="module")
def dropped(
    driver: webdriver.Chrome, sheets: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServedApp]:
    """An app with nothing received, into which all files were dropped."""
    folder = tmp_path_factory.mktemp("empty")
    (folder / "data/raw").mkdir(parents=True)
    with served(folder) as running:
        driver.get(running.door)
        wait_for(lambda: "/inbox" in driver.current_url)
        drop(driver, running, sheets)
        yield running


def test_files_are_dropped_and_each_has_its_line(
    driver: webdriver.Chrome, dropped: ServedApp, sheets: list[Path]
) -> None:
    day = f"受領_{dt.date.today().isoformat()}"
    assert {path.name for path in (dropped.raw / day).iterdir()} == {path.name for path in sheets}
    assert all((dropped.raw / day / path.name).read_bytes() == path.read_bytes() for path in sheets)
    assert dropped.rows("SELECT count(*) FROM documents") == ((12,),)
    go(driver, dropped, "/inbox")
    with_text(driver, ".ag-cell", "it's")
    read = dict(dropped.rows("SELECT path, status::VARCHAR FROM documents"))
    shown = [html.unescape(str(row.get_attribute("row-id"))) for row in _lines(driver)]
    assert sorted(shown) == sorted(path for path, status in read.items() if status != "duplicate")
    assert driver.title == "受領箱 – checksheet"


def test_the_same_files_again_are_known(
    driver: webdriver.Chrome, dropped: ServedApp, sheets: list[Path]
) -> None:
    before = sorted(p for p in dropped.raw.rglob("*") if p.is_file())
    go(driver, dropped, "/inbox")
    element(driver, "#drop-files").send_keys("\n".join(map(str, sheets[:2])))
    with_text(driver, ".q-notification", "2")
    settled(driver)
    assert sorted(p for p in dropped.raw.rglob("*") if p.is_file()) == before


def test_a_vendor_is_mended_in_its_line(driver: webdriver.Chrome, dropped: ServedApp) -> None:
    go(driver, dropped, "/inbox")
    path = dropped.path(HOSTILE)
    line = wait_for(
        lambda: next(
            (r for r in _lines(driver) if html.unescape(str(r.get_attribute("row-id"))) == path), None
        )
    )
    vendor = line.find_element(By.CSS_SELECTOR, '.ag-cell[col-id="vendor"]')
    webdriver.ActionChains(driver).double_click(vendor).perform()
    press(driver, "みほん運輸", ENTER)
    wait_for(lambda: dropped.decided(DecisionKind.VENDOR) == [((path,), ("みほん運輸",))])
    settled(driver)
    assert [(line["path"], line["vendor"]) for line in dropped.lines("review/vendors.csv")] == [
        (path, "みほん運輸")
    ]
    quoted = path.replace("'", "''")
    assert dropped.rows(f"SELECT vendor, vendor_source::VARCHAR FROM documents WHERE path = '{quoted}'") == (
        ("みほん運輸", "reviewed"),
    )


def test_who_was_asked_is_told_and_the_list_is_edited_there(
    driver: webdriver.Chrome, dropped: ServedApp
) -> None:
    go(driver, dropped, "/inbox")
    with_text(driver, "button", "依頼先の一覧").click()
    field = element(driver, ".q-dialog textarea")
    field.send_keys("有限会社例文ラボ\nだれか商会,帳簿,,2026-06-30\n")
    with_text(driver, ".q-dialog button", "保存").click()
    wait_for((dropped.review / "expected.csv").is_file)
    assert [(line["vendor"], line["service"], line["due"]) for line in dropped.lines("review/expected.csv")] == [
        ("有限会社例文ラボ", "", ""), ("だれか商会", "帳簿", "2026-06-30"),
    ]  # fmt: skip
    with_text(driver, ".strong", "依頼 2 件中 1 件 受領")
    assert shows(driver, ".requests li") == ["だれか商会 (帳簿, 期限 2026-06-30): 未着"]


def test_a_list_that_cannot_be_read_is_told_and_kept(driver: webdriver.Chrome, dropped: ServedApp) -> None:
    dropped.review.mkdir(exist_ok=True)
    path = dropped.review / "expected.csv"
    if not path.exists():
        path.write_text("vendor,service,form,due\n有限会社例文ラボ,,,\n", encoding="utf-8")
    before = path.read_bytes()
    go(driver, dropped, "/inbox")
    with_text(driver, "button", "依頼先の一覧").click()
    element(driver, ".q-dialog textarea").send_keys("\nみほん社,,,いつか")
    with_text(driver, ".q-dialog button", "保存").click()
    with_text(driver, ".q-notification", "日付として読めません")
    assert path.read_bytes() == before


def _lines(driver: webdriver.Chrome) -> list[webdriver.remote.webelement.WebElement]:
    return driver.find_elements(By.CSS_SELECTOR, ".ag-center-cols-container .ag-row")
