"""The report in Chromium: no error, no request, no overflow, filters, keyboard, hostile text, print."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from pipeline.assess.comparison.build import build_comparison
from pipeline.outputs.html_report.write_report import write_report
from tests.browser import chromium
from tests.pipeline.assess.made import Given, Paper, control, dataset

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not chromium.present(), reason=chromium.MISSING),
    pytest.mark.filterwarnings("default"),  # the driver's sockets are not ours
]
DAY = dt.date(2026, 5, 1)
NASTY = (
    "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
    + "長" * 90
    + "x" * 200
)
CONTRAST = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def driver() -> Iterator[webdriver.Chrome]:
    """One browser for all tests."""
    with chromium.browser() as found:
        yield found


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A report of vendors with hostile and endless names, in both languages."""
    folder = tmp_path_factory.mktemp("pages")
    first = (
        Given("c1", "yes", "○", favourable=True),
        Given("c2", "unclear", NASTY, NASTY, question=NASTY, code="answer_unclear"),
        Given("c3", "no", "×", NASTY, favourable=False, level="mandatory"),
        Given("c4", "value", NASTY),
    )
    papers = [
        Paper("甲/a.xlsx", "かくう便", "荷札", DAY, answers=first),
        Paper(f"乙/{'長い名前' * 30}.xlsx", NASTY, NASTY, DAY, answers=first[1:]),
        *(Paper(f"丙/{n}.xlsx", f"みほん{n}号商会", "棚", DAY, answers=first[:3]) for n in range(12)),
        Paper("壊.pdf", status="failed", message=NASTY),
    ]
    controls = [
        control("c1"),
        control("c2", "incident", name=NASTY),
        control("c3", "network"),
        control("c4", "own", "value"),
    ]
    comparison = build_comparison(dataset(folder / "set", papers, controls))
    for language in ("en", "ja"):
        write_report(folder / f"{language}.html", comparison, language)
    return {language: folder / f"{language}.html" for language in ("en", "ja")}


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("width", [1280, 390])
def test_it_fits_asks_for_nothing_and_has_no_error(
    driver: webdriver.Chrome, pages: dict[str, Path], language: str, width: int
) -> None:
    chromium.requests(driver)
    chromium.open_at(driver, pages[language], width)
    assert chromium.overflow(driver) == 0
    assert chromium.console(driver) == []
    assert chromium.requests(driver) == [pages[language].resolve().as_uri()]


def test_hostile_text_stays_text(driver: webdriver.Chrome, pages: dict[str, Path]) -> None:
    chromium.open_at(driver, pages["en"], 1280)
    assert driver.title == "Cloud security check sheets: where the vendors stand"
    assert driver.find_elements(By.TAG_NAME, "img") == []
    assert len(driver.find_elements(By.TAG_NAME, "script")) == 1
    assert "<script>document.title='taken'</script>" in driver.find_element(By.ID, "gaps").text


def test_script_that_got_in_would_not_run(
    driver: webdriver.Chrome, pages: dict[str, Path], tmp_path: Path
) -> None:
    broken = tmp_path / "broken.html"
    page = pages["en"].read_text(encoding="utf-8")
    broken.write_text(
        page.replace("</main>", "<script>document.title='taken'</script></main>"), encoding="utf-8"
    )
    chromium.open_at(driver, broken, 1280)
    assert driver.title != "taken"
    assert any("Content Security Policy" in line for line in chromium.console(driver))


def test_every_text_has_contrast(driver: webdriver.Chrome, pages: dict[str, Path]) -> None:
    chromium.open_at(driver, pages["ja"], 1280)
    assert driver.execute_script(CONTRAST) == []


def test_lists_can_be_filtered(driver: webdriver.Chrome, pages: dict[str, Path]) -> None:
    chromium.open_at(driver, pages["en"], 1280)
    form = driver.find_element(By.CSS_SELECTOR, 'form[data-filter="gaps"]')
    rows = driver.find_elements(By.CSS_SELECTOR, 'table[data-list="gaps"] tbody tr')
    assert form.is_displayed()
    form.find_element(By.NAME, "text").send_keys("みほん3号")
    assert sum(row.is_displayed() for row in rows) == 2
    assert form.find_element(By.TAG_NAME, "output").text == f"2 of {len(rows)} shown"
    form.find_element(By.NAME, "text").clear()
    form.find_element(By.NAME, "text").send_keys("ﾐﾎﾝ")
    assert sum(row.is_displayed() for row in rows) == 0
    assert chromium.console(driver) == []


def test_the_keyboard_reaches_everything(driver: webdriver.Chrome, pages: dict[str, Path]) -> None:
    chromium.open_at(driver, pages["en"], 1280)
    body = driver.find_element(By.TAG_NAME, "body")
    body.send_keys(Keys.TAB)
    assert driver.switch_to.active_element.get_attribute("class") == "skip"
    seen = set()
    for _ in range(40):
        driver.switch_to.active_element.send_keys(Keys.TAB)
        seen.add(
            driver.switch_to.active_element.get_attribute("href") or driver.switch_to.active_element.tag_name
        )
    assert any(word.endswith("#heat") for word in seen)
    assert any("#d0-p" in word for word in seen)
    link = driver.find_element(By.CSS_SELECTOR, 'a[href^="#d0-p"]')
    target = str(link.get_dom_attribute("href"))
    link.send_keys(Keys.ENTER)
    assert driver.current_url.endswith(target)
    assert driver.find_element(By.CSS_SELECTOR, ":target").get_dom_attribute("id") == target[1:]


def test_it_is_whole_without_script(pages: dict[str, Path]) -> None:
    with chromium.browser(javascript=False) as plain:
        chromium.open_at(plain, pages["en"], 1280)
        rows = plain.find_elements(By.CSS_SELECTOR, 'table[data-list="gaps"] tbody tr')
        assert len(rows) == 28
        assert all(row.is_displayed() for row in rows)
        assert not plain.find_element(By.CSS_SELECTOR, "form").is_displayed()


def test_it_prints(driver: webdriver.Chrome, pages: dict[str, Path]) -> None:
    chromium.open_at(driver, pages["ja"], 1280)
    printed = driver.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True, "printBackground": False})
    with pymupdf.open(stream=base64.b64decode(printed["data"]), filetype="pdf") as book:
        assert book[0].rect.width > book[0].rect.height
        text = "".join(page.get_text() for page in book)
    assert "かくう便" in text
    assert "みほん11号商会" in text
    assert "絞り込み" not in text
