"""Lines of a sheet's legend in, what each mark means out: `○：満たす △：要相談` → {circle: yes, triangle: partial}.

A sheet's legend outranks the general vocabulary. A legend about something else than answers (○＝回答必須) says
nothing about them and is passed over; one whose meaning is not known makes its mark `unclear`. Marks are told in entries
(`○：満たす`), in sentences (`実施していない項目にレ`) or as numbered choices (`1.いいえ 2.はい`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from normalizers.answers.lexicon import answer_words
from normalizers.answers.model import AnswerValue
from normalizers.text import Shape, fold, shape_of
from normalizers.vocabulary import load

_MARKS = "○◯〇⭕●◎×✕✖☓✗✘△▲▽□■☑✓✔―—－–\\-ー"
_SIGN = rf"(?:[{_MARKS}]|(?<![A-Za-z0-9Ａ-Ｚ０-９])[A-ZＡ-Ｚ0-9０-９]|(?<![^\W_])[ア-ンあ-ん甲乙丙丁])"
_SEPARATOR = r"[\s　]*[:：=＝…→][\s　]*"
_NEXT = r"[\s　、,，;；/／|]+[^\s　:：=＝…→]{1,8}[\s　]*[:：=＝→]"  # another label: `対象外＝…` behind `×＝…`
_ENTRY = re.compile(
    rf"(?:^|(?<=[\s　、,，;；/／|（(【\]】・:：「『。]))[「『“\"]?(?P<mark>{_SIGN})[」』”\"]?印?{_SEPARATOR}"
    rf"(?P<meaning>.+?)"
    rf"(?=[\s　、,，;；/／|・]*[「『“\"]?{_SIGN}[」』”\"]?{_SEPARATOR}|{_NEXT}|[」】\n]|$)",
    re.MULTILINE,
)
_REQUEST = re.compile(
    r"[\s　]*(?:のいずれか|の中から|のうち|から(?:1つ|一つ|ひとつ)?(?:を)?(?:選|ご)|を(?:ご)?(?:記入|選択)).*$"
)

# `問題がある場合は○、実施できていない項目にレ`: in a sentence.
_PROSE = re.compile(
    r"(?P<meaning>[^。、，,（）()\n※]{2,30}?)(?:の)?(?:項目|もの|箇所|場合|とき|時|際)(?:は|に|には|へ|のみ)?[、,]?"
    r"[「『]?(?P<mark>[○◯〇×✕☓△レ✓✔]|チェック)[」』]?(?=印|点|マーク|を|と|、|で|[」』]|$)"
)
# `レ点は実施していない項目にのみ付けて…`: the mark stands before its meaning.
_PROSE_BEFORE = re.compile(
    r"(?P<mark>[○◯〇×✕☓△レ✓✔]|チェック)[」』]?(?:印|点|マーク)?(?:は|を)[、,]?(?P<meaning>[^。、，,（）()\n※]{2,30}?)(?:の)?"
    r"(?:項目|もの|箇所|場合|とき|時|際)(?:に|へ|で)(?:のみ|だけ)?"
)
_NUMBERED = re.compile(
    r"(?<![\d.])(?P<mark>[1-9１-９](?=[.．)）])|[①-⑨])[.．)）:：]?[\s　]*(?P<meaning>[^\s　\d、,／/]{1,12})"
)
_DENIES = re.compile(
    r"ない|ません|ず$|未|不適|不備|不足|不十分|違反|問題が?(?:あ|有)|指摘|要改善|要是正|該当し"
)

# `該当するリスクなし（要件を満たしている）`: the bracket says which of the two is the good one.
_EXPLAINED = re.compile(r"[（(](?P<inner>[^（()）]*(?:要件|基準|要求事項|要求)[をに][^（()）]*)[）)]$")
_UNDIVIDED = {"n/a", "yes/no"}


_SKIP = "skip"  # in legend.toml: a legend about something else than answers
_USUALLY_YES = {Shape.CIRCLE, Shape.DOUBLE_CIRCLE, Shape.TICK}


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One entry of a legend: the mark and its meaning as printed, and the answer that it says, None where it says none."""

    mark: str
    text: str
    answer: AnswerValue | None


_Patterns = list[tuple[AnswerValue | None, list[re.Pattern[str]]]]


@cache
def _patterns(*, first: bool = False) -> _Patterns:
    entries = load("normalizers.answers", "legend.toml")["meanings"]
    return [
        (
            None if entry["answer"] == _SKIP else AnswerValue(entry["answer"]),
            list(map(re.compile, entry["patterns"])),
        )
        for entry in entries
        if entry.get("first", False) == first
    ]


def mark_key(mark: str) -> str:
    """What two prints of one mark share: the shape's name, or the folded character."""
    return shape_of(mark) or fold(mark)


