"""Issue codes and what a user reads about them, in both languages."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from extractors.issue import Issue
from extractors.location import Location
from normalizers.vocabulary import load
from pipeline.problems import LANGUAGES, location_text, message_of, severity_of

MESSAGES: dict[str, dict[str, str]] = load("pipeline.texts", "messages.toml")


def _holes(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("code", MESSAGES)
def test_every_message_is_whole(code: str) -> None:
    entry = MESSAGES[code]
    assert set(entry) == {"severity", *LANGUAGES}
    assert entry["severity"] in {"error", "warning"}
    assert _holes(entry["en"]) == _holes(entry["ja"])
    assert "path" in _holes(entry["en"])


@pytest.mark.parametrize("code", MESSAGES)
def test_every_message_is_a_sentence_in_its_language(code: str) -> None:
    assert MESSAGES[code]["en"].endswith((".", "}"))
    assert MESSAGES[code]["ja"].endswith(("。", "}"))
    assert re.search(r"[ぁ-ん]", MESSAGES[code]["ja"])
    assert not re.search(r"[ぁ-んァ-ヶ]", MESSAGES[code]["en"].replace("回答", ""))


@pytest.mark.parametrize("code", MESSAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_can_be_written(code: str, language: str) -> None:
    params = dict.fromkeys(_holes(MESSAGES[code][language]) - {"path", "place"}, "WORD")
    text = message_of(Issue(code, Location(page=3), params), "a.pdf", language)
    assert "a.pdf" in text
    assert "{" not in text
    assert all(word not in text for word in ("–", ": :", ", ,"))
    assert text.count("WORD") >= len(params)


def test_a_message_without_a_place_has_no_empty_place() -> None:
    for code in MESSAGES:
        en, ja = (message_of(Issue(code), "a.pdf", language) for language in LANGUAGES)
        assert "a.pdf, :" not in en
        assert "a.pdf, ," not in en
        assert "a.pdf :" not in ja


def test_a_word_that_was_not_told_is_a_dash() -> None:
    assert "(–)" in message_of(Issue("file_damaged"), "a.pdf", "en")


def test_a_path_with_braces_is_no_hole() -> None:
    problem = Issue("file_damaged", params={"detail": "{0}"})
    assert message_of(problem, "{a}.pdf", "en").startswith("{a}.pdf is damaged and was not read ({0}).")


def test_places_in_words() -> None:
    assert location_text(Location(sheet="回答", cells="E13"), "en") == "sheet 回答, E13"
    assert location_text(Location(sheet="回答", cells="E13"), "ja") == "シート「回答」 E13"
    assert location_text(Location(page=2), "en") == "page 2"
    assert location_text(Location(page=2), "ja") == "2ページ"
    assert location_text(Location(), "en") == ""


def test_severity_comes_from_the_messages() -> None:
    assert severity_of(Issue("file_damaged")) == "error"
    assert severity_of(Issue("number_gap")) == "warning"


def test_an_unknown_code_is_a_fault() -> None:
    with pytest.raises(KeyError, match="no_such_code"):
        message_of(Issue("no_such_code"), "a.pdf", "en")
