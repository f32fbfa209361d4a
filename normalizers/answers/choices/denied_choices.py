"""Labels of printed choices in, what they answer by standing beside their own denial out.

`できている ・ 一部できている ・ できていない` is a scale of one statement: a choice that another one denies says yes, its denial
no. A choice that no other denies (`委託している`) may be any of a list, and nothing is said of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from normalizers.answers.model import AnswerValue
from normalizers.language.predicates import read_predicate
from normalizers.text import fold

_MOST_LABELS = 12
_NOT = "未非不無"
_LONGEST = 40  # characters of a label


def answers_by_denial(labels: Iterable[str]) -> Mapping[str, AnswerValue]:
    """Label → yes or no, of those that deny another label or are denied by one; `unclear` for a step between the two.

    `ほぼできている` beside `できている` is something else than that, and what it is, its own words have to say.
    """
    distinct = tuple(dict.fromkeys(label for label in labels if 0 < len(label) <= _LONGEST))
    return _answers(distinct) if 2 <= len(distinct) <= _MOST_LABELS else {}


@lru_cache(maxsize=4096)
def _answers(labels: tuple[str, ...]) -> Mapping[str, AnswerValue]:
    folded = {fold(label): label for label in labels}
    prefixed = {
        label: folded[rest] for key, label in folded.items() if (rest := key[1:]) in folded and key[0] in _NOT
    }
    if prefixed:  # 加入 ・ 未加入
        return dict.fromkeys(prefixed, AnswerValue.NO) | dict.fromkeys(prefixed.values(), AnswerValue.YES)
    read = [(label, predicate) for label in labels if (predicate := read_predicate(fold(label)))]
    affirmed = [label for label, predicate in read if predicate.denials == 0]
    answers: dict[str, AnswerValue] = {}
    for label, predicate in read:
        if predicate.denials != 1:
            continue
        stated = [statement for statement in affirmed if _stem(predicate.word) in fold(statement)]
        if stated:
            plain = min(stated, key=len)
            steps = {text: AnswerValue.UNCLEAR for text in stated if fold(text).endswith(fold(plain))}
            answers |= {**steps, label: AnswerValue.NO, plain: AnswerValue.YES}
    return answers


def _stem(word: str) -> str:
    """A verb without the kana that changes with its form: はまら → はま, 守ら → 守; でき stays."""
    return word[:-1] if len(word) > 2 or (len(word) == 2 and not _is_kana(word[0])) else word


def _is_kana(char: str) -> bool:
    return "ぁ" <= char <= "ん"
