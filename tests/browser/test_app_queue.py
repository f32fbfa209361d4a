"""要確認 in Chromium: answers decided by keyboard only, undone, decided by two people at once, and as in an older sheet."""

from __future__ import annotations

import threading

import pytest
from selenium import webdriver

pytest.importorskip("nicegui", reason="the app is not installed (make app)")

from pipeline.review.decision import DecisionKind
from pipeline.review.kinds import new_decision
from pipeline.review.store import read_decisions, record_decision
from tests.browser import chromium
from tests.browser.served_app import ENTER, ServedApp, element, go, press, settled, shows, wait_for, with_text

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not chromium.present(), reason=chromium.MISSING),
    pytest.mark.filterwarnings("default"),  # the driver's sockets are not ours
]


def test_twenty_answers_are_decided_by_keyboard_only(driver: webdriver.Chrome, received: ServedApp) -> None:
    go(driver, received, "/queue")
    element(driver, ".page-frame .here")
    for number in range(20):
        wait_for(lambda n=number: f"決定済み {n}）" in element(driver, ".position").text)
        press(driver, "2" if number % 2 else ENTER)
    wait_for(lambda: "決定済み 20）" in element(driver, ".position").text)
    decided = received.decided(DecisionKind.ANSWER)
    assert len(decided) == 20
    assert sum(value[0] == "no" for _, value in decided) >= 10
    last = decided[-1]
    press(driver, "u")
    wait_for(lambda: len(received.decided(DecisionKind.ANSWER)) == 19)
    assert last not in received.decided(DecisionKind.ANSWER)
    press(driver, "3")
    wait_for(lambda: len(received.decided(DecisionKind.ANSWER)) == 20)
    assert received.decided(DecisionKind.ANSWER)[-1] == (last[0], ("partial", *last[1][1:]))
    settled(driver)
    rows = received.rows("SELECT answer::VARCHAR FROM answers WHERE decided AND answer_rule = 'reviewed'")
    assert sorted(answer for (answer,) in rows) == sorted(
        value[0] for _, value in received.decided(DecisionKind.ANSWER)
    )


def test_a_figure_and_a_date_are_typed_by_keys(driver: webdriver.Chrome, received: ServedApp) -> None:
    go(driver, received, "/queue")
    wait_for(lambda: "決定済み" in element(driver, ".position").text)
    before = len(received.decided(DecisionKind.ANSWER))
    press(driver, "f")
    wait_for(lambda: driver.switch_to.active_element.get_attribute("placeholder") == "99.9%以上")
    driver.switch_to.active_element.clear()
    press(driver, "30日以内", ENTER)
    wait_for(lambda: len(received.decided(DecisionKind.ANSWER)) == before + 1)
    assert received.decided(DecisionKind.ANSWER)[-1][1][1] == "30日以内"


def test_two_people_who_decide_the_same_cell_lose_nothing_and_are_told(
    driver: webdriver.Chrome, received: ServedApp
) -> None:
    go(driver, received, "/queue")
    wait_for(lambda: "決定済み" in element(driver, ".position").text)
    before = read_decisions(received.review)
    # The other person decides the cell that is shown: the key is that of the decision to come, found by deciding and undoing.
    press(driver, "1")
    wait_for(lambda: len(read_decisions(received.review).lines) == len(before.lines) + 1)
    mine = read_decisions(received.review).lines[-1]
    press(driver, "u")
    wait_for(lambda: len(read_decisions(received.review).lines) == len(before.lines) + 2)
    cells = dict(zip(("sha256", "item_id", "sub_item", "respondent"), mine.key, strict=True))
    cells |= dict(zip(("path", "place", "question"), mine.about, strict=True))
    other = new_decision(DecisionKind.ANSWER, cells | {"answer": "partial"}, "鈴木")
    thread = threading.Thread(target=record_decision, args=(received.review, other))
    thread.start()
    thread.join()
    press(driver, "2")
    with_text(driver, ".q-notification", "鈴木")
    said = [line for line in read_decisions(received.review).lines if line.key == mine.key]
    assert [(line.value[0], line.who == "鈴木") for line in said] == [
        ("yes", False), ("yes", False), ("partial", True), ("no", False),
    ]  # fmt: skip
    assert dict(received.decided(DecisionKind.ANSWER))[mine.key][0] == "no"


def test_what_was_decided_of_an_older_sheet_is_offered(driver: webdriver.Chrome, received: ServedApp) -> None:
    [(path, row, answer)] = received.rows(
        'SELECT path, "row", answer::VARCHAR FROM latest WHERE path LIKE \'%みほん灯台%\' ORDER BY "row" LIMIT 1'
    )
    go(driver, received, f"/queue?item={path}:{row}")
    with_text(driver, ".printed", "○")
    before = len(received.decided(DecisionKind.ANSWER))
    press(driver, "2")
    wait_for(lambda: len(received.decided(DecisionKind.ANSWER)) == before + 1)
    settled(driver)
    file = received.raw / path
    from tests.browser.sheets import legend_form  # noqa: PLC0415

    legend_form(file, "○×××○×○×")
    go(driver, received, "/runs")
    with_text(driver, "button", "今すぐ読む").click()
    settled(driver)
    told = received.rows("SELECT message FROM problems WHERE code = 'decided_before'")
    assert [message for (message,) in told if f"checksheet decide answer {path}:{row} no" in message]
    assert answer == "yes"
    go(driver, received, f"/queue?item={path}:{row}")
    with_text(driver, ".why", "以前のシートでは別の決定")
    before = len(received.decided(DecisionKind.ANSWER)) - 1
    press(driver, "p")
    wait_for(lambda: len(received.decided(DecisionKind.ANSWER)) == before + 2)
    assert received.decided(DecisionKind.ANSWER)[-1][1][0] == "no"
    settled(driver)
    assert received.rows(
        f"SELECT answer::VARCHAR, decided FROM latest WHERE path = '{path}' AND \"row\" = {row}"
    ) == (("no", True),)
    assert "決定済み" in shows(driver, ".position")[0]
