"""A comment on the cells of a row in, whether it corrects or denies the answer out.

Others than the vendor may have written it, and a form's own comments explain how to fill it in: a request or a sentence
with a condition (`該当しない場合は…`) says nothing about the answer.
"""

from __future__ import annotations

import datetime as dt
import re

from normalizers.answers.inline_remark import contradicts, correction_in, statements
from normalizers.answers.lexicon import answer_words
from normalizers.answers.sentence import read_phrase, read_sentence
from normalizers.text import fold, strip_end
from normalizers.vocabulary import load

_DENIALS = {"no", "planned", "partial", "conditional", "not_applicable"}
_NAME = re.compile(r"^[（(【\[][^）)】\]]{1,12}[）)】\]]")


def dispute_of(comment: str, answer: str, sheet: dt.date | None = None) -> str | None:
    """`corrected` where a comment corrects the answer, `denied` where it denies a yes, else None."""
    if correction_in(comment) is not None:
        return "corrected"
    if answer != "yes":
        return None
    asks = load("normalizers.answers", "answers.toml")["corrections"]["asks"]
    for sentence in statements(comment):
        bare = strip_end(_NAME.sub("", sentence))
        if bare and not re.search(asks, bare) and _denies(bare, sheet):
            return "denied"
    return None


def _denies(bare: str, sheet: dt.date | None) -> bool:
    told = read_phrase(bare, None) or read_sentence(bare, None, False)
    answer = answer_words().get(fold(bare)) or (told[0] if told else None)
    return answer in _DENIALS or contradicts("yes", bare, sheet)
