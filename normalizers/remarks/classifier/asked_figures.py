"""A question and a remark in, whether the remark's figures reach what is asked out: `short`, `met`, `mixed`, or nothing.

Wider than remark_figures.py, and it says less: a figure that the question asks without a bound has the bound of what is asked
(`10年保存` is at least, `RTO 4時間` at most, `90日前に通知` at least), words name figures (`翌営業日`, `隔月`, `Ten`), hours of
work are compared with hours of work, a number alone with the only number of the question, and `61 of 74` is a part of a whole.
Units and words stand in asked_figures.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from normalizers.remarks.classifier.remark_figures import Figure, figures_in
from normalizers.vocabulary import load

_NUMBER = r"(?P<number>-?\d+(?:,\d{3})*(?:\.\d+)?)"
_BEHIND = r"\s*(?P<bound>以上|以下|以内|未満|超|まで|を超|or more|or less|or fewer)?"
_MONEY = re.compile(r"(?<![\d.])(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<size>[千百]?万|億|兆)円")
_SIZES = {"万": 1e4, "百万": 1e6, "千万": 1e7, "億": 1e8, "兆": 1e12}
_WINDOW = re.compile(
    r"(?P<from>\d{1,2})(?:[:時](?P<from_minute>\d\d)?)?分?\s*(?:~|〜|-|–|―|から|to)\s*(?P<to>\d{1,2})(?:[:時](?P<to_minute>\d\d)?)"
)
_ALWAYS = re.compile(r"24時間(?:365日)?|24/7|24x7|24h|年中無休|常時|around the clock")
_DAY_AND_NIGHT = re.compile(r"24時間(?!以|前|後|未|を超|まで)|24/7|24x7|24h\b")
_ENGLISH = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
]  # fmt: skip
_NAMED_NUMBER = re.compile(rf"\b(?P<word>{'|'.join(_ENGLISH[1:])})\b")
_KANJI = "一二三四五六七八九"
_KANJI_NUMBER = re.compile(rf"[{_KANJI}](?=[ヶかカケヵ箇]月|[年週日回度]間?(?!部|般|定))")
_DAY_OF_MONTH = re.compile(r"(?:翌|毎|当|各)月(?:の)?第?(?P<number>\d{1,2})(?P<work>営業)?日(?!間)")
_A_DAY_OF_WORK = 1.4  # five of seven
# Hours of work count as hours: later than was asked by the clock is later in any case.
_IDLE = re.compile(r"business (?=hours?)")
_BOUND = {"以上": "min", "超": "min", "を超": "min", "or more": "min"}
_LEAST_BEFORE = re.compile(
    r"(?:at least|minimum(?: of)?|no less than|better than|above|over|more than|少なくとも|最低)\s*$"
)
_MOST_BEFORE = re.compile(r"(?:at most|maximum(?: of)?|within|under|below|less than|no more than)\s*$")
# A part of a whole: alone, with its unit, or in brackets behind a share. 10/31 beside nothing is a date as often.
_SHARE = re.compile(
    r"(?<![\d/.,])(?P<part>\d[\d,]*)\s*(?:/|of|out of)\s*(?P<total>\d[\d,]*)(?![\d/.,])"
    r"(?=\s*(?:件|名|台|社|[箇か]所|ページ|項目|人|pages?|accounts?|users?|staff|sites?|$))"
)
# `420店中310店`: the whole first.
_SHARE_BEHIND = re.compile(
    r"(?<![\d/.,])(?P<total>\d[\d,]*)\s*(?P<unit>[^\d\s、。中/]{1,4})(?:の)?(?:うち|中)[、,の]?\s*(?P<part>\d[\d,]*)\s*(?P=unit)"
)
_ALONE = re.compile(
    r"^(?:約|およそ|最大|最長|上限|min\.?|max\.?|minimum|maximum|approx\.?|about|=|:|\s)*"
    r"(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)\s*[^\d\s]{0,3}[。.]?$"
)


@lru_cache(maxsize=4096)
def figures_reach(question: str, remark: str) -> str:
    """`short`, `met` or `mixed` where figures can be compared, else ""; texts are NFKC and small."""
    if share := _share_reached(remark):
        return share
    wanted = _figures_of(question)
    if hours := _hours_reach(question, remark) or _day_of_month_reach(question, remark):
        return hours
    if not wanted:
        return ""
    given = _figures_of(remark)
    verdicts = {
        _reaches(wanted_figure.amount, reached.amount, _bound_of(wanted_figure, question))
        for wanted_figure in wanted
        for reached in given
        if wanted_figure.kind == reached.kind
    }
    if (
        not given
        and len(wanted) == 1
        and wanted[0].kind not in {"time", "rhythm"}
        and (alone := _ALONE.match(remark))
    ):
        amount = float(alone["number"].replace(",", ""))
        verdicts = {_reaches(wanted[0].amount, amount, _bound_of(wanted[0], question))}
    return "mixed" if len(verdicts) > 1 else next(iter(verdicts), "")


def is_whole(remark: str) -> bool:
    """Whether a remark (NFKC) is nothing but a whole: `4/4`."""
    share = _SHARE.fullmatch(remark.strip())
    return share is not None and share["part"] == share["total"] and int(share["part"].replace(",", "")) > 0


def _share_reached(remark: str) -> str:
    """`4/4` and `all 12 of 12` reach the whole, `61 of 74` falls short of it, whatever is asked."""
    shares = shares_in(remark)
    if not shares or any(part > total or total == 0 for part, total in shares):
        return ""
    return "met" if all(part == total for part, total in shares) else "short"


def shares_in(text: str) -> list[tuple[int, int]]:
    """Each part with its whole: `61 of 74`, `420店中310店`."""
    matches = (match for pattern in (_SHARE, _SHARE_BEHIND) for match in pattern.finditer(text))
    return [(int(match["part"].replace(",", "")), int(match["total"].replace(",", ""))) for match in matches]


def _reaches(wanted_figure: float, reached: float, bound: str) -> str:
    is_met = reached <= wanted_figure if bound == "max" else reached >= wanted_figure
    return "met" if is_met else "short"


def _bound_of(wanted_figure: Figure, question: str) -> str:
    """The bound that a figure is asked with; without one, that of what is asked."""
    if wanted_figure.kind == "rhythm":
        return "max"
    if re.search(_table("least")["notice"], question) and wanted_figure.kind == "time":
        return "min"
    if wanted_figure.bound and not (wanted_figure.bound == "max" and _is_capability(wanted_figure, question)):
        return wanted_figure.bound
    if wanted_figure.kind == "time":
        is_least = re.search(_table("least")["time"], question) is not None
        return "min" if is_least or not re.search(_table("most")["time"], question) else "max"
    return "max" if re.search(_table("most")["other"], question) else "min"


def _is_capability(wanted_figure: Figure, question: str) -> bool:
    """`100MBまで登録できること` asks for at least so much."""
    return (
        wanted_figure.kind != "time"
        and re.search(r"まで(?!に)[^。]{0,8}(?:でき|可能|対応|耐え|処理|登録)", question) is not None
    )


@lru_cache(maxsize=8192)
def _figures_of(text: str) -> tuple[Figure, ...]:
    plain = _ALWAYS.sub(" ", _in_digits(text)) if _DAY_AND_NIGHT.search(text) else _in_digits(text)
    figures = [figure for figure in figures_in(plain) if figure.kind in {"time", "rhythm"}]
    figures += [
        Figure("time", amount, "max")
        for pattern, amount in _table("times").items()
        if re.search(pattern, plain)
    ]
    figures += [
        Figure("rhythm", amount, "max")
        for pattern, amount in _table("rhythms").items()
        if re.search(pattern, plain)
    ]
    if re.search(r"\d", plain):
        figures += _money(plain)
        figures += [figure for kind in _table("units") for figure in _of_unit(plain, kind)]
        figures += [figure for kind in _table("names") for figure in _of_name(plain, kind)]
    return tuple(figures)


def _money(text: str) -> list[Figure]:
    return [
        Figure("money", float(match["number"].replace(",", "")) * _SIZES[match["size"]], "")
        for match in _MONEY.finditer(text)
        if match["size"] in _SIZES
    ]


def _of_unit(text: str, kind: str) -> Iterator[Figure]:
    for match in _unit_pattern(kind).finditer(text):
        before = text[max(0, match.start() - 16) : match.start()]
        bound = _BOUND.get(match["bound"] or "", "max" if match["bound"] else "")
        if _LEAST_BEFORE.search(before):
            bound = "min"
        elif _MOST_BEFORE.search(before):
            bound = "max"
        yield Figure(kind, float(match["number"].replace(",", "")), bound)


def _of_name(text: str, kind: str) -> Iterator[Figure]:
    for match in _name_pattern(kind).finditer(text):
        yield Figure(kind, float(match["number"]), "min")


def _hours_reach(question: str, remark: str) -> str:
    """Hours of work beside those that are asked for, or beside 24時間365日."""
    given = _windows(remark)
    if not given or _ALWAYS.search(remark):
        return ""
    if _ALWAYS.search(question):
        return "short"
    wanted = _windows(question)
    if not wanted:
        return ""
    begins, ends = wanted[0]
    return "met" if any(start <= begins and end >= ends for start, end in given) else "short"


def _day_of_month_reach(question: str, remark: str) -> str:
    """`翌月第10営業日` beside 「翌月10日まで」: the tenth day of work is later than the tenth day."""
    wanted, given = _DAY_OF_MONTH.search(question), _DAY_OF_MONTH.search(remark)
    if wanted is None or given is None:
        return ""
    days = [float(match["number"]) * (_A_DAY_OF_WORK if match["work"] else 1.0) for match in (wanted, given)]
    return "met" if days[1] <= days[0] else "short"


def _windows(text: str) -> list[tuple[float, float]]:
    hours = [
        (
            float(m["from"]) + float(m["from_minute"] or 0) / 60,
            float(m["to"]) + float(m["to_minute"] or 0) / 60,
        )
        for m in _WINDOW.finditer(text)
    ]
    return [(start, end) for start, end in hours if 0 <= start < end <= 24]


def _in_digits(text: str) -> str:
    """A text whose number words are digits: `ten users`, `一か月`."""
    plain = _NAMED_NUMBER.sub(lambda match: str(_ENGLISH.index(match["word"])), text)
    return _KANJI_NUMBER.sub(lambda match: str(_KANJI.index(match.group()) + 1), _IDLE.sub("", plain))


@cache
def _unit_pattern(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\d.a-z]){_NUMBER}\s*-?(?:{_table('units')[kind]}){_BEHIND}")


@cache
def _name_pattern(kind: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{_table('names')[kind]})[^\d。、,]{{0,6}}?(?P<number>\d+(?:\.\d+)?)")


@cache
def _table(name: str) -> dict[str, Any]:
    table: dict[str, Any] = load("normalizers.remarks.classifier", "asked_figures.toml")[name]
    return table
