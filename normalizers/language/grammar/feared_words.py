"""Words of a clause in, whether they tell of what a buyer fears or wants out: a manner, a thing, an event, a main verb.

`平文で` is a manner and `本番データ` a thing that is feared, `承認を得ずに` leaves out what is wanted, `事故` is an event. What
they make of a whole clause stands in clause_bearing.py; the words themselves in feared_words.toml.
"""

from __future__ import annotations

import re
from functools import cache

from normalizers.language.predicates import Predicate, predicate_words
from normalizers.vocabulary import load

_LEFT_OUT = (
    r"[ぁ-ん一-龠]{0,5}?(?:ずに|せず(?=[^、])|ないまま|ないで(?!き)|なしに|なしで|なしの|無しに|無しで"
    r"|なく(?!な|、)|もなく、|なく、)"
)
_UNTOUCHED = re.compile(r"(?<![のそこ])(?:た|の|な|い)まま")


def fears(text: str) -> bool:
    """Whether a text tells of a manner or a thing that is feared."""
    return is_left_out(text) or names(text, "states", "manner") or names(text, "states", "things")


def is_left_out(text: str) -> bool:
    """Whether something is done without what a buyer wants: 承認を得ずに, 暗号化しないまま."""
    return _left_out().search(text) is not None


@cache
def _left_out() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(listed("states", "needed"), key=len, reverse=True)))
    return re.compile(f"(?:{words}){_LEFT_OUT}")


def is_doubtful(clause: str) -> bool:
    """Whether a text tells of a manner that is feared or not, as the case may be."""
    return names(clause, "states", "doubtful") or _UNTOUCHED.search(clause) is not None


def is_event(head: str) -> bool:
    """Whether a noun names an event that is feared."""
    return any(head.endswith(event) for event in listed("states", "events"))


def is_wanted(clause: str, predicate: Predicate) -> bool:
    """Whether the main verb of a clause is an action that is wanted."""
    return predicate.listed or is_wanted_action(predicate.word) or ends_in(clause, "protect")


def is_wanted_action(word: str) -> bool:
    """Whether a word is one of the actions of which a plain statement is a yes, and says good by itself."""
    wanted = predicate_words("affirming", "nouns") | predicate_words("affirming", "bare")
    risky = listed("verbs", "risky")
    return any(noun in word for noun in wanted if noun not in risky)


def ends_in(clause: str, name: str) -> bool:
    """Whether the main verb of a clause is one of a list, whatever its form."""
    return _endings(name).search(clause) is not None


@cache
def _endings(name: str) -> re.Pattern[str]:
    stems = sorted({stem_of(word) for word in listed("verbs", name)}, key=len, reverse=True)
    parts = (rf"(?<![一-龠]){re.escape(stem)}" if len(stem) == 1 else re.escape(stem) for stem in stems)
    return re.compile(f"(?:{'|'.join(parts)})(?:[ぁ-ん]|可能|出来|行|頂|致|下さ|済){{0,12}}$")


def stem_of(word: str) -> str:
    """A verb up to what changes with its form: 使う → 使, 認める → 認め."""
    if re.search(r"[一-龠][うくぐすつぬぶむる]$", word):
        return word[:-1]
    return word[:-1] if re.search(r"[一-龠][ぁ-ん]+る$", word) else word


def names(text: str, table: str, name: str) -> bool:
    """Whether a text holds a word of a list."""
    return listed_pattern(table, name).search(text) is not None


@cache
def listed(table: str, name: str) -> tuple[str, ...]:
    """A list of feared_words.toml."""
    return tuple(load("normalizers.language.grammar", "feared_words.toml")[table][name])


@cache
def listed_pattern(table: str, name: str) -> re.Pattern[str]:
    """A pattern of all words of a list, the longest first."""
    longest = sorted(listed(table, name), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest)))
