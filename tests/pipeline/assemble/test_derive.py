"""Rows of all documents in, forms, items and controls put to them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.align.groups import Group
from pipeline.align.item import Item
from pipeline.align.match import Candidate
from pipeline.assemble.collect import collect_rows
from pipeline.assemble.derive import derive_tables
from pipeline.assemble.run_catalogue import Catalogue
from pipeline.dataset.schema import TABLES
from pipeline.document.process import DocumentResult
from pipeline.document.records import ChecklistRecords, checklist_to_records
from pipeline.incremental.plan import RunOptions
from pipeline.sources.discover import RawFile
from tests.pipeline.make import answers, checklist, item_row

MATCH = Candidate("tidy-rooms", 0.75, "fuzzy", "same", "equal", True, "yes", True)
TERMS = RunOptions("en", "none", 300.0)


def _read(*texts: str, kind: str = "form") -> ChecklistRecords:
    return checklist_to_records(replace(answers(*texts), kind=kind), ())


def _outcome(name: str, *lists: ChecklistRecords) -> DocumentResult:
    sha256 = name.encode().hex().ljust(64, "0")
    return DocumentResult(RawFile(Path(name), name, 1, sha256), "ok", "text/plain", checklists=lists)


@pytest.fixture
def derived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    """The tables that documents give, where the first item takes a control and all others are one group."""

    def match(items: Sequence[Item], *_: object) -> dict[str, list[Candidate]]:
        return {item.item_id: [MATCH] if item.number == "1" else [] for item in items}

    def group(items: Sequence[Item], _: object) -> list[Group]:
        return [Group("new:others", tuple(items))] if items else []

    monkeypatch.setattr("pipeline.align.cached.match_items", match)
    monkeypatch.setattr("pipeline.align.cached.group_items", group)

    def work(*outcomes: DocumentResult) -> dict[str, pa.Table]:
        return derive_tables(collect_rows(outcomes, TERMS), Catalogue((), ()), tmp_path)

    return work


def _documents(tables: dict[str, pa.Table]) -> dict[str, int]:
    return {row["item_no"]: row["documents"] for row in tables["items"].to_pylist()}


def test_all_tables_have_the_contracts_columns(derived) -> None:  # type: ignore[no-untyped-def]
    tables = derived(_outcome("a", _read("○", "×")))
    for entry in TABLES:
        assert tables[entry.name].schema.equals(entry.schema), entry.name
        assert tables[entry.name].schema.metadata[b"about"].decode() == entry.about


def test_no_documents_give_empty_tables(derived) -> None:  # type: ignore[no-untyped-def]
    assert {table.num_rows for table in derived().values()} == {0}


def test_an_item_counts_the_documents_that_answered_it(derived) -> None:  # type: ignore[no-untyped-def]
    tables = derived(
        _outcome("a", _read("○", "○")),
        _outcome("b", _read("×", "○"), _read("×", "○")),
        _outcome("c", _read("", "○")),
    )
    assert _documents(tables) == {"1": 2, "2": 3}
    assert len({row["form_id"] for row in tables["items"].to_pylist()}) == 1


@pytest.mark.parametrize(("kind", "count"), [("form", 1), ("example", 0), ("reference", 0)])
def test_only_filled_lists_answer(derived, kind: str, count: int) -> None:  # type: ignore[no-untyped-def]
    assert _documents(derived(_outcome("a", _read("○", "×", kind=kind)))) == {"1": count, "2": count}


def test_a_blank_form_answers_nothing(derived) -> None:  # type: ignore[no-untyped-def]
    first = item_row(1, "□適合　□不適合")
    blank = checklist_to_records(checklist([first, replace(first, answer="―", respondent="contractor")]), ())
    assert blank.kind == "blank"
    assert _documents(derived(_outcome("a", blank))) == {"1": 0}


def test_answers_take_the_control_of_their_item(derived) -> None:  # type: ignore[no-untyped-def]
    rows = derived(_outcome("a", _read("×", "○")), _outcome("b", _read("○", "△")))["answers"].to_pylist()
    told = [(row["answer"], row["control_id"], row["match_score"], row["match_method"]) for row in rows]
    assert [entry for entry in told if entry[1] == "tidy-rooms"] == [
        ("no", "tidy-rooms", 0.75, "fuzzy"),
        ("yes", "tidy-rooms", 0.75, "fuzzy"),
    ]
    assert {entry[1:] for entry in told if entry[1] != "tidy-rooms"} == {("new:others", None, None)}


def test_favourable_is_told_by_answer_and_null_where_it_cannot_be_said(derived) -> None:  # type: ignore[no-untyped-def]
    texts = ("×", "○", "△", "")
    rows = derived(*(_outcome(f"{n}", _read(text, "○")) for n, text in enumerate(texts)))[
        "answers"
    ].to_pylist()
    assert [row["favourable"] for row in rows if row["item_no"] == "1"] == [False, True, None, None]
    assert {row["favourable"] for row in rows if row["item_no"] != "1"} == {None}  # no control takes them


def test_a_reference_asks_nothing_but_has_its_items(derived) -> None:  # type: ignore[no-untyped-def]
    tables = derived(_outcome("a", _read("○", "×", kind="reference")))
    assert tables["alignments"].num_rows == 0
    assert tables["items"].num_rows == 2


def test_the_order_of_documents_does_not_matter(derived) -> None:  # type: ignore[no-untyped-def]
    outcomes = [_outcome(name, _read(*texts)) for name, texts in {"c": "○×", "a": "×○△", "b": "○"}.items()]
    assert all(one.equals(other) for one, other in zip(
        derived(*outcomes).values(), derived(*outcomes[::-1]).values(), strict=True
    ))  # fmt: skip


def test_known_items_are_not_aligned_again(
    derived,
    monkeypatch: pytest.MonkeyPatch,  # type: ignore[no-untyped-def]
) -> None:
    first = derived(_outcome("a", _read("○", "×")))
    seen: list[str] = []

    def match(items: Sequence[Item], *_: object) -> dict[str, list[Candidate]]:
        seen.extend(item.number for item in items)
        return {item.item_id: [] for item in items}

    monkeypatch.setattr("pipeline.align.cached.match_items", match)
    second = derived(_outcome("a", _read("○", "×")), _outcome("b", _read("○", "×", "○")))
    assert seen == ["3"]
    assert second["alignments"].equals(first["alignments"])
