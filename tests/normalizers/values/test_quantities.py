"""The one clear figure of a cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.values.quantities import Quantity, clear_quantity, is_plain_number, plain_quantity


@pytest.mark.parametrize(
    ("text", "number", "unit", "bound"),
    [
        ("99.9%以上", 99.9, "%", "min"),
        ("99.9％以上", 99.9, "%", "min"),
        ("99.9% 以上", 99.9, "%", "min"),
        ("99.95%", 99.95, "%", "exact"),
        ("１００％", 100.0, "%", "exact"),
        ("99.9パーセント", 99.9, "%", "exact"),
        ("稼働率99.5%以上", 99.5, "%", "min"),
        ("99.98%（昨年度の平均値）", 99.98, "%", "exact"),
        ("1%未満", 1.0, "%", "max"),
        ("5%超", 5.0, "%", "min"),
        ("3世代", 3.0, "世代", "exact"),
        ("三世代", 3.0, "世代", "exact"),
        ("72時間", 72.0, "時間", "exact"),
        ("４８時間", 48.0, "時間", "exact"),
        ("4 時間以内", 4.0, "時間", "max"),
        ("1.5時間", 1.5, "時間", "exact"),
        ("24 hours", 24.0, "時間", "exact"),
        ("RPO 24時間", 24.0, "時間", "exact"),
        ("1分", 1.0, "分", "exact"),
        ("約10分", 10.0, "分", "about"),
        ("約 10 分", 10.0, "分", "about"),
        ("30分以内", 30.0, "分", "max"),
        ("（30分）", 30.0, "分", "exact"),
        ("0.5秒", 0.5, "秒", "exact"),
        ("最大3回", 3.0, "回", "max"),
        ("上限10回", 10.0, "回", "max"),
        ("5営業日前まで", 5.0, "営業日", "min"),
        ("3営業日以内", 3.0, "営業日", "max"),
        ("最低1ヶ月", 1.0, "ヶ月", "min"),
        ("1ヶ月前まで", 1.0, "ヶ月", "min"),
        ("3か月", 3.0, "ヶ月", "exact"),
        ("12ヵ月", 12.0, "ヶ月", "exact"),
        ("６カ月間", 6.0, "ヶ月", "exact"),
        ("最大30日", 30.0, "日", "max"),
        ("30日程度", 30.0, "日", "about"),
        ("90日間", 90.0, "日", "exact"),
        ("30 days", 30.0, "日", "exact"),
        ("1週間", 1.0, "週間", "exact"),
        ("7年間保存", 7.0, "年", "exact"),
        ("5年以上", 5.0, "年", "min"),
        ("1,000名", 1000.0, "名", "exact"),
        ("1,000件/日", 1000.0, "件", "exact"),
        ("10万円", 10.0, "万円", "exact"),
        ("月額500円", 500.0, "円", "exact"),
        ("10GB以上", 10.0, "GB", "min"),
        ("10ＭＢ", 10.0, "MB", "exact"),
        ("1TB", 1.0, "TB", "exact"),
        ("100Mbps", 100.0, "Mbps", "exact"),
        ("256bit", 256.0, "ビット", "exact"),
        ("8文字以上", 8.0, "文字", "min"),
        ("50ms", 50.0, "ミリ秒", "exact"),
        ("2拠点", 2.0, "拠点", "exact"),
        ("100台未満", 100.0, "台", "max"),
        ("～5営業日", 5.0, "営業日", "max"),
    ],
)
def test_one_figure(text: str, number: float, unit: str, bound: str) -> None:
    assert clear_quantity(text) == Quantity(number, unit, bound)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "有",
        "○",
        "半年",
        "無制限",
        "1",
        "0.5",
        "24時間365日",
        "365日24時間",
        "毎日1回、7世代",
        "2026年4月1日",
        "2026年4月",
        "令和8年4月",
        "9:00～17:00",
        "9時から17時",
        "平日9時～17時",
        "ISO27001",
        "ISO/IEC 27017",
        "TLS1.2",
        "AES256",
        "v1.2",
        "第3条",
        "No.3",
        "項番3",
        "〇年〇月",
        "1/2",
        "3～5営業日",
        "1~2時間",
        "第2世代",
        "99,9%",
        "12,34時間",
    ],
)
def test_no_clear_figure(text: str) -> None:
    assert clear_quantity(text) is None


@pytest.mark.parametrize(
    ("text", "misread"),
    [
        ("二十回", 10.0),
        ("三十日", 10.0),
        ("十五日", 5.0),
        ("百回", 10.0),
    ],
)
def test_kanji_number_of_two_signs_is_not_cut(text: str, misread: float) -> None:
    found = clear_quantity(text)
    assert found is None or found.number != misread


@given(
    st.integers(1, 9999),
    st.sampled_from(["%", "時間", "日", "ヶ月", "営業日", "世代", "回", "件"]),
    st.sampled_from([("以上", "min"), ("以内", "max"), ("程度", "about"), ("", "exact")]),
)
def test_number_unit_and_bound_are_read_back(number: int, unit: str, bound: tuple[str, str]) -> None:
    assert clear_quantity(f"{number}{unit}{bound[0]}") == Quantity(float(number), unit, bound[1])


@given(st.text(max_size=40))
def test_any_text_gives_a_figure_or_none(text: str) -> None:
    found = clear_quantity(text)
    assert found is None or found.bound in {"exact", "min", "max", "about"}


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("30分", 0.5, "hours"), ("4時間以内", 4.0, "hours"), ("90秒", 0.025, "hours"), ("2週間", 14.0, "days"),
        ("1年以上", 365.0, "days"), ("三か月", 90.0, "days"), ("5営業日", 5.0, "working days"), ("99.9％", 99.9, "per cent"),
        ("年2回", 2.0, "times per year"),
       ("2回", 2.0, "count"), ("二名", 2.0, "count"), ("1,234千円", 1234000.0, "yen"), ("2TB", 2000.0, "gigabytes"),
    ],
)  # fmt: skip
def test_figures_are_compared_in_one_unit(text: str, number: float, unit: str) -> None:
    quantity = clear_quantity(text)
    assert quantity is not None
    assert quantity.canonical == (number, unit)


@pytest.mark.parametrize(
    ("text", "unit", "quantity"),
    [
        ("99.9以上", "稼働率(%)", Quantity(99.9, "%", "min")),
        ("72", "時間", Quantity(72.0, "時間", "exact")),
        ("約30", "分", Quantity(30.0, "分", "about")),
        ("12,500", None, Quantity(12500.0, "", "exact")),
        ("１２，５００", "", Quantity(12500.0, "", "exact")),
        ("72", "目標値", None),
        ("3と4", "世代", None),
        ("なし", "時間", None),
    ],
)
def test_a_figure_takes_its_unit_from_the_unit_cell(
    text: str, unit: str | None, quantity: Quantity | None
) -> None:
    assert plain_quantity(text, unit) == quantity


@pytest.mark.parametrize(
    ("text", "plain"), [("12500", True), ("0.999", True), ("1,234", True), ("3世代", False), ("", False)]
)
def test_a_plain_number(text: str, plain: bool) -> None:
    assert is_plain_number(text) is plain


@pytest.mark.parametrize(
    "text", ["9" * 400 + "%", "9" * 20 + "時間", "9" * 30000, "第" + "1" * 9000 + "条", "1," * 900 + "円"]
)
def test_numbers_nobody_can_mean_are_no_figures(text: str) -> None:
    assert clear_quantity(text) is None
