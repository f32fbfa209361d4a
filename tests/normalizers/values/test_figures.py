"""Figures as vendors write them: number, unit and bound as written, and the figure to compare with."""

from __future__ import annotations

import pytest

from normalizers.answers.classify import read_answer
from normalizers.answers.model import Context

# cell | unit cell | number | unit | bound | canonical number | canonical unit; `None` where no figure is clear
_FIGURES = """
平日9:00～18:00||9|時間/日|exact|9|hours per day
平日 9:00-17:30（祝日を除く）|時間帯|8.5|時間/日|exact|8.5|hours per day
9時～18時|時間帯|9|時間/日|exact|9|hours per day
9時から17時半|時間帯|8.5|時間/日|exact|8.5|hours per day
午前9時～午後6時|時間帯|9|時間/日|exact|9|hours per day
22:00～翌6:00|時間帯|8|時間/日|exact|8|hours per day
0:00～24:00|時間帯|24|時間/日|exact|24|hours per day
24時間365日||24|時間/日|exact|24|hours per day
365日24時間|時間帯|24|時間/日|exact|24|hours per day
２４時間３６５日（計画停止を除く）|時間帯|24|時間/日|exact|24|hours per day
24h365d|時間帯|24|時間/日|exact|24|hours per day
24/365|時間帯|24|時間/日|exact|24|hours per day
営業時間（10:00〜19:00）|時間帯|9|時間/日|exact|9|hours per day
平日9:00～18:00、土曜9:00～12:00|時間帯|None
9:00～12:00、13:00～17:00|時間帯|None
9:00|時間帯|None
25:00～30:00|時間帯|None
9:75～18:00|時間帯|None
三世代||3|世代|exact|3|count
十二世代||12|世代|exact|12|count
百件||100|件|exact|100|count
1,500千円||1500|千円|exact|1500000|yen
3億円||3|億円|exact|300000000|yen
1億5千万円||None
約2TB||2|TB|about|2000|gigabytes
５００ＧＢ||500|GB|exact|500|gigabytes
5営業日前||5|営業日|min|5|working days
5営業日前まで||5|営業日|min|5|working days
最大21日間||21|日|max|21|days
72時間||72|時間|exact|72|hours
RTO ≤ 4時間||4|時間|max|4|hours
RTO≦4時間||4|時間|max|4|hours
＜1時間||1|時間|max|1|hours
≧99.9%||99.9|%|min|99.9|per cent
99.9％以上||99.9|%|min|99.9|per cent
月1回||1|回|exact|12|times per year
年2回以上||2|回|min|2|times per year
年に2回||2|回|exact|2|times per year
週1回||1|回|exact|52|times per year
毎月1回||1|回|exact|12|times per year
1日1回||1|回|exact|365|times per year
1日2回|回|2|回|exact|730|times per year
週に一度||1|回|exact|52|times per year
一日に二度||2|回|exact|730|times per year
年一回||1|回|exact|1|times per year
第一回||None
四半期に1回||1|回|exact|4|times per year
半年に1回||1|回|exact|2|times per year
3年に1回||None
1年以上||1|年|min|365|days
半年||None
1時間30分||1.5|時間|exact|1.5|hours
2年6ヶ月||None
30秒以内||30|秒|max|0.00833333333333|hours
3分以内||3|分|max|0.05|hours
10Gbps||10|Gbps|exact|10000|megabits per second
2048bit||2048|ビット|exact|2048|bits
8文字以上||8|文字|min|8|count
14桁||14|桁|exact|14|count
3ヶ月ごと||3|ヶ月|exact|90|days
90日～1年||None
99.9～99.99%||None
3日～5日||None
５年間||5|年|exact|1825|days
六ヶ月||6|ヶ月|exact|180|days
1.5TB以上||1.5|TB|min|1500|gigabytes
99.99|稼働率（％）|99.99|%|exact|99.99|per cent
4|時間|4|時間|exact|4|hours
60|分|60|分|exact|1|hours
毎週日曜2:00～4:00||None
第3日曜 1:00～5:00||None
24時間365日ではない||None
平日9時～17時、一次回答は4時間以内||None
9:00～18:00（年2回停止）||9|時間/日|exact|9|hours per day
"""


@pytest.mark.parametrize("line", _FIGURES.strip().splitlines())
def test_the_figure_of_a_cell(line: str) -> None:
    cell, unit, *told = line.split("|")
    value = read_answer(cell, Context(unit=unit or None)).value
    if told == ["None"]:
        assert value is None
        return
    number, written, bound, canonical, canonical_unit = told
    assert value is not None
    assert (value.number, value.unit, value.bound) == (float(number), written, bound)
    assert value.canonical == (pytest.approx(float(canonical)), canonical_unit)


def test_a_yes_keeps_its_hours_and_its_times_a_year() -> None:
    hours = read_answer("○（平日9:00～17:30）", Context()).value
    times = read_answer("有。半年に1回", Context()).value
    assert hours is not None
    assert times is not None
    assert (hours.number, hours.unit) == (8.5, "時間/日")
    assert times.canonical == (2.0, "times per year")
