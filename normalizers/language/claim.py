"""A requirement in, what its main clause claims out: whether it denies a verb, and under which exception.

`承認なしに変更できない` denies with an exception (it says that a consent is needed), `洗わなければならない` denies nothing,
`使用することを禁止する` denies 使用, `用いないことを規約に明記する` denies 用い, and `破損がないかを点検する` asks for a check.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from normalizers.text import fold
from normalizers.vocabulary import load

_LONGEST = 600  # characters of a sentence that are looked at: the main clause stands at its end
_END = re.compile(
    r"(?:(?:という|との)?こと|か|の有無|ですか|でしょうか|事|もの|である|です|とする|となっている|[。.？?]){1,40}$"
)
_BRACKETS = re.compile(r"[（(\[【][^（()）\]】]*[)）\]】]")
# Obligations and permissions that are written with a denial, and what they say without one.
_REWRITTEN = (
    (re.compile(r"(?:なければ|ねば|なくては|なきゃ|ないと)(?:なら|いけ)(?:ない|ません|ぬ)(?:こと)?$"), "る"),
    (re.compile(r"(?:て|で)は(?:なら|いけ)(?:ない|ません|ぬ)(?:こと)?$"), "ない"),
    (re.compile(r"なくても(?:よい|良い|いい|かまわない|構わない)$"), "ない"),
    (re.compile(r"(?:ても|でも)(?:よい|良い|いい|かまわない|構わない|差し?支えない|問題ない)$"), "る"),
    (re.compile(r"(?:べきで(?:は)?ない|ものではない|わけにはいかない)$"), "ない"),
)
# What follows decides nothing: that it is not done is written down, promised, checked.
_STATED = re.compile(
    r"(?P<claim>.*(?:ない|ません|ぬ))(?:という)?(?:こと|旨|もの|か)(?:どうか)?(?:を|について|が|も|は|に)[^、]{0,16}?"
    r"(?:明記|規定|定め|約束|保証|誓約|明示|記載|宣言|表明|周知|徹底|求め|合意|(?P<check>確認|確かめ|点検|調べ|検査|検証|監視|見て|見る))"
    r"[^、]{0,12}$"
)
_CHECKS = re.compile(r"(?:(?:確認|点検|検査|検証|監視)(?=し|する|す$|さ|$)|確かめ|調べ|見張)[^、]{0,8}$")
_OCCURS = re.compile(r"(?:こと|場合|可能性|恐れ|おそれ|例|必要)(?:が|は|も)(?:ある|あり|あっ|有)[^、]{0,4}$")
_WORD = r"([一-龠々ァ-ヶー]{2,6}?|(?:[一-龠々]{1,2}[いきしちりえけせねべめれ])?[一-龠々]{1,3}[ぁ-ん]{1,2})"
_AIM = (
    r"(?:よう(?:に)?(?:し(?!て?から)|す|努|措置|対策|対応|配慮|注意|制御|管理|設定|制限|徹底).{0,12}"
    r"|(?:状態|仕組み|仕掛け|設計|構造|構成|設定|措置|位置|場所|形|契約条件|条件|環境|作り)[^、]{0,10})?"
)
_BANNED = r"(?:禁止|禁じ|拒否|不可|認めな|許さな|許可しな|避け)"
_DENIED = re.compile(
    rf"{_WORD}(?:を|が|は|も|[ただ]り)?(?:し|され|でき|行わ|行って|出来|して|されて|できて|せ|させ)?(?:い)?"
    rf"(?:ない|ません|なく|ぬ|ず)(?:こと|{_AIM})?$"
    rf"|{_WORD}(?:を|の|が|は)?(?:原則(?:として)?)?{_BANNED}.{{0,8}}$"
    rf"|{_WORD}(?:する|させる|される|[うくすつぬむるぶぐ])?(?:こと|行為)(?:を|は|が|も)?[^、を]{{0,8}}{_BANNED}.{{0,12}}$"
    rf"|{_WORD}(?:する|させる|される|[うくすつぬむるぶぐ])?(?:こと|場合)(?:は|が|も)?(?:ない|ありません|無い)$"
    rf"|{_WORD}(?:の必要)?(?:を|は|が|も)?(?:不要|要しない|必要としない|ない必要|免除).{{0,4}}$"
)
_PLAIN_DENIAL = re.compile(rf"(?:ない|ません|なく|なし|無し)(?:こと)?{_AIM}$|(?:任意|努力義務)$")
_BAN_LIFTED = re.compile(r"(?:禁止|禁じ|拒否)[^、。]{0,4}(?:ない|ません)$")
_UNDENIED = re.compile(  # adverbs and figures of speech that hold a denial and deny nothing
    r"少なくとも|(?:漏れ|もれ|遅滞|支障|滞り|間違い|例外|絶え間|隙間|むら|区別|過不足|余すところ|間断)な[くし]"
    r"|にかかわらず|に関わらず|を問わず|必ず|のみならず|だけでなく|一切|全く|まったく|決して|やむを得ず|やむを得ない|絶えず"
)
_EXCEPT = re.compile(
    r"以外|(?:なし|無し)(?:に|で|の|では)|なく(?!な)[^っ]|ずに|得ないで|ないで|限り|しか|を除き|を除い|を除く|でなければ|でない限り|まま"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A main clause: its text, the verb that it denies ("" an unknown one, None where it affirms), and its bounds.

    `exempt`: an exception is named; `checks`: it asks for a check of the matter; `occurs`: whether it ever happens.
    """

    main: str
    verb: str | None
    exempt: bool
    checks: bool
    occurs: bool

    @property
    def denies(self) -> bool:
        """Whether something is denied, exceptions left aside."""
        return self.verb is not None


