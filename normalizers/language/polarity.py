"""Two sentences in, whether yes to one means yes to the other: fuzzy scores do not see negation.

`第三者に提供しているか` and `第三者に提供しないこと` are nearly alike and ask the opposite. A denial with an exception
(`承認なしに…できない`) says that something is needed and goes with sentences that ask for it. A pair of opposite words (国内
and 国外) turns a sentence once more. Where one sentence denies and the other affirms, they are opposite only if the verb that
the one denies is the verb that the other affirms; else nothing can be said.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache, lru_cache

from rapidfuzz import fuzz

from normalizers.language.claim import Claim, claim_of, verbs_alike
from normalizers.text import fold
from normalizers.vocabulary import load

_SAME_OBJECT = 60.0  # of 100: how alike what stands before the verb has to be
_BUT_FOR_THE_DENIAL = 75.0  # of 100: two clauses as alike as this differ in the denial only
_SHARED_KANJI = 0.5  # or which share of the shorter one's kanji the other holds
_AFFIRMED = r"(?:を|が|の|は|に)?(?:実施|行|認め|許可|可能|有|受け|必要|(?![をのはへや])[ぁ-ん])(?![ぁ-ん]{0,2}(?:ない|ません))"
_KANJI = re.compile(r"[一-龠々ァ-ヶー]")
_NEAR = 200  # characters at the end of a stretch in which it says how something is done
_MANNER = re.compile(r"(?:[^、をがはにで]+て|[^、をがは]{1,6}[緒々別時独]+[にで])$")


class Polarity(StrEnum):
    """How yes to one text relates to yes to another."""

    SAME = "same"
    INVERSE = "inverse"
    UNCLEAR = "unclear"

    @property
    def sure(self) -> bool:
        """Whether anything can be said."""
        return self is not Polarity.UNCLEAR


def polarity_of(requirement: str, definition: str) -> Polarity:
    """How yes to a requirement relates to yes to another text; the same both ways round."""
    first, second = claim_of(requirement), claim_of(definition)
    flipped = _opposite_words(first.main, second.main)
    if first.denies == second.denies:
        return _flipped(_alike(first, second), flipped, (first, second))
    denying, affirming = (first, second) if first.denies else (second, first)
    if denying.checks and affirming.checks:
        return (
            Polarity.UNCLEAR if flipped else Polarity.SAME
        )  # 異常がないかを確かめる and 異常の有無を確かめる
    if denying.exempt:
        return _conditional(denying, affirming)
    return _opposed(denying, affirming, flipped)


def through(first: Polarity, second: Polarity) -> Polarity:
    """How yes to a first text relates to yes to a third, by a second that lies between them."""
    if not (first.sure and second.sure):
        return Polarity.UNCLEAR
    return Polarity.SAME if first == second else Polarity.INVERSE


def _alike(first: Claim, second: Claim) -> Polarity:
    """Two claims that both deny or both affirm."""
    if first.exempt != second.exempt:
        denied = first.denies and _same_verb(str(first.verb), str(second.verb))
        return Polarity.SAME if denied else Polarity.UNCLEAR
    if first.occurs != second.occurs:
        # 漏れることがあるか beside 漏れを防いでいる: that something may happen is not what is asked for.
        happens, wanted = (first, second) if first.occurs else (second, first)
        is_same = _hopes_for(wanted) is None and _shares_kanji(happens.main, wanted.main)
        return Polarity.SAME if is_same else Polarity.UNCLEAR
    return Polarity.SAME


def _flipped(plain: Polarity, flipped: bool, claims: tuple[Claim, Claim]) -> Polarity:
    """The polarity of two claims between which a pair of opposite words may stand."""
    if not flipped or not plain.sure:
        return plain
    return Polarity.INVERSE if _same_matter(claims[0].main, claims[1].main) else Polarity.UNCLEAR


def _conditional(denying: Claim, affirming: Claim) -> Polarity:
    """`承認なしに変更できない` beside an affirmation: the same only where that names a condition too."""
    if affirming.exempt:
        return (
            Polarity.INVERSE
            if fuzz.ratio(denying.main, affirming.main) >= _BUT_FOR_THE_DENIAL
            else Polarity.UNCLEAR
        )
    if not any(word in affirming.main for word in _words("conditions")):
        return Polarity.UNCLEAR
    return Polarity.SAME


def _opposed(denying: Claim, affirming: Claim, flipped: bool) -> Polarity:
    if flipped:
        return Polarity.SAME
    if affirming.exempt:
        return Polarity.UNCLEAR  # turned back by an exception that the other does not make
    if fuzz.ratio(denying.main, affirming.main) >= _BUT_FOR_THE_DENIAL:
        return Polarity.INVERSE
    if not _affirms(affirming.main, str(denying.verb), denying.main):
        return Polarity.UNCLEAR
    # 書き換えられない beside 書換えを防いでいる: what is kept off is not done.
    return Polarity.SAME if _hopes_for(affirming) and not affirming.occurs else Polarity.INVERSE


def _hopes_for(claim: Claim) -> str | None:
    """The word by which a claim keeps something off (防止, 防ぐ), None where there is none."""
    return next((word for word in _words("prevents") if word in claim.main), None)


def _shares_kanji(first: str, second: str) -> bool:
    kanji, second_kanji = set(_KANJI.findall(first)), set(_KANJI.findall(second))
    return len(kanji & second_kanji) / max(1, min(len(kanji), len(second_kanji))) >= _SHARED_KANJI


def _same_verb(first: str, second: str) -> bool:
    return bool(first and second) and bool(set(verbs_alike(first)) & set(verbs_alike(second)))


def _opposite_words(first: str, second: str) -> bool:
    """Whether the clauses hold an odd number of opposite words, one each."""
    sides, second_sides = _sides(first), _sides(second)
    return sum(second_sides.get(pair) == -side for pair, side in sides.items()) % 2 == 1


@lru_cache(maxsize=16384)
def _sides(clause: str) -> dict[int, int]:
    """Which pairs of opposite words a clause speaks of: 1 for the first word alone, -1 for the second alone.

    非公開 holds 公開: what the second word covers does not count as the first.
    """
    for word in _both():
        clause = clause.replace(word, "")
    sides = {}
    for pair, (first_words, second_words) in enumerate(_opposites()):
        holds_second = any(word in clause for word in second_words)
        uncovered = clause
        for word in second_words if holds_second else ():
            uncovered = uncovered.replace(word, "")
        holds_first = any(word in uncovered for word in first_words)
        if holds_first != holds_second:
            sides[pair] = 1 if holds_first else -1
    return sides


def _affirms(affirming: str, verb: str, denying: str) -> bool:
    """Whether a clause affirms the verb that another denies, of about the same thing and in the same manner."""
    for name in verbs_alike(verb):
        boundary = "(?<![一-龠々])" if len(name) == 1 else ""  # 止 is no verb of 停止する
        match = re.search(
            rf"(?:\A|(?<=\n))(?P<about>.*){boundary}{re.escape(name)}{_AFFIRMED}.{{0,10}}$", affirming
        )
        if match:
            about, before = match.group("about"), denying.rpartition(verb)[0]
            return _same_matter(before, about) and not _differs_in_manner(before, about)
    return False


def _differs_in_manner(first: str, second: str) -> bool:
    """Whether both say how it is done, and differently: 一緒に置かない, 分けて置く."""
    manner, second_manner = _MANNER.search(first[-_NEAR:]), _MANNER.search(second[-_NEAR:])
    if manner is None or second_manner is None:
        return False
    return not set(manner.group()) & set(_KANJI.findall(second_manner.group()))


def _same_matter(first: str, second: str) -> bool:
    """Whether two stretches of text speak of the same thing."""
    return fuzz.ratio(first, second) >= _SAME_OBJECT or _shares_kanji(first, second)


@cache
def _opposites() -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    pairs: list[list[list[str]]] = load("normalizers.language", "clauses.toml")["opposites"]["pairs"]
    return tuple((tuple(map(fold, first)), tuple(map(fold, second))) for first, second in pairs)


@cache
def _both() -> tuple[str, ...]:
    words: list[str] = load("normalizers.language", "clauses.toml")["opposites"]["both"]
    return tuple(map(fold, words))


@cache
def _words(name: str) -> tuple[str, ...]:
    """Words of clauses.toml's table `bounds`: `conditions` or `prevents`."""
    words: list[str] = load("normalizers.language", "clauses.toml")["bounds"][name]
    return tuple(map(fold, words))
