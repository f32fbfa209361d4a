"""A remark and the question beside a yes in, what the remark makes of the yes out.

`未実装`, `遠隔地への保管は行っておりません` deny what was asked: the yes is unclear, never a no, for nobody knows which
of the two was meant. A plan of the thing itself makes it planned, a plan or option that has to be bought
conditional, `一部を除く` partial.
A remark that denies something else (`海外には保存していません`, `過去に事故はありません`, `私物は認めていません`) leaves the yes.

Each clause is looked at by itself: does it deny, plan or bind, and does it speak of what was asked, of a part of it, or of
nothing else (themes.py)?
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import cache, lru_cache

from normalizers.language.clause_topics import (
    Question,
    Theme,
    nouns_of,
    question_of,
    share,
    theme_of,
    turned_words,
)
from normalizers.language.predicates import predicate_pattern, predicate_words
from normalizers.text import fold, strip_end
from normalizers.values.dates import begins_later
from normalizers.vocabulary import load

_LONGEST = 1000
_ORDER = ("planned", "unclear", "conditional", "partial")


@lru_cache(maxsize=16384)
def turned_by(remark: str, question: str, sheet: dt.date | None = None) -> str | None:
    """`unclear`, `planned`, `conditional` or `partial` where the remark turns a yes beside `question`, else None.

    `sheet` is the sheet's date; where it is not known, only dates after the last year that is surely past tell a plan.
    """
    plain = unicodedata.normalize("NFKC", remark).strip()[:_LONGEST]
    if not plain or fold(strip_end(plain)) in _silent():
        return None
    if re.search(_pattern("denials", "bare"), strip_end(plain), re.IGNORECASE):
        return "unclear"
    if re.search(_pattern("denials", "bare_plan"), plain, re.IGNORECASE):
        return "planned"
    asked = question_of(question)
    found = {
        told for clause in clauses_of(plain) if (told := _clause_turns(clause, asked, sheet)) is not None
    }
    return next((answer for answer in _ORDER if answer in found), None)


def clauses_of(remark: str) -> list[str]:
    """The clauses of a remark (NFKC), without what stands in brackets, what is past and turned, and empty phrases."""
    clauses = []
    for sentence in re.split(_pattern("clauses", "ends"), remark):
        bare = re.sub(_pattern("clauses", "bracket"), _inner_alone(sentence), sentence)
        bare = re.sub(_pattern("clauses", "past"), "", bare.strip())
        parts = [strip_end(part.strip()) for part in re.split(_pattern("clauses", "joins"), bare) if part]
        clauses += [clean for part in parts if (clean := re.sub(_pattern("clauses", "idle"), "", part))]
    return clauses


def _inner_alone(sentence: str) -> str:
    """A bracket round the whole sentence is opened, one behind a text is left out."""
    return r"\g<inner>" if re.fullmatch(_pattern("clauses", "bracket") + r"[。\s]*", sentence.strip()) else ""


def _clause_turns(clause: str, asked: Question, sheet: dt.date | None) -> str | None:
    if re.search(_pattern("parts", "says"), clause) and not asked.denied:
        return "partial"
    if re.search(_pattern("conditions", "says"), clause, re.IGNORECASE):
        return _condition(clause, asked)
    if left := re.search(_pattern("clauses", "leftover"), clause):
        return "unclear" if _denies(left.group("denied").removesuffix("の"), asked) else None
    if _doubtful(clause):
        return None
    if (told := _plan(clause, asked, sheet)) is not None:
        return told
    return "unclear" if _denies(clause, asked) else None


def _doubtful(clause: str) -> bool:
    return any(predicate_pattern("denying", name).search(clause) for name in ("duty", "doubled"))


def _condition(clause: str, asked: Question) -> str | None:
    """A plan or option to buy; of something else than was asked it binds nothing."""
    if re.search(_pattern("conditions", "guard"), clause, re.IGNORECASE):
        return None
    subject = re.match(r"(?P<subject>[^、。]{2,16}?)(?:は|については|に関しては)", clause)
    theme = theme_of(subject.group("subject")) if subject else None
    if subject and theme and theme.nouns and not share(theme.nouns, asked.nouns | asked.core):
        return None
    return "conditional"


def _plan(clause: str, asked: Question, sheet: dt.date | None) -> str | None:
    """`planned` for a plan of the asked thing, `unclear` where it is only considered or planned for a part."""
    text = re.sub(_pattern("clauses", "time"), " ", clause)
    considered = re.search(_pattern("plans", "considering"), text) is not None
    promised = re.search(_pattern("plans", "says"), clause) is not None or _is_later(clause, sheet)
    core = any(len(word) > 1 and word in text for word in asked.core)
    acts = core or re.search(_pattern("plans", "actions"), text) is not None
    if not (considered or promised) or not acts or _is_repeated(clause, asked, considered):
        return None
    nouns = frozenset(_plan_nouns(text))
    part = bool(nouns) and _is_part(nouns, asked)
    of_the_asked = core or nouns <= asked.nouns or share(nouns, asked.core)
    if (nouns and asked.either) or not (of_the_asked or part):
        return None
    return "unclear" if considered or part else "planned"


def _is_repeated(clause: str, asked: Question, considered: bool) -> bool:
    """Whether a plan is of the next time, a change or an addition: `次回は2027年4月に実施予定` takes nothing back."""
    theme = theme_of(clause)
    if re.search(_pattern("plans", "again"), clause) or (theme is not None and (theme.denied or theme.too)):
        return True
    return not considered and re.search(_pattern("plans", "recurring"), asked.text) is not None


def _is_later(clause: str, sheet: dt.date | None) -> bool:
    """`2029年4月に導入`: an action of a later date."""
    known = dt.date(load("normalizers.answers", "answers.toml")["years"]["known"], 12, 31)
    return begins_later(clause, sheet or known) and re.search(_pattern("plans", "later"), clause) is not None


def _plan_nouns(text: str) -> set[str]:
    """The nouns of a plan without its action: 台帳を作成中 plans 台帳."""
    theme = theme_of(text)
    actions = re.compile(rf"(?:{_pattern('plans', 'actions')})(?:作業|開始|完了|予定|中|途中|段階|向け)*")
    named = {actions.sub("", noun) for noun in (theme.nouns if theme else ())}
    return {noun for noun in named if len(noun) > 1}


def _denies(clause: str, asked: Question) -> bool:
    """Whether a clause denies what was asked, or denies it of a part."""
    if re.search(_pattern("denials", "guard"), clause):
        return False
    if re.search(_pattern("denials", "no_plan"), clause) and not re.search(
        _pattern("denials", "no_plan_of"), clause
    ):
        return False
    text = re.sub(_pattern("clauses", "time"), " ", clause).strip()
    if ended := re.search(_pattern("denials", "ended"), text):
        return not asked.denied and _ends_the_asked(text[: ended.start()], ended.group(), asked)
    theme = theme_of(text)
    if theme is None or not theme.denied:
        return not asked.denied and _leaves_out(clause, asked)
    if asked.denied:
        return theme.action in turned_words("unmet") and not theme.nouns - asked.nouns
    return _of_the_asked(theme, asked, clause)


def _leaves_out(clause: str, asked: Question) -> bool:
    """`消去せずに廃棄している` beside a question for 消去."""
    if re.search(_pattern("denials", "without_guard"), clause):
        return False
    behind = _pattern("denials", "without")
    return any(len(word) > 1 and re.search(re.escape(word) + behind, clause) for word in asked.core)


def _ends_the_asked(before: str, ended: str, asked: Question) -> bool:
    """`対象外`, `診断は見送りました`, `当該機能の提供は終了しました`: of what was asked, or of nothing else."""
    if ended[:2] in asked.text or _is_other(before, asked):
        return False
    nouns, things = nouns_of(before)
    return not nouns or share(things, asked.core)


def _of_the_asked(theme: Theme, asked: Question, clause: str) -> bool:
    """Whether a denied clause is about what was asked, or about nothing else."""
    if _is_other(clause, asked) or _is_burden(theme, asked) or (theme.nouns and asked.either):
        return False
    if not theme.nouns:
        return _denies_without_subject(theme, asked, clause)
    if share(theme.things, asked.core):
        return not _is_only_object(theme, asked)
    return theme.action not in turned_words("existing") and _of_a_part(theme, asked)


def _of_a_part(theme: Theme, asked: Question) -> bool:
    """`派遣社員は未実施`: an action that leans on what was asked, denied of a part of it or of its own nouns."""
    plain = theme.action in turned_words("plain")
    foreign = theme.nouns - asked.nouns
    if _is_part(foreign, asked):
        return plain or theme.action in turned_words("lean")
    return not foreign and plain


def _denies_without_subject(theme: Theme, asked: Question, clause: str) -> bool:
    if theme.action in turned_words("plain") or re.search(_pattern("denials", "unable"), clause):
        return True
    if re.search(_pattern("denials", "by_now"), clause) and theme.action in turned_words("lean"):
        return not re.search(_pattern("questions", "restrains"), asked.text)
    taken_up = asked.leans and theme.action in turned_words("taken_up")
    return taken_up or share(theme.things | {theme.action}, asked.core)


def _is_other(clause: str, asked: Question) -> bool:
    """Whether a clause names what the question wants not to be: 海外, 第三者, unless the question names it too."""
    found = re.search(_pattern("words", "contrary"), clause)
    return found is not None and found.group() not in asked.text


def _is_burden(theme: Theme, asked: Question) -> bool:
    """事故はありません denies what is bad, unless that was asked for."""
    burdens = tuple(predicate_words("burdens", "words") | turned_words("bad"))
    found = tuple(burden for thing in theme.things for burden in burdens if thing.endswith(burden))
    return bool(found) and not any(word.endswith(found) for word in asked.core)


def _is_only_object(theme: Theme, asked: Question) -> bool:
    """`パスワードは保存していません` beside `暗号化して保存` denies less than was asked."""
    before = re.search(rf"(?P<how>[一-龠ァ-ヶー]{{2,}})して[、,]?{re.escape(theme.action)}", asked.text)
    return before is not None and len(theme.action) > 1 and before.group("how") not in "".join(theme.nouns)


def _is_part(nouns: frozenset[str], asked: Question) -> bool:
    """Whether all nouns that the question does not name mark a part of it."""
    scope = turned_words("scope")
    return bool(nouns - asked.nouns) and all(
        noun in scope or any(noun.endswith(s) or noun.startswith(s) for s in scope if len(s) > 1)
        for noun in nouns - asked.nouns
    )


@cache
def _silent() -> frozenset[str]:
    return frozenset(fold(word) for word in load("normalizers.remarks", "effect.toml")["denials"]["silent"])


@cache
def _pattern(table: str, name: str) -> str:
    pattern: str = load("normalizers.remarks", "effect.toml")[table][name]
    return pattern
