"""A vendor sends its sheet again: what a person had decided of the older one is told, offered, and never carried over."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.assemble.decided.decided_before import read_decided_before
from pipeline.assemble.rows import Row
from pipeline.query.review_queue import read_review_queue
from pipeline.review.answers import answer_cells, cell_decisions, find_answer
from pipeline.review.decision import DecisionKind
from pipeline.review.kinds import new_decision
from pipeline.review.store import read_decisions, record_decision
from tests.pipeline.make import table
from tests.pipeline.rerun import again, quick, sheet

_TOLD = ("decided_before", "changed_since_decided", "decided_item_gone")
OLD, NEW = "社甲_20260401/a.csv", "社甲_20260601/b.csv"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick(monkeypatch)


def _run(folder: Path) -> None:
    again(folder, review=folder / "review", language="ja")


def _decide(folder: Path, path: str, number: int, answer: str) -> None:
    [document] = [
        row
        for row in table(folder / "out", "documents")
        if row["path"] == path and row["replaced_by"] is None
    ]
    found = find_answer(folder / "out", document["document_id"], number)
    decision = new_decision(DecisionKind.ANSWER, answer_cells(*found) | {"answer": answer}, "山田")
    record_decision(folder / "review", decision)


def _told(folder: Path) -> list[Row]:
    return [row for row in table(folder / "out", "problems") if row["code"] in _TOLD]


def _answers(folder: Path, path: str) -> list[tuple[str, bool]]:
    """Answer of each row of the newest version, and whether a person decided it."""
    ids = {
        row["path"]: row["document_id"]
        for row in table(folder / "out", "documents")
        if not row["replaced_by"]
    }
    rows = [row for row in table(folder / "out", "answers") if row["document_id"] == ids[path]]
    return [(row["answer"], row["decided"]) for row in sorted(rows, key=lambda row: int(row["row"]))]


def test_what_fits_and_what_fits_no_longer_are_told_of_the_next_version_of_a_file(tmp_path: Path) -> None:
    path = sheet(tmp_path / "raw/社甲/a.csv", ["○", "◇◇◇", "○", "○"])
    _run(tmp_path)
    for number, answer in ((1, "no"), (2, "no"), (3, "yes")):
        _decide(tmp_path, "社甲/a.csv", number, answer)
    sheet(path, ["○", "×", "○", "×"])
    _run(tmp_path)
    told = {(row["code"], row["source"]["cells"]): row["message"] for row in _told(tmp_path)}
    assert [code for code, _ in told] == [
        "decided_before"
    ]  # × is read as no, ○ as yes: as it had been decided
    [message] = told.values()
    assert "山田 さんが「いいえ」と決定" in message
    assert "checksheet decide answer 社甲/a.csv:1 no" in message
    assert _answers(tmp_path, "社甲/a.csv") == [("yes", False), ("no", False), ("yes", False), ("no", False)]


def test_an_answer_that_changed_is_told(tmp_path: Path) -> None:
    path = sheet(tmp_path / "raw/社甲/a.csv", ["○", "×", "○"])
    _run(tmp_path)
    _decide(tmp_path, "社甲/a.csv", 1, "no")
    sheet(path, ["○", "×", "○"], "北棟のみ")
    _run(tmp_path)
    [told] = _told(tmp_path)
    assert told["code"] == "changed_since_decided"
    assert "以前の決定は当てはまりません" in told["message"]


def test_a_newer_sheet_under_another_name_is_the_next_version_too(tmp_path: Path) -> None:
    sheet(tmp_path / "raw" / OLD, ["○", "×", "○", "○"])
    _run(tmp_path)
    _decide(tmp_path, OLD, 1, "no")
    _decide(tmp_path, OLD, 4, "no")
    sheet(tmp_path / "raw" / NEW, ["○", "×", "○"])
    _run(tmp_path)
    told = {row["code"]: row["message"] for row in _told(tmp_path)}
    assert set(told) == {"decided_before", "decided_item_gone"}
    assert OLD in told["decided_before"]
    assert "1 件" in told["decided_item_gone"]
    queue = read_review_queue(tmp_path / "out")
    assert [(item.reason, item.row["path"], item.row["row"]) for item in queue[:1]] == [
        ("decided_before", NEW, 1)
    ]
    found = read_decided_before(
        tmp_path / "out", cell_decisions(read_decisions(tmp_path / "review").in_force)
    )
    assert found[queue[0].reference].decision.answer == "no"


def test_nothing_is_told_once_it_is_decided_anew(tmp_path: Path) -> None:
    path = sheet(tmp_path / "raw/社甲/a.csv", ["○", "×", "○"])
    _run(tmp_path)
    _decide(tmp_path, "社甲/a.csv", 1, "no")
    sheet(path, ["○", "×", "×"])
    _run(tmp_path)
    assert len(_told(tmp_path)) == 1
    _decide(tmp_path, "社甲/a.csv", 1, "yes")
    _run(tmp_path)
    assert _told(tmp_path) == []
    sheet(path, ["○", "×", "△"])  # of two older decisions the later one counts, and ○ is read as it says
    _run(tmp_path)
    assert _told(tmp_path) == []


def test_another_vendor_s_sheet_takes_no_decision_over(tmp_path: Path) -> None:
    sheet(tmp_path / "raw" / OLD, ["○", "×", "○"])
    _run(tmp_path)
    _decide(tmp_path, OLD, 1, "no")
    sheet(tmp_path / "raw/社乙_20260601/b.csv", ["○", "×", "○"], "別の社")
    _run(tmp_path)
    assert _told(tmp_path) == []
