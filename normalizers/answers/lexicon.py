"""Words and marks that say an answer by themselves: what one token means, and which word leads a cell.

A token (`有`, `○`, `対象外`) comes in, its answer goes out, None where it is not known. All words stand in lexicon.toml, which
people mend without code; `有償` is not `有`, so that a word counts only where something closes it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from normalizers.answers.model import AnswerValue
from normalizers.text import Shape, fold, shape_of, strip_end
from normalizers.vocabulary import load

# What closes a leading word. A colon behind a noun makes it a label (対応：なし), behind 有 it does not.
_CLOSED = r"(?:[\s　]*[（(\[［【「『]|[。、，,;；（(\[［【「『※\n…]|\.(?=\s+[^\d\s])|$)"
_SPACED = r"(?:[。、，,;；（(\[［【「『※\n…:：]|[\s　]+(?=[^\s　]{2})|\.(?=\s+[^\d\s])|$)"
_SENTENCE_WORD = 5
_SCRIBBLE = 2
_LONGEST_PLACEHOLDER = 80
_LONGEST_WORD = 20  # characters of a word that decides, with what stands beside it
_STRAYS = 3  # strange characters beside it
_JUDGING = {Shape.CIRCLE, Shape.DOUBLE_CIRCLE, Shape.CROSS, Shape.TRIANGLE}


def answer_of_token(token: str) -> AnswerValue | None:
    """The answer that a mark or word says by itself, None where it is not known."""
    shape = shape_of(token)
    return answer_shapes()[shape] if shape else answer_words().get(fold(token))


def marks_contradict(text: str) -> bool:
    """Whether a short text holds circles beside crosses or triangles: `○ではなく×`."""
    shapes = {shape_of(char) for char in text[:_LONGEST_PLACEHOLDER] if not char.isalnum()}
    return len(text) <= _LONGEST_PLACEHOLDER and len(shapes & _JUDGING) > 1


@lru_cache(maxsize=16384)
def is_decided_token(text: str) -> bool:
    """Whether a cell is a mark or a yes/no word: what tells a column of marks from one of texts."""
    token = strip_end(text.strip())
    return bool(token) and answer_of_token(token) is not None


def refuses_but_for_strays(text: str) -> bool:
    """Whether a cell is a word or mark that is no yes with a few strange characters beside it: `いいえ゛`, `…×`, `未※1`.

    Signs, digits and Latin letters are strange there, three at most, or one kana; an ideograph says something (`問題なし`).
    """
    plain = text.strip()
    if len(plain) > _LONGEST_WORD:
        return False
    cuts = ((start, start + kept) for kept in range(max(1, len(plain) - _STRAYS), len(plain))
            for start in range(len(plain) - kept + 1))  # fmt: skip
    return any(
        answer_of_token(plain[start:end]) not in {None, AnswerValue.YES, AnswerValue.VALUE}
        and _are_strays(plain[:start] + plain[end:], plain[start:end])
        for start, end in cuts
    )


def _are_strays(chars: str, token: str) -> bool:
    letters = [char for char in chars if unicodedata.category(char) == "Lo"]
    if token.isascii() and any(char.isascii() and char.isalpha() for char in chars):
        return False  # `Noted` is a word of its own
    return not letters or (len(chars) == 1 and "ぁ" <= chars <= "ヺ")


@cache
def _shell() -> tuple[frozenset[str], re.Pattern[str]]:
    """Pairs of brackets round a mark, and what may end it: 印, です."""
    table = load("normalizers.answers", "lexicon.toml")["shell"]
    return frozenset(table["brackets"]), re.compile(table["copula"])


def core_of(text: str) -> str:
    """A mark or word without what stands around it and changes nothing: `（○）`, `○印`, `×です。` are ○, ○ and ×."""
    brackets, copula = _shell()
    core = strip_end(text)
    while len(core) > 2 and core[0] + core[-1] in brackets and not set(core[1:-1]) & {core[0], core[-1]}:
        core = strip_end(core[1:-1])
    return strip_end(copula.sub("", core)) or core


def is_scribble(text: str) -> bool:
    """Whether a cell holds one letter over and over (`あああ`, `xxx`): typed to try the form, no answer."""
    key = fold(text)
    return len(key) > _SCRIBBLE and len(set(key)) == 1 and key[0].isalpha()


@cache
def answer_words() -> dict[str, AnswerValue]:
    """Folded word → answer."""
    table: dict[str, Iterable[str]] = load("normalizers.answers", "lexicon.toml")["words"]
    return {fold(word): AnswerValue(answer) for answer, entries in table.items() for word in entries}


@cache
def answer_shapes() -> dict[Shape, AnswerValue]:
    """Shape of a mark → answer."""
    shapes: dict[str, str] = load("normalizers.answers", "lexicon.toml")["shapes"]
    return {Shape(shape): AnswerValue(answer) for shape, answer in shapes.items()}


@cache
def leading_word() -> re.Pattern[str]:
    """A known word at the start, closed by a delimiter: 有。 but not 有償.

    Nouns and letters that stand in many other words need a clear end; `有`, `はい` and sentences may be followed
    by a colon or a space.
    """
    tables = load("normalizers.answers", "lexicon.toml")
    leading = tables["leading"]
    never, spaced = {fold(word) for word in leading["never"]}, {fold(word) for word in leading["spaced"]}
    words = {word for entries in tables["words"].values() for word in entries if fold(word) not in never}
    spaced_words = {word for word in words if fold(word) in spaced or len(word) >= _SENTENCE_WORD}
    pattern = (
        rf"[「『]?(?P<word>(?:{_any_of(spaced_words)})(?=[」』]?{_SPACED})|(?:{_any_of(words)})(?=[」』]?{_CLOSED})"
        rf"|(?:{_any_of(leading['bracketed'])})(?=[（(【\[［]))"
    )
    return re.compile(pattern, re.IGNORECASE)


def _any_of(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def placeholder_of(text: str) -> str | None:
    """`choose` or `example` where a cell still holds the form's own words (選択▼, 例：有), None where it does not."""
    if len(text) > _LONGEST_PLACEHOLDER or text in answer_words():
        return None
    plain = unicodedata.normalize("NFKC", text).casefold()
    return next((name for name, pattern in _placeholders().items() if pattern.match(plain)), None)


