"""What was decided of a form is offered for a form much like it, and never for another one."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from extractors.location import Location
from pipeline.review.form_layouts.alike_forms import find_offers
from pipeline.review.form_layouts.forms import FormColumn, FormLayouts, FormReading
from pipeline.review.form_layouts.layouts import ReviewedLayout

HEADERS = ("No.", "確認事項", "甲の欄", "乙の欄")
READ = ("number", "requirement", "answer", "remarks")
DECIDED = ("number", "requirement", "remarks", "answer")
QUESTIONS = ("倉の鍵を毎朝数えていますか", "荷札を二人で確認していますか", "窓を閉めて帰りますか")


def _form(
    key: str,
    headers: Sequence[str] = HEADERS,
    roles: Sequence[str] = READ,
    questions: Sequence[str] = QUESTIONS,
    waits: bool = True,
) -> FormLayouts:
    columns = tuple(
        FormColumn("ABCDEF"[n], h, r) for n, (h, r) in enumerate(zip(headers, roles, strict=True))
    )
    sample = tuple((str(n), question, "○") for n, question in enumerate(questions, 1))
    reading = FormReading(1, columns, 0.5, 0.1, "evidence", sample)
    name = f"照会票: {' | '.join(headers)}"
    return FormLayouts(key, key, name, waits, (reading,), ((f"{key}.xlsx", Location(sheet="照会票")),))


def _decision(roles: Sequence[str] = DECIDED, form: str = f"照会票: {' | '.join(HEADERS)}") -> ReviewedLayout:
    return ReviewedLayout("old", form, tuple(roles), "係", "2026-06-01 10:00:00", "")


REWORDED = ("倉の鍵を毎朝数え、記録していますか", *QUESTIONS[1:])


@pytest.mark.parametrize(
    ("form", "roles"),
    [
        (_form("new", questions=REWORDED), DECIDED),
        (_form("new", headers=("No.", "確認事項", "甲の欄", "乙の欄", "メモ"), roles=(*READ, "remarks")), (*DECIDED, "remarks")),
        (_form("new", headers=("No.", "確認 事項", "甲の欄", "乙の欄 ")), DECIDED),
    ],
    ids=["a question reworded", "a column added", "white space in the header"],
)  # fmt: skip
def test_the_decision_on_the_edition_before_is_offered(form: FormLayouts, roles: tuple[str, ...]) -> None:
    offers = find_offers([_form("old", waits=False, roles=DECIDED), form], [_decision()])
    assert {key: offer.roles for key, offer in offers.items()} == {"new": roles}
    assert offers["new"].likeness >= 0.8
    assert offers["new"].decision.who == "係"


@pytest.mark.parametrize(
    "form",
    [
        _form(
            "new", questions=("社員は何人いますか", "本社はどこにありますか", "取引を始めた年はいつですか")
        ),
        _form("new", headers=("区分", "品名", "個数", "単価")),
        _form("new", questions=REWORDED, roles=DECIDED, waits=False),
    ],
    ids=["other questions", "other columns", "read that way already"],
)
def test_nothing_is_offered_for_another_form_or_where_nothing_would_change(form: FormLayouts) -> None:
    assert find_offers([_form("old", waits=False, roles=DECIDED), form], [_decision()]) == {}


def test_a_form_that_is_read_otherwise_without_a_doubt_is_offered_it_too() -> None:
    form = _form("new", questions=REWORDED, waits=False)
    assert set(find_offers([_form("old", waits=False, roles=DECIDED), form], [_decision()])) == {"new"}


def test_a_decision_of_which_no_sheet_is_left_is_known_by_its_headers() -> None:
    assert find_offers([_form("new")], [_decision()])["new"].roles == DECIDED
    assert find_offers([_form("new")], [_decision(form="照会票: 番 | 問い | 甲 | 乙")]) == {}


def test_that_a_form_is_no_list_is_offered_as_that() -> None:
    forms = [_form("old"), _form("new", questions=REWORDED)]
    assert find_offers(forms, [_decision(roles=())])["new"].roles == ()


def test_a_form_that_was_decided_itself_is_offered_nothing() -> None:
    own = ReviewedLayout("new", "照会票", READ, "係", "2026-06-02", "")
    assert find_offers([_form("old"), _form("new", questions=REWORDED)], [_decision(), own]) == {}
