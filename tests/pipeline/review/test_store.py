"""The folder of decisions: what is recorded stands, whoever else decides, whatever people and spreadsheets did to the file."""

from __future__ import annotations

import csv
import io
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import DecisionNotWritten, DecisionRefused, DecisionsBusy, DecisionsUnreadable
from pipeline.review.decision import Decision, DecisionKind
from pipeline.review.kinds import KINDS, cells_of, new_decision
from pipeline.review.lines.decision_file import escape_cell, unescape_cell
from pipeline.review.store import (
    read_decisions,
    record_decision,
    record_decisions,
    withdraw_decision,
)
from tests.conftest import ROOT

SHA = "ab" * 32
CELLS = {
    DecisionKind.LAYOUT: {"form_key": "1f2e", "roles": "number|requirement|answer", "form": "点検表"},
    DecisionKind.ANSWER: {
        "sha256": SHA, "item_id": "a1", "respondent": "provider", "answer": "value", "figure": "99.9%以上",
        "planned_date": "2027-04-01", "path": "社甲/回答.xlsx", "place": "回答!E13", "question": "鍵を数えていますか",
    },
    DecisionKind.REPLY: {
        "sha256": SHA, "item_id": "a1", "sub_item": "(1)", "respondent": "contractor", "answer": "no",
        "received": "2026-06-20", "words": "来年度から\n対応します, と「返答」",
    },
    DecisionKind.DATE: {"path": "社甲/", "date": "2026-06-20"},
    DecisionKind.VENDOR: {"path": "社甲/", "vendor": "株式会社からくり堂"},
    DecisionKind.SERVICE: {"path": "社甲/", "service": "=からくり帳"},
    DecisionKind.ALIGNMENT: {"item_id": "a1", "control_id": "keys", "verdict": "no", "name": "鍵", "requirement": "鍵の数"},
    DecisionKind.DIRECTION: {"item_id": "a1", "good": "no", "name": "鍵", "requirement": "鍵の数"},
    DecisionKind.LEGEND: {"form_key": "1f2e", "mark": "A", "answer": "yes"},
    DecisionKind.EXCEPTION: {"vendor": "からくり堂", "control_id": "keys", "until": "2027-03-31", "finding": "partial"},
}  # fmt: skip


def decision(kind: DecisionKind, **cells: str) -> Decision:
    return new_decision(kind, CELLS[kind] | cells, "山田", "見たまま")


def plain(entry: Decision | None) -> Decision | None:
    """The decision without where and when it stands."""
    return entry and replace(entry, line=0, at="")


@pytest.mark.parametrize("kind", DecisionKind)
def test_each_kind_is_read_back_as_it_was_recorded(tmp_path: Path, kind: DecisionKind) -> None:
    recorded = record_decision(tmp_path / "review", decision(kind))
    decisions = read_decisions(tmp_path / "review").check()
    assert decisions.in_force == decisions.lines == decisions.of(kind) == (recorded.decision,)
    assert plain(recorded.decision) == decision(kind)
    assert (recorded.replaced, recorded.decision.line, len(recorded.decision.at)) == (None, 2, 19)
    path = tmp_path / "review" / KINDS[kind].file
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert sorted(entry.name for entry in path.parent.iterdir()) == [".lock", path.name]


def test_a_later_decision_counts_and_is_told_what_it_replaces(tmp_path: Path) -> None:
    first = record_decision(tmp_path, decision(DecisionKind.ANSWER)).decision
    second = record_decision(tmp_path, decision(DecisionKind.ANSWER, answer="no", figure=""))
    assert second.replaced == first
    assert read_decisions(tmp_path).in_force == (second.decision,)
    assert read_decisions(tmp_path).log == (first, second.decision)


def test_what_is_taken_back_lets_the_one_before_it_stand_again(tmp_path: Path) -> None:
    first = record_decision(tmp_path, decision(DecisionKind.VENDOR)).decision
    second = record_decision(tmp_path, decision(DecisionKind.VENDOR, vendor="別の社")).decision
    taken = withdraw_decision(tmp_path, second, "鈴木", "前のが正しい")
    assert (taken.replaced, taken.decision.withdraws, taken.decision.who) == (second, True, "鈴木")
    assert read_decisions(tmp_path).in_force == (first,)
    with pytest.raises(DecisionRefused) as refused:
        withdraw_decision(tmp_path, second, "山田")
    assert "現在有効ではありません" in refused.value.text("ja")
    withdraw_decision(tmp_path, first, "鈴木")
    assert read_decisions(tmp_path).in_force == ()
    assert len(read_decisions(tmp_path).log) == 4


