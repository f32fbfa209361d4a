"""Lists that share most of their items are one form, whoever filled them in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline.assemble.forms import Form, FormList, assign_forms, form_name, header_key
from pipeline.document.process import DocumentResult
from pipeline.document.records import checklist_to_records
from tests.pipeline.make import SAMPLES, checklist, item_row


def _list(numbers: Sequence[int], title: str | None = "みほん点検表", answer: str = "○") -> FormList:
    rows = [item_row(number, answer, f"棚{number}を拭いていること。") for number in numbers]
    read = checklist_to_records(replace(checklist(rows), title=title), ())
    items = frozenset(record.item_id for record in read.records)
    return FormList(items, header_key(read), form_name(read))


def test_the_same_items_are_one_form_whoever_answers() -> None:
    one, other = assign_forms([_list(range(10)), _list(range(10), answer="×")])
    assert one == other
    assert one.name == "みほん点検表"


def test_an_edition_with_some_new_items_is_the_same_form() -> None:
    one, other = assign_forms([_list(range(10)), _list(range(2, 10))])
    assert one.form_id == other.form_id


def test_lists_that_share_little_are_two_forms() -> None:
    one, other = assign_forms([_list(range(10)), _list(range(5, 15))])
    assert one.form_id != other.form_id


def test_forms_come_in_the_order_of_their_lists() -> None:
    garden, pond = _list(range(5), "庭"), _list(range(50, 55), "池")
    assert [form.name for form in assign_forms([garden, pond, garden])] == ["庭", "池", "庭"]
    assert assign_forms([]) == []


@pytest.mark.parametrize("title", ["■庭の点検表（回答例）", "【記入例】庭の点検表", "庭の点検表【回答例】"])
def test_the_name_leaves_out_what_says_that_it_is_an_example(title: str) -> None:
    assert assign_forms([_list(range(3), title)])[0].name == "庭の点検表"


def test_a_list_without_a_title_is_named_by_its_sheet() -> None:
    assert assign_forms([_list(range(3), None)])[0].name == "一覧"


def test_a_form_has_the_same_id_when_an_unrelated_list_comes() -> None:
    alone: Form = assign_forms([_list(range(5))])[0]
    assert assign_forms([_list(range(50, 59)), _list(range(5))])[1] == alone


def test_a_form_has_the_id_of_its_first_list() -> None:
    editions = [_list([n for n in range(10) if n != left_out]) for left_out in range(10)]
    alone = [assign_forms([edition])[0].form_id for edition in editions]
    assert len(set(alone)) > 1
    for ordered, first in ((editions, alone[0]), (editions[::-1], alone[-1])):
        assert {form.form_id for form in assign_forms(ordered)} == {first}


def test_a_form_keeps_its_id_while_a_list_with_the_same_items_comes_first() -> None:
    first, copy, edition = _list(range(10)), _list(range(10), answer="×"), _list(range(1, 10))
    assert assign_forms([copy, edition])[0].form_id == assign_forms([first, edition])[0].form_id


def test_forms_of_the_samples(outcomes: dict[str, DocumentResult]) -> None:
    def ids(key: str) -> set[str]:
        return {record.item_id for c in outcomes[SAMPLES[key]].checklists for record in c.records}

    assert ids("a_xlsx") == ids("a_pdf")
    assert ids("a_xlsx") <= ids("a_mixed")
    assert ids("b_xlsx") == ids("b_pdf")
    assert ids("c_filled") == ids("c_blank")
    assert not ids("a_xlsx") & ids("b_xlsx") | ids("a_xlsx") & ids("c_filled")
