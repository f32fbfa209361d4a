"""A comment on the cells of a row in, whether it corrects or denies the answer out.

`訂正：現在は鍵を掛けておりません` corrects it, `夜間は監視なし` denies a yes. Others than the vendor may have written it, and a
form's own comments explain how to fill it in: a request or a sentence with a condition (`該当しない場合は…`) says nothing
about the answer.
"""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum

from normalizers.answers.lexicon import answer_words
from normalizers.answers.model import AnswerValue
from normalizers.answers.sentence import read_phrase, read_sentence
from normalizers.remarks.contradiction import contradicts, correction_in, statements
from normalizers.text import fold, strip_end
from normalizers.vocabulary import load

_DENIALS = {
    AnswerValue.NO,
    AnswerValue.PLANNED,
    AnswerValue.PARTIAL,
    AnswerValue.CONDITIONAL,
    AnswerValue.NOT_APPLICABLE,
}
_NAME = re.compile(r"^[（(【\[][^）)】\]]{1,12}[）)】\]]")


class Dispute(StrEnum):
    """What a comment does to an answer."""

    CORRECTED = "corrected"
    DENIED = "denied"


def dispute_of(comment: str, answer: AnswerValue, sheet: dt.date | None = None) -> Dispute | None:
    """`corrected` where a comment corrects the answer, `denied` where it denies a yes, else None."""
    if correction_in(comment) is not None:
        return Dispute.CORRECTED
    if answer != AnswerValue.YES:
        return None
    asks = load("normalizers.remarks", "comment_effect.toml")["corrections"]["asks"]
    for sentence in statements(comment):
        statement = strip_end(_NAME.sub("", sentence))
        if statement and not re.search(asks, statement) and _denies(statement, sheet):
            return Dispute.DENIED
    return None


def _denies(statement: str, sheet: dt.date | None) -> bool:
    ruled = read_phrase(statement, None) or read_sentence(statement, None, False)
    answer = answer_words().get(fold(statement)) or (ruled[0] if ruled else None)
    return answer in _DENIALS or contradicts(AnswerValue.YES, statement, sheet)