def test_only_the_one_that_is_taken_back_goes(tmp_path: Path) -> None:
    """山田 decided, 鈴木 decided after that: 山田's undo must not take 鈴木's away."""
    first = record_decision(tmp_path, decision(DecisionKind.DATE)).decision
    second = record_decision(tmp_path, decision(DecisionKind.DATE, date="2026-06-21")).decision
    with pytest.raises(DecisionRefused):
        withdraw_decision(tmp_path, first, "山田")
    assert read_decisions(tmp_path).in_force == (second,)


def test_vendors_and_services_share_a_file_as_people_wrote_it(tmp_path: Path) -> None:
    path = tmp_path / "vendors.csv"
    path.write_bytes("path,vendor,service,覚え\r\n社甲/,甲社,甲帳,去年から\r\n".encode("cp932"))
    record_decision(tmp_path, decision(DecisionKind.SERVICE))
    assert path.read_bytes().decode("utf-8-sig").splitlines() == [
        "path,vendor,service,覚え,who,at,why,withdrawn",
        "社甲/,甲社,甲帳,去年から",
        f"社甲/,,'=からくり帳,,山田,{read_decisions(tmp_path).lines[-1].at},見たまま,",
    ]
    assert b"\r\n" in path.read_bytes()
    standing = {entry.kind: entry.value_text for entry in read_decisions(tmp_path).check().in_force}
    assert standing == {DecisionKind.VENDOR: "甲社", DecisionKind.SERVICE: "=からくり帳"}


def test_many_are_recorded_at_once_and_only_what_is_new(tmp_path: Path) -> None:
    all_kinds = [decision(kind) for kind in DecisionKind]
    assert len(record_decisions(tmp_path, all_kinds)) == len(all_kinds)
    assert record_decisions(tmp_path, all_kinds) == []
    changed = record_decisions(tmp_path, [*all_kinds, decision(DecisionKind.DIRECTION, good="yes")])
    assert [entry.value for entry in changed] == [("yes",)]
    assert len(read_decisions(tmp_path).check().in_force) == len(all_kinds)


HEADER = "path,date,who,at,why,withdrawn\n"