@cache
def _placeholders() -> dict[str, re.Pattern[str]]:
    table: dict[str, str] = load("normalizers.answers", "lexicon.toml")["placeholders"]
    return {name: re.compile(pattern, re.DOTALL) for name, pattern in table.items()}


def answers_by_column(column: Iterable[str]) -> dict[str, AnswerValue]:
    """Words that say something else in this column: 非該当 is a no where 対象外 is another answer of it, or 該当 the only one."""
    table: dict[str, tuple[str, str]] = load("normalizers.answers", "lexicon.toml")["beside"]
    pairs: dict[str, tuple[str, str]] = load("normalizers.answers", "lexicon.toml")["pairs"]
    present = {fold(text) for text in column}
    answers = {
        word: AnswerValue(answer) for word, (rival, answer) in table.items() if {word, rival} <= present
    }
    known = present & answer_words().keys()
    alone = {word: AnswerValue(answer) for word, (rival, answer) in pairs.items() if known == {word, rival}}
    return {**answers, **alone}


def answer_by_question(text: str, question: str) -> AnswerValue | None:
    """The answer of a word that takes up the question's own: 不要 where it is asked whether it is 必要."""
    table: dict[str, tuple[str, str]] = load("normalizers.answers", "lexicon.toml")["asked"]
    word, answer = table.get(fold(strip_end(text)), ("", AnswerValue.UNCLEAR))
    takes_up = bool(word) and re.search(rf"{word}(?:です|でしょう|である)?か", question) is not None
    return AnswerValue(answer) if takes_up else None
