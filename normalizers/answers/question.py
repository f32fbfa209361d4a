"""A sentence and the question beside it in, whether the sentence affirms or denies what was asked out.

`共用の鍵を利用しています` is a plain statement, and no yes to `鍵を一人ずつ渡していること`: its action has to stand in the
question or say nothing by itself (実施, 対応), and most of its other nouns have to. A question that asks for something not to be
is not answered by any plain statement.
"""

from __future__ import annotations

import re
from functools import lru_cache

from normalizers.answers.model import AnswerValue
from normalizers.answers.sentence import without_bracket
from normalizers.language.predicates import predicate_pattern, predicate_words, read_predicate
from normalizers.language.tokens import tokenizer
from normalizers.text import fold
from normalizers.vocabulary import load

_LONGEST = 4000
_ENOUGH = 0.6
_JUDGING = {"動詞", "形容詞", "形状詞", "助動詞", "助詞", "副詞"}
_ACTIONS = {"サ変可能", "サ変形状詞可能", "形状詞可能"}
_OPTION = re.compile(
    r"(?:^|(?<=[\s　（(、,，／/]))(?P<key>[0-9０-９A-Za-zＡ-Ｚア-ン])[\s　]*[：:＝=．.)）][\s　]*"
    r"(?P<text>[^\s　、,，／/（）()0-9０-９][^\s　、,，／/（）()]{0,20})"
)


@lru_cache(maxsize=4096)
def affirms_question(sentence: str, question: str) -> bool:
    """Whether an affirmed `sentence` answers `question`; without a question it stands for itself."""
    key = fold(question)[:_LONGEST]
    if not key:
        return True
    if predicate_pattern("asking", "against").search(key):
        return False
    sentence = predicate_pattern("burdens", "smooth").sub("", without_bracket(sentence))
    predicate = read_predicate(sentence)
    if predicate is None:
        return False
    action = _without_adverb(fold(predicate.word))
    if action not in key and not action.endswith(tuple(predicate_words("asking", "general"))):
        return False
    nouns = {fold(noun) for noun in _nouns(sentence)} - {action}
    return not nouns or sum(noun in key for noun in nouns) >= _ENOUGH * len(nouns)


def _without_adverb(action: str) -> str:
    """`すべて暗号化` is the action 暗号化: Sudachi reads 通信はすべて暗号化されています as one compound."""
    general = {fold(word) for word in predicate_words("asking", "empty") if len(word) > 1} - {action}
    longest = max((len(word) for word in general if action.startswith(word)), default=0)
    return action[longest:]


def answer_of_denied_burden(text: str, subject: str, question: str) -> AnswerValue | None:
    """What a cell that denies something bad answers; None where it only tells that.

    `制約はありません` is a no where the question is whether there are any; `問題ありません` is a yes beside a requirement
    (`…していること`). `subject` is the burden that the cell denies.
    """
    fine = load("normalizers.answers", "question.toml")["fine"]
    is_fine = re.search(fine["says"], fold(text).rstrip("。."))
    burdens = predicate_words("burdens", "words") if is_fine else frozenset({subject})
    key = fold(question)[:_LONGEST]
    if any(re.search(re.escape(fold(word)) + fine["burden"], key) for word in burdens if word):
        return AnswerValue.NO
    return AnswerValue.YES if is_fine and re.search(fine["met"], key) else None


def asks_for_text(question: str) -> bool:
    """Whether a question asks for a place, a time, a name or the like, which a text answers."""
    wanted = load("normalizers.answers", "question.toml")["wanted"]["says"]
    return re.search(wanted, fold(question)[:_LONGEST]) is not None


def judges(text: str) -> bool:
    """Whether a short text says something of what was asked (`禁止`, `取得する`, `本社のみ`), not a name or a time."""
    tokens = [m for m in tokenizer().tokenize(text) if re.search(r"\w", m.surface())]
    if not tokens or predicate_pattern("measured", "often").search(text):
        return False
    kind = tokens[-1].part_of_speech()
    return kind[0] in _JUDGING or kind[2] in _ACTIONS


def chosen_option(answer: str, question: str) -> str | None:
    """The text of the option that a cell names by its number, where the question prints two or more: `（1：有る　2：無い）`."""
    key = fold(answer)
    if len(key) != 1 or not key.isalnum():
        return None
    options = {fold(m.group("key")): m.group("text").strip() for m in _OPTION.finditer(question[:_LONGEST])}
    return options.get(key) if len(options) > 1 else None


def _nouns(sentence: str) -> list[str]:
    """Nouns and adjectives of the sentence that say something by themselves."""
    general = predicate_words("asking", "general") | predicate_words("asking", "empty")
    return [
        m.surface()
        for m in tokenizer().tokenize(sentence)
        if m.part_of_speech()[0] in {"名詞", "形状詞", "形容詞", "代名詞"}
        and m.surface() not in general
        and re.search(r"\w", m.surface())
    ]