@pytest.mark.parametrize(
    ("text", "en", "ja"),
    [
        (HEADER + "a,2026-06-20,,,\n,2026-06-20,,,\nb,2026-06-21,,,\n", "line 3: path is empty", "3 行目: path が空"),
        (HEADER + "a,2026-06-20,,,\nc,昨日,,,\nb,2026-06-21,,,\n", "line 3: “昨日” is no date", "「昨日」は日付では"),
        (HEADER + "a,2026-06-20,,,\nc,2026-02-30,,,\nb,2026-06-21,,,\n", "“2026-02-30” is no date", "3 行目"),
        (HEADER + "a,2026-06-20,,,\nc\nb,2026-06-21,,,\n", "line 3: 1 cells", "セルが 1 個"),
        (HEADER + "a,2026-06-20,,,\nc,2026-06-20,,,,,,\nb,2026-06-21,,,\n", "line 3: 8 cells", "セルが 8 個"),
    ],
)  # fmt: skip
def test_a_broken_line_is_told_and_nothing_is_lost(tmp_path: Path, text: str, en: str, ja: str) -> None:
    path = tmp_path / "dates.csv"
    path.write_text(text, encoding="utf-8")
    decisions = read_decisions(tmp_path)
    assert [entry.key for entry in decisions.in_force] == [("a",), ("b",)]
    (fault,) = decisions.faults
    assert (en in fault.text("en"), ja in fault.text("ja"), "dates.csv" in fault.text("en")) == (
        True,
        True,
        True,
    )
    with pytest.raises(DecisionsUnreadable):
        decisions.check()
    record_decision(tmp_path, decision(DecisionKind.DATE))
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[1:4] == text.splitlines()[1:]
    assert [entry.key for entry in read_decisions(tmp_path).in_force] == [("a",), ("b",), ("社甲/",)]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n",
        b"date\n2026-06-20\n",
        (HEADER + 'a,2026-06-20,"x,,\n').encode(),
        HEADER.encode("utf-16"),
        b"path,date\n\x81",
    ],
)
def test_a_file_that_cannot_be_followed_is_told_and_left_alone(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "dates.csv"
    path.write_bytes(data)
    assert len(read_decisions(tmp_path).faults) == 1
    for record in (record_decision, lambda folder, entry: record_decisions(folder, [entry])):
        with pytest.raises(DecisionsUnreadable):
            record(tmp_path, decision(DecisionKind.DATE))
    assert path.read_bytes() == data


def test_what_excel_makes_of_dates_is_put_right(tmp_path: Path) -> None:
    text = "path,date,who,at,why\na,2026/6/20,山田,2026/11/30 9:20,\nb,2026年6月21日,,,\nc,2026/6/1 0:00\n"
    (tmp_path / "dates.csv").write_bytes(text.encode("cp932"))
    decisions = read_decisions(tmp_path).check()
    assert [entry.value for entry in decisions.lines] == [("2026-06-20",), ("2026-06-21",), ("2026-06-01",)]
    later = Decision(DecisionKind.DATE, ("d",), ("2026-06-20",), at="2026-11-30 09:19:59")
    record_decision(tmp_path, later)
    assert [entry.key[0] for entry in read_decisions(tmp_path).log] == ["b", "c", "d", "a"]


def test_an_id_that_excel_took_for_a_number_is_told(tmp_path: Path) -> None:
    path = tmp_path / "directions.csv"
    path.write_text("item_id,good\n1.23457E+15,yes\n", encoding="utf-8")
    assert "no id any more" in read_decisions(tmp_path).faults[0].text("en")


@pytest.mark.parametrize(
    ("kind", "cells", "told"),
    [
        (DecisionKind.ANSWER, {"answer": "はい"}, "is no answer"),
        (DecisionKind.ANSWER, {"figure": "たくさん"}, "no clear figure"),
        (DecisionKind.ANSWER, {"respondent": "隣人"}, "none of"),
        (DecisionKind.ANSWER, {"item_id": ""}, "item_id is empty"),
        (DecisionKind.ANSWER, {"planned_date": "そのうち"}, "is no date"),
        (DecisionKind.DIRECTION, {"good": "maybe"}, "none of yes, no"),
        (DecisionKind.LEGEND, {"mark": "", "meaning": ""}, "mark and meaning are empty"),
        (DecisionKind.LEGEND, {"form_key": ""}, "in one form only"),
        (DecisionKind.LAYOUT, {"roles": "number|answer"}, "nothing is asked"),
        (DecisionKind.EXCEPTION, {"until": ""}, "until is empty"),
        (DecisionKind.VENDOR, {"vendor": " "}, "vendor is empty"),
    ],
)
def test_what_cannot_be_decided_is_refused(kind: DecisionKind, cells: dict[str, str], told: str) -> None:
    with pytest.raises(DecisionRefused, match=told) as refused:
        decision(kind, **cells)
    assert refused.value.text("ja") != refused.value.text("en")


def test_others_who_hold_the_folder_are_waited_for_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from filelock import FileLock  # noqa: PLC0415  what the store itself holds

    monkeypatch.setattr("pipeline.review.lines.folder_lock._WAIT", 0.1)
    with FileLock(tmp_path / ".lock"), pytest.raises(DecisionsBusy, match="in use"):
        record_decision(tmp_path, decision(DecisionKind.DATE))
    assert record_decision(tmp_path, decision(DecisionKind.DATE)).decision.line == 2


def test_a_file_that_cannot_be_written_stays_what_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record_decision(tmp_path, decision(DecisionKind.DATE))
    before = (tmp_path / "dates.csv").read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(DecisionNotWritten, match="no space"):
        record_decision(tmp_path, decision(DecisionKind.DATE, path="b"))
    assert (tmp_path / "dates.csv").read_bytes() == before


def test_a_text_that_no_file_can_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DecisionRefused, match="no file can hold"):
        record_decision(tmp_path, decision(DecisionKind.VENDOR, vendor="\ud800"))
    assert not (tmp_path / "vendors.csv").exists()


@pytest.mark.parametrize("column", ["who", "why", "key", "value"])
def test_a_cell_that_no_reader_of_csv_takes_is_refused(tmp_path: Path, column: str) -> None:
    """One cell of 131,073 characters ended the file for everybody: no line behind it was read, none could be added."""
    record_decision(tmp_path, decision(DecisionKind.VENDOR))
    long = "長" * 131_073
    words = {"key": (long,), "value": (long,)}.get(column, long)
    entry = replace(decision(DecisionKind.VENDOR, path="社乙/"), **{column: words})
    before = (tmp_path / "vendors.csv").read_bytes()
    with pytest.raises(DecisionRefused, match="131073 characters"):
        record_decisions(tmp_path, [decision(DecisionKind.VENDOR, path="社丙/"), entry])
    assert (tmp_path / "vendors.csv").read_bytes() == before


def test_a_vendor_s_long_question_stands_beside_a_decision_as_far_as_it_is_read(tmp_path: Path) -> None:
    record_decision(tmp_path, decision(DecisionKind.ANSWER, question="問" * 200_000))
    record_decision(tmp_path, decision(DecisionKind.ANSWER, item_id="a2"))
    first, second = read_decisions(tmp_path).check().in_force
    assert (first.key[1], second.key[1]) == ("a1", "a2")
    assert first.about_text(2) == "問" * 1_000 + "…"


