"""docs/recipes.md: every query gives what the page shows, and the same comes out of pandas and polars."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path
from typing import Any

import pytest

from pipeline.assess.receipts import dataset_to_receipt, outcome_to_receipt
from pipeline.document.process import read_document
from pipeline.query.query import Answer, query
from tests.pipeline.make import SAMPLES, raw_file
from tests.recipes import PAGE, Recipe, make_dataset, markdown_table, recipes, setup_code, views_markdown

TEXT = PAGE.read_text(encoding="utf-8")
RECIPES = recipes(TEXT)


@pytest.fixture(scope="module")
def dataset(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of the page, in data/parquet of a folder of its own."""
    return make_dataset(tmp_path_factory.mktemp("recipes"), samples)


@pytest.fixture(scope="module")
def run(dataset: Path) -> dict[str, Any]:
    """What the blocks of a page share: a reader's session of Python."""
    session: dict[str, Any] = {}
    exec(setup_code(TEXT), session)
    session["DATASET"] = dataset
    return session


def test_the_page_asks_enough() -> None:
    assert len(RECIPES) >= 10
    assert all(recipe.shown.count("\n") > 2 for recipe in RECIPES)
    assert {len(recipe.python) for recipe in RECIPES} == {2}


def test_the_page_tells_the_views_as_they_are() -> None:
    assert f"<!-- views -->\n{views_markdown()}<!-- end -->" in TEXT


@pytest.mark.slow
@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.title)
def test_a_question_is_answered_as_the_page_shows(recipe: Recipe, dataset: Path, run: dict[str, Any]) -> None:
    """`python -m tests.recipes` writes the results anew."""
    answer = query(dataset, recipe.sql)
    assert markdown_table(answer.columns, answer.rows) == recipe.shown
    for code in recipe.python:
        exec(code, run)
        found = run["result"]
        assert tuple(found.columns) == answer.columns
        rows = found.rows() if hasattr(found, "rows") else found.itertuples(index=False, name=None)
        assert sorted(map(_plain, rows)) == sorted(map(_plain, answer.rows))


def _plain(row: tuple[Any, ...]) -> list[str]:
    """Values as text, whatever stands for what is missing."""
    return ["" if _missing(value) else _text(value) for value in row]


def _missing(value: object) -> bool:
    return value is None or str(value) in {"<NA>", "nan", "NaT"}


def _text(value: object) -> str:
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return f"{value:.4f}"
    return value.isoformat()[:10] if isinstance(value, dt.date) else str(value)


@pytest.mark.slow
def test_a_file_says_what_its_rows_in_the_dataset_say(dataset: Path, samples: Path) -> None:
    for name in SAMPLES.values():
        told = outcome_to_receipt(read_document(raw_file(samples / name)))
        assert told.cells == dataset_to_receipt(dataset, name).cells


@pytest.mark.slow
def test_last_year_shows_what_changed(dataset: Path) -> None:
    sql = "SELECT change, item_no, old_item_no, old_answer, new_answer FROM changes ORDER BY new_row"
    assert query(dataset, sql) == Answer(
        ("change", "item_no", "old_item_no", "old_answer", "new_answer"),
        (
            ("reworded", "2", "2", "yes", "yes"),
            ("answer", "6", "6", "no", "yes"),
            ("answer", "15", "15", "partial", "yes"),
            ("remarks", "19", "19", "yes", "yes"),
            ("added", "23", None, None, "not_applicable"),
        ),
    )
