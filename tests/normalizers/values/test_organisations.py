"""Organisations named in a text, and keys to compare their names."""

from __future__ import annotations

import pytest

from normalizers.values.organisations import (
    addressee_in,
    organisation_alone,
    organisation_in,
    organisation_key,
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("株式会社カクウ", "株式会社カクウ"),
        ("カクウ株式会社", "カクウ株式会社"),
        ("株式会社　カクウ", "株式会社　カクウ"),
        ("事業者名：株式会社カクウ　代表取締役", "株式会社カクウ"),
        ("会社名 カクウ株式会社 御中", "カクウ株式会社"),
        ("株式会社カクウ様", "株式会社カクウ"),
        ("当社は株式会社カクウの子会社", "株式会社カクウ"),
        ("回答者：カクウ株式会社（東京都）", "カクウ株式会社"),
        ("カクウ・ラボ株式会社", "カクウ・ラボ株式会社"),
        ("（株）ミホン文書", "（株）ミホン文書"),
        ("ミホン文書(株)", "ミホン文書(株)"),
        ("㈱ミホン", "㈱ミホン"),
        ("有限会社ミホン商店の回答", "有限会社ミホン商店"),
        ("ミホン合同会社", "ミホン合同会社"),
        ("一般社団法人カクウ協会", "一般社団法人カクウ協会"),
        ("国立大学法人夢見大学", "国立大学法人夢見大学"),
        ("© 2026 Kakuu Inc. All rights reserved", "Kakuu Inc."),
        ("Kakuu Cloud Co., Ltd.", "Kakuu Cloud Co., Ltd."),
        ("Mihon, Inc.", "Mihon, Inc."),
        ("Copyright Kakuu LLC", "Kakuu LLC"),
        ("提供者は株式会社カクウです。", "株式会社カクウ"),
        ("本サービスはカクウ株式会社が提供", "カクウ株式会社"),
    ],
)
def test_organisation_with_its_legal_form(text: str, name: str) -> None:
    assert organisation_in(text) == name


@pytest.mark.parametrize(
    "text", ["", "弊社", "株式会社", "ミホン銀行", "incident", "Incorporated", "〇〇サービス", "会社名："]
)
def test_no_organisation(text: str) -> None:
    assert organisation_in(text) is None


@pytest.mark.parametrize(
    "name",
    [
        "株式会社カクウ",
        "カクウ株式会社",
        "カクウ（株）",
        "カクウ(株)",
        "㈱カクウ",
        "㈱ｶｸｳ",
        "株式会社　カクウ",
        "カクウ株式会社 御中",
        "株式会社カクウ様",
    ],
)
def test_prints_of_one_name_share_a_key(name: str) -> None:
    assert organisation_key(name) == "カクウ"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Kakuu Inc.", "kakuu"),
        ("KAKUU, Inc.", "kakuu"),
        ("Kakuu Co., Ltd.", "kakuu"),
        ("Ｋａｋｕｕ　株式会社", "kakuu"),
        ("Kakuu LLC", "kakuu"),
        ("Incline Corp.", "incline"),
        ("PLCテクノ株式会社", "plcテクノ"),
    ],
)
def test_key_of_a_name(name: str, key: str) -> None:
    assert organisation_key(name) == key


def test_different_names_have_different_keys() -> None:
    assert (
        len({organisation_key(f"{name}株式会社") for name in ("カクウ", "ミホン", "夢見", "サンプル港")}) == 4
    )


@pytest.mark.parametrize(
    "name",
    [
        "からくり堂株式会社",
        "株式会社カラクリ堂",
        "㈱ｶﾗｸﾘ堂",
        "（株）からくり堂",
        "カラクリ・堂（株）",
        "株式会社からくり堂　営業部",
    ],
)
def test_kana_and_dots_do_not_part_one_vendor(name: str) -> None:
    assert organisation_key(name) == "カラクリ堂"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("株式会社カクウ　御中", "株式会社カクウ"),
        ("カクウ株式会社様", "カクウ株式会社"),
        ("株式会社カクウ", None),
        ("御中", None),
    ],
)
def test_whom_a_sheet_is_addressed_to(text: str, name: str | None) -> None:
    assert addressee_in(text) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (" 株式会社カクウ ", "株式会社カクウ"),
        ("Kakuu, Inc.", "Kakuu, Inc."),
        ("© 2019-2026 みんなの庭株式会社", "みんなの庭株式会社"),
        ("Copyright (C) 2026 Kakuu, Inc. All rights reserved.", "Kakuu, Inc."),
        ("がんばり電機株式会社", "がんばり電機株式会社"),
        ("とまと物産株式会社", "とまと物産株式会社"),
        ("株式会社カクウ 営業部", None),
        ("提供者は夢見株式会社", None),
        ("カクウ", None),
        ("株式会社", None),
        ("", None),
    ],
)
def test_a_line_that_is_nothing_but_an_organisation(text: str, name: str | None) -> None:
    assert organisation_alone(text) == name


@pytest.mark.parametrize(
    "name", ["はなまる株式会社", "のぞみ工業株式会社", "にじいろ(株)", "をかし堂有限会社"]
)
@pytest.mark.parametrize("before", ["", "委託先：", "令和8年 ", "（", "01_"])
def test_no_particle_begins_a_phrase(before: str, name: str) -> None:
    assert organisation_in(before + name) == name
