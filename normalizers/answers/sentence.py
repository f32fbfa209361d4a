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

from normalizers.answers.lexicon import answer_words, token_class
from normalizers.language.predicates import Predicate, predicate_pattern, predicate_words, read_predicate
from normalizers.text import fold, shape_of, strip_end
from normalizers.values.dates import begins_later, is_date
from normalizers.values.quantities import clear_quantity
from normalizers.vocabulary import load

_TIME = r"\d{1,2}[:：時]\d{0,2}分?"
_CLOCK = re.compile(
    rf"(?:[^\d\s]{{0,8}}[\s　]*{_TIME}.{{0,40}}{_TIME}|\d{{1,3}}[:：]\d\d(?:[:：]\d\d)?|\d{{1,2}}時(?:\d{{1,2}}分)?)"
)
_FIGURE = re.compile(r"[\d０-９]{1,3}(?:[,，][\d０-９]{3})+(?:\.\d+)?|[\d０-９]{1,9}[.．][\d０-９]{1,9}")
_BEHIND = re.compile(r"[（(][^（()）]*[)）]$")
_NEGATION = re.compile("ない|ません|ず|なし|不可")  # worth a look; the morphemes decide
_DENYING_SHAPES = {"cross", "triangle", "dash"}  # x実施しています is no yes
_SHORT_SENTENCE = 60
_SENTENCE = 120
_SCRAP = 20  # 規定なし beside a unit is no figure

Told = tuple[str, str] | None


def read_phrase(bare: str, unit: str | None) -> Told:
    """Undisclosed, not applicable, planned, conditional or partial where a short sentence says so."""
    end = without_bracket(bare)
    figure = clear_quantity(end) is not None
    for answer in ("undisclosed", "not_applicable", "planned", "conditional", "partial"):
        if answer in {"conditional", "partial"} and asks_value(unit):
            continue
        for text in (end,) if figure else (end, strip_end(bare)):
            if len(text) <= _SHORT_SENTENCE and _phrases(answer).search(text) and not _spoilt(answer, text):
                return answer, f"phrase:{answer}"
    return None


def _spoilt(answer: str, text: str) -> bool:
    """Whether a phrase is turned by the rest: `取得予定はございません`, `対応していますが、…は対象外です`."""
    if answer == "not_applicable":
        return predicate_pattern("denying", "turns").search(text) is not None
    if answer != "planned" or not _NEGATION.search(text):
        return False
    predicate = read_predicate(text)
    return predicate is not None and predicate.denials == 1


def read_elsewhere(bare: str) -> Told:
    """`別紙参照`, `規約をご確認ください`, a bare link: the answer stands in another paper, which nobody has read."""
    end = without_bracket(bare)
    if len(end) > _SHORT_SENTENCE or "。" in end:
        return None
    says = load("normalizers.answers", "answers.toml")["elsewhere"]
    found = any(re.search(pattern, end, re.IGNORECASE) for pattern in says.values())
    return ("unclear", "elsewhere") if found else None


def read_later(bare: str, sheet: dt.date | None) -> Told:
    """`2028年3月末までに整備いたします`: an action of a later date, not yet done."""
    end = without_bracket(bare)
    if (
        len(end) > _SHORT_SENTENCE
        or "。" in end
        or not begins_later(unicodedata.normalize("NFKC", end), sheet)
    ):
        return None
    predicate = read_predicate(end)
    if predicate is None or predicate.denials or not predicate.listed:
        return None
    if predicate.form == "lasting":  # 2030年4月から実施しています, on a sheet of 2026
        return ("unclear", "sentence:open") if sheet is not None else None
    return "planned", "sentence:later"


@cache
def _phrases(answer: str) -> re.Pattern[str]:
    patterns: list[str] = load("normalizers.answers", "answers.toml")["doubt"][answer]
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def read_quantity(bare: str, unit: str | None) -> Told:
    """`value` where the cell holds one clear figure, a time span, or any figure that the unit asks for."""
    quantity = clear_quantity(bare)
    if quantity is not None and not _denies_action(bare):
        return "value", f"quantity:{quantity.unit}"
    if _CLOCK.fullmatch(bare):
        return "value", "quantity:clock"
    if is_date(bare):
        return "value", "quantity:date"
    if _FIGURE.fullmatch(bare):
        return "value", "quantity:figure"
    if re.search(r"\d", bare) and asks_value(unit):
        return "value", "quantity:unit_asks"
    return None


