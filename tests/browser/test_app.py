"""The app in Chromium, from dropped files to a reply: what the screens show, the files and the tables say the same."""

from __future__ import annotations

import csv
import datetime as dt
import html
import json
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

pytest.importorskip("nicegui", reason="the app is not installed (make app)")

from pipeline.query.query import query
from pipeline.review.decision import DecisionKind
from pipeline.review.store import read_decisions
from tests.browser import chromium
from tests.browser.served_app import (
    ENTER,
    ServedApp,
    element,
    go,
    press,
    served,
    settled,
    wait_for,
    with_text,
)
from tests.conftest import ROOT
from tests.pipeline.make import write_workbook

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not chromium.present(), reason=chromium.MISSING),
    pytest.mark.filterwarnings("default"),  # the driver's sockets are not ours
]
NASTY = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
QUESTIONS = (
    "倉の鍵を毎朝数えていますか", "荷札を二人で確認していますか", "窓を閉めて帰りますか", "箱に名を書いていますか",
    "帳面を毎週写していますか", "客の名を外に出しませんか", "古い帳面を処分していますか", "門番を夜も置いていますか",
)  # fmt: skip
HOSTILE = 'it\'s "quoted" <b>様.xlsx'
CONTRAST = Path(__file__).with_name("contrast.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def driver() -> Iterator[webdriver.Chrome]:
    """One browser for all tests."""
    with chromium.browser() as found:
        found.set_script_timeout(60)
        found.set_window_size(1400, 1000)
        yield found


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory, manifest: list[dict[str, Any]]) -> list[Path]:
    """Twelve files as vendors send them: samples, a form that no rule knows three times, hostile ones."""
    folder = tmp_path_factory.mktemp("sheets")
    files = []
    for entry in manifest:
        files.append(folder / Path(entry["file"]).name)
        shutil.copyfile(ROOT / "data" / "raw" / entry["file"], files[-1])
    for number in range(3):
        replies = ["済" if n % (number + 2) else "未" for n in range(len(QUESTIONS))]
        rows = [(q, reply, f"係{n}") for n, (q, reply) in enumerate(zip(QUESTIONS, replies, strict=True))]
        path = folder / f"株式会社みほん{'一二三'[number]}号_照会.xlsx"
        files.append(write_workbook(path, {"表": [("ことがら", "ようす", "おぼえ"), *rows]}))
    rows = [
        ("No.", "確認事項", "回答", "備考"),
        ("1", "荷を数えること。", "○※", NASTY),
        ("2", f"窓 {NASTY}", "△×", "大" * 32000),
    ]
    rows += [(str(n), question, "○", "") for n, question in enumerate(QUESTIONS, 3)]
    files.append(write_workbook(folder / HOSTILE, {"回答": rows}))
    files.append(folder / "memo.txt")
    files[-1].write_text("よろしくお願いします。", encoding="utf-8")
    assert len(files) == 12
    return files


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedApp]:
    """An app with nothing received yet."""
    folder = tmp_path_factory.mktemp("work")
    (folder / "data/raw").mkdir(parents=True)
    shutil.copyfile(ROOT / "data" / "policy.toml", folder / "data/policy.toml")
    with served(folder) as running:
        yield running


@pytest.fixture(scope="module")
def received(driver: webdriver.Chrome, app: ServedApp, sheets: list[Path]) -> ServedApp:
    """The app after all files were handed over and read."""
    driver.get(app.door)
    wait_for(lambda: "/inbox" in driver.current_url)
    element(driver, "#drop-files").send_keys("\n".join(map(str, sheets)))
    wait_for(lambda: len(list((app.folder / "data/raw").rglob("*.*"))) >= 12)
    settled(driver)
    return app


def _dataset(app: ServedApp) -> Path:
    return app.folder / "data/parquet"


def _path(app: ServedApp, name: str) -> str:
    [path] = [p for p in (app.folder / "data/raw").rglob("*") if p.name == name]
    return path.relative_to(app.folder / "data/raw").as_posix()


def _of(app: ServedApp, kind: DecisionKind) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(entry.key, entry.value) for entry in read_decisions(app.folder / "data/review").of(kind)]


def test_files_are_dropped_and_listed(driver: webdriver.Chrome, received: ServedApp) -> None:
    go(driver, received, "/inbox")
    day = f"受領_{dt.date.today().isoformat()}"
    assert _path(received, HOSTILE) == f"{day}/{HOSTILE}"
    with_text(driver, ".ag-cell", "it's")
    with_text(driver, ".ag-cell", "様式の確認待ち")
    assert driver.title == "受領箱 – checksheet"


