"""A cell that permits something and its question in, yes out where that is what was asked; None where it is not sure.

`夜間でも構いません` beside 「夜間に問い合わせてもよいですか」 is a yes, though its last word is a denial. Beside another
question, or with a condition, nobody can tell: 「試験をしても構いません」 does not say that any was done.
"""

from __future__ import annotations

import re

from normalizers.answers.model import AnswerValue
from normalizers.language.grammar.clause import read_clauses
from normalizers.prose.verdict_of_denials import BINDING

_ASKS = re.compile(
    r"[てで]も(?:よい|よろしい|良い|いい|可|大丈夫|構わな|構いませ|かまわな|かまいませ|差し?支え|問題)[^。？?]{0,8}か?[。？?]?\s*$"
)
_ASKS_WHAT = re.compile(r"何|どこ|いつ|どの|どれ|だれ|誰|いくつ|いくら|どう|な[いく]て?も")


def answer_of_permission(cell: str, question: str) -> AnswerValue | None:
    """Yes to a question that asks for leave, where the cell is one clause without a condition."""
    if not _ASKS.search(question.strip()) or _ASKS_WHAT.search(question):
        return None
    clauses = read_clauses(cell)
    is_plain = len(clauses) == 1 and not clauses[0].aside and not clauses[0].moods & BINDING
    return AnswerValue.YES if is_plain else None