def _denies_action(bare: str) -> bool:
    """`24時間の監視はしていない` says no for all its figure; `30日を超えない` does not."""
    first = re.split(r"[。\n]", without_bracket(bare), maxsplit=1)[0]
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


def read_sentence(bare: str, unit: str | None, marks: bool) -> Told:
    """No, yes or `value` of a text; None where there is none, or a scrap in a column of marks."""
    if not re.search(r"[^\W\d_]", bare) or (len(bare) < 2 and not asks_value(unit)):
        return None
    if asks_value(unit):
        unset = len(bare) <= _SCRAP and re.search(
            load("normalizers.answers", "answers.toml")["unset"]["says"], strip_end(bare)
        )
        return ("no", "sentence:unset") if unset else ("value", "sentence:unit_asks")
    end = without_bracket(bare)
    alone = "。" not in end and "\n" not in end
    first = re.split(r"[。\n]", end, maxsplit=1)[0].strip()
    if len(first) <= _SENTENCE:
        told = _read_first(first, bare, alone and len(end) <= _SHORT_SENTENCE)
        if told is not None:
            return told
    if len(fold(bare)) < 3 and marks and not predicate_pattern("measured", "often").search(bare):
        return None
    return "value", "sentence:text"


def without_bracket(bare: str) -> str:
    """A sentence without its full stop and the bracket behind it: `取得済み。（本社）` is `取得済み`."""
    return strip_end(_BEHIND.sub("", strip_end(bare)))


def _read_first(first: str, whole: str, alone: bool) -> Told:
    """What the first sentence says; a yes only where it stands alone."""
    if predicate_pattern("denying", "told").search(first):
        return "no", "sentence:refused"
    if alone and predicate_pattern("unsaid", "unclear").search(first):
        return "unclear", "sentence:open"
    if predicate_pattern("denying", "past").search(first):
        return None
    first = predicate_pattern("burdens", "smooth").sub("", first) or first
    turned, *behind = predicate_pattern("denying", "turns").split(first, maxsplit=1)
    for text in (first, turned) if behind else (first,):
        predicate = read_predicate(text)
        if predicate is not None and predicate.denials:
            return _read_denial(text, predicate)
    return ("yes", "sentence:affirmed") if alone and _affirms(first, whole) else None


def _read_denial(text: str, predicate: Predicate) -> Told:
    """A denied predicate: no, unless it is denied twice, says a duty, or denies what is bad."""
    if predicate_pattern("denying", "duty").search(text):
        return "value", "sentence:duty"
    if predicate.denials > 1 or predicate_pattern("denying", "doubled").search(text):
        return "unclear", "sentence:twice_denied"
    if predicate.subject.endswith(tuple(predicate_words("burdens", "words"))):
        return "value", f"sentence:nothing_bad:{predicate.subject[-8:]}"
    withheld = tuple(predicate_words("denying", "withheld"))
    if predicate.word.endswith(withheld) or predicate.subject.endswith(withheld):
        return "undisclosed", "sentence:withheld"
    return "no", "sentence:negated"


def _affirms(first: str, whole: str) -> bool:
    """Whether a plain action is stated as done, without any word of doubt in the cell."""
    if shape_of(whole[0]) in _DENYING_SHAPES or fold(whole).startswith(_denying_words()):
        return False
    if token_class(re.split(r"[\s　、。,，（(]", whole, maxsplit=1)[0]) not in {None, "yes"}:
        return False
    predicate = read_predicate(first)
    if predicate is None or not predicate.listed or predicate.inner or predicate.form == "other":
        return False
    if predicate.form == "noun" and not _bare_action(first, predicate):
        return False
    if any(predicate_pattern("unsaid", name).search(first) for name in ("endings", "patterns")):
        return False
    doubtful = load("normalizers.answers", "answers.toml")["doubt"]["words"]
    return not predicate_pattern("measured", "often").search(whole) and not any(w in whole for w in doubtful)


@cache
def _denying_words() -> tuple[str, ...]:
    """Words of two letters and more that deny, with which no affirming sentence begins: `ばつ実施しています` is no yes."""
    denying = {"no", "not_applicable"}
    return tuple(sorted(w for w, answer in answer_words().items() if answer in denying and len(w) > 1))


def _bare_action(first: str, predicate: Predicate) -> bool:
    """`手順書を整備` states it; `国内の拠点で保管` tells where."""
    bare = predicate.word in predicate_words("affirming", "bare")
    return bare and not predicate_pattern("measured", "placed").search(first)
