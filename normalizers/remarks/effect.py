"""A remark and the question beside a yes in, the answer that the yes becomes by the remark out, None where it stays a yes.

`未実装`, `遠隔地への保管は行っておりません` deny what was asked: the yes is unclear, never a no, for nobody knows which
of the two was meant. A plan of the thing itself makes it planned, a plan or option that has to be bought
conditional, `一部を除く` partial.
A remark that denies something else (`海外には保存していません`, `過去に事故はありません`, `私物は認めていません`) leaves the yes.

Each clause is looked at by itself: does it deny, plan or bind, and does it speak of what was asked, of a part of it, or of
nothing else (clause_topics.py)?
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import cache, lru_cache

from normalizers.answers.model import AnswerValue
from normalizers.language.clause_topics import (
    ClauseTopic,
    Question,
    nouns_of,
    question_of,
    share,
    topic_of,
    topic_words,
)
from normalizers.language.predicates import predicate_pattern, predicate_words
from normalizers.text import fold, strip_end
from normalizers.values.dates import begins_later, last_known_year, promises_by_date
from normalizers.vocabulary import load

_LONGEST = 1000
# What keeps words of a plan or of a condition from limiting a yes; 検討中 promises nothing.
_GUARDS = {
    AnswerValue.PLANNED: (("plans", "again"), ("plans", "considering"), ("denials", "no_plan")),
    AnswerValue.CONDITIONAL: (("conditions", "guard"),),
}
_ORDER = (AnswerValue.PLANNED, AnswerValue.UNCLEAR, AnswerValue.CONDITIONAL, AnswerValue.PARTIAL)


@lru_cache(maxsize=16384)
def remark_effect(remark: str, requirement: str, sheet: dt.date | None = None) -> AnswerValue | None:
    """`unclear`, `planned`, `conditional` or `partial` where the remark turns a yes beside `requirement`, else None.

    `sheet` is the sheet's date; where it is not known, only dates after the last year that is surely past tell a plan.
    """
    plain = unicodedata.normalize("NFKC", remark).strip()[:_LONGEST]
    if says_nothing(remark):
        return None
    if re.search(_pattern("denials", "bare"), strip_end(plain), re.IGNORECASE):
        return AnswerValue.UNCLEAR
    if re.search(_pattern("denials", "bare_plan"), plain, re.IGNORECASE):
        return AnswerValue.PLANNED
    question = question_of(requirement)
    effects = {_effect_of_clause(clause, question, sheet) for clause in clauses_of(plain)}
    return next((answer for answer in _ORDER if answer in effects), None)


def says_nothing(remark: str) -> bool:
    """Whether a remark is blank or only says that there is none: `特になし`."""
    return fold(strip_end(unicodedata.normalize("NFKC", remark).strip())) in _silent() | {""}


def is_weighed(answer: AnswerValue, remark: str, requirement: str) -> bool:
    """Whether a remark holds what keeps a plan or condition from limiting a yes: the next time (`次回は4月`), no fee, the past.

    `remark_effect` has weighed these words and found no limit; nothing that knows less may make the yes another `answer`.
    """
    plain = unicodedata.normalize("NFKC", remark)
    question = question_of(requirement)
    guards = [("clauses", "past"), *_GUARDS.get(answer, ())]
    recurs = answer == AnswerValue.PLANNED and re.search(_pattern("plans", "recurring"), question.text)
    if question.either or recurs:
        return True
    return any(re.search(_pattern(*guard), plain, re.IGNORECASE) for guard in guards)


def clauses_of(remark: str) -> list[str]:
    """The clauses of a remark (NFKC), without what stands in brackets, what is past and turned, and empty phrases."""
    clauses = []
    for sentence in re.split(_pattern("clauses", "ends"), remark):
        text = re.sub(_pattern("clauses", "bracket"), _inner_alone(sentence), sentence)
        text = _behind_past(text.strip())
        parts = [strip_end(part.strip()) for part in re.split(_pattern("clauses", "joins"), text) if part]
        clauses += [clean for part in parts if (clean := re.sub(_pattern("clauses", "idle"), "", part))]
    return clauses


def _behind_past(text: str) -> str:
    """What stands behind the last words on what was: 未対応でしたが、対応した is 対応した."""
    end = max((match.end() for match in re.finditer(_pattern("clauses", "past"), text)), default=0)
    return text[end:]


def _inner_alone(sentence: str) -> str:
    """A bracket round the whole sentence is opened, one behind a text is left out."""
    return r"\g<inner>" if re.fullmatch(_pattern("clauses", "bracket") + r"[。\s]*", sentence.strip()) else ""


def _effect_of_clause(clause: str, question: Question, sheet: dt.date | None) -> AnswerValue | None:
    if re.search(_pattern("parts", "says"), clause) and not question.denied:
        return AnswerValue.PARTIAL
    if re.search(_pattern("conditions", "says"), clause, re.IGNORECASE):
        return _condition(clause, question)
    if leftover := re.search(_pattern("clauses", "leftover"), clause):
        denies = _denies(leftover.group("denied").removesuffix("の"), question)
    elif _doubtful(clause):
        return None
    elif (plan := _plan(clause, question, sheet)) is not None:
        return plan
    else:
        denies = _denies(clause, question)
    return AnswerValue.UNCLEAR if denies else None


def _doubtful(clause: str) -> bool:
    return any(predicate_pattern("denying", name).search(clause) for name in ("duty", "doubled"))


def _condition(clause: str, question: Question) -> AnswerValue | None:
    """A plan or option to buy; of something else than was asked it binds nothing."""
    if re.search(_pattern("conditions", "guard"), clause, re.IGNORECASE):
        return None
    subject = re.match(r"(?P<subject>[^、。]{2,16}?)(?:は|については|に関しては)", clause)
    topic = topic_of(subject.group("subject")) if subject else None
    if subject and topic and topic.nouns and not share(topic.nouns, question.nouns | question.core):
        return None
    return AnswerValue.CONDITIONAL


def _plan(clause: str, question: Question, sheet: dt.date | None) -> AnswerValue | None:
    """`planned` for a plan of the asked thing, `unclear` where it is only considered or planned for a part."""
    text = re.sub(_pattern("clauses", "time"), " ", clause)
    considered = re.search(_pattern("plans", "considering"), text) is not None
    promised = re.search(_pattern("plans", "says"), clause) is not None or _is_later(clause, sheet)
    core = any(len(word) > 1 and word in text for word in question.core)
    acts = core or re.search(_pattern("plans", "actions"), text) is not None
    if not (considered or promised) or not acts or _is_repeated(clause, question, considered):
        return None
    nouns = frozenset(_plan_nouns(text))
    part = bool(nouns) and _is_part(nouns, question)
    on_topic = core or nouns <= question.nouns or share(nouns, question.core)
    if (nouns and question.either) or not (on_topic or part):
        return None
    return AnswerValue.UNCLEAR if considered or part else AnswerValue.PLANNED


def _is_repeated(clause: str, question: Question, considered: bool) -> bool:
    """Whether a plan is of the next time, a change or an addition: `次回は2027年4月に実施予定` takes nothing back."""
    topic = topic_of(clause)
    if re.search(_pattern("plans", "again"), clause) or (topic is not None and (topic.denied or topic.too)):
        return True
    return not considered and re.search(_pattern("plans", "recurring"), question.text) is not None


def _is_later(clause: str, sheet: dt.date | None) -> bool:
    """`2029年4月に導入`: an action of a later date; `2025年12月に導入します` says so on any sheet without a date."""
    known = dt.date(last_known_year(), 12, 31)
    is_to_be = begins_later(clause, sheet or known) or (sheet is None and promises_by_date(clause))
    return is_to_be and re.search(_pattern("plans", "later"), clause) is not None


def _plan_nouns(text: str) -> set[str]:
    """The nouns of a plan without its action: 台帳を作成中 plans 台帳."""
    topic = topic_of(text)
    actions = re.compile(rf"(?:{_pattern('plans', 'actions')})(?:作業|開始|完了|予定|中|途中|段階|向け)*")
    nouns = {actions.sub("", noun) for noun in (topic.nouns if topic else ())}
    return {noun for noun in nouns if len(noun) > 1}


def _denies(clause: str, question: Question) -> bool:
    """Whether a clause denies what was asked, or denies it of a part."""
    if re.search(_pattern("denials", "guard"), clause):
        return False
    if re.search(_pattern("denials", "no_plan"), clause) and not re.search(
        _pattern("denials", "no_plan_of"), clause
    ):
        return False
    text = re.sub(_pattern("clauses", "time"), " ", clause).strip()
    if ended := re.search(_pattern("denials", "ended"), text):
        return not question.denied and _ends_on_topic(text[: ended.start()], ended.group(), question)
    topic = topic_of(text)
    if topic is None or not topic.denied:
        return not question.denied and _leaves_out(clause, question)
    if question.denied:
        return topic.action in _words("unmet") and not topic.nouns - question.nouns
    return _denies_on_topic(topic, question, clause)


def _leaves_out(clause: str, question: Question) -> bool:
    """`消去せずに廃棄している` beside a question for 消去."""
    if re.search(_pattern("denials", "without_guard"), clause):
        return False
    behind = _pattern("denials", "without")
    return any(len(word) > 1 and re.search(re.escape(word) + behind, clause) for word in question.core)


def _ends_on_topic(before: str, ended: str, question: Question) -> bool:
    """`対象外`, `診断は見送りました`, `当該機能の提供は終了しました`: of what was asked, or of nothing else."""
    if ended[:2] in question.text or _names_contrary(before, question):
        return False
    nouns, things = nouns_of(before)
    return not nouns or share(things, question.core)


def _denies_on_topic(topic: ClauseTopic, question: Question, clause: str) -> bool:
    """Whether a denied clause is about what was asked, or about nothing else."""
    if _names_contrary(clause, question) or _is_burden(topic, question) or (topic.nouns and question.either):
        return False
    if not topic.nouns:
        return _denies_without_subject(topic, question, clause)
    if share(topic.things, question.core):
        return not _is_only_object(topic, question)
    return topic.action not in topic_words("existing") and _denies_of_a_part(topic, question)


def _denies_of_a_part(topic: ClauseTopic, question: Question) -> bool:
    """`派遣社員は未実施`: an action that leans on what was asked, denied of a part of it or of its own nouns."""
    plain = topic.action in topic_words("plain")
    foreign = topic.nouns - question.nouns
    if _is_part(foreign, question):
        return plain or topic.action in topic_words("lean")
    return not foreign and plain


def _denies_without_subject(topic: ClauseTopic, question: Question, clause: str) -> bool:
    if topic.action in topic_words("plain") or re.search(_pattern("denials", "unable"), clause):
        return True
    if re.search(_pattern("denials", "by_now"), clause) and topic.action in topic_words("lean"):
        return not re.search(_pattern("questions", "restrains"), question.text)
    taken_up = question.leans and topic.action in topic_words("taken_up")
    return taken_up or share(topic.things | {topic.action}, question.core)


def _names_contrary(clause: str, question: Question) -> bool:
    """Whether a clause names what the question wants not to be: 海外, 第三者, unless the question names it too."""
    contrary = re.search(_pattern("words", "contrary"), clause)
    return contrary is not None and contrary.group() not in question.text


def _is_burden(topic: ClauseTopic, question: Question) -> bool:
    """事故はありません denies what is bad, unless that was asked for."""
    burdens = tuple(predicate_words("burdens", "words") | _words("bad"))
    denied = tuple(burden for thing in topic.things for burden in burdens if thing.endswith(burden))
    return bool(denied) and not any(word.endswith(denied) for word in question.core)


def _is_only_object(topic: ClauseTopic, question: Question) -> bool:
    """`パスワードは保存していません` beside `暗号化して保存` denies less than was asked."""
    before = re.search(rf"(?P<how>[一-龠ァ-ヶー]{{2,}})して[、,]?{re.escape(topic.action)}", question.text)
    return before is not None and len(topic.action) > 1 and before.group("how") not in "".join(topic.nouns)


def _is_part(nouns: frozenset[str], question: Question) -> bool:
    """Whether all nouns that the question does not name mark a part of it."""
    scope = _words("scope")
    endings = tuple(word for word in scope if len(word) > 1)
    foreign = nouns - question.nouns
    return bool(foreign) and all(
        noun in scope or noun.endswith(endings) or noun.startswith(endings) for noun in foreign
    )


@cache
def _words(name: str) -> frozenset[str]:
    """A list of words of effect.toml; those that tell topics are in language/clause_topics.toml."""
    return frozenset(load("normalizers.remarks", "effect.toml")["words"][name])


@cache
def _silent() -> frozenset[str]:
    return frozenset(map(fold, load("normalizers.remarks", "effect.toml")["denials"]["silent"]))


@cache
def _pattern(table: str, name: str) -> str:
    pattern: str = load("normalizers.remarks", "effect.toml")[table][name]
    return pattern
