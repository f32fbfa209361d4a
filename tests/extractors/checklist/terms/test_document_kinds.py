"""Titles that name a document in which nobody is asked."""

from dataclasses import replace

import pytest

from extractors.checklist.columns.frame_features import titled_other
from extractors.checklist.grid_index import GridView
from extractors.checklist.terms.document_kinds import kinds_named, names_other_document
from tests.extractors.grids import grid_of, lined


@pytest.mark.parametrize(
    "titles",
    [
        ["第3回 定例会 議事録"],
        ["課題管理表", "更新 6/2"],
        ["Known issues in 4.1"],
        ["よくある質問"],
        ["リスク管理台帳"],
    ],
)
def test_other_documents_are_known_by_their_titles(titles: list[str]) -> None:
    assert names_other_document(titles)


@pytest.mark.parametrize(
    "titles",
    [
        ["委託先 点検票"],
        ["手順書に関するチェックシート"],
        ["Vendor questionnaire", "incident log"],
        [],
        ["様式第3号"],
    ],
)
def test_who_is_asked_outweighs_what_it_is_about(titles: list[str]) -> None:
    assert not names_other_document(titles)


def test_a_latin_title_may_be_twice_as_long_as_a_japanese_one() -> None:
    title = "Harbour Gateway edition 7 - Release notes and known issues"
    view = GridView(
        replace(grid_of(lined(f"{title} | <\nIssue | Status\nSlow start | Fixed")), sheet="Sheet1")
    )
    assert titled_other(view, 1)


def test_kinds_are_named_by_a_files_name() -> None:
    assert kinds_named("受付_結合テスト仕様書") == ("specification",)
    assert kinds_named("課題管理表_確認票") == ("other", "asked")
    assert kinds_named("2026年度_別紙3") == ()
