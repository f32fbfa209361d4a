"""What the screens ask a dataset: files, the queue of unsure answers, texts, what changed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from pipeline.query.query import query
from pipeline.query.received_files import read_file_lines
from pipeline.query.review_queue import read_control_names, read_queue_item, read_review_queue
from pipeline.query.saved_questions import saved_questions
from pipeline.query.search import build_search_index, search_key
from pipeline.query.yearly_changes import read_old_sheets, read_yearly_changes, read_yearly_pairs
from tests.pipeline.assess.made import Given, Paper, control, dataset

OLD, NEW = dt.date(2025, 5, 1), dt.date(2026, 5, 1)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two years of one vendor, one that came once, a broken file."""
    first = (
        Given("c1", "yes", "○", favourable=True, question="荷札を毎日数えますか。"),
        Given("c2", "no", "×", favourable=False, question="倉の鍵を替えますか。"),
        Given("c3", "yes", "○", "ﾛｸﾞを残す", favourable=True, question="出入りを記しますか。"),
    )
    second = (
        Given("c1", "no", "×", favourable=False, question="荷札を毎日数えますか。"),
        Given("c2", "yes", "○", favourable=True, question="倉の鍵を替えますか。"),
        Given("c3", "unclear", "○ ×", question="出入りを記しますか。", code="answer_contradictory"),
        Given("c4", "yes", "はい", polarity="unclear", question="窓は開いていますか。"),
        Given("c1", "yes", "○", favourable=True, confidence=0.4, question="箱を数えますか。"),
    )
    papers = [
        Paper("2025/甲.xlsx", "かくう便", "荷札", OLD, answers=first),
        Paper("2026/甲.xlsx", "かくう便", "荷札", NEW, answers=second),
        Paper("2025/乙.xlsx", "みほん堂", "棚", OLD, form="form-2", answers=first[:1]),
        Paper("壊.pdf", status="failed", message="壊れています"),
    ]
    controls = [control("c1"), control("c2"), control("c3"), control("c4")]
    return dataset(tmp_path_factory.mktemp("set"), papers, controls)


def test_every_file_has_a_line(made: Path) -> None:
    lines = {line.path: line for line in read_file_lines(made)}
    assert next(iter(lines)) == "2026/甲.xlsx"
    assert (lines["2026/甲.xlsx"].items, lines["2026/甲.xlsx"].to_check, lines["2026/甲.xlsx"].form) == (
        5,
        1,
        "様式 form-1",
    )
    assert (lines["壊.pdf"].status, lines["壊.pdf"].to_check, lines["壊.pdf"].noise) == ("failed", 1, False)


def test_the_queue_is_worst_first_and_holds_what_stands(made: Path) -> None:
    queue = read_review_queue(made)
    assert [(item.reason, item.row["item_no"]) for item in queue] == [
        ("unclear", "3"),
        ("direction", "4"),
        ("doubtful", "5"),
    ]
    assert queue[0].messages == ("2026/甲.xlsx: ○ ×",)
    assert {item.row["path"] for item in queue} == {"2026/甲.xlsx"}


def test_any_answer_is_found_by_its_name(made: Path) -> None:
    item = read_queue_item(made, "2026/甲.xlsx:1")
    assert item is not None
    assert (item.reason, item.row["answer_raw"], item.location.cells) == ("", "×", "D1")
    again = read_queue_item(made, item.reference)
    assert again == item
    assert [read_queue_item(made, name) for name in ("2026/甲.xlsx:99", "誰か:1", "甲", "甲:x")] == [None] * 4


def test_a_hostile_name_finds_nothing(made: Path) -> None:
    assert read_queue_item(made, "x' OR 1=1 --:1") is None


def test_controls_have_their_names(made: Path) -> None:
    assert [entry["control_id"] for entry in read_control_names(made)] == ["c1", "c2", "c3", "c4"]


@pytest.mark.parametrize("words", ["ログ", "ろぐ", "ﾛｸﾞ", "ロ グ"])
def test_a_search_folds_width_and_kana(made: Path, words: str) -> None:
    assert search_key("ﾛｸﾞ") == search_key("ろぐ")
    found = build_search_index(made).find(words.replace(" ", ""), 10)
    assert [row[-2] for row in found.rows] == []  # the sheet of 2025 does not stand any more
    index = build_search_index(made)
    assert [row[2] for row in index.find("鍵", 10).rows] == ["2"]
    assert [row[-2] for row in index.find("荷札 みほん堂", 10).rows] == ["2025/乙.xlsx"]
    assert index.find(" ", 10).rows == ()
    assert len(index.find("を", 2).rows) == 2


def test_every_saved_question_can_be_asked(made: Path) -> None:
    questions = saved_questions()
    assert len(questions) > 5
    for question in questions:
        assert query(made, question.sql).columns
        assert question.title("ja") != question.title("en")


def test_what_changed_is_better_or_worse(made: Path) -> None:
    [pair] = read_yearly_pairs(made)
    assert (pair.old_path, pair.new_path, pair.better, pair.worse) == ("2025/甲.xlsx", "2026/甲.xlsx", 1, 2)
    changes = read_yearly_changes(made, pair.old_path, pair.new_path)
    assert [(c["item_no"], c["direction"]) for c in changes[:3]] == [
        ("1", "worse"),
        ("3", "worse"),
        ("2", "better"),
    ]
    assert len(changes) == pair.changes
    assert read_yearly_pairs(made, dt.date(2026, 4, 30)) == []


def test_what_has_not_come_again_is_named(made: Path) -> None:
    assert [sheet.path for sheet in read_old_sheets(made, dt.date(2026, 4, 1))] == ["2025/乙.xlsx"]
    assert read_old_sheets(made, dt.date(2025, 1, 1)) == []
