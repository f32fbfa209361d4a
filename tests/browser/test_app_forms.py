"""Forms in Chromium: columns confirmed once count for all sheets, an alike form is offered them, a legend is decided."""

from __future__ import annotations

import pytest
from selenium import webdriver

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
    settled,
    shows,
    wait_for,
    with_text,
)
from tests.browser.sheets import LEGEND, unknown_form

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not chromium.present(), reason=chromium.MISSING),
    pytest.mark.filterwarnings("default"),  # the driver's sockets are not ours
]
WAITING = "SELECT count(*) FROM documents WHERE status = 'to_confirm'"


def test_the_columns_of_a_form_count_for_all_its_sheets(
    driver: webdriver.Chrome, received: ServedApp
) -> None:
    before = received.rows(WAITING)[0][0]
    if not before:
        pytest.skip("the readers are sure of the made-up form")
    go(driver, received, "/queue")
    with_text(driver, ".notice a", "列").click()
    element(driver, ".page-frame img")
    wait_for(lambda: len(driver.find_elements("css selector", ".page-frame .role-answer")) == 1)
    with_text(driver, ".preview .ag-cell", "倉の鍵")
    press(driver, ENTER)
    wait_for(lambda: len(received.decided(DecisionKind.LAYOUT)) == 1)
    settled(driver)
    assert received.rows(WAITING) == ((0,),)
    [line] = received.lines("review/layouts.csv")
    assert line["roles"].split("|")[:2] == ["requirement", "answer"]
    read = "SELECT count(DISTINCT path) FROM latest WHERE requirement LIKE '倉の鍵を毎朝%' AND path LIKE '%号_照会%'"
    assert received.rows(read) == ((before,),)


def test_a_form_much_like_it_is_offered_the_decision_and_follows_none_by_itself(
    driver: webdriver.Chrome, received: ServedApp, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if not received.decided(DecisionKind.LAYOUT):
        pytest.skip("no form was decided")
    folder = tmp_path_factory.mktemp("edition")
    edition = unknown_form(
        folder / "株式会社みほん九号_照会.xlsx", 0, ("ことがら", "ようす（本年）", "おぼえ")
    )
    drop(driver, received, [edition])
    assert len(received.decided(DecisionKind.LAYOUT)) == 1
    if received.rows(WAITING) == ((0,),):
        pytest.skip("the readers are sure of the edition")
    go(driver, received, "/queue")
    with_text(driver, ".notice", "よく似た様式")
    with_text(driver, ".notice a", "列").click()
    with_text(driver, ".notice", "自動では適用していません")
    with_text(driver, "button", "似た様式の決定どおり").click()
    assert len(received.decided(DecisionKind.LAYOUT)) == 1  # taken over into the choice, not yet confirmed
    with_text(driver, "button", "この列で確定").click()
    wait_for(lambda: len(received.decided(DecisionKind.LAYOUT)) == 2)
    (_, first), (_, second) = received.decided(DecisionKind.LAYOUT)
    assert first == second
    settled(driver)
    assert received.rows(WAITING) == ((0,),)


def test_a_legend_is_decided_by_a_key_for_all_its_answers(
    driver: webdriver.Chrome, received: ServedApp
) -> None:
    path = received.path(LEGEND)
    unclear = f"SELECT count(*) FROM latest WHERE path = '{path}' AND answer = 'unclear'"
    assert received.rows(unclear) == ((4,),)
    go(driver, received, "/queue")
    with_text(driver, ".notice a", "凡例").click()  # the form with most unclear answers comes first
    wait_for(lambda: "/queue/legend/" in driver.current_url)
    element(driver, ".page-frame .here")
    row = shows(driver, ".marks tbody tr.chosen")[0]
    assert "※" in row
    assert "北棟の係に委ねる" in row
    assert "4 / 4" in row
    press(driver, "6")
    wait_for(lambda: len(received.decided(DecisionKind.LEGEND)) == 1)
    [((form_key, mark, meaning), value)] = received.decided(DecisionKind.LEGEND)
    assert (mark, meaning, value) == ("※", "", ("not_applicable",))
    assert form_key in driver.current_url
    press(driver, "u")
    wait_for(lambda: received.decided(DecisionKind.LEGEND) == [])
    wait_for(lambda: "※" in shows(driver, ".marks tbody tr.chosen")[0])
    press(driver, "5")
    wait_for(lambda: [value for _, value in received.decided(DecisionKind.LEGEND)] == [("planned",)])
    settled(driver)
    assert received.rows(unclear) == ((0,),)
    planned = f"SELECT count(*) FROM latest WHERE path = '{path}' AND answer = 'planned' AND answer_raw = '※'"
    assert received.rows(planned) == ((4,),)
    assert [line["mark"] for line in received.lines("review/legends.csv")] == ["※", "※", "※"]