def answer_of_meaning(text: str) -> AnswerValue | None:
    """The answer that a legend's words say; None where they are about something else, `unclear` where not known.

    Of meanings side by side (`対応していない／該当しない`) the first that is known counts.
    """
    explained = _EXPLAINED.search(text)
    if explained:
        return answer_of_meaning(explained.group("inner"))
    inner = " ".join(re.findall(r"[（(]([^（()）]{1,12})[）)]", text))
    for answer, patterns in _patterns():
        if (
            inner
            and answer in {AnswerValue.CONDITIONAL, AnswerValue.PARTIAL}
            and any(p.search(fold(inner)) for p in patterns)
        ):
            return answer
    parts = [text, *re.split(r"[/／、,，・]", re.sub(r"[（(].*?(?:[）)]|$)", "", text) or text)]
    for part in parts if fold(text) in _UNDIVIDED else parts[1:]:
        known, answer = _answer_of_key(fold(part))
        if known:
            return answer
    return AnswerValue.UNCLEAR


def _answer_of_key(key: str) -> tuple[bool, AnswerValue | None]:
    """Whether a folded meaning is known, and its answer: what is `first`, then the answer words, then the other patterns."""
    for answer, patterns in _patterns(first=True):
        if any(pattern.search(key) for pattern in patterns):
            return True, answer
    word = answer_words().get(key)
    if word is not None:
        return True, AnswerValue.UNCLEAR if word == AnswerValue.UNANSWERED else word
    matches = (answer for answer, patterns in _patterns() if any(p.search(key) for p in patterns))
    answer = next(matches, None)
    return answer is not None, answer


def parse_legend(lines: Iterable[str]) -> tuple[LegendEntry, ...]:
    """All entries of a sheet's legend lines in printed order; the first telling of a mark counts."""
    lines = list(lines)
    prose = [entry for line in lines for entry in _prose_entries(line)]
    if prose:
        return tuple({mark_key(entry.mark): entry for entry in prose}.values())
    entries = _printed_entries(lines) or _numbered_entries(lines)
    if len(entries) == 1 and _is_reversed(entries[0]):
        return entries
    if len(entries) < 2 or any(entry.answer is None for entry in entries):
        return ()
    return entries


def _printed_entries(lines: Iterable[str]) -> tuple[LegendEntry, ...]:
    """`○：満たす`: the first entry of each mark, but for one whose meaning is not known."""
    entries: dict[str, LegendEntry] = {}
    for line in lines:
        for match in _ENTRY.finditer(line):
            text = _closed(_REQUEST.sub("", match.group("meaning")).strip(" 　、,，。;；/／|・」』】"))
            entry = LegendEntry(match.group("mark"), text, answer_of_meaning(text))
            earlier = entries.get(mark_key(entry.mark))
            if earlier is None or (earlier.answer == AnswerValue.UNCLEAR != entry.answer):
                entries[mark_key(entry.mark)] = entry
    return tuple(entries.values())


def _numbered_entries(lines: Iterable[str]) -> tuple[LegendEntry, ...]:
    """`1.いいえ 2.はい`: only where every one of the choices is known for an answer."""
    for line in lines:
        choices = [(m.group("mark"), m.group("meaning")) for m in _NUMBERED.finditer(line)]
        entries = tuple(LegendEntry(mark, text, answer_of_meaning(text)) for mark, text in choices)
        if len(entries) > 1 and not any(entry.answer in {AnswerValue.UNCLEAR, None} for entry in entries):
            return entries
    return ()


def _is_reversed(entry: LegendEntry) -> bool:
    """Whether a mark that usually says yes is given to what denies: `レ：できていない項目`."""
    usual = shape_of(entry.mark) in _USUALLY_YES
    return (
        usual
        and entry.answer in {AnswerValue.NO, AnswerValue.UNCLEAR}
        and _DENIES.search(entry.text) is not None
    )


def _prose_entries(text: str) -> list[LegendEntry]:
    """Marks explained in a sentence, only where a mark that usually says yes is given to what denies."""
    entries = [
        LegendEntry(_mark_of(m.group("mark")), m.group("meaning"), answer_of_meaning(m.group("meaning")))
        for pattern in (_PROSE, _PROSE_BEFORE)
        for m in pattern.finditer(text)
    ]
    is_reversed = any(
        shape_of(e.mark) in {Shape.CIRCLE, Shape.TICK}
        and e.answer != AnswerValue.YES
        and _DENIES.search(e.text)
        for e in entries
    )
    return entries if is_reversed else []


def _mark_of(word: str) -> str:
    """The mark that an instruction names: チェック is a tick."""
    return "✓" if word == "チェック" else word


def _closed(text: str) -> str:
    """The meaning without a bracket that was opened before the legend."""
    while text.endswith(("）", ")")) and sum(map(text.count, "（(")) < sum(map(text.count, "）)")):
        text = text[:-1]
    return text


def legend_answers(legend: Iterable[LegendEntry]) -> Mapping[str, AnswerValue]:
    """Mark key → answer; a mark that is explained and says no answer is unclear."""
    return {mark_key(entry.mark): entry.answer or AnswerValue.UNCLEAR for entry in legend}
