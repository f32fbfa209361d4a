"""Two sentences in, whether yes to one means yes to the other: fuzzy scores do not see negation.

`第三者に提供しているか` and `第三者に提供しないこと` are nearly alike and ask the opposite. Two sentences are opposite
only where what one of them denies is what the other affirms; where just one of them denies something else,
nothing can be said for sure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from normalizers.text import fold

_END = re.compile(r"(?:こと|か|の有無|ですか|でしょうか|事|[。？?])+$")
_WORD = r"([一-龠々ァ-ヶー]{2,6}?|[一-龠々]{1,3}[ぁ-ん]{1,2})"
_DENIED = re.compile(
    rf"{_WORD}(?:を|が|は)?(?:し|され|でき|行わ|行って|出来|して|されて|できて)?(?:い)?(?:ない|ません|なく)(?:こと|よう.{{0,12}})?$"
    rf"|{_WORD}(?:を|の|が)?(?:原則(?:として)?)?禁止.{{0,8}}$"
)
_SAME_OBJECT = 60.0  # of 100: how alike what stands before the verb has to be
_AFFIRMED = r"(?:を|が|の)?(?:し|され|でき|行|認め|許可|実施|可能|ある|有)"


@dataclass(frozen=True, slots=True)
class Polarity:
    """`same` or `inverse`, and whether it is sure."""

    word: str
    sure: bool


def denied_verb(requirement: str) -> str | None:
    """The verb that a requirement's main clause denies (`提供` of 提供していないこと), None where it affirms."""
    sentences = [
        part for part in re.split(r"[。\n]", requirement) if part.strip() and not part.strip().startswith("※")
    ]
    if not sentences:
        return None
    main = _END.sub("", fold(re.sub(r"[（(][^（()）]*[)）]", "", sentences[0])))
    match = _DENIED.search(main)
    if match:
        return next(group for group in match.groups() if group)
    return "" if re.search(r"(?:ない|ません|なく)$", main) else None


def polarity_of(requirement: str, definition: str) -> Polarity:
    """How yes to a requirement relates to yes to a control's definition."""
    mine, theirs = denied_verb(requirement), denied_verb(definition)
    if (mine is None) == (theirs is None):
        return Polarity("same", sure=True)
    verb = str(mine if mine is not None else theirs)
    denying, affirming = (requirement, definition) if mine is not None else (definition, requirement)
    told = re.search(rf"(?P<about>.*){re.escape(verb)}{_AFFIRMED}.{{0,8}}$", _END.sub("", fold(affirming)))
    about = fold(denying).partition(verb)[0] if verb else ""
    opposite = bool(verb) and told is not None and fuzz.ratio(about, told.group("about")) >= _SAME_OBJECT
    return Polarity("inverse" if opposite else "same", sure=opposite)
