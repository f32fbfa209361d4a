"""The shipped samples against what reading them must give, row by row and word by word."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import GOLDEN
from tests.pipeline.make import table

pytestmark = pytest.mark.slow
Record = dict[str, Any]
ENTRIES: list[Record] = json.loads((GOLDEN / "MANIFEST.json").read_text(encoding="utf-8"))
LEVELS = {"必須": "mandatory", "推奨": "recommended"}
each_sample = pytest.mark.parametrize(
    "entry", ENTRIES, ids=[f"{n}-{e['kind']}" for n, e in enumerate(ENTRIES)]
)


def _squash(text: object) -> str:
    return "".join(unicodedata.normalize("NFC", str(text or "")).split())


def _ticked(options: list[Record]) -> list[str]:
    return [_squash(option["label"]) for option in options if option["checked"]]


def _gold(entry: Record) -> list[Record]:
    """The gold rows of a sample without the example row of its instructions, which is no vendor's answer."""
    lines = (GOLDEN / entry["gold"]).read_text(encoding="utf-8").splitlines()
    return [record for record in map(json.loads, lines) if record["no"] != "例"]


@cache
def _tables(dataset: Path) -> tuple[list[Record], list[Record], list[Record]]:
    return table(dataset, "documents"), table(dataset, "checklists"), table(dataset, "answers")


def _rows(dataset: Path, entry: Record) -> list[Record]:
    """The vendor's rows of a sample, as views for analysts show them."""
    documents, checklists, answers = _tables(dataset)
    document_id = next(row["document_id"] for row in documents if row["path"] == entry["file"])
    kinds = {row["checklist"]: row["kind"] for row in checklists if row["document_id"] == document_id}
    mine = [row for row in answers if row["document_id"] == document_id]
    return [row for row in mine if kinds[row["checklist"]] in {"filled", "blank"}]


def _pairs(dataset: Path, entry: Record) -> list[tuple[Record, Record]]:
    gold, rows = _gold(entry), _rows(dataset, entry)
    assert [(g["no"], g["respondent"]) for g in gold] == [(r["item_no"], r["respondent"]) for r in rows]
    return list(zip(gold, rows, strict=True))


@each_sample
def test_numbers_respondents_and_order(dataset: Path, entry: Record) -> None:
    assert len(_pairs(dataset, entry)) >= 24


@each_sample
def test_questions(dataset: Path, entry: Record) -> None:
    for gold, row in _pairs(dataset, entry):
        assert _squash(row["requirement"]) == _squash(gold["requirement"])


@each_sample
def test_answers_as_printed(dataset: Path, entry: Record) -> None:
    for gold, row in _pairs(dataset, entry):
        if gold["options"]:
            assert _ticked(row["options"]) == _ticked(gold["options"]), gold["no"]
            assert [_squash(o["label"]) for o in row["options"]] == [
                _squash(o["label"]) for o in gold["options"]
            ]
        else:
            assert _squash(row["answer_raw"]) == _squash(gold["answer_raw"]), gold["no"]
            assert row["options"] == []


@each_sample
def test_remarks(dataset: Path, entry: Record) -> None:
    for gold, row in _pairs(dataset, entry):
        assert _squash(row["remarks"]) == _squash(gold["remarks_raw"]), gold["no"]


@each_sample
def test_answers_in_the_vocabulary(dataset: Path, entry: Record) -> None:
    for gold, row in _pairs(dataset, entry):
        assert row["answer"] in gold.get("answer_ok", [gold["answer"]]), (gold["no"], row["answer_rule"])


@each_sample
def test_names_and_units(dataset: Path, entry: Record) -> None:
    for gold, row in _pairs(dataset, entry):
        assert _squash(row["item"]) == _squash(gold["item"]), gold["no"]
        assert _squash(row["unit"]) == _squash(gold["unit"]), gold["no"]


@each_sample
def test_sections(dataset: Path, entry: Record) -> None:
    for gold, row in _pairs(dataset, entry):
        assert list(map(_squash, row["section"])) == list(map(_squash, gold["section"])), gold["no"]


@each_sample
def test_categories(dataset: Path, entry: Record) -> None:
    for gold, row in _pairs(dataset, entry):
        assert _squash(row["category"]) == _squash(gold["category"]), gold["no"]


@each_sample
def test_levels(dataset: Path, entry: Record) -> None:
    for gold, row in _pairs(dataset, entry):
        assert row["level"] == LEVELS.get(gold["level"]), gold["no"]


@each_sample
def test_figures(dataset: Path, entry: Record) -> None:
    for gold, row in _pairs(dataset, entry):
        if gold["value"]:
            assert row["value"] is not None, gold["no"]
            assert row["value"]["number"] == pytest.approx(gold["value"]["number"]), gold["no"]
            assert row["value"]["bound"] == gold["value"]["bound"], gold["no"]


@each_sample
def test_every_answer_says_where_it_stands(dataset: Path, entry: Record) -> None:
    for _, row in _pairs(dataset, entry):
        source = row["source"]
        if entry["kind"] == "pdf":
            assert source["page"] in {1, 2}
            assert len(source["bbox"]) == 4
        else:
            assert source["sheet"]
            assert source["cells"][0] in "DFHI"
        assert 0.8 < row["confidence"] <= 1


@each_sample
def test_no_false_yes(dataset: Path, entry: Record) -> None:
    not_yes = {
        "no",
        "planned",
        "undisclosed",
        "unanswered",
        "not_applicable",
        "unclear",
        "partial",
        "conditional",
    }
    wrong = [
        gold["no"]
        for gold, row in _pairs(dataset, entry)
        if row["answer"] == "yes" and gold["answer"] in not_yes
    ]
    assert wrong == []


def test_the_gold_is_what_the_samples_are_made_of() -> None:
    assert [len(_gold(entry)) for entry in ENTRIES] == [25, 25, 24, 24, 24, 24, 25]
