"""A remark in a cell of its own and the answer beside it in, whether the remark says the opposite of the answer out.

`現在は対応しておりません`, `2027年4月から` and `正しくは×` do so with a yes, `代替策あり` with a no. Requests and instructions
(`誤りがあれば訂正してください`) turn nothing round.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import cache, lru_cache

from normalizers.answers.inline_remark import LONGEST_CLAUSE, taken_back_pattern
from normalizers.answers.model import AnswerValue
from normalizers.remarks.general_statement import states_generally
from normalizers.values.dates import tells_later
from normalizers.vocabulary import load


def contradicts(answer: AnswerValue, remark: str, sheet: dt.date | None = None) -> bool:
    """Whether a remark turns the yes or no beside it round; no other answer is turned."""
    return (
        answer in {AnswerValue.YES, AnswerValue.NO} and bool(remark) and _contradicts(answer, remark, sheet)
    )


@lru_cache(maxsize=16384)
def _contradicts(answer: AnswerValue, remark: str, sheet: dt.date | None) -> bool:
    plain = unicodedata.normalize("NFKC", "".join(remark.split("\n")).strip())
    if not plain:
        return False
    if correction_in(remark) is not None:
        return True
    if answer == AnswerValue.NO:
        return bool(taken_back_pattern("no").search(plain)) or states_generally(plain) == AnswerValue.YES
    is_short = len(plain) <= LONGEST_CLAUSE
    later = is_short and (taken_back_pattern("later").search(plain) or tells_later(plain, sheet))
    denied = later or taken_back_pattern("patterns").search(plain)
    return bool(denied) or states_generally(plain) == AnswerValue.NO


def correction_in(text: str) -> str | None:
    """The sentence that corrects an answer (`正しくは×です`), None where none does; instructions correct nothing."""
    table = load("normalizers.remarks", "comment_effect.toml")["corrections"]
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
    return re.compile(load("normalizers.remarks", "comment_effect.toml")["requests"]["end"], re.IGNORECASE)