@lru_cache(maxsize=16384)
def claim_of(requirement: str) -> Claim:
    """What the first sentence of a requirement claims; a sentence may be of any length."""
    main = _main_clause(requirement)
    stated = _STATED.match(main)
    claim = stated.group("claim") if stated else main
    checks = bool(stated.group("check")) if stated else bool(_CHECKS.search(main))
    return Claim(
        claim, _denied_verb_of(claim), bool(_EXCEPT.search(claim)), checks, bool(_OCCURS.search(claim))
    )


def _main_clause(requirement: str) -> str:
    """The first sentence that is no note, folded, without what stands in brackets and without its ending."""
    for part in re.split(r"[。\n]", requirement):
        sentence = fold(part[-_LONGEST:])
        if sentence and not sentence.startswith(("※", "*")):
            return _without_obligation(_END.sub("", _BRACKETS.sub("", sentence)))
    return ""


def _without_obligation(main: str) -> str:
    for pattern, instead in _REWRITTEN:
        main = pattern.sub(instead, main)
    return _END.sub("", _UNDENIED.sub("", main))


def denied_verb(requirement: str) -> str | None:
    """The verb that a requirement's main clause denies (`提供` of 提供していないこと), None where it affirms."""
    return claim_of(requirement).verb


def _denied_verb_of(main: str) -> str | None:
    if _BAN_LIFTED.search(main):
        return None
    match = _DENIED.search(main)
    if match:
        return _stem(next(group for group in match.groups() if group))
    return "" if _PLAIN_DENIAL.search(main) else None


def _stem(word: str) -> str:
    """A verb up to its last kanji: what follows changes with its form."""
    return re.sub(r"(?<=[一-龠々])[ぁ-ん]+$", "", word)


def verbs_alike(verb: str) -> list[str]:
    """The verb and those that mean the same, the verb itself first; none for an unknown one."""
    if not verb:
        return []
    groups = [
        group for group in _verbs() if any(verb.startswith(name) or verb.endswith(name) for name in group)
    ]
    return [verb, *sorted({name for group in groups for name in group} - {verb}, key=len, reverse=True)]


@cache
def _verbs() -> tuple[tuple[str, ...], ...]:
    groups: list[list[str]] = load("normalizers.language", "clauses.toml")["verbs"]["groups"]
    return tuple(tuple(map(fold, group)) for group in groups)
