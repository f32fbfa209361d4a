"""Text in, the one clear figure in it out: `99.9%以上` → 99.9, `%`, min. Two figures are no clear figure.

A figure outside of brackets outranks those inside: `99.989%（直近1年の実績）` is 99.989 %. Years of dates, clock
times and numbers of standards or articles are not figures.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from normalizers.text import fold
from normalizers.vocabulary import load


class Bound(StrEnum):
    """Whether a figure is the figure itself, the least, the most, or about it."""

    EXACT = "exact"
    MIN = "min"
    MAX = "max"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit and bound; `per` is the time in which 回 are counted (`月`)."""

    number: float
    unit: str
    bound: Bound
    per: str = ""

    @property
    def canonical(self) -> tuple[float, str]:
        """Number and unit to compare with: 30分 and 0.5時間 are both 0.5 hours, 月1回 is 12 times per year."""
        if self.per:
            times_a_year = load("normalizers.values", "quantities.toml")["per_year"][self.per]
            return self.number * times_a_year, "times per year"
        table: dict[str, tuple[str, float]] = load("normalizers.values", "quantities.toml")["canonical"]
        unit, factor = table[self.unit]
        return float(f"{self.number * factor:.12g}"), unit


_NOT_FIGURES = re.compile(
    r"(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?|(?:令和|平成|r|h)\d{1,2}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月\d{1,2}日|\d{1,2}:\d\d|第\d{1,6}[条項章回]"
    r"|(?:iso|iec|jis|tls|ssl|nist|sp|aes|sha|soc|type|ver|version|v|tier|ティア|no)[a-z/\s.]{0,20}[-:]?\d[\d.:\-]*|(?<!\d)\d{1,6}[階条項章号]|\d{1,2}時(?!間)(?:\d{1,2}分)?|\d{1,2}月(?!\d)"
)
_PAST_SPAN = re.compile(
    r"(?:過去|直近|最近の?|ここ|この|向こう)\d+(?:年|[かヶカヵ]月|日)間?(?!分|以上)"
    r"|\b(?:last|past|previous) \d+ (?:months?|years?|days?)"
)
_DENIED_FIGURE = re.compile(r"^[^、。\d]{0,6}(?:で|と)は?(?:ない|なく|あり?ません|ございません)")
_LONGEST_TEXT = 2000  # no figure of a longer text is clear
_NEAR = 40  # characters before a figure in which the time stands that it counts for
_LONGEST_NUMBER = 15  # a double holds no more digits
_PLAIN = re.compile(
    r"(?:[^\d]{0,6}|(?:approx(?:imately|\.)?|about|around|circa|roughly|at (?:least|most)|(?:more|less|fewer) than) *)"
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,15}(?:\.\d{1,15})?)(?P<rest>[^\d]{0,4})"
)
_BRACKETS = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
_FREQUENCY = re.compile(
    r"(?<![\d.一二三四五六七八九十])(?:[一1](?=日|年|週))?(?P<every>日|週間?|月|年|半期|四半期)"
    r"(?P<each>間?(?:に|あたり|当たり|につき)?)(?P<times>[一二三四五六七八九]{1,2}|\d{1,3})[度回]"
)
_KANJI = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_POWERS = {"十": 10, "百": 100, "千": 1000}


@cache
def _units() -> dict[str, str]:
    return {
        fold(s): unit
        for unit, spellings in load("normalizers.values", "quantities.toml")["units"].items()
        for s in spellings
    }


@cache
def _figure() -> re.Pattern[str]:
    units = "|".join(re.escape(unit) for unit in sorted(_units(), key=len, reverse=True))
    kanji = r"[一二三四五六七八九十百千]{1,7}(?=世代|回|日|年|営業日|か月|ヶ月|名|人|社|件|台|時間|分|週間|拠点|段階|桁)"
    number = rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|{kanji})"
    return re.compile(rf"(?<![\d.,a-z\-第一二三四五六七八九十百千]){number} ?(?P<unit>{units})(?!\d*[a-z])")


def clear_quantity(text: str) -> Quantity | None:
    """The one figure of `text`, None where it holds none or more than one."""
    if len(text) > _LONGEST_TEXT:
        return None
    searched, match = _only_figure(_one_figure(_key(text)))
    if match is None or re.search(r"\d[^\d]{0,3}[~-]$", searched[: match.start()].rstrip()):
        return None
    number = match.group("number").replace(",", "")
    if len(number) > _LONGEST_NUMBER:
        return None
    value = float(kanji_number(number) if not number[0].isdecimal() else number)
    unit = _units()[match.group("unit")]
    before, after = searched[: match.start()], searched[match.end() :]
    if _DENIED_FIGURE.match(after):  # 24時間ではございません
        return None
    return Quantity(value, unit, _bound(before, after), _per(before) if unit == "回" else "")


