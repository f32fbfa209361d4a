"""Titles that name a document in which nobody is asked."""

import pytest

from extractors.checklist.terms.document_kinds import names_other_document


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
