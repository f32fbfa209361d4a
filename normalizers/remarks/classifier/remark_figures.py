"""A question and a remark in, how the figures of the remark stand beside those of the question out.

`24時間以内` asked and `72時間` said falls short, `1年以上` and `18か月` is met, `週次` and `毎月第4木曜` falls short, for what is
done at most every so often is done more seldom. Lengths of time are compared in minutes, rhythms by the time between two turns,
anything else only with figures of the same unit. Without a bound in the question only the order of the two is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_HOUR, _DAY, _WEEK, _MONTH, _YEAR = 60.0, 1440.0, 10080.0, 43800.0, 525600.0
_MOST = 6
_KANJI = str.maketrans("一二三四五六七八九", "123456789")
_UNITS = (
    (r"秒|sec(?:ond)?s?\b", 1 / 60),
    (r"分(?!の|割|類|離|析|散)|min(?:ute)?s?\b", 1.0),
    (r"時間|h(?:ou)?rs?\b|h\b", _HOUR),
    (r"(?:営業)?日(?!本|次|付)|(?:business |working |calendar )?days?\b", _DAY),
    (r"週間?(?!次)|weeks?\b", _WEEK),
    (r"[ヶかカケヵ箇]月(?:間)?|months?\b", _MONTH),
    (r"年(?:間)?(?!度|次|[\d月])|years?\b", _YEAR),
)
_NUMBER = r"(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)"
_DURATION = tuple((re.compile(rf"(?<![\d./月年]){_NUMBER}\s*-?(?:{unit})"), size) for unit, size in _UNITS)
_PLAIN = re.compile(
    r"(?<!\d)"  # from its first digit on: a long row of digits is looked at once
    + _NUMBER
    + r"\s*(?P<unit>%|世代|回|人|名|台|文字|桁|bit|ビット|mb|gb|tb|kb|件|社|度|mm|cm|ルクス|ポイント|%|generations?"
    + r"|characters?|copies|times)"
)
_RHYTHMS = (
    (r"常時|リアルタイム|24時間365日|24/7|continuous|real.?time", 1.0),
    (r"日次|毎日|毎晩|毎夜|毎朝|daily|nightly|every (?:day|night)|1日1回", _DAY),
    (r"週次|毎週|weekly|週に?1[回度]|every week|once a week|週1\b", _WEEK),
    (r"隔週|biweekly", 2 * _WEEK),
    (r"月次|毎月|monthly|月に?1[回度]|月例|every month|once a month", _MONTH),
    (r"四半期|quarterly|every quarter|3[ヶかカケ]月(?:毎|ごと|に1)", 3 * _MONTH),
    (r"半期|半年|half.?year|semi-?annual|twice a year|every (?:six|6) months", 6 * _MONTH),
    (r"年次|毎年|年に?1[回度]|annual|yearly|every year|once a year|1年に1", _YEAR),
    (r"隔年|every (?:two|2|other) years?", 2 * _YEAR),
)
_RHYTHM = tuple((re.compile(pattern), size) for pattern, size in _RHYTHMS)
_TIMES_A = re.compile(r"(?P<period>年|月|週|日)(?:に|間)?(?P<number>\d+)[回度]")
_EVERY = re.compile(r"every (?P<number>\d+) (?P<english>hour|day|week|month|year)s?")
_EACH = re.compile(
    r"(?<!\d)(?P<number>\d+)\s*(?P<unit>分|時間|日|週間?|[ヶかカケ]月|年)(?:間隔|ごと|毎|おき|に1[回度])"
)
_SIZES = {"分": 1.0, "時": _HOUR, "日": _DAY, "週": _WEEK, "月": _MONTH, "年": _YEAR}
_ENGLISH = {"hour": _HOUR, "day": _DAY, "week": _WEEK, "month": _MONTH, "year": _YEAR}
_AT_MOST = re.compile(r"^(?:以[内下]|未満|まで|or less|or fewer)")
_AT_LEAST = re.compile(r"^(?:以上|超|or more|or longer)")
_BEFORE_MOST = re.compile(r"(?:within|up to|less than|no more than|最大|上限)\s*$")
_BEFORE_LEAST = re.compile(r"(?:at least|minimum(?: of)?|over|more than|最低|少なくとも)\s*$")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: what it measures (`time`, `rhythm`, a unit), how much, and its bound (`min`, `max`, "")."""

    kind: str
    amount: float
    bound: str


