"""Two sentences in, whether yes to one means yes to the other: fuzzy scores do not see negation.

`第三者に提供しているか` and `第三者に提供しないこと` are nearly alike and ask the opposite. A denial with an exception
(`承認なしに…できない`) says that something is needed and goes with sentences that ask for it. A pair of opposite words (国内
and 国外) turns a sentence once more. Where one sentence denies and the other affirms, they are opposite only if the verb that
the one denies is the verb that the other affirms; else nothing can be said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz

from normalizers.language.claim import Claim, claim_of, denied_verb, verbs_alike
from normalizers.text import fold
from normalizers.vocabulary import load

__all__ = ["INVERSE", "SAME", "UNCLEAR", "Polarity", "denied_verb", "polarity_of", "through"]

_SAME_OBJECT = 60.0  # of 100: how alike what stands before the verb has to be
_BUT_FOR_THE_DENIAL = 75.0  # of 100: two clauses as alike as this differ in the denial only
_SHARED_KANJI = 0.5  # or which share of the shorter one's kanji the other holds
_AFFIRMED = r"(?:を|が|の|は|に)?(?:実施|行|認め|許可|可能|有|受け|必要|(?![をのはへや])[ぁ-ん])(?![ぁ-ん]{0,2}(?:ない|ません))"
_KANJI = re.compile(r"[一-龠々ァ-ヶー]")
_MANNER = re.compile(r"(?:[^、をがはにで]+て|[^、をがは]{1,6}[緒々別時独]+[にで])$")


@dataclass(frozen=True, slots=True)
class Polarity:
    """`same`, `inverse` or `unclear`; sure where it is one of the first two."""

    word: str

    @property
    def sure(self) -> bool:
        """Whether anything can be said."""
        return self.word != "unclear"


SAME, INVERSE, UNCLEAR = Polarity("same"), Polarity("inverse"), Polarity("unclear")


def polarity_of(requirement: str, definition: str) -> Polarity:
    """How yes to a requirement relates to yes to another text; the same both ways round."""
    one, other = claim_of(requirement), claim_of(definition)
    flipped = _opposite_words(one.main, other.main)
    if one.denies == other.denies:
        return _turned(_alike(one, other), flipped, (one, other))
    denying, affirming = (one, other) if one.denies else (other, one)
    if denying.checks and affirming.checks:
        return UNCLEAR if flipped else SAME  # 異常がないかを確かめる and 異常の有無を確かめる
    if denying.exempt:
        return _conditional(denying, affirming)
    return _opposed(denying, affirming, flipped)


def through(first: Polarity, second: Polarity) -> Polarity:
    """How yes to a first text relates to yes to a third, told by a second that lies between them."""
    if not (first.sure and second.sure):
        return UNCLEAR
    return SAME if first == second else INVERSE


def _alike(one: Claim, other: Claim) -> Polarity:
    """Two claims that both deny or both affirm."""
    if one.exempt != other.exempt:
        denied = one.denies and _same_verb(str(one.verb), str(other.verb))
        return SAME if denied else UNCLEAR
    if one.occurs != other.occurs:
        # 漏れることがあるか beside 漏れを防いでいる: that something may happen is not what is asked for.
        happens, asked = (one, other) if one.occurs else (other, one)
        return SAME if _hopes_for(asked) is None and _shared(happens.main, asked.main) else UNCLEAR
    return SAME


def _turned(plain: Polarity, flipped: bool, claims: tuple[Claim, Claim]) -> Polarity:
    if not flipped or not plain.sure:
        return plain
    return INVERSE if _same_matter(claims[0].main, claims[1].main) else UNCLEAR


def _conditional(denying: Claim, affirming: Claim) -> Polarity:
    """`承認なしに変更できない` beside an affirmation: the same only where that names a condition too."""
    if affirming.exempt:
        return INVERSE if fuzz.ratio(denying.main, affirming.main) >= _BUT_FOR_THE_DENIAL else UNCLEAR
    if not any(word in affirming.main for word in _words("conditions")):
        return UNCLEAR
    return SAME


def _opposed(denying: Claim, affirming: Claim, flipped: bool) -> Polarity:
    if flipped:
        return SAME
    if affirming.exempt:
        return UNCLEAR  # turned back by an exception that the other does not make
    if fuzz.ratio(denying.main, affirming.main) >= _BUT_FOR_THE_DENIAL:
        return INVERSE
    if not _affirms(affirming.main, str(denying.verb), denying.main):
        return UNCLEAR
    # 書き換えられない beside 書換えを防いでいる: what is kept off is not done.
    return SAME if _hopes_for(affirming) and not affirming.occurs else INVERSE


def _hopes_for(claim: Claim) -> str | None:
    """The word by which a claim keeps something off (防止, 防ぐ), None where there is none."""
    return next((word for word in _words("prevents") if word in claim.main), None)


def _shared(one: str, other: str) -> bool:
    mine, theirs = set(_KANJI.findall(one)), set(_KANJI.findall(other))
    return len(mine & theirs) / max(1, min(len(mine), len(theirs))) >= _SHARED_KANJI


def _same_verb(one: str, other: str) -> bool:
    return bool(one and other) and bool(set(verbs_alike(one)) & set(verbs_alike(other)))


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
    """Whether a clause affirms the verb that another denies, of about the same thing and in the same manner."""
    for name in verbs_alike(verb):
        whole = "(?<![一-龠々])" if len(name) == 1 else ""  # 止 is no verb of 停止する
        told = re.search(rf"(?P<about>.*){whole}{re.escape(name)}{_AFFIRMED}.{{0,10}}$", affirming)
        if told:
            about, before = told.group("about"), denying.rpartition(verb)[0]
            return _same_matter(before, about) and not _other_manner(before, about)
    return False


def _other_manner(one: str, other: str) -> bool:
    """Whether both say how it is done, and differently: 一緒に置かない, 分けて置く."""
    mine, theirs = _MANNER.search(one), _MANNER.search(other)
    return bool(mine and theirs) and not set(str(mine and mine.group())) & set(
        _KANJI.findall(str(theirs and theirs.group()))
    )


def _same_matter(one: str, other: str) -> bool:
    """Whether two stretches of text speak of the same thing."""
    return fuzz.ratio(one, other) >= _SAME_OBJECT or _shared(one, other)


@cache
def _opposites() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    pairs: list[list[list[str]]] = load("normalizers.language", "clauses.toml")["opposites"]["pairs"]
    return tuple((tuple(map(fold, left)), tuple(map(fold, right))) for left, right in pairs)


@cache
def _both() -> tuple[str, ...]:
    words: list[str] = load("normalizers.language", "clauses.toml")["opposites"]["both"]
    return tuple(map(fold, words))


@cache
def _words(name: str) -> tuple[str, ...]:
    """Words of clauses.toml's table `bounds`: `conditions` or `prevents`."""
    words: list[str] = load("normalizers.language", "clauses.toml")["bounds"][name]
    return tuple(map(fold, words))
