"""Text behind a leading mark or word in, whether it is a remark and what it makes of a yes out.

`○（Enterpriseプランのみ）` is conditional, `○（一部）` partial, `○（予定）` planned; `○ 現在は対応しておりません`, `○→×` and
`○？` take the yes back and are unclear. A remark that only tells more leaves it a yes.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import cache, lru_cache

from normalizers.answers.general_statement import states_generally
from normalizers.answers.lexicon import token_class
from normalizers.text import leading_shape, shape_of
from normalizers.values.dates import done_word, tells_later, without_past
from normalizers.vocabulary import load

_COUNTED = "年月日件名時分社様円条項部課個回章頁印欄数"
_CLAUSE = 40
_TELLS_MORE = {"yes", "undisclosed", "unanswered"}  # 有（非公開）: there is one, its details are not told
_BRACKETED = re.compile(r"^[\s　]*[（(\[［【][^）)\]］】]*[）)\]］】][\s　]*")
_OFTEN = re.compile(r"[日月年週]次(?![一-龠])")  # 〇 日次: a mark and how often, no number of days
_HIRAGANA = re.compile(r"[ぁ-ん]")


def is_remark(rest: str) -> bool:
    """Whether text behind a mark is a remark: not so in `○○社`, `〇年〇月`, `○×`, `○か×を記入`, `○→×`."""
    bare = rest.strip()
    if not bare:
        return True
    first = bare[0]
    if rest[0].isspace() and _OFTEN.match(bare):
        return True
    if shape_of(bare) is not None or first in _COUNTED + "・/／→⇒～〜~；;？?" or _HIRAGANA.match(first):
        return False
    if shape_of(first) not in {None, "dash"} or any(_other_mark(char) for char in bare):
        return False
    return not re.match(r"[:：=＝].{0,20}[○◯〇×✕△◎▲☓]", bare)


def _other_mark(char: str) -> bool:
    """A second answer mark in the text: then the first is not the answer alone."""
    return not char.isalnum() and leading_shape(char) is not None


def qualified(rest: str, word: str = "", sheet: dt.date | None = None) -> str:
    """The answer that a yes becomes by what follows it: yes, conditional, partial, planned or unclear.

    `word` is the yes itself: behind `対応済` a year tells when it was done, behind `有` perhaps when it will be; `sheet`
    is the sheet's date, where it is known.
    """
    clause = _first_clause(rest)
    if not clause:
        return "yes"
    folded = unicodedata.normalize("NFKC", clause)
    told = token_class(clause) if _BRACKETED.match(rest) else None
    if told is not None and told not in _TELLS_MORE:
        return told if told in {"partial", "conditional", "planned"} else "unclear"
    undated = without_past(folded, sheet)
    for answer, pattern in _patterns():
        if pattern.search(undated):
            return answer
    if not done_word(word) and tells_later(folded, sheet):
        return "unclear"
    whole = "".join(rest.split("\n")).strip()
    if _turns_behind(whole):
        return "unclear"
    return "unclear" if _taken_back("patterns").search(whole) else "yes"


def contradicts(answer: str, remark: str, sheet: dt.date | None = None) -> bool:
    """Whether a remark in a cell of its own turns the answer beside it round.

    `現在は対応しておりません`, `2027年4月から` and `正しくは×` do so with a yes, `代替策あり` with a no.
    """
    return answer in {"yes", "no"} and bool(remark) and _contradicts(answer, remark, sheet)


@lru_cache(maxsize=16384)
def _contradicts(answer: str, remark: str, sheet: dt.date | None) -> bool:
    plain = unicodedata.normalize("NFKC", "".join(remark.split("\n")).strip())
    if not plain:
        return False
    if correction_in(remark) is not None:
        return True
    if answer == "no":
        return bool(_taken_back("no").search(plain)) or states_generally(plain) == "yes"
    later = len(plain) <= _CLAUSE and (_taken_back("later").search(plain) or tells_later(plain, sheet))
    return bool(later or _taken_back("patterns").search(plain)) or states_generally(plain) == "no"


def correction_in(text: str) -> str | None:
    """The sentence that corrects an answer (`正しくは×です`), None where none does; instructions correct nothing."""
    table = load("normalizers.answers", "answers.toml")["corrections"]
    for sentence in _sentences(text):
        if re.search(table["says"], sentence) and not re.search(table["asks"], sentence):
            return sentence
    return None


def statements(text: str) -> list[str]:
    """The sentences of a comment that state something; `理由を記載してください` asks the one who fills in."""
    return [sentence for sentence in _sentences(text) if not _request().search(sentence)]


def _sentences(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"(?<=。)|\n", text) if part.strip()]


@cache
def _request() -> re.Pattern[str]:
    return re.compile(load("normalizers.answers", "answers.toml")["requests"]["end"], re.IGNORECASE)


def _turns_behind(rest: str) -> bool:
    """`（手動）だが自動は不可`: what follows the bracket takes the yes up again."""
    behind = _BRACKETED.sub("", rest, count=1)
    return len(behind) < len(rest) and bool(_turns().match(behind))


@cache
def _turns() -> re.Pattern[str]:
    return re.compile(load("normalizers.answers", "answers.toml")["takes_back"]["behind"])


def _first_clause(rest: str) -> str:
    """The bracket or short clause directly behind the mark; "" where a whole sentence follows."""
    bare = rest.strip(" \n　。、，,.:：-－…；;")
    bracket = re.match(r"[（(\[［【「『](?P<inner>[^）)\]］】」』]*)[）)\]］】」』]?", bare)
    clause = bracket.group("inner") if bracket else re.split(r"[。\n]", bare, maxsplit=1)[0]
    return clause if len(clause) <= _CLAUSE else ""


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    table: dict[str, list[str]] = load("normalizers.answers", "answers.toml")["qualifiers"]
    return [(answer, re.compile("|".join(patterns), re.IGNORECASE)) for answer, patterns in table.items()]


@cache
def _taken_back(name: str) -> re.Pattern[str]:
    """Patterns of what denies a yes (`patterns`, `later`) or a no (`no`)."""
    told: str | list[str] = load("normalizers.answers", "answers.toml")["takes_back"][name]
    return re.compile(told if isinstance(told, str) else "|".join(told), re.IGNORECASE)
