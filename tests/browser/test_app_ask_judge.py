"""照会 and 判定 in Chromium: a question goes out, its reply comes in, a service is judged, an exception accepted."""

from __future__ import annotations

import datetime as dt

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By

pytest.importorskip("nicegui", reason="the app is not installed (make app)")

from pipeline.review.decision import DecisionKind
from tests.browser import chromium
from tests.browser.served_app import ServedApp, element, go, press, settled, shows, wait_for, with_text

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not chromium.present(), reason=chromium.MISSING),
    pytest.mark.filterwarnings("default"),  # the driver's sockets are not ours
]


def test_a_reply_is_taken_in(driver: webdriver.Chrome, received: ServedApp) -> None:
    go(driver, received, "/ask")
    with_text(driver, "td a", "例文ラボ").click()
    question = element(driver, ".question")
    with_text(driver, "button", "送付済みにする").click()
    wait_for((received.folder / "data/inquiries.csv").is_file)
    sent = received.lines("inquiries.csv")
    assert sent
    assert {line["state"] for line in sent} == {"waiting"}
    assert {"例文ラボ" in line["vendor"] for line in sent} == {True}
    question = wait_for(lambda: with_text(driver, ".question", "回答待ち"))
    reply = question.find_elements(By.CSS_SELECTOR, "textarea")[1]
    reply.click()
    press(driver, "対応していません")
    wait_for(lambda: "いいえ" in element(driver, ".question").text)
    with_text(driver, ".question button", "返答として取り込む").click()
    [(_, value)] = wait_for(lambda: received.decided(DecisionKind.REPLY))
    assert (value[0], value[4]) == ("no", "対応していません")
    settled(driver)
    assert received.rows("SELECT answer::VARCHAR, replied_at FROM answers WHERE replied_at IS NOT NULL") == (
        ("no", dt.date.today()),
    )


def test_a_service_is_judged_and_an_exception_accepted(driver: webdriver.Chrome, received: ServedApp) -> None:
    go(driver, received, "/judge")
    with_text(driver, ".verdicts td", "利用不可")
    with_text(driver, ".answer button", "例外として").click()
    field = element(driver, ".q-dialog textarea")
    with_text(driver, ".q-dialog button", "例外として").click()
    with_text(driver, ".q-notification", "理由")
    assert received.decided(DecisionKind.EXCEPTION) == []  # none without a reason
    field.send_keys("年末に移す")
    with_text(driver, ".q-dialog button", "例外として").click()
    wait_for(lambda: len(received.decided(DecisionKind.EXCEPTION)) == 1)
    [line] = received.lines("review/exceptions.csv")
    assert line["why"] == "年末に移す"
    assert dt.date.fromisoformat(line["until"]) > dt.date.today()
    with_text(driver, ".quiet", "年末に移す")
    assert any(line["vendor"] in text for text in shows(driver, ".verdicts td"))
