"""Every vocabulary file: unique folded keys, known answer words, patterns that compile."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

import normalizers
from normalizers.answers.classify import read_answer
from normalizers.answers.model import ANSWERS, Context
from normalizers.text import fold
from normalizers.vocabulary import load

FOLDER = Path(normalizers.__file__).parent
FILES = {
    "answers/inline_remark.toml",
    "legends/meanings.toml",
    "answers/lexicon.toml",
    "answers/question.toml",
    "answers/sentence.toml",
    "colours.toml",
    "language/clause_topics.toml",
    "language/clauses.toml",
    "language/grammar/demand.toml",
    "language/grammar/english.toml",
    "language/grammar/feared_words.toml",
    "language/grammar/moods.toml",
    "language/predicates.toml",
    "language/synonyms.toml",
    "language/synonyms_english.toml",
    "marks.toml",
    "radicals.toml",
    "remarks/classifier/asked_figures.toml",
    "remarks/classifier/assurance.toml",
    "remarks/classifier/cues.toml",
    "remarks/comment_effect.toml",
    "remarks/effect.toml",
    "responses/answer_wording.toml",
    "responses/ditto_marks.toml",
    "values/dates.toml",
    "values/organisations.toml",
    "values/quantities.toml",
}
WORDS: dict[str, list[str]] = load("normalizers.answers", "lexicon.toml")["words"]
SHAPES: dict[str, list[str]] = load("normalizers", "marks.toml")["shapes"]


def _twice(words: Iterable[str]) -> list[str]:
    return [word for word, count in Counter(words).items() if count > 1]


def _table(name: str) -> dict[str, Any]:
    folder, _, file = name.rpartition("/")
    return load(f"normalizers.{folder.replace('/', '.')}" if folder else "normalizers", file)


def test_every_vocabulary_file_is_tested_here() -> None:
    assert {file.relative_to(FOLDER).as_posix() for file in FOLDER.rglob("*.toml")} == FILES


@pytest.mark.parametrize("name", sorted(FILES))
def test_file_is_toml_and_begins_with_what_it_is(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert tomllib.loads(text) == _table(name)


def test_colours_are_named_once_and_hues_rise() -> None:
    table = _table("colours.toml")
    words = [fold(word) for entries in table["names"].values() for word in entries]
    assert _twice(words) == []
    ends = [end for _, end in table["hues"]]
    assert ends == sorted(ends)
    assert {name for name, _ in table["hues"]} <= set(table["names"])


def test_a_phrase_stands_under_one_concept_only() -> None:
    table: dict[str, list[str]] = load("normalizers.language", "synonyms.toml")["concepts"]
    phrases = Counter(fold(phrase) for found in table.values() for phrase in found)
    assert [phrase for phrase, count in phrases.items() if count > 1 or not phrase] == []
    assert [concept for concept in table if not re.fullmatch(r"[a-z]+(-[a-z]+)*", concept)] == []


def test_english_phrases_are_of_concepts_that_have_japanese_ones() -> None:
    known = load("normalizers.language", "synonyms.toml")["concepts"]
    table: dict[str, list[str]] = load("normalizers.language", "synonyms_english.toml")["concepts"]
    assert set(table) <= set(known)
    assert _twice(phrase for found in table.values() for phrase in found) == []
    assert [
        p for found in table.values() for p in found if not re.fullmatch(r"[a-z0-9][a-z0-9 '-]+", p)
    ] == []


def test_the_answer_words_are_those_of_the_dataset() -> None:
    assert set(ANSWERS) == {
        "yes", "no", "partial", "conditional", "planned",
        "not_applicable", "undisclosed", "unanswered", "value", "unclear",
    }  # fmt: skip
    assert len(ANSWERS) == 10


def test_answer_words_are_known_and_their_cells_unique() -> None:
    assert set(WORDS) <= set(ANSWERS)
    assert _twice(fold(word) for words in WORDS.values() for word in words) == []


@pytest.mark.parametrize(
    ("word", "answer"),
    [(word, answer) for answer, words in WORDS.items() for word in words],
)
def test_every_word_is_read_as_its_answer(word: str, answer: str) -> None:
    assert read_answer(word, Context()).answer == answer


@pytest.mark.parametrize("word", sorted({*WORDS["yes"]} - {"問題なし", "問題ありません"}))
def test_no_yes_word_carries_a_negation_or_a_plan(word: str) -> None:
    assert re.search("ない|ません|なし|無|不|未|非|せず|予定|検討中|一部|のみ|^not ", word) is None


def test_every_shape_has_an_answer() -> None:
    shapes = _table("answers/lexicon.toml")["shapes"]
    assert set(shapes) == set(SHAPES)
    assert set(shapes.values()) <= set(ANSWERS)
    assert {shape for shape, answer in shapes.items() if answer == "yes"} == {
        "circle", "double_circle", "filled_circle", "tick",
    }  # fmt: skip


def test_marks_are_unique() -> None:
    assert _twice(mark for marks in SHAPES.values() for mark in marks) == []


def test_no_dash_or_cross_is_a_circle() -> None:
    assert not {fold(m) for m in SHAPES["circle"]} & {fold(m) for m in SHAPES["cross"] + SHAPES["dash"]}


def test_boxes_are_single_characters_and_unique() -> None:
    boxes = _table("marks.toml")["boxes"]
    assert set(boxes) == {"empty", "ticked", "mixed"}
    assert all(len(box) == 1 for box in boxes["empty"] + boxes["ticked"])
    assert _twice(boxes["empty"] + boxes["ticked"]) == []


def test_doubt_is_about_known_answers_and_its_patterns_compile() -> None:
    doubt = _table("answers/sentence.toml")["doubt"]
    assert set(doubt) - {"words"} <= set(ANSWERS) - {"yes", "no"}
    assert _twice(doubt["words"]) == []
    patterns = [p for name, entries in doubt.items() if name != "words" for p in entries]
    assert _twice(patterns) == []
    assert not any(re.compile(pattern).search("") for pattern in patterns)


def test_qualifiers_are_known_answers_and_ask_for_text() -> None:
    table = _table("answers/inline_remark.toml")
    assert list(table["qualifiers"]) == ["planned", "partial", "conditional", "unclear"], (
        "tried in this order"
    )
    patterns = [p for entries in table["qualifiers"].values() for p in entries] + table["takes_back"][
        "patterns"
    ]
    assert _twice(patterns) == []
    assert not any(re.compile(pattern).search("") for pattern in patterns)


def test_legend_meanings_are_known_answers() -> None:
    meanings = _table("legends/meanings.toml")["meanings"]
    answers = [entry["answer"] for entry in meanings]
    assert set(answers) <= {*ANSWERS, "skip"}
    assert answers[-1] == "yes", "a plain yes is tried last"
    assert all(set(entry) - {"first"} == {"answer", "patterns"} for entry in meanings)
    assert [entry["answer"] for entry in meanings if entry.get("first")] == ["skip", "yes", "partial"]
    assert not any(re.compile(p).search("") for entry in meanings for p in entry["patterns"])


def test_legend_patterns_are_written_folded() -> None:
    plain = [
        part
        for entry in _table("legends/meanings.toml")["meanings"]
        for pattern in entry["patterns"]
        for part in re.findall(r"[^\W\d_]+", pattern)
    ]
    assert [part for part in plain if fold(part) != part] == []


def test_units_are_unique() -> None:
    units: dict[str, list[str]] = _table("values/quantities.toml")["units"]
    assert _twice(fold(spelling) for unit in units.values() for spelling in unit if spelling != "％") == []
    assert all(unit in spellings or unit.casefold() in spellings for unit, spellings in units.items())


def test_bounds_are_known_and_unique() -> None:
    bounds: dict[str, list[str]] = _table("values/quantities.toml")["bounds"]
    assert set(bounds) == {f"{b}_{side}" for b in ("min", "max", "about") for side in ("before", "after")}
    for side in ("before", "after"):
        words = [word for bound, entries in bounds.items() if bound.endswith(side) for word in entries]
        assert _twice(words) == []
        assert all(unicodedata.normalize("NFKC", word).casefold() == word for word in words)


def test_legal_forms_are_unique() -> None:
    forms: dict[str, list[str]] = _table("values/organisations.toml")["legal_forms"]
    assert set(forms) == {"japanese", "latin"}
    assert _twice([*forms["japanese"], *forms["latin"]]) == []


def test_radicals_stand_for_ideographs_that_are_no_radicals() -> None:
    radicals: dict[str, str] = _table("radicals.toml")["radicals"]
    assert len(radicals) > 300
    assert all(len(key) == len(value) == 1 for key, value in radicals.items())
    assert all(0x2E80 <= ord(key) <= 0x2FDF for key in radicals)
    assert not set(radicals) & set(radicals.values())


def test_kangxi_radicals_agree_with_nfkc_but_for_known_variants() -> None:
    radicals: dict[str, str] = _table("radicals.toml")["radicals"]
    other = {k for k, v in radicals.items() if ord(k) >= 0x2F00 and unicodedata.normalize("NFKC", k) != v}
    assert len(other) <= 8


def test_a_missing_file_is_a_fault_of_the_installation() -> None:
    with pytest.raises(FileNotFoundError):
        load("normalizers", "none.toml")


@pytest.mark.parametrize("name", ["remarks/effect.toml", "language/clause_topics.toml"])
def test_words_of_remarks_and_topics_are_unique_and_their_patterns_compile(name: str) -> None:
    table = _table(name)
    lists = [value for part in table.values() for value in part.values() if isinstance(value, list)]
    assert [words for words in lists if _twice(words)] == []
    patterns = [value for part in table.values() for value in part.values() if isinstance(value, str)]
    assert not any(re.compile(pattern).search("") for pattern in patterns)


def test_lists_that_are_used_together_say_nothing_twice() -> None:
    topics, predicates = _table("language/clause_topics.toml")["words"], _table("language/predicates.toml")
    burdens = predicates["burdens"]["words"]
    assert _twice([*topics["lean"], *{*topics["existing"], *topics["taken_up"]}]) == []
    assert _twice([*topics["generic"], *{*topics["times"], *predicates["asking"]["times"]}]) == []
    assert _twice([*predicates["affirming"]["nouns"], *predicates["affirming"]["bare"]]) == []
    assert _twice([*_table("remarks/effect.toml")["words"]["bad"], *burdens]) == []