def test_lines_written_before_a_column_was_there_stay_decisions(tmp_path: Path) -> None:
    """The first decision on a mark made every line of an older file a broken one, and stopped each later run."""
    (tmp_path / "legends.csv").write_text("meaning,answer,who\n実施中,yes,山田\n", encoding="utf-8")
    record_decision(tmp_path, decision(DecisionKind.LEGEND))
    assert [entry.key for entry in read_decisions(tmp_path).check().in_force] == [
        ("", "", "実施中"),
        ("1f2e", "A", ""),
    ]


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@given(TEXTS)
def test_a_cell_comes_back_as_the_text_it_was(text: str) -> None:
    written = escape_cell(text)
    assert unescape_cell(written) == text
    assert not written.startswith(("=", "@"))


STEPS = st.lists(
    st.tuples(st.sampled_from(["a", "b=", "'c"]), st.sampled_from(["甲", "=乙", "丙,\"丁"]), st.booleans()), max_size=12
)  # fmt: skip


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_any_row_of_decisions_and_undos_gives_what_a_pile_of_notes_would(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, bool]]
) -> None:
    folder = tmp_path_factory.mktemp("review")
    piles: dict[str, list[str]] = {}
    for path, vendor, back in steps:
        entry = decision(DecisionKind.VENDOR, path=path, vendor=vendor)
        pile = piles.setdefault(path, [])
        if not back:
            record_decision(folder, entry)
            pile.append(vendor)
        elif pile and pile[-1] == vendor:
            withdraw_decision(folder, entry, "鈴木")
            pile.pop()
        else:
            with pytest.raises(DecisionRefused):
                withdraw_decision(folder, entry, "鈴木")
    standing = {entry.key[0]: entry.value_text for entry in read_decisions(folder).check().in_force}
    assert standing == {path: pile[-1] for path, pile in piles.items() if pile}


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.sampled_from(["a,甲社,,", '"', ",,,", "b", 'c,"乙\n社",x,', "\t", "d,e,f,g,h"]), max_size=6)
)
def test_whatever_people_wrote_is_told_or_followed_and_stays(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("review")
    text = "\n".join(["path,vendor,service,note", *lines])
    path = folder / "vendors.csv"
    path.write_text(text, encoding="utf-8")
    before = read_decisions(folder)
    try:
        record_decision(folder, decision(DecisionKind.VENDOR))
    except DecisionsUnreadable:
        assert path.read_text(encoding="utf-8") == text
        assert before.faults
        return
    after = path.read_text(encoding="utf-8-sig")
    body = text.partition("\n")[2]
    assert body in after
    assert [(e.key, e.value) for e in read_decisions(folder).lines[:-1]] == [
        (e.key, e.value) for e in before.lines
    ]
    assert len(read_decisions(folder).faults) == len(before.faults)


WRITER = """
import sys
from pathlib import Path
from pipeline.review.decision import Decision, DecisionKind
from pipeline.review.store import record_decision
name, count = sys.argv[2], int(sys.argv[3])
for number in range(count):
    key = (f"{name}/{number}.xlsx",)
    record_decision(Path(sys.argv[1]), Decision(DecisionKind.DATE, key, ("2026-06-20",), name))
    print(number, flush=True)
"""


def _writer(folder: Path, name: str, count: int) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", WRITER, str(folder), name, str(count)]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=env)


@pytest.mark.slow
def test_several_people_at_once_lose_no_decision(tmp_path: Path) -> None:
    writers = [_writer(tmp_path, name, 25) for name in ("山田", "鈴木", "佐藤")]
    assert [writer.wait(120) for writer in writers] == [0, 0, 0]
    for writer in writers:
        assert writer.stdout is not None
        writer.stdout.close()
    decisions = read_decisions(tmp_path).check()
    assert len(decisions.in_force) == len(decisions.lines) == 75
    assert [entry.line for entry in decisions.lines] == list(range(2, 77))


@pytest.mark.slow
def test_a_program_that_is_killed_loses_nothing_that_it_said_was_kept(tmp_path: Path) -> None:
    chance = random.Random(17)
    kept = 0
    for round_number in range(6):
        writer = _writer(tmp_path, f"回{round_number}", 10_000)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.3))
        writer.send_signal(signal.SIGKILL)
        kept += 1 + len(writer.stdout.read().splitlines())
        writer.stdout.close()
        writer.wait()
        decisions = read_decisions(tmp_path).check()
        assert kept <= len(decisions.in_force) <= kept + round_number + 1
    record_decision(tmp_path, decision(DecisionKind.DATE))  # and the lock is free
    rows = list(csv.reader(io.StringIO((tmp_path / "dates.csv").read_text(encoding="utf-8-sig"))))
    assert {len(row) for row in rows} == {len(cells_of(decision(DecisionKind.DATE)))}