def test_a_vendor_is_mended_in_its_line(driver: webdriver.Chrome, received: ServedApp) -> None:
    go(driver, received, "/inbox")
    path = _path(received, HOSTILE)
    line = wait_for(
        lambda: next((r for r in driver.find_elements(By.CSS_SELECTOR, ".ag-center-cols-container .ag-row")
                      if html.unescape(str(r.get_attribute("row-id"))) == path), None))  # fmt: skip
    vendor = line.find_element(By.CSS_SELECTOR, '.ag-cell[col-id="vendor"]')
    webdriver.ActionChains(driver).double_click(vendor).perform()
    press(driver, "みほん運輸", ENTER)
    wait_for(lambda: ((path,), ("みほん運輸",)) in _of(received, DecisionKind.VENDOR))
    settled(driver)
    rows = query(
        _dataset(received),
        f"SELECT vendor FROM documents WHERE path = '{path.replace(chr(39), chr(39) * 2)}'",
    ).rows
    assert rows == (("みほん運輸",),)
    with (received.folder / "data/review/vendors.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert [row["vendor"] for row in csv.DictReader(stream)] == ["みほん運輸"]


def test_the_columns_of_a_form_count_for_all_its_sheets(
    driver: webdriver.Chrome, received: ServedApp
) -> None:
    waiting = "SELECT count(*) FROM documents WHERE status = 'to_confirm'"
    before = query(_dataset(received), waiting).rows[0][0]
    if not before:
        pytest.skip("the readers are sure of the made-up form")
    go(driver, received, "/queue")
    with_text(driver, ".notice a", "列").click()
    element(driver, ".page-frame img")
    wait_for(lambda: len(driver.find_elements(By.CSS_SELECTOR, ".page-frame .role-answer")) == 1)
    with_text(driver, ".preview .ag-cell", "倉の鍵")
    press(driver, ENTER)
    wait_for(lambda: len(_of(received, DecisionKind.LAYOUT)) == 1)
    settled(driver)
    assert query(_dataset(received), waiting).rows[0][0] < before
    read = "SELECT count(DISTINCT path) FROM latest WHERE requirement LIKE '倉の鍵を毎朝%'"
    assert query(_dataset(received), read).rows[0][0] >= before


def test_twenty_answers_are_decided_by_keyboard_only(driver: webdriver.Chrome, received: ServedApp) -> None:
    go(driver, received, "/queue")
    element(driver, ".page-frame .here")
    for number in range(20):
        wait_for(lambda n=number: f"決定済み {n}）" in element(driver, ".position").text)
        press(driver, "2" if number % 2 else ENTER)
    wait_for(lambda: "決定済み 20）" in element(driver, ".position").text)
    decided = _of(received, DecisionKind.ANSWER)
    assert len(decided) == 20
    assert sum(value[0] == "no" for _, value in decided) >= 10
    press(driver, "u")
    wait_for(lambda: len(_of(received, DecisionKind.ANSWER)) == 19)
    press(driver, "2")
    wait_for(lambda: len(_of(received, DecisionKind.ANSWER)) == 20)
    settled(driver)
    rows = query(
        _dataset(received), "SELECT count(*) FROM answers WHERE decided AND answer_rule = 'reviewed'"
    ).rows
    assert rows == ((20,),)


def test_the_comparison_filters_and_opens(driver: webdriver.Chrome, received: ServedApp) -> None:
    go(driver, received, "/compare")
    count = wait_for(lambda: int(element(driver, "main [role=status]").text.split()[0]))
    press(driver, "g")
    wait_for(lambda: f"{count} 項目中 {count} 項目" not in element(driver, "main [role=status]").text)
    assert "gaps=1" in driver.current_url
    with_text(driver, ".ag-center-cols-container .ag-cell", "満たさない").click()
    with_text(driver, ".side h2", "")
    wait_for(lambda: "control=" in driver.current_url)
    address = driver.current_url
    driver.get(address)
    wait_for(lambda: driver.find_elements(By.CSS_SELECTOR, ".side .answer"))
    with_text(driver, ".side button", "画像で見る").click()
    element(driver, ".side .page-frame .here")


def test_hostile_texts_stay_texts(driver: webdriver.Chrome, received: ServedApp) -> None:
    for path in ("/inbox", "/queue", "/compare?q=荷", "/search?q=script", "/ask", "/judge", "/runs"):
        go(driver, received, path)
        element(driver, ".ag-row, .position, td, .upload")
        assert "checksheet" in driver.title
        assert driver.find_elements(By.CSS_SELECTOR, "img[src=x]") == []
    go(driver, received, "/search?q=script")
    with_text(driver, ".ag-cell", "<script>document.title=")


def test_nothing_is_fetched_from_elsewhere(driver: webdriver.Chrome, received: ServedApp) -> None:
    chromium.requests(driver)
    for path in ("/inbox", "/queue", "/compare", "/ask", "/yearly", "/judge", "/search", "/runs"):
        go(driver, received, path)
    addresses = [
        address for address in chromium.requests(driver) if not address.startswith(("data:", "blob:"))
    ]
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
        for path in ("/inbox", "/queue", "/compare", "/ask", "/yearly", "/judge", "/search?q=鍵", "/runs"):
            go(driver, received, path)
            element(driver, ".ag-row, .position, td, .ag-overlay, .upload")
            assert chromium.overflow(driver) == 0, path
            low = driver.execute_script(CONTRAST)
            assert [entry for entry in low if "ag-" not in entry and "material" not in entry] == [], path
    finally:
        driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_back_leads_to_the_screen_before(driver: webdriver.Chrome, received: ServedApp) -> None:
    go(driver, received, "/search?q=鍵")
    with_text(driver, ".way", "判定").click()
    wait_for(lambda: "/judge" in driver.current_url)
    driver.back()
    wait_for(lambda: "/search?q=" in driver.current_url)
    with_text(driver, ".ag-cell", "鍵")


def test_a_reply_is_taken_in(driver: webdriver.Chrome, received: ServedApp) -> None:
    go(driver, received, "/ask")
    with_text(driver, "td a", "例文ラボ").click()
    question = element(driver, ".question")
    with_text(driver, "button", "送付済みにする").click()
    wait_for((received.folder / "data/inquiries.csv").is_file)
    question = wait_for(lambda: with_text(driver, ".question", "回答待ち"))
    reply = question.find_elements(By.CSS_SELECTOR, "textarea")[1]
    reply.click()
    press(driver, "対応していません")
    wait_for(lambda: "いいえ" in element(driver, ".question").text)
    with_text(driver, ".question button", "返答として取り込む").click()
    [(_, value)] = wait_for(lambda: _of(received, DecisionKind.REPLY))
    assert value[0] == "no"
    assert value[4] == "対応していません"
    settled(driver)
    rows = query(
        _dataset(received), "SELECT answer, replied_at FROM answers WHERE replied_at IS NOT NULL"
    ).rows
    assert rows == (("no", dt.date.today()),)


def test_a_service_is_judged_and_an_exception_accepted(driver: webdriver.Chrome, received: ServedApp) -> None:
    go(driver, received, "/judge")
    with_text(driver, ".verdicts td", "利用不可")
    with_text(driver, ".answer button", "例外として").click()
    element(driver, ".q-dialog textarea").send_keys("年末に移す")
    with_text(driver, ".q-dialog button", "例外として").click()
    wait_for(lambda: len(_of(received, DecisionKind.EXCEPTION)) == 1)
    with_text(driver, ".quiet", "年末に移す")


def _get(driver: webdriver.Chrome, app: ServedApp, path: str, cookie: bool = True) -> tuple[int, bytes]:
    request = urllib.request.Request(app.base + path)
    if cookie:
        entries = "; ".join(f"{c['name']}={c['value']}" for c in driver.get_cookies())
        request.add_header("Cookie", entries)
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
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
    status, data = _get(driver, received, path)
    assert (status, data[: len(begins)]) == (200, begins)
    assert _get(driver, received, path, cookie=False)[0] == 401


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
        press(driver, "2", ENTER, "u")
        go(driver, reading, "/runs")
        before = json.dumps([str(entry) for entry in read_decisions(received.folder / "data/review").lines])
        assert json.dumps([str(entry) for entry in read_decisions(tmp_path / "data/review").lines]) == before
        status = _get(driver, reading, "/download/backup.zip")[0]
        assert status == 403


def test_the_app_killed_loses_no_decision(
    driver: webdriver.Chrome, received: ServedApp, tmp_path: Path
) -> None:
    shutil.copytree(received.folder / "data", tmp_path / "data")
    known = len(read_decisions(tmp_path / "data/review").lines)
    with served(tmp_path) as doomed:
        driver.get(doomed.door)
        go(driver, doomed, "/queue")
        element(driver, ".position")
        press(driver, "2")
        wait_for(lambda: len(read_decisions(tmp_path / "data/review").lines) > known)
        press(driver, "2")
        doomed.process.kill()
    reviewed = read_decisions(tmp_path / "data/review")
    assert reviewed.faults == ()
    assert len(reviewed.lines) > known
