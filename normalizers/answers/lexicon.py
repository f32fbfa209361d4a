"""The words and shapes of answers.toml as look-ups: what one token means, and which word leads a cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from normalizers.text import fold, shape_of, strip_end
from normalizers.vocabulary import load

# What closes a leading word. A colon behind a noun makes it a label (対応：なし), behind 有 it does not.
_CLOSED = r"(?:[\s　]*[（(\[［【「『]|[。、，,;；（(\[［【「『※\n…]|\.(?=\s+[^\d\s])|$)"
_SPACED = r"(?:[。、，,;；（(\[［【「『※\n…:：]|[\s　]+(?=[^\s　]{2})|\.(?=\s+[^\d\s])|$)"
_SENTENCE_WORD = 5
_SCRIBBLE = 2
_LONGEST_PLACEHOLDER = 80
_JUDGING = {"circle", "double_circle", "cross", "triangle"}


def token_class(token: str) -> str | None:
    """The answer that a mark or word says by itself, None where it is not known."""
    shape = shape_of(token)
    return answer_shapes()[shape] if shape else answer_words().get(fold(token))


def marks_contradict(text: str) -> bool:
    """Whether a short text holds circles beside crosses or triangles: `○ではなく×`."""
    found = {shape_of(char) for char in text[:_LONGEST_PLACEHOLDER] if not char.isalnum()}
    return len(text) <= _LONGEST_PLACEHOLDER and len(found & _JUDGING) > 1


@lru_cache(maxsize=16384)
def is_decided_token(text: str) -> bool:
    """Whether a cell is a mark or a yes/no word: what tells a column of marks from one of texts."""
    bare = strip_end(text.strip())
    return bool(bare) and token_class(bare) is not None


@cache
def _shell() -> tuple[frozenset[str], re.Pattern[str]]:
    """Pairs of brackets round a mark, and what may end it: 印, です."""
    table = load("normalizers.answers", "answers.toml")["shell"]
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
def answer_words() -> dict[str, str]:
    """Folded word → answer."""
    table: dict[str, Iterable[str]] = load("normalizers.answers", "answers.toml")["words"]
    return {fold(word): answer for answer, entries in table.items() for word in entries}


@cache
def answer_shapes() -> dict[str, str]:
    """Shape of a mark → answer."""
    shapes: dict[str, str] = load("normalizers.answers", "answers.toml")["shapes"]
    return shapes


@cache
def leading_word() -> re.Pattern[str]:
    """A known word at the start, closed by a delimiter: 有。 but not 有償。

    Nouns and letters that stand in many other words need a clear end; `有`, `はい` and sentences may be followed
    by a colon or a space.
    """
    tables = load("normalizers.answers", "answers.toml")
    alone = {fold(word) for word in tables["leading"]["never"]}
    spaced = {fold(word) for word in tables["leading"]["spaced"]}
    entries = sorted({word for words in tables["words"].values() for word in words}, key=len, reverse=True)
    entries = [word for word in entries if fold(word) not in alone]
    open_words = "|".join(
        re.escape(word) for word in entries if fold(word) in spaced or len(word) >= _SENTENCE_WORD
    )
    closed_words = "|".join(re.escape(word) for word in entries)
    bracketed = "|".join(map(re.escape, sorted(tables["leading"]["bracketed"], key=len, reverse=True)))
    pattern = (
        rf"[「『]?(?P<word>(?:{open_words})(?=[」』]?{_SPACED})|(?:{closed_words})(?=[」』]?{_CLOSED})"
        rf"|(?:{bracketed})(?=[（(【\[［]))"
    )
    return re.compile(pattern, re.IGNORECASE)


def placeholder_of(bare: str) -> str | None:
    """`choose` or `example` where a cell still holds the form's own words (選択▼, 例：有), None where it does not."""
    if len(bare) > _LONGEST_PLACEHOLDER or bare in answer_words():
        return None
    plain = unicodedata.normalize("NFKC", bare).casefold()
    return next((name for name, pattern in _placeholders().items() if pattern.match(plain)), None)


@cache
def _placeholders() -> dict[str, re.Pattern[str]]:
    table: dict[str, str] = load("normalizers.answers", "answers.toml")["placeholders"]
    return {name: re.compile(pattern, re.DOTALL) for name, pattern in table.items()}


def words_beside(column: Iterable[str]) -> dict[str, str]:
    """Words that say something else in this column: 非該当 is a no where 対象外 is another answer of it."""
    table: dict[str, tuple[str, str]] = load("normalizers.answers", "answers.toml")["beside"]
    present = {fold(text) for text in column}
    return {word: answer for word, (other, answer) in table.items() if {word, other} <= present}


def answer_as_asked(text: str, question: str) -> str | None:
    """The answer of a word that takes up the question's own: 不要 where it is asked whether it is 必要."""
    table: dict[str, tuple[str, str]] = load("normalizers.answers", "answers.toml")["asked"]
    word, answer = table.get(fold(strip_end(text)), (None, None))
    return answer if word is not None and re.search(rf"{word}(?:です|でしょう|である)?か", question) else None
