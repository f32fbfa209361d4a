"""The catalogue of controls: unique, whole, in this project's own words, with references that exist."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from importlib import resources

import pytest

from normalizers.language.grammar.bearing import bearing_of
from normalizers.language.grammar.clause_bearing import Direction
from normalizers.text import fold
from pipeline.catalogue.load import load_controls
from tests.conftest import SHARED

CONTROLS = load_controls()
FILES = sorted(
    (
        path
        for folder in resources.files("pipeline.catalogue.controls").iterdir()
        if folder.is_dir()
        for path in folder.iterdir()
        if path.name.endswith(".toml")
    ),
    key=lambda path: path.name,
)
STANDARDS = {"ISO/IEC 27002:2013", "ISO/IEC 27017:2015"}
# Standards of which no list of clauses is at hand: their clauses are written as the standard writes them.
OTHER_STANDARDS = {
    "AI事業者ガイドライン 1.0", "CIS Controls v8", "IEC 62443-3-3", "ISO/IEC 27001:2022", "ISO/IEC 42001:2023",
    "JIS X 8341-3:2016", "NIST CSF 2.0", "OWASP Top 10 for LLM Applications 2025", "個人情報の保護に関する法律",
}  # fmt: skip


def _twice(texts: list[str]) -> list[str]:
    return [text for text, count in Counter(texts).items() if count > 1]


def test_there_are_enough_controls() -> None:
    assert len(CONTROLS) >= 250
    assert len({control.domain for control in CONTROLS}) == len(FILES) >= 15


def test_ids_are_unique() -> None:
    assert _twice([control.control_id for control in CONTROLS]) == []


def test_a_former_id_is_of_one_control_and_of_no_other_now() -> None:
    former = [old for control in CONTROLS for old in control.former_ids]
    assert _twice(former) == []
    assert not set(former) & {control.control_id for control in CONTROLS}


def test_every_control_has_six_wordings_at_least() -> None:
    assert [c.control_id for c in CONTROLS if len(c.wordings) < 6] == []


def test_names_and_definitions_are_unique() -> None:
    assert _twice([fold(control.name_ja) for control in CONTROLS]) == []
    assert _twice([fold(control.name_en) for control in CONTROLS]) == []
    assert _twice([fold(control.definition_ja) for control in CONTROLS]) == []


def test_ids_are_words_joined_by_hyphens() -> None:
    assert [c.control_id for c in CONTROLS if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", c.control_id)] == []


def test_the_desired_answer_is_yes_no_or_a_value() -> None:
    assert [c.control_id for c in CONTROLS if c.desired not in {"yes", "no", "value"}] == []
    assert {control.desired for control in CONTROLS} >= {"yes", "value"}


def test_names_are_in_their_language() -> None:
    assert [
        c.control_id
        for c in CONTROLS
        if not re.search(r"[ぁ-んァ-ヶ一-龠]", c.name_ja) and not c.name_ja.isascii()
    ] == []
    assert [c.control_id for c in CONTROLS if re.search(r"[ぁ-んァ-ヶ一-龠]", c.name_en)] == []


def test_definitions_are_one_sentence() -> None:
    odd = [c.control_id for c in CONTROLS if not c.definition_ja.endswith("。") or len(c.definition_ja) < 15]
    assert odd == []
    assert [c.control_id for c in CONTROLS if c.definition_ja.count("。") > 1] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_one_domain_named_like_the_file(path: resources.abc.Traversable) -> None:
    found = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(found) == {"domain", "name_ja", "name_en", "controls"}
    assert found["domain"] == path.name.removesuffix(".toml")
    assert found["controls"]
    keys = {"id", "name_ja", "name_en", "definition_ja", "desired", "references"}
    more = {"also", "contrary", "must", "must_not", "unit", "better", "former_ids"}
    odd = [entry["id"] for entry in found["controls"] if not keys <= set(entry) <= keys | more]
    assert odd == []


def test_other_wordings_are_unique_and_words_are_folded_once() -> None:
    assert _twice([fold(text) for control in CONTROLS for text in (*control.also, *control.contrary)]) == []
    for control in CONTROLS:
        assert _twice([fold(word) for word in control.must]) == [], control.control_id
        assert not set(map(fold, control.must)) & set(map(fold, control.must_not)), control.control_id


def _holds(text: str, words: tuple[str, ...]) -> bool:
    return any(all(fold(word) in fold(text) for word in together.split("&")) for together in words)


def test_a_control_does_not_rule_itself_out() -> None:
    for c in CONTROLS:
        assert not c.must or _holds(c.wordings[0], c.must), c.control_id
        assert [text for text in c.wordings if _holds(text, c.must_not)] == [], c.control_id


def test_a_figure_has_a_unit_and_a_better_side() -> None:
    assert [c.control_id for c in CONTROLS if bool(c.unit) != (c.better in {"higher", "lower"})] == []
    assert [c.control_id for c in CONTROLS if c.unit and c.desired != "value"] == []


def test_references_name_a_standard_and_a_clause() -> None:
    references = [reference for control in CONTROLS for reference in control.references]
    assert {standard for standard, _ in references} == STANDARDS | OTHER_STANDARDS
    listed = [clause for standard, clause in references if standard in STANDARDS]
    assert [clause for clause in listed if not re.fullmatch(r"(CLD\.)?\d+(\.\d+){1,3}", clause)] == []
    assert sum(bool(control.references) for control in CONTROLS) >= 200


def test_no_reference_stands_twice_in_a_control() -> None:
    assert [c.control_id for c in CONTROLS if len(set(c.references)) != len(c.references)] == []


def test_references_exist_in_the_standards() -> None:
    path = SHARED / "design" / "ismap-to-iso.csv"
    if not path.exists():
        pytest.skip(f"{path} is not there: the clauses cannot be checked")
    with path.open(encoding="utf-8", newline="") as stream:
        known = {(row["standard"], row["clause"]) for row in csv.DictReader(stream)}
    unknown = [
        (c.control_id, *reference)
        for c in CONTROLS
        for reference in c.references
        if reference[0] in STANDARDS and reference not in known
    ]
    assert unknown == [], f"clauses that no ISMAP control points to: {unknown}"


def test_the_catalogue_is_loaded_once_in_a_fixed_order() -> None:
    assert load_controls() is CONTROLS
    assert [c.domain for c in CONTROLS] == sorted(c.domain for c in CONTROLS)


def test_no_wording_says_the_contrary_of_its_control_but_those_that_are_named_so() -> None:
    feared = [
        (c.control_id, text)
        for c in CONTROLS
        if c.desired == "yes"
        for text in c.also
        if (bearing := bearing_of(text)).settled and bearing.direction == Direction.FEARED
    ]
    assert len(feared) <= 2, feared  # 費用を取らずに is a manner that is wanted there
    hoped = [
        (c.control_id, text)
        for c in CONTROLS
        if c.desired == "yes"
        for text in c.contrary
        if (bearing := bearing_of(text)).settled and bearing.direction == Direction.HOPED
    ]
    assert hoped == []