def _only_figure(key: str) -> tuple[str, re.Match[str] | None]:
    """The text that was searched, and the one figure in it; those outside of brackets outrank those inside."""
    key = _PAST_SPAN.sub(" ", key)
    searched = _NOT_FIGURES.sub(" ", _BRACKETS.sub(" ", key))
    figures = list(_figure().finditer(searched))
    if not figures:
        searched = _NOT_FIGURES.sub(" ", key)
        figures = list(_figure().finditer(searched))
    return searched, figures[0] if len(figures) == 1 else None


def _per(before: str) -> str:
    """The time in which something is done so many times: `月` of 月1回, `半年` of 半年に1回."""
    times = load("normalizers.values", "quantities.toml")["per_year"]
    near = before.rstrip()[-_NEAR:]
    head = re.sub(r"(?:に|で|あたり|当たり|につき)?(?:最低|少なくとも|約)?$", "", near)
    return max((name for name in times if head.endswith(name)), key=len, default="")


def _one_figure(key: str) -> str:
    """`1日1回` and `週に一度` count by the day and the week, `1時間30分` is one time: each is one figure."""
    key = _FREQUENCY.sub(lambda m: f"{m['every']}{m['each']}{_times(m['times'])}回", key)
    key = re.sub(r"(?<![\d.])1(?=(?:日|年|週間?)(?:間)?(?:に|あたり|当たり|につき)?\d+回)", "", key)
    key = re.sub(r"(?<![\d.])1(?:か|ヶ|カ|ヵ|ケ)月(?=(?:間)?(?:に|あたり|当たり|につき)?\d+回)", "月", key)
    return re.sub(
        r"(?<![\d.])(\d{1,4})時間(\d{1,2})分(?!の)", lambda m: f"{int(m[1]) + int(m[2]) / 60:.6g}時間", key
    )


def _times(number: str) -> str:
    return number if number[0].isdecimal() else str(kanji_number(number))


def without_brackets(text: str) -> str:
    """`text` (NFKC) without what stands in brackets."""
    return _BRACKETS.sub(" ", _key(text))


def is_plain_number(text: str) -> bool:
    """Whether a cell holds nothing but one number, with or without a decimal point and separators."""
    match = _PLAIN.fullmatch(_key(text).strip())
    return match is not None and not match.group("rest") and match.start("number") == 0


def takes_unit(text: str) -> bool:
    """Whether a cell is a number that may take its unit from the unit cell."""
    return len(text) <= _LONGEST_TEXT and _PLAIN.fullmatch(_key(text).strip()) is not None


def plain_quantity(text: str, unit: str | None) -> Quantity | None:
    """A figure without its unit: `99.9以上` in a row whose unit cell says `稼働率(%)`; `12,500` alone is a count.

    None where the text holds anything else, or the unit cell names none or several units.
    """
    match = _PLAIN.fullmatch(_key(text).strip())
    if match is None:
        return None
    units = {
        stored
        for spelling, stored in _units().items()
        if re.search(rf"(?:^|[(/・:]){re.escape(spelling)}$", fold(unit or "").rstrip(")"))
    }
    if unit and unit.strip() and len(units) != 1:
        return None
    head, tail = match.group(0)[: match.start("number")], match.group("rest")
    number = float(match.group("number").replace(",", ""))
    return Quantity(number, units.pop() if units else "", _bound(head, tail))


def kanji_number(text: str) -> int:
    """`三` is 3, `十五` is 15, `二十` is 20, `百五十` is 150; of digits alone (`三五`) the last one counts."""
    total = digit = 0
    for char in text:
        if char in _POWERS:
            total += (digit or 1) * _POWERS[char]
            digit = 0
        else:
            digit = _KANJI[char]
    return total + digit


def _key(text: str) -> str:
    """NFKC with dashes kept apart from minus signs; spaces stay, they separate figures."""
    return unicodedata.normalize("NFKC", text).casefold().replace("〜", "~").replace("～", "~")


def _bound(before: str, after: str) -> Bound:
    words = load("normalizers.values", "quantities.toml")["bounds"]
    head, tail = before.rstrip(), after.lstrip()
    inexact = (Bound.MIN, Bound.MAX, Bound.ABOUT)
    for bound in inexact:
        if tail.startswith(tuple(words[f"{bound}_after"])):
            return bound
    for bound in inexact:
        if head.endswith(tuple(words[f"{bound}_before"])):
            return bound
    return Bound.EXACT
