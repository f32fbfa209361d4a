"""Items against controls: candidates, scores, and whether an answer is a good one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from pipeline.align.item import Item
from pipeline.align.match import ACCEPT, Candidate, match_items
from pipeline.catalogue.load import Control, load_controls

SENTENCES = {
    "keys": ("鍵の管理", "倉庫の鍵を二人で管理していること。"),
    "drill": ("避難訓練", "避難の訓練を年に二回行っていること。"),
    "stock": ("棚卸し", "備品の棚卸しを年度の終わりに行っていること。"),
    "roster": ("名簿の提供", "利用者の名簿を第三者に提供しないこと。"),
    "guests": ("来客の記録", "来客の氏名と時刻を記録していること。"),
    "garden": ("庭の手入れ", "庭の芝生を刈り、落ち葉を集めていること。"),
    "lights": ("消灯", "最後に帰る者が部屋の明かりを消していること。"),
}
CONTROLS = tuple(Control(key, "rooms", name, key, text, "yes", ()) for key, (name, text) in SENTENCES.items())
MATCH = Candidate("keys", 0.9, "fuzzy", "same", "equal", True, "yes", True)


def _item(requirement: str, name: str = "", category: str = "", item_id: str = "i1") -> Item:
    return Item(item_id, category, name, requirement)


def _match(item: Item, controls: Sequence[Control] = CONTROLS) -> list[Candidate]:
    return match_items([item], controls)[item.item_id]


@pytest.mark.parametrize(
    ("polarity", "desired", "answer", "expected"),
    [
        ("same", "yes", "yes", True),
        ("same", "yes", "no", False),
        ("same", "no", "yes", False),
        ("same", "no", "no", True),
        ("inverse", "yes", "yes", False),
        ("inverse", "yes", "no", True),
        ("inverse", "no", "yes", True),
        ("inverse", "no", "no", False),
        ("same", "value", "yes", None),
        ("inverse", "value", "no", None),
    ],
)
def test_whether_an_answer_is_the_one_hoped_for(
    polarity: str, desired: str, answer: str, expected: bool | None
) -> None:
    assert replace(MATCH, polarity=polarity, desired=desired).favourable(answer) is expected


@pytest.mark.parametrize(
    "answer",
    ["partial", "conditional", "planned", "not_applicable", "undisclosed", "unanswered", "value", "unclear"],
)
@pytest.mark.parametrize("polarity", ["same", "inverse"])
def test_only_yes_and_no_can_be_hoped_for(answer: str, polarity: str) -> None:
    assert replace(MATCH, polarity=polarity).favourable(answer) is None


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_an_unsure_polarity_says_nothing(answer: str) -> None:
    assert replace(MATCH, sure=False).favourable(answer) is None


def test_nothing_is_matched_with_nothing() -> None:
    assert match_items([], CONTROLS) == {}
    assert match_items([_item("倉庫の鍵")], ()) == {}


@pytest.mark.slow
class TestMatching:
    """Loads Sudachi's dictionary and scikit-learn."""

    def test_the_same_sentence_is_an_exact_match(self) -> None:
        best = _match(_item("倉庫の鍵を 二人で管理していること。"))[0]
        assert (best.control_id, best.score, best.method, best.accepted) == ("keys", 1.0, "exact", True)
        assert (best.polarity, best.relation, best.desired) == ("same", "equal", "yes")

    @pytest.mark.parametrize(
        ("requirement", "control"),
        [
            ("鍵は二名の担当者で管理しているか", "keys"),
            ("防災・避難訓練を半年に一度行っているか", "drill"),
            ("年度末に備品を棚卸ししていますか", "stock"),
            ("訪れた人の氏名を記録していますか", "guests"),
        ],
    )
    def test_other_words_for_the_same_find_their_control(self, requirement: str, control: str) -> None:
        assert _match(_item(requirement))[0].control_id == control

    def test_the_opposite_question_is_told_as_opposite(self) -> None:
        best = _match(_item("利用者の名簿を第三者に提供しているか。"))[0]
        assert (best.control_id, best.polarity, best.sure) == ("roster", "inverse", True)
        assert (best.favourable("yes"), best.favourable("no")) == (False, True)

    def test_candidates_are_five_with_scores_from_zero_to_one_best_first(self) -> None:
        found = _match(_item("倉庫と庭の鍵を管理し、来客を記録しているか", "鍵"))
        assert len(found) == 5
        assert len({match.control_id for match in found}) == 5
        assert all(0 <= match.score <= 1 for match in found)
        assert [m.score for m in found] == sorted((m.score for m in found), reverse=True)

    def test_an_exact_sentence_is_the_best_candidate_whatever_its_category(self) -> None:
        requirement = SENTENCES["lights"][1]
        item = _item(
            requirement,
            "庭の芝生を刈り、落ち葉を集めていること。庭の手入れ",
            "庭の手入れ 庭の芝生を刈り、落ち葉を集めていること。",
        )
        best = _match(item)[0]
        assert (best.control_id, best.method, best.accepted) == ("lights", "exact", True)

    def test_only_the_first_candidate_can_be_accepted(self) -> None:
        for key, (name, text) in SENTENCES.items():
            found = _match(_item(text, name))
            assert found[0].control_id == key
            assert [match.accepted for match in found] == [True, False, False, False, False]
            assert [match.relation for match in found] == ["equal"] + [""] * 4

    def test_what_has_nothing_to_do_with_the_catalogue_is_not_accepted(self) -> None:
        found = match_items([_item("うさぎの好物は人参であること。")], load_controls())["i1"]
        assert found[0].score < ACCEPT
        assert not any(match.accepted for match in found)

    def test_an_item_without_words_has_no_accepted_control(self) -> None:
        assert not _match(_item("―"))[0].accepted

    def test_every_item_has_its_own_candidates(self) -> None:
        items = [_item(text, item_id=key) for key, (_, text) in SENTENCES.items()]
        found = match_items(items, CONTROLS)
        assert {item_id: matches[0].control_id for item_id, matches in found.items()} == {
            key: key for key in SENTENCES
        }

    def test_the_same_items_give_the_same_scores(self) -> None:
        items = [_item(text, name) for name, text in SENTENCES.values()]
        assert match_items(items, CONTROLS) == match_items(items, CONTROLS)

    def test_every_control_of_the_catalogue_finds_itself(self) -> None:
        controls = load_controls()
        items = [Item(c.control_id, "", c.name_ja, c.definition_ja) for c in controls]
        found = match_items(items, controls)
        assert [c.control_id for c in controls if found[c.control_id][0].control_id != c.control_id] == []
        assert all(matches[0].accepted and matches[0].sure for matches in found.values())

    def test_negation_is_never_surely_the_same(self) -> None:
        deny = Control("none", "rooms", "提供の禁止", "none", "名簿を外に提供していないこと。", "yes", ())
        best = match_items([_item("名簿を外に提供していること。")], [deny])["i1"][0]
        assert best.favourable("yes") is not True
