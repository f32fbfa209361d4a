"""What a person says of some columns of a form makes the roles of all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from extractors.checklist.model import Role
from extractors.location import Location
from pipeline.errors import NoSuchLayout
from pipeline.review.form_layouts.decide_layout import decide_roles
from pipeline.review.form_layouts.forms import FormColumn, FormLayouts, FormReading, find_form

ASK, ANSWER, REMARKS, NUMBER = Role.REQUIREMENT, Role.ANSWER, Role.REMARKS, Role.NUMBER
NAMES = ("A", "B", "C:E", "F", "G", "AA")
FIRST = ("number", "category", "requirement", "answer", "remarks", "ignore")
SECOND = ("number", "requirement", "remarks", "choice", "choice", "choice")


def _form(key: str = "1f2e3d4c5b6a", *readings: Sequence[str]) -> FormLayouts:
    shown = tuple(
        FormReading(
            rank,
            tuple(FormColumn(name, f"見出し{name}", role) for name, role in zip(NAMES, roles, strict=True)),
            0.5, 0.1, "evidence", (),
        )
        for rank, roles in enumerate(readings or (FIRST, SECOND), 1)
    )  # fmt: skip
    return FormLayouts(key, key[:8], "点検表", True, shown, (("a.xlsx", Location(sheet="一")),))


@pytest.mark.parametrize(
    ("rank", "named", "expected"),
    [
        (1, {}, FIRST),
        (2, {}, SECOND),
        (1, {ANSWER: ["G"]}, ("number", "category", "requirement", "ignore", "answer", "ignore")),
        (1, {ANSWER: ["F", "G"]}, ("number", "category", "requirement", "answer", "answer", "ignore")),
        (
            1,
            {ANSWER: ["G"], REMARKS: ["F"]},
            ("number", "category", "requirement", "remarks", "answer", "ignore"),
        ),
        (1, {ASK: ["B"]}, ("number", "requirement", "ignore", "answer", "remarks", "ignore")),
        (1, {ASK: ["D"]}, FIRST),
        (
            1,
            {ASK: ["c:e"], NUMBER: ["ａａ"]},
            ("ignore", "category", "requirement", "answer", "remarks", "number"),
        ),
        (2, {ANSWER: ["F", "G"]}, ("number", "requirement", "remarks", "choice", "choice", "ignore")),
        (2, {ANSWER: ["F"]}, ("number", "requirement", "remarks", "answer", "ignore", "ignore")),
        (2, {ANSWER: ["C"]}, ("number", "requirement", "answer", "ignore", "ignore", "ignore")),
    ],
)
def test_named_columns_replace_those_of_the_reading(
    rank: int, named: Mapping[Role, Sequence[str]], expected: Sequence[str]
) -> None:
    assert decide_roles(_form(), rank, named) == tuple(expected)


@pytest.mark.parametrize(
    ("rank", "named", "en", "ja"),
    [
        (3, {}, "has no reading 3. It has: 1, 2.", "3 番の読み方"),
        (1, {ANSWER: ["H"]}, "no column H. Its columns: A 見出しA,", "列 H はありません"),
        (1, {ANSWER: [""]}, "no column ", "はありません"),
        (1, {ANSWER: ["F"], REMARKS: ["F"]}, "F cannot be both answer and remarks", "F を answer と remarks"),
        (1, {ANSWER: ["D"]}, "No column of the form 1f2e3d4c would be the question", "設問の列がありません"),
        (1, {REMARKS: ["F"]}, "No column of the form 1f2e3d4c would be the answer", "回答の列がありません"),
    ],
)
def test_what_cannot_be_is_told_in_both_languages(
    rank: int, named: Mapping[Role, Sequence[str]], en: str, ja: str
) -> None:
    with pytest.raises(NoSuchLayout) as caught:
        decide_roles(_form(), rank, named)
    assert (en in caught.value.text("en"), ja in caught.value.text("ja")) == (True, True), caught.value


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("1f2e3d4c5b6a", "1f2e3d4c5b6a"),
        ("1F2E3D4C5", "1f2e3d4c5b6a"),
        ("9", "9a8b"),
        ("１f2e", None),
        ("", None),
        ("x", None),
    ],
)
def test_a_form_is_named_by_the_beginning_of_its_key(name: str, expected: str | None) -> None:
    forms = [_form("1f2e3d4c5b6a"), _form("1f2e0000"), _form("9a8b")]
    if expected is not None:
        assert find_form(forms, name, Path("out")).form_key == expected
        return
    with pytest.raises(NoSuchLayout) as caught:
        find_form(forms, name, Path("out"))
    assert ("1f2e3d4c, 1f2e0000" in str(caught.value)) == (name == "１f2e")
