"""Editions of one form: reworded and renumbered, with a year in the title."""

from __future__ import annotations

import pytest

from pipeline.families import families_of
from pipeline.forms import FormList, forms_of, with_families

ROOMS = ["応接室の窓を毎晩閉めていること。", "倉庫の鍵を二人で管理していること。", "来客の氏名を記録していること。",
         "庭の落ち葉を毎朝集めていること。", "非常口の前に物を置いていないこと。", "名簿を金庫に保管していること。"]  # fmt: skip
REWORDED = [text.replace("いること", "いますか") for text in ROOMS]
OTHERS = [f"第{n}の池の水を{n}月に入れ替えること。" for n in range(1, 7)]


@pytest.mark.parametrize(
    ("one", "other", "linked"),
    [
        (("点検表 2024年度版", ROOMS), ("点検表（2025年度版）", REWORDED), True),
        (("点検表 第1版", ROOMS), ("点検表 第2版", [*REWORDED[:3], *OTHERS]), True),
        (("点検表", ROOMS), ("見回りの票", REWORDED), True),
        (("点検表", ROOMS), ("見回りの票", [*REWORDED[:2], *OTHERS]), False),
        (("点検表 2024", ROOMS), ("点検表 2025", OTHERS), False),
        ((None, ROOMS), (None, OTHERS), False),
        (("点検表", []), ("点検表", ROOMS), False),
    ],
)
def test_editions_are_linked(
    one: tuple[str | None, list[str]], other: tuple[str | None, list[str]], linked: bool
) -> None:
    # Without a title only forms that share a question in the same words are compared.
    told = {
        "a": (one[0], [*one[1], "受付の花を替えること。"]),
        "b": (other[0], [*other[1], "受付の花を替えること。"]),
    }
    assert families_of(told) == ({"a": "a", "b": "a"} if linked else {})


def _list(title: str, texts: list[str]) -> FormList:
    return FormList(frozenset(texts), "", title)


def test_two_editions_keep_their_ids_and_share_a_family() -> None:
    texts = [ROOMS, ROOMS, [f"必ず{text}" for text in ROOMS], OTHERS]
    titles = ("点検表 2024年度", "点検表 2024年度", "点検表 2025年度", "池")
    forms = forms_of([_list(title, asked) for title, asked in zip(titles, texts, strict=True)])
    asked = {form.form_id: asked for form, asked in zip(forms, texts, strict=True)}
    first, again, second, alone = with_families(forms, asked)
    assert first == again
    assert first.form_id != second.form_id
    assert first.family == second.family is not None
    assert alone.family is None
