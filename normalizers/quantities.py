"""Text in, the one clear figure in it out: `99.9%以上` → 99.9, `%`, min. Two figures are no clear figure.

A figure outside of brackets outranks those inside: `99.989%（直近1年の実績）` is 99.989 %. Years of dates, clock
times and numbers of standards or articles are not figures.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from normalizers.text import fold
from normalizers.vocabulary import load


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; `bound` is exact, min, max or about."""

    number: float
    unit: str
    bound: str

    @property
    def canonical(self) -> tuple[float, str]:
        """Number and unit to compare with: 30分 and 0.5時間 are both 0.5 hours."""
        table: dict[str, tuple[str, float]] = load("normalizers", "quantities.toml")["canonical"]
        unit, factor = table[self.unit]
        return float(f"{self.number * factor:.12g}"), unit


_NOT_FIGURES = re.compile(
    r"(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?|(?:令和|平成|r|h)\d{1,2}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月\d{1,2}日|\d{1,2}:\d\d|第\d{1,6}[条項章回]"
    r"|(?:iso|iec|jis|tls|ssl|nist|sp|aes|sha|soc|type|ver|version|v|tier|ティア|no)[a-z/\s.]{0,20}[-:]?\d[\d.:\-]*|(?<!\d)\d{1,6}[階条項章号]|\d{1,2}時(?!間)(?:\d{1,2}分)?|\d{1,2}月(?!\d)"
)
_LONGEST_TEXT = 2000  # no figure of a longer text is clear
_LONGEST_NUMBER = 15  # a double holds no more digits
_PLAIN = re.compile(
    r"[^\d]{0,6}(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,15}(?:\.\d{1,15})?)(?P<rest>[^\d]{0,4})"
)
_BRACKETS = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
_KANJI = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


@cache
def _units() -> dict[str, str]:
    return {
        fold(s): unit
        for unit, spellings in load("normalizers", "quantities.toml")["units"].items()
        for s in spellings
    }


@cache
def _figure() -> re.Pattern[str]:
    units = "|".join(re.escape(unit) for unit in sorted(_units(), key=len, reverse=True))
    kanji = r"[一二三四五六七八九十]{1,3}(?=世代|回|日|年|営業日|か月|ヶ月|名|人|社|件|台|時間|分|週間|拠点|段階|桁)"
    number = rf"(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|{kanji})"
    return re.compile(rf"(?<![\d.,a-z\-第一二三四五六七八九十]){number} ?(?P<unit>{units})(?!\d*[a-z])")


def clear_quantity(text: str) -> Quantity | None:
    """The one figure of `text`, None where it holds none or more than one."""
    if len(text) > _LONGEST_TEXT:
        return None
    key = _key(text)
    outside = _NOT_FIGURES.sub(" ", _BRACKETS.sub(" ", key))
    found = list(_figure().finditer(outside))
    searched = outside
    if not found:
        searched = _NOT_FIGURES.sub(" ", key)
        found = list(_figure().finditer(searched))
    if len(found) != 1:
        return None
    match = found[0]
    if re.search(r"\d[^\d]{0,3}[~-]$", searched[: match.start()].rstrip()):
        return None
    number = match.group("number").replace(",", "")
    if len(number) > _LONGEST_NUMBER:
        return None
    value = float(_kanji_number(number) if number[0] in _KANJI else number)
    unit = _units()[match.group("unit")]
    return Quantity(value, unit, _bound(searched[: match.start()], searched[match.end() :]))


def is_plain_number(text: str) -> bool:
    """Whether a cell holds nothing but one number, with or without a decimal point and separators."""
    match = _PLAIN.fullmatch(_key(text).strip())
    return match is not None and not match.group("rest") and match.start("number") == 0


def plain_quantity(text: str, unit: str | None) -> Quantity | None:
    """A figure without its unit: `99.9以上` in a row whose unit cell says `稼働率(%)`; `12,500` alone is a count.

    None where the text holds anything else, or the unit cell names none or several units.
    """
    match = _PLAIN.fullmatch(_key(text).strip())
    if match is None:
        return None
    named = {
        stored
        for spelling, stored in _units().items()
        if re.search(rf"(?:^|[(/・:]){re.escape(spelling)}$", fold(unit or "").rstrip(")"))
    }
    if unit and unit.strip() and len(named) != 1:
        return None
    head, tail = match.group(0)[: match.start("number")], match.group("rest")
    return Quantity(
        float(match.group("number").replace(",", "")), named.pop() if named else "", _bound(head, tail)
    )


def _kanji_number(text: str) -> int:
    """`三` is 3, `十五` is 15, `二十` is 20."""
    if "十" not in text:
        return _KANJI[text[-1]]
    tens, _, ones = text.partition("十")
    return 10 * (_KANJI[tens] if tens else 1) + (_KANJI[ones] if ones else 0)


def _key(text: str) -> str:
    """NFKC with dashes kept apart from minus signs; spaces stay, they separate figures."""
    return unicodedata.normalize("NFKC", text).casefold().replace("〜", "~").replace("～", "~")


def _bound(before: str, after: str) -> str:
    bounds = load("normalizers", "quantities.toml")["bounds"]
    head, tail = before.rstrip(), after.lstrip()
    for bound in ("min", "max", "about"):
        if tail.startswith(tuple(bounds[f"{bound}_after"])):
            return bound
    for bound in ("min", "max", "about"):
        if head.endswith(tuple(bounds[f"{bound}_before"])):
            return bound
    return "exact"
