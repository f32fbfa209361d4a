"""Text behind a leading mark or word in, whether it is a remark and what it makes of a yes out.

`○（Enterpriseプランのみ）` is conditional, `○（一部）` partial, `○（予定）` planned; `○ 現在は対応しておりません`, `○→×` and
`○？` take the yes back and are unclear. A remark that only tells more leaves it a yes.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from normalizers.text import leading_shape, shape_of
from normalizers.vocabulary import load

_COUNTED = "年月日件名時分社様円条項部課個回章頁印欄数"
_CLAUSE = 40
_HIRAGANA = re.compile(r"[ぁ-ん]")


def is_remark(rest: str) -> bool:
    """Whether text behind a mark is a remark: not so in `○○社`, `〇年〇月`, `○×`, `○か×を記入`, `○→×`."""
    bare = rest.strip()
    if not bare:
        return True
    first = bare[0]
    if shape_of(bare) is not None or first in _COUNTED + "・/／→⇒～〜~；;？?" or _HIRAGANA.match(first):
        return False
    if shape_of(first) not in {None, "dash"} or any(_other_mark(char) for char in bare):
        return False
    return not re.match(r"[:：=＝].{0,20}[○◯〇×✕△◎▲☓]", bare)


def _other_mark(char: str) -> bool:
    """A second answer mark in the text: then the first is not the answer alone."""
    return not char.isalnum() and leading_shape(char) is not None


def qualified(rest: str, word: str = "") -> str:
    """The answer that a yes becomes by what follows it: yes, conditional, partial, planned or unclear.

    `word` is the yes itself: behind `対応済` a year tells when it was done, behind `有` perhaps when it will be.
    """
    clause = _first_clause(rest)
    if not clause:
        return "yes"
    folded = unicodedata.normalize("NFKC", clause)
    undated = _years("past").sub("", folded)
    for answer, pattern in _patterns():
        if pattern.search(undated):
            return answer
    dated = _years("open").search(folded)
    if dated and (dated.start() == 0 or dated.group("told")) and not _years("done").search(word):
        return "unclear"
    whole = "".join(rest.split("\n")).strip()
    return "unclear" if _taken_back().search(whole) else "yes"


def takes_back(remark: str) -> bool:
    """Whether a remark in a cell of its own denies the yes beside it (`現在は対応しておりません`)."""
    return bool(_taken_back().search("".join(remark.split("\n")).strip()))


def statements(text: str) -> list[str]:
    """The sentences of a comment that state something; `理由を記載してください` asks the one who fills in."""
    sentences = [part.strip() for part in re.split(r"(?<=。)|\n", text) if part.strip()]
    return [sentence for sentence in sentences if not _request().search(sentence)]


@cache
def _request() -> re.Pattern[str]:
    return re.compile(load("normalizers", "answers.toml")["requests"]["end"], re.IGNORECASE)


def _first_clause(rest: str) -> str:
    """The bracket or short clause directly behind the mark; "" where a whole sentence follows."""
    bare = rest.strip(" \n　。、，,.:：-－…；;")
    bracket = re.match(r"[（(\[［【「『](?P<inner>[^）)\]］】」』]*)[）)\]］】」』]?", bare)
    clause = bracket.group("inner") if bracket else re.split(r"[。\n]", bare, maxsplit=1)[0]
    return clause if len(clause) <= _CLAUSE else ""


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    table: dict[str, list[str]] = load("normalizers", "answers.toml")["qualifiers"]
    return [(answer, re.compile("|".join(patterns), re.IGNORECASE)) for answer, patterns in table.items()]


@cache
def _years(name: str) -> re.Pattern[str]:
    return re.compile(load("normalizers", "answers.toml")["years"][name])


@cache
def _taken_back() -> re.Pattern[str]:
    patterns: list[str] = load("normalizers", "answers.toml")["takes_back"]["patterns"]
    return re.compile("|".join(patterns), re.IGNORECASE)