@lru_cache(maxsize=4096)
def compare_figures(question: str, remark: str) -> frozenset[str]:
    """`short`, `met`, `same`, `less` or `more` with the kind of figure and bound; texts are NFKC and small."""
    asked_figures = figures_in(question)
    if not asked_figures:
        return frozenset()
    return frozenset(
        word
        for wanted in asked_figures
        for given in figures_in(remark)
        if wanted.kind == given.kind and not _of_another_thing(wanted, given)
        for word in _words_of(wanted, given)
    )


def has_figure(text: str) -> bool:
    """Whether a text (NFKC, small letters) holds a figure that can be compared."""
    return bool(figures_in(text))


def _of_another_thing(wanted: Figure, given: Figure) -> bool:
    """Whether two shares cannot be of one thing: 99.9% of the time and 10% of the fee."""
    return wanted.kind == "%" and (wanted.amount >= 50) != (given.amount >= 50)


def _words_of(wanted: Figure, given: Figure) -> tuple[str, ...]:
    order = "same" if wanted.amount == given.amount else "more" if given.amount > wanted.amount else "less"
    kind = wanted.kind if wanted.kind in {"time", "rhythm", "%"} else "count"
    short = {"max": "more", "min": "less"}.get(wanted.bound)
    verdict = "open" if short is None else "short" if order == short else "met"
    return (f"{verdict}", f"{verdict}:{kind}", f"{order}:{kind}:{wanted.bound}")


@lru_cache(maxsize=4096)
def figures_in(text: str) -> tuple[Figure, ...]:
    """The figures of a text (NFKC, small letters), rhythms first; years of the calendar are none."""
    plain = re.sub(r"(?<=[年月週日に])[一二三四五六]+(?=[回度])", lambda m: m.group().translate(_KANJI), text)
    figures = [Figure("rhythm", size, "max") for pattern, size in _RHYTHM if pattern.search(plain)]
    figures += [
        Figure("rhythm", _SIZES[match["period"]] / max(1, int(match["number"])), "max")
        for match in _TIMES_A.finditer(plain)
    ]
    figures += [
        Figure("rhythm", int(match["number"]) * _ENGLISH[match["english"]], "max")
        for match in _EVERY.finditer(plain)
    ]
    figures += [
        Figure("rhythm", int(match["number"]) * _SIZES[match["unit"].strip("ヶかカケ間")[0]], "max")
        for match in _EACH.finditer(plain)
    ]
    if not re.search(r"\d", plain):
        return tuple(figures)
    for pattern, size in _DURATION:
        figures += [_of_match(match, plain, "time", size) for match in pattern.finditer(plain)]
    figures += [_of_match(match, plain, match["unit"], 1.0) for match in _PLAIN.finditer(plain)]
    known_years = {index for index, figure in enumerate(figures) if _is_calendar_year(figure)}
    return tuple(figure for index, figure in enumerate(figures) if index not in known_years)[:_MOST]


def _is_calendar_year(figure: Figure) -> bool:
    return figure.kind == "time" and figure.amount >= 1900 * _YEAR


def _of_match(match: re.Match[str], text: str, kind: str, size: float) -> Figure:
    before, behind = (
        text[max(0, match.start() - 14) : match.start()],
        text[match.end() : match.end() + 9].strip(),
    )
    if _AT_MOST.match(behind) or _BEFORE_MOST.search(before):
        bound = "max"
    elif _AT_LEAST.match(behind) or _BEFORE_LEAST.search(before):
        bound = "min"
    else:
        bound = ""
    return Figure(kind, float(match["number"].replace(",", "")) * size, bound)
