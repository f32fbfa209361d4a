"""The page of A4 to sign, and rows of a query as a workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.assess.comparison.build import build_comparison
from pipeline.outputs.comparison.summary.write_summary import summary_values, write_summary
from pipeline.outputs.xlsx.read_sheet import read_sheet
from pipeline.outputs.xlsx.write_tables import write_answer
from pipeline.query.query import Answer
from tests.pipeline.assess.made import Given, Paper, control, dataset

NASTY = "<script>alert(1)</script>"


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_summary_is_whole_and_harmless(tmp_path: Path, language: str) -> None:
    answers = (
        Given("c1", "yes", "○", favourable=True),
        Given("c2", "no", NASTY, favourable=False, level="mandatory"),
    )
    papers = [Paper(f"{n}.xlsx", f"みほん{n}号 {NASTY}", answers=answers) for n in range(20)]
    comparison = build_comparison(dataset(tmp_path / "set", papers, [control("c1"), control("c2")]))
    values = summary_values(comparison, language)
    assert len(values["parties"]) == 16
    assert "4" in values["more_parties"]
    assert values["parties"][0][2:] == [1, 1, 0, 0, 0]
    assert len(values["gaps"]) == 14
    assert "6" in values["more_gaps"]
    write_summary(tmp_path / "s.html", comparison, language)
    page = (tmp_path / "s.html").read_text(encoding="utf-8")
    assert NASTY not in page
    assert "&lt;script&gt;" in page
    assert "Content-Security-Policy" in page


def test_rows_of_a_query_are_a_workbook_without_formulas(tmp_path: Path) -> None:
    write_answer(tmp_path / "r.xlsx", Answer(("a", "b"), (("=1+1", 2), (None, 0.5))))
    assert read_sheet(tmp_path / "r.xlsx") == [{"a": "=1+1", "b": "2"}, {"a": "", "b": "0.5"}]
