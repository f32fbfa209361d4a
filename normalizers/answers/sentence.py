"""A cell without a leading mark or word in, what its sentence says out: undisclosed, planned, a figure, no, yes, text.

Order: what is open (未定) is unclear; a denied predicate is no, unless it denies a burden (`制限はありません`) or is
itself denied; a yes is given only to one short sentence that states an action of predicates.toml as done, in which
nothing is denied and no word of doubt stands; other text is `value`. predicates.py tells denied from affirmed.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import cache, lru_cache

from normalizers.answers.lexicon import answer_of_token, answer_words
from normalizers.answers.model import AnswerValue, RuledAnswer
from normalizers.language.predicates import (
    Predicate,
    PredicateForm,
    predicate_pattern,
    predicate_words,
    read_predicate,
    without_burden,
)
from normalizers.text import Shape, fold, shape_of, strip_end
from normalizers.values.dates import begins_later, is_date, promises_by_date
from normalizers.values.quantities import clear_quantity
from normalizers.vocabulary import load

_TIME = r"\d{1,2}[:：時]\d{0,2}分?"
_CLOCK = re.compile(
    rf"(?:[^\d\s]{{0,8}}[\s　]*{_TIME}.{{0,40}}{_TIME}|\d{{1,3}}[:：]\d\d(?:[:：]\d\d)?|\d{{1,2}}時(?:\d{{1,2}}分)?)"
)
_FIGURE = re.compile(r"[\d０-９]{1,3}(?:[,，][\d０-９]{3})+(?:\.\d+)?|[\d０-９]{1,9}[.．][\d０-９]{1,9}")
_BEHIND = re.compile(r"[（(][^（()）]*[)）]$")
_NEGATION = re.compile("ない|ません|ず|なし|不可")  # worth a look; the morphemes decide
_DENYING_SHAPES = {Shape.CROSS, Shape.TRIANGLE, Shape.DASH}  # x実施しています is no yes
PERMITS = "sentence:permits"  # what is permitted stands in the question
_SHORT_SENTENCE = 60
_SENTENCE = 120
_SCRAP = 20  # 規定なし beside a unit is no figure

_PHRASED = (
    AnswerValue.UNDISCLOSED,
    AnswerValue.NOT_APPLICABLE,
    AnswerValue.PLANNED,
    AnswerValue.CONDITIONAL,
    AnswerValue.PARTIAL,
)


def read_phrase(text: str, unit: str | None) -> RuledAnswer | None:
    """Undisclosed, not applicable, planned, conditional or partial where a short sentence says so."""
    end = without_bracket(text)
    figure = clear_quantity(end) is not None
    for answer in _PHRASED:
        if answer in {AnswerValue.CONDITIONAL, AnswerValue.PARTIAL} and asks_value(unit):
            continue
        for part in (end,) if figure else (end, strip_end(text)):
            if (
                len(part) <= _SHORT_SENTENCE
                and _phrases(answer).search(part)
                and not _is_spoilt(answer, part)
            ):
                return answer, f"phrase:{answer}"
    return None


def _is_spoilt(answer: AnswerValue, text: str) -> bool:
    """Whether a phrase is turned by the rest: `取得予定はございません`, `対応していますが、…は対象外です`."""
    if answer == AnswerValue.NOT_APPLICABLE:
        return predicate_pattern("denying", "turns").search(text) is not None
    if answer != AnswerValue.PLANNED or not _NEGATION.search(text):
        return False
    predicate = read_predicate(text)
    return predicate is not None and predicate.denials == 1


def read_elsewhere(text: str) -> RuledAnswer | None:
    """`別紙参照`, `規約をご確認ください`, a link alone: the answer stands in another paper, which nobody has read."""
    end = without_bracket(text)
    if len(end) > _SHORT_SENTENCE or "。" in end:
        return None
    patterns = load("normalizers.answers", "sentence.toml")["elsewhere"].values()
    says_elsewhere = any(re.search(pattern, end, re.IGNORECASE) for pattern in patterns)
    return (AnswerValue.UNCLEAR, "elsewhere") if says_elsewhere else None


def read_later(text: str, sheet: dt.date | None) -> RuledAnswer | None:
    """`2028年3月末までに整備いたします`: an action of a later date, not yet done.

    On a sheet without a date its tense tells: what a writer *will* do in a month that is named was not done when it was written.
    """
    end = without_bracket(text)
    if len(end) > _SHORT_SENTENCE or "。" in end:
        return None
    plain = unicodedata.normalize("NFKC", end)
    if not begins_later(plain, sheet) and not (sheet is None and promises_by_date(plain)):
        return None
    predicate = read_predicate(end)
    if predicate is None or predicate.denials or not predicate.listed:
        return None
    if predicate.form == PredicateForm.LASTING:  # 2030年4月から実施しています, on a sheet of 2026
        return (AnswerValue.UNCLEAR, "sentence:open") if sheet is not None else None
    return AnswerValue.PLANNED, "sentence:later"


@cache
def _phrases(answer: AnswerValue) -> re.Pattern[str]:
    patterns: list[str] = load("normalizers.answers", "sentence.toml")["doubt"][answer]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def read_quantity(text: str, unit: str | None) -> RuledAnswer | None:
    """`value` where the cell holds one clear figure, a time span, or any figure that the unit asks for."""
    quantity = clear_quantity(text)
    if quantity is not None and not _denies_action(text):
        return AnswerValue.VALUE, f"quantity:{quantity.unit}"
    if _CLOCK.fullmatch(text):
        return AnswerValue.VALUE, "quantity:clock"
    if is_date(text):
        return AnswerValue.VALUE, "quantity:date"
    if _FIGURE.fullmatch(text):
        return AnswerValue.VALUE, "quantity:figure"
    if re.search(r"\d", text) and asks_value(unit):
        return AnswerValue.VALUE, "quantity:unit_asks"
    return None


def _denies_action(text: str) -> bool:
    """`24時間の監視はしていない` says no for all its figure; `30日を超えない` does not."""
    first = re.split(r"[。\n]", without_bracket(text), maxsplit=1)[0]
    predicate = read_predicate(first) if len(first) <= _SENTENCE and _NEGATION.search(first) else None
    if predicate is None or predicate.denials != 1:
        return False
    return predicate.listed or predicate.subject.endswith(tuple(predicate_words("burdens", "words")))


@lru_cache(maxsize=4096)
def asks_value(unit: str | None) -> bool:
    """Whether the unit cell asks for a figure or text (`時間帯`), not for 有無 or ○×."""
    return bool(unit and unit.strip()) and not _asks_yes_no(unit)


def _asks_yes_no(unit: str | None) -> bool:
    key = fold(unit or "")
    return "有無" in key or "可否" in key or bool(re.search(r"[○〇◯].{0,2}[×☓✕x]|yes.?/?no|y/n|はい", key))


def read_sentence(text: str, unit: str | None, column_of_marks: bool) -> RuledAnswer | None:
    """No, yes or `value` of a text; None where there is none, or a scrap in a column of marks."""
    if not re.search(r"[^\W\d_]", text) or (len(text) < 2 and not asks_value(unit)):
        return None
    if asks_value(unit):
        return (
            (AnswerValue.NO, "sentence:unset")
            if _is_unset(text)
            else (AnswerValue.VALUE, "sentence:unit_asks")
        )
    end = without_bracket(text)
    first = re.split(r"[。\n]", end, maxsplit=1)[0].strip()
    if len(first) <= _SENTENCE:
        stands_alone = "。" not in end and "\n" not in end and len(end) <= _SHORT_SENTENCE
        ruled = _read_first(first, text, stands_alone)
        if ruled is not None:
            return ruled
    if len(fold(text)) < 3 and column_of_marks and not predicate_pattern("measured", "often").search(text):
        return None
    return AnswerValue.VALUE, "sentence:text"


def _is_unset(text: str) -> bool:
    """`規定なし` beside a unit that asks for a figure: there is none."""
    says = load("normalizers.answers", "sentence.toml")["unset"]["says"]
    return len(text) <= _SCRAP and re.search(says, strip_end(text)) is not None


def without_bracket(text: str) -> str:
    """A sentence without its full stop and the bracket behind it: `取得済み。（本社）` is `取得済み`."""
    return strip_end(_BEHIND.sub("", strip_end(text)))


def _read_first(first: str, cell: str, stands_alone: bool) -> RuledAnswer | None:
    """What the first sentence says; a yes only where it stands alone."""
    if predicate_pattern("denying", "told").search(first):
        return AnswerValue.NO, "sentence:refused"
    if stands_alone and predicate_pattern("unsaid", "unclear").search(first):
        return AnswerValue.UNCLEAR, "sentence:open"
    if predicate_pattern("denying", "past").search(first):
        return None
    first = without_burden(first)
    until_turn, *behind = predicate_pattern("denying", "turns").split(first, maxsplit=1)
    for text in (first, until_turn) if behind else (first,):
        predicate = read_predicate(text)
        if predicate is not None and predicate.denials:
            return _read_denial(text, predicate)
    return (AnswerValue.YES, "sentence:affirmed") if stands_alone and _affirms(first, cell) else None


def _read_denial(text: str, predicate: Predicate) -> RuledAnswer:
    """A denied predicate: no, unless it is denied twice, says a duty, permits, or denies what is bad."""
    if predicate_pattern("denying", "permits").search(text):
        return AnswerValue.UNCLEAR, PERMITS
    if predicate_pattern("denying", "duty").search(text):
        return AnswerValue.VALUE, "sentence:duty"
    if predicate.denials > 1 or predicate_pattern("denying", "doubled").search(text):
        return AnswerValue.UNCLEAR, "sentence:twice_denied"
    if predicate.subject.endswith(tuple(predicate_words("burdens", "words"))):
        return AnswerValue.VALUE, f"sentence:nothing_bad:{predicate.subject[-8:]}"
    withheld = tuple(predicate_words("denying", "withheld"))
    if predicate.word.endswith(withheld) or predicate.subject.endswith(withheld):
        return AnswerValue.UNDISCLOSED, "sentence:withheld"
    return AnswerValue.NO, "sentence:negated"


def _affirms(first: str, cell: str) -> bool:
    """Whether a plain action is stated as done, without any word of doubt in the cell."""
    if shape_of(cell[0]) in _DENYING_SHAPES or fold(cell).startswith(_denying_words()):
        return False
    if answer_of_token(re.split(r"[\s　、。,，（(]", cell, maxsplit=1)[0]) not in {None, AnswerValue.YES}:
        return False
    predicate = read_predicate(first)
    if predicate is None or not predicate.listed or predicate.inner or predicate.form == PredicateForm.OTHER:
        return False
    if predicate.form == PredicateForm.NOUN and not _states_action(first, predicate):
        return False
    if any(predicate_pattern("unsaid", name).search(first) for name in ("endings", "patterns")):
        return False
    doubtful = load("normalizers.answers", "sentence.toml")["doubt"]["words"]
    return not predicate_pattern("measured", "often").search(cell) and not any(w in cell for w in doubtful)


@cache
def _denying_words() -> tuple[str, ...]:
    """Words of two letters and more that deny, with which no affirming sentence begins: `ばつ実施しています` is no yes."""
    denying = {AnswerValue.NO, AnswerValue.NOT_APPLICABLE}
    return tuple(sorted(w for w, answer in answer_words().items() if answer in denying and len(w) > 1))


def _states_action(first: str, predicate: Predicate) -> bool:
    """`手順書を整備` states it; `国内の拠点で保管` tells where."""
    alone = predicate.word in predicate_words("affirming", "bare")
    return alone and not predicate_pattern("measured", "placed").search(first)
