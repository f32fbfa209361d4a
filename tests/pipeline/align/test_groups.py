"""Items that no control takes, grouped over forms."""

from __future__ import annotations

import pytest

from pipeline.align.groups import group_items
from pipeline.align.item import Item


def _items(*texts: str) -> list[Item]:
    return [Item(f"i{number}", "", "", text) for number, text in enumerate(texts)]


def _forms(items: list[Item], *names: str) -> dict[str, str]:
    return {item.item_id: name for item, name in zip(items, names, strict=True)}


def test_nothing_groups_to_nothing() -> None:
    assert group_items([], {}) == []
    assert group_items(_items("落ち葉を集めること"), {}) == []


@pytest.mark.slow
class TestGroups:
    def test_the_same_words_of_two_forms_meet(self) -> None:
        items = _items("落ち葉を毎朝集めること。", "落ち葉を 毎朝集めること。", "窓を拭くこと。")
        (group,) = group_items(items, _forms(items, "a", "b", "b"))
        assert {item.item_id for item in group.items} == {"i0", "i1"}
        assert group.group_id.startswith("new:")

    def test_nearly_the_same_words_meet(self) -> None:
        items = _items(
            "落ち葉を毎朝集めること。", "毎朝、落ち葉を集めているか。", "うさぎに人参を与えること。"
        )
        (group,) = group_items(items, _forms(items, "a", "b", "b"))
        assert {item.item_id for item in group.items} == {"i0", "i1"}

    def test_a_form_does_not_meet_itself(self) -> None:
        items = _items("落ち葉を毎朝集めること。", "落ち葉を毎朝集めること。")
        assert group_items(items, _forms(items, "a", "a")) == []

    def test_opposite_questions_do_not_meet(self) -> None:
        items = _items("落ち葉を庭で燃やすこと。", "落ち葉を庭で燃やさないこと。")
        assert group_items(items, _forms(items, "a", "b")) == []

    def test_what_says_nothing_is_in_no_group(self) -> None:
        items = _items("", "", "―", "―")
        groups = group_items(items, _forms(items, "a", "b", "a", "b"))
        assert all(item.requirement for group in groups for item in group.items)

    def test_the_id_does_not_hang_on_the_order(self) -> None:
        items = _items("落ち葉を毎朝集めること。", "毎朝、落ち葉を集めているか。")
        forms = _forms(items, "a", "b")
        assert group_items(items, forms) == group_items(items[::-1], forms)
