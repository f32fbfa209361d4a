"""Two sentences in, whether yes to one means yes to the other: fuzzy scores do not see negation.

`第三者に提供しているか` and `第三者に提供しないこと` are nearly alike and ask the opposite. A sentence is turned round by a
denial of its main verb or a ban; `承認なしに…できない` and `…以外は…できない` turn it back; a pair of opposite words (国内 and
国外) turns it once more. Where one sentence is turned and the other is not, they are opposite only if the verb that
the one denies is the verb that the other affirms; else nothing can be said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz

from normalizers.text import fold
from normalizers.vocabulary import load

_LONGEST = 600  # characters of a sentence that are looked at: the main clause stands at its end
_END = re.compile(r"(?:こと|か|の有無|ですか|でしょうか|事|もの|である|です|とする|[。.？?])+$")
_WORD = r"([一-龠々ァ-ヶー]{2,6}?|[一-龠々]{1,3}[ぁ-ん]{1,2})"
_DENIED = re.compile(
    rf"{_WORD}(?:を|が|は|も)?(?:し|され|でき|行わ|行って|出来|して|されて|できて|せ|させ)?(?:い)?"
    r"(?:ない|ません|なく|ぬ|ず)(?:こと|よう.{0,12})?$"
    rf"|{_WORD}(?:を|の|が|は)?(?:原則(?:として)?)?(?:禁止|禁じ|拒否|不可|認めな|許さな|許可しな).{{0,8}}$"
)
_PLAIN_DENIAL = re.compile(r"(?:ない|ません|なく|なし|無し)(?:よう.{0,12})?$")
_BAN_LIFTED = re.compile(r"(?:禁止|禁じ|拒否)[^、。]{0,4}(?:ない|ません)$")
_EXCEPT = re.compile(r"以外|(?:なし|無し)(?:に|で|の|では)|なく(?!な)[^っ]|ずに|得ないで|限り|しか")
_SAME_OBJECT = 60.0  # of 100: how alike what stands before the verb has to be
_BUT_FOR_THE_DENIAL = 75.0  # of 100: two clauses as alike as this differ in the denial only
_SHARED_KANJI = 0.5  # or which share of the shorter one's kanji the other holds
_AFFIRMED = r"(?:を|が|の|は)?(?:し|され|でき|行|認め|許可|実施|可能|ある|有|す|う|る|い|て|っ|え|く|き|せ|け|れ|む|め)"
_KANJI = re.compile(r"[一-龠々ァ-ヶー]")


@dataclass(frozen=True, slots=True)
class Polarity:
    """`same`, `inverse` or `unclear`; sure where it is one of the first two."""

    word: str

    @property
    def sure(self) -> bool:
        """Whether anything can be said."""
        return self.word != "unclear"


SAME, INVERSE, UNCLEAR = Polarity("same"), Polarity("inverse"), Polarity("unclear")


@lru_cache(maxsize=16384)
def main_clause(requirement: str) -> str:
    """The first sentence that is no note, folded, without what stands in brackets and without its ending."""
    for part in re.split(r"[。\n]", requirement):
        told = fold(part[-_LONGEST:])
        if told and not told.startswith(("※", "*")):
            return _END.sub("", re.sub(r"[（(\[【][^（()）\]】]*[)）\]】]", "", told))
    return ""


@lru_cache(maxsize=16384)
def denied_verb(requirement: str) -> str | None:
    """The verb that a requirement's main clause denies (`提供` of 提供していないこと), None where it affirms."""
    main = main_clause(requirement)
    if _BAN_LIFTED.search(main):
        return None
    match = _DENIED.search(main)
    if match:
        return next(group for group in match.groups() if group)
    return "" if _PLAIN_DENIAL.search(main) else None


def polarity_of(requirement: str, definition: str) -> Polarity:
    """How yes to a requirement relates to yes to another text; the same both ways round."""
    mine, theirs = denied_verb(requirement), denied_verb(definition)
    one, other = main_clause(requirement), main_clause(definition)
    turned = _turned(one, mine) != _turned(other, theirs)
    flipped = _opposite_words(one, other)
    if turned == flipped:
        return SAME
    if flipped:
        return INVERSE if _same_matter(one, other) else UNCLEAR
    if (mine is None) == (theirs is None):
        return UNCLEAR  # one is turned back by an exception that the other does not make
    verb, denying, affirming = (mine, one, other) if mine is not None else (theirs, other, one)
    if fuzz.ratio(one, other) >= _BUT_FOR_THE_DENIAL or _affirms(affirming, str(verb), denying):
        return INVERSE
    return UNCLEAR


def _turned(main: str, verb: str | None) -> bool:
    """Whether a clause says no on the whole: a denial, unless an exception turns it into a condition."""
    return (verb is not None) != bool(_EXCEPT.search(main))


def _opposite_words(one: str, other: str) -> bool:
    """Whether the clauses hold an odd number of opposite words, one each."""
    mine, theirs = _sides(one), _sides(other)
    return sum(theirs.get(pair) == -side for pair, side in mine.items()) % 2 == 1


@lru_cache(maxsize=16384)
def _sides(clause: str) -> dict[int, int]:
    """Which pairs of opposite words a clause speaks of: 1 for the left word alone, -1 for the right alone.

    非公開 holds 公開: what the right word covers does not count as the left.
    """
    for word in _both():
        clause = clause.replace(word, "")
    found = {}
    for pair, (left, right) in enumerate(_opposites()):
        is_right = any(word in clause for word in right)
        bare = clause
        for word in right if is_right else ():
            bare = bare.replace(word, "")
        is_left = any(word in bare for word in left)
        if is_left != is_right:
            found[pair] = 1 if is_left else -1
    return found


def _affirms(affirming: str, verb: str, denying: str) -> bool:
    """Whether a clause affirms the verb that another denies, of about the same thing."""
    for name in _alike(verb):
        told = re.search(rf"(?P<about>.*){re.escape(name)}{_AFFIRMED}.{{0,8}}$", affirming)
        if told:
            return _same_matter(denying.partition(verb)[0], told.group("about"))
    return False


def _same_matter(one: str, other: str) -> bool:
    """Whether two stretches of text speak of the same thing."""
    mine, theirs = set(_KANJI.findall(one)), set(_KANJI.findall(other))
    shared = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
    return fuzz.ratio(one, other) >= _SAME_OBJECT or shared >= _SHARED_KANJI


def _alike(verb: str) -> list[str]:
    """The verb and those that mean the same, the verb itself first; none for an unknown one."""
    if not verb:
        return []
    groups = [
        group for group in _verbs() if any(verb.startswith(name) or verb.endswith(name) for name in group)
    ]
    return [verb, *sorted({name for group in groups for name in group} - {verb}, key=len, reverse=True)]


@cache
def _opposites() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    pairs: list[list[list[str]]] = load("pipeline.align", "clauses.toml")["opposites"]["pairs"]
    return tuple((tuple(map(fold, left)), tuple(map(fold, right))) for left, right in pairs)


@cache
def _both() -> tuple[str, ...]:
    words: list[str] = load("pipeline.align", "clauses.toml")["opposites"]["both"]
    return tuple(map(fold, words))


@cache
def _verbs() -> tuple[tuple[str, ...], ...]:
    groups: list[list[str]] = load("pipeline.align", "clauses.toml")["verbs"]["groups"]
    return tuple(tuple(map(fold, group)) for group in groups)
