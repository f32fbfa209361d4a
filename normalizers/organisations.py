"""Text in, the organisation named in it out: by legal form (株式会社, ㈱, Inc.), and a key to compare names."""

from __future__ import annotations

import re
from functools import cache

from normalizers.text import fold
from normalizers.vocabulary import load

_NAME = r"[^\s　、。,，:：;；（()）「」『』\[\]【】|｜/／]"


def organisation_in(text: str) -> str | None:
    """The first organisation that `text` names with its legal form, as printed; None where it names none."""
    match = _pattern().search(text)
    return match.group(0).strip(" 　,，") if match else None


def organisation_key(name: str) -> str:
    """What the prints of one name share: without legal forms, folded, honorifics cut."""
    bare = _form_alone().sub("", name)
    return re.sub(r"(?:御中|様|殿)$", "", fold(bare)).strip(".,・-")


@cache
def _form_alone() -> re.Pattern[str]:
    """Legal forms; a Latin one only where it is a word of its own (not the Inc of Incline)."""
    parts = [
        re.escape(form) if ord(form[0]) > 127 else rf"(?<![A-Za-z]){re.escape(form)}(?![A-Za-zァ-ヶ一-龠])"
        for form in _forms()
    ]
    return re.compile("|".join(parts))


@cache
def _forms() -> tuple[str, ...]:
    forms = load("normalizers", "organisations.toml")["legal_forms"]
    return tuple(sorted([*forms["japanese"], *forms["latin"]], key=len, reverse=True))


@cache
def _pattern() -> re.Pattern[str]:
    forms = load("normalizers", "organisations.toml")["legal_forms"]
    japanese = "|".join(map(re.escape, sorted(forms["japanese"], key=len, reverse=True)))
    latin = "|".join(map(re.escape, sorted(forms["latin"], key=len, reverse=True)))
    before = rf"(?:{japanese})[ 　]?{_NAME}{{2,25}}?(?=様|御中|の|は|が|です|である|にて|より|[\s　、。,，:：（()）「」]|$)"
    after = rf"(?:[一-龠々ァ-ヶーA-Za-z0-9・&]|(?![はがをにのとでも])[ぁ-ん]){{2,25}}?(?:{japanese})(?![一-龠々ァ-ヶ])"
    foreign = (
        rf"(?!Copyright)[A-Z][A-Za-z0-9&.\-]*(?: [A-Z][A-Za-z0-9&.\-]*){{0,4}},? ?(?:{latin})(?![A-Za-z])"
    )
    return re.compile(f"{before}|{after}|{foreign}")
