"""A text in, its clauses with what each says out: action, objects, whether it is denied, how it is meant.

`目的外利用はしておりません` has the action 目的外利用, denied; `取得していないシステムはありません` denies that there is one not
taken: `exists`, denied, with a denial inside. Whether a predicate is denied is decided in one place, predicates.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from normalizers.language.clause_topics import topic_of
from normalizers.language.grammar.english import denies_english, is_english, stems_of
from normalizers.language.grammar.moods import Mood, moods_of
from normalizers.language.grammar.split import Part, split_clauses
from normalizers.language.predicates import PredicateForm, read_predicate

_LONGEST = 200
_EXISTS = re.compile(
    r"(?:あり|有り?|(?:^|[はがも])(?:ある|ない|無い|いません|いない)|なし|無し?|皆無|ゼロ|(?<!\d)0 ?(?:件|回|名|人|社|台)?"
    r"|存在し\S*|存在|ございま\S+|ありま\S+|残存|\d+ ?(?:件|社|名|台)(?:あり|有り?|です)?)$"
)
_KEPT_OFF = re.compile(
    r"(?P<denied>.{2,}?(?:ない|ぬ))よう(?:に|な)?[^、。]{0,8}(?:して|講じて|設定して|制御して)(?:いる|います|おります|あります)$"
)
_NONE = re.compile(r"(?:なし|無し?|皆無|ゼロ|(?<!\d)0 ?(?:件|回|名|人|社|台))(?:です|でした|である)?$")
_SOME = re.compile(r"(?:あり|有り?|有)(?:です)?$")


@dataclass(frozen=True, slots=True)
class StatedClause:
    """One clause: `action` in its dictionary form ("" where it has none), the `things` it is done to, all `nouns`.

    `exists` where it says that something is there or not; `inner` where something in it is denied by itself; `form` how the
    action is stated; `listed` where a plain statement of the action is a yes; `turned` where what precedes it is turned.
    """

    text: str
    moods: frozenset[Mood]
    aside: bool
    turned: bool
    action: str = ""
    things: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    denied: bool = False
    exists: bool = False
    inner: bool = False
    form: PredicateForm = PredicateForm.OTHER
    listed: bool = False
    english: bool = False


@lru_cache(maxsize=16384)
def read_clauses(printed: str) -> tuple[StatedClause, ...]:
    """The clauses of a text as printed, those in brackets last."""
    return tuple(_read(part) for part in split_clauses(printed))


def _read(part: Part) -> StatedClause:
    text = part.text
    moods = moods_of(text)
    if kept_off := _KEPT_OFF.match(text):  # アクセスできないようにしています says that nobody can
        text = kept_off["denied"]
    silent = StatedClause(text=text, moods=moods, aside=part.aside, turned=part.turned)
    if is_english(text):
        stems = stems_of(text)
        return replace(silent, things=stems, nouns=stems, denied=denies_english(text), english=True)
    predicate = read_predicate(text[-_LONGEST:])
    if predicate is None:
        return silent
    topic = topic_of(text[-_LONGEST:])
    return replace(
        silent,
        action=topic.action if topic else predicate.word,
        things=topic.things if topic else frozenset(),
        nouns=topic.nouns if topic else frozenset(),
        denied=predicate.denials % 2 == 1 or bool(_NONE.search(text)),
        exists=bool(_EXISTS.search(text)),
        inner=predicate.inner > 0,
        form=predicate.form,
        listed=predicate.listed,
    )
