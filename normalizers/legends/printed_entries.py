"""Lines of a sheet's legend in, the marks that they explain with the words behind each out, as printed.

Marks stand in entries (`○：満たす`, `Y = In place`), as numbered choices (`①はい ②いいえ`), beside their words with nothing
between (`○ 実施　× 未実施`), or in sentences (`実施している場合は○、していない場合は×`). A mark is a sign, a digit, a
letter, or a short code in capitals (`NT`, `N/A`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from normalizers.answers.legend import mark_key
from normalizers.text import UNREAD

_SIGNS = "○◯〇⭕●◎×✕✖☓✗✘△▲▽▼□■☑✓✔レ※＊*◇◆☆★―—－–\\-ー"
_CODE = r"(?<![A-Za-z0-9])(?:N/A|n/a|[A-Z]{2,4})(?![A-Za-z0-9])"
_SIGN = rf"(?:[{_SIGNS}]|{_CODE}|(?<![A-Za-z0-9Ａ-Ｚ０-９.])[A-ZＡ-Ｚ0-9０-９①-⑨]|(?<![^\W_])[ア-ンあ-ん甲乙丙丁])"
_BETWEEN = r"(?:[\s　]*[:：=＝…→][\s　]*|[\s　]+[-–—][\s　]+)"
_NEXT = r"[\s　、,，;；/／|]+[^\s　:：=＝…→]{1,8}[\s　]*[:：=＝→]"  # another label: `対象外＝…` behind `×＝…`
_UNREAD_NEXT = rf"[\s　]+[^\s　]?{UNREAD}"  # a further entry of a scan whose mark or colon could not be read
_ENTRY = re.compile(
    rf"(?:^|(?<=[\s　、,，;；/／|（(【\]】・:：「『。]))[「『“\"]?(?P<mark>{_SIGN})[」』”\"]?印?{_BETWEEN}"
    rf"(?P<meaning>.+?)"
    rf"(?=[\s　、,，;；/／|・]*[「『“\"]?{_SIGN}[」』”\"]?印?{_BETWEEN}|{_NEXT}|{_UNREAD_NEXT}|[」】\n]|$)",
    re.MULTILINE,
)
_REQUEST = re.compile(
    r"[\s　]*(?:のいずれか|の中から|のうち|から(?:1つ|一つ|ひとつ)?(?:を)?(?:選|ご)|を(?:ご)?(?:記入|選択)"
    r"|(?:の|から)?(?:番号|記号)を).*$"
)
_NUMBERED = re.compile(
    r"(?<![\d.])(?P<mark>[0-9０-９](?=[.．)）][\s　]*[^\d\s])|[①-⑨])[.．)）:：]?[\s　]*(?P<meaning>[^\s　、,，／/①-⑨]{1,24}?)"
    r"(?=[\s　]*[0-9０-９][.．)）]|[\s　]*[①-⑨]|[\s　、,，／/]|$)",
    re.MULTILINE,
)
_BARE_SIGNS = "○◯〇●◎×✕✖☓△▲▽▼－―※☆★◇◆"
_BARE = re.compile(
    rf"(?P<mark>[{_BARE_SIGNS}])[\s　]*(?P<meaning>[^{_BARE_SIGNS}\n、,，/／|:：=＝…→]{{1,24}}?)[\s　、,，/／|]*"
    rf"(?=[{_BARE_SIGNS}]|\n|$)"
)
_PROSE_MARK = r"(?P<mark>[○◯〇◎×✕☓△▲レ✓✔―－]|チェック)"
_CASE = r"(?:の)?(?:項目|もの|箇所|場合|とき|時|際)"
# `問題がある場合は○、実施できていない項目にレ`: in a sentence.
_PROSE = re.compile(
    rf"(?P<meaning>[^。、，,（）()\n※]{{2,30}}?){_CASE}(?:は|に|には|へ|のみ)?[、,]?"
    rf"[「『]?{_PROSE_MARK}[」』]?(?=印|点|マーク|を|と|、|で|[」』]|$)"
)
# `レ点は実施していない項目にのみ付けて…`: the mark stands before its meaning.
_PROSE_BEFORE = re.compile(
    rf"{_PROSE_MARK}[」』]?(?:印|点|マーク)?(?:は|を)[、,]?(?P<meaning>[^。、，,（）()\n※]{{2,30}}?){_CASE}"
    r"(?:に|へ|で)(?:のみ|だけ)?"
)
_TRIM = " 　、,，。;；/／|・」』】"


@dataclass(frozen=True, slots=True)
class PrintedEntry:
    """A mark and the words that explain it, both as printed."""

    mark: str
    text: str


def printed_entries(lines: Iterable[str]) -> list[PrintedEntry]:
    """`○：満たす`, `NT = Not tested`: all entries with a sign between mark and words."""
    return [
        PrintedEntry(match.group("mark"), text)
        for line in lines
        for match in _ENTRY.finditer(line)
        if (text := _closed(_REQUEST.sub("", match.group("meaning")).strip(_TRIM)))
    ]


def numbered_choices(line: str) -> list[PrintedEntry]:
    """`1.いいえ 2.はい`, `①実施 ②未実施`: choices whose numbers count up by one."""
    matches = [
        (m.group("mark"), _closed(_REQUEST.sub("", m.group("meaning")))) for m in _NUMBERED.finditer(line)
    ]
    choices = [PrintedEntry(mark, text.strip(_TRIM)) for mark, text in matches if text.strip(_TRIM)]
    numbers = [int(mark_key(choice.mark)) for choice in choices]
    counts_up = all(abs(after - before) == 1 for before, after in pairwise(numbers))
    return choices if len(choices) > 1 and counts_up and len(set(numbers)) == len(numbers) else []


def bare_entries(line: str) -> list[PrintedEntry]:
    """`○ 実施　△ 一部実施　× 未実施`: different signs, each with words behind it and nothing between."""
    entries = [PrintedEntry(m.group("mark"), m.group("meaning").strip(_TRIM)) for m in _BARE.finditer(line)]
    keys = {mark_key(entry.mark) for entry in entries}
    is_whole = len(entries) > 1 and len(keys) == len(entries) and all(entry.text for entry in entries)
    return entries if is_whole and sum(line.count(sign) for sign in _BARE_SIGNS) == len(entries) else []


def prose_entries(text: str) -> list[PrintedEntry]:
    """Marks explained in a sentence; チェック is a tick."""
    return [
        PrintedEntry(
            "✓" if match.group("mark") == "チェック" else match.group("mark"), match.group("meaning")
        )
        for pattern in (_PROSE, _PROSE_BEFORE)
        for match in pattern.finditer(text)
    ]


def _closed(text: str) -> str:
    """The meaning without a bracket that was opened before the legend."""
    while text.endswith(("）", ")")) and sum(map(text.count, "（(")) < sum(map(text.count, "）)")):
        text = text[:-1]
    return text
