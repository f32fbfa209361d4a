"""Text in, the organisation named in it out: by legal form (株式会社, ㈱, Inc.), and a key to compare names."""

from __future__ import annotations

import re
from functools import cache

from normalizers.text import fold
from normalizers.vocabulary import load

_RIGHTS = re.compile(
    r"©|ⓒ|[(（]c[)）]|copyright|all rights reserved\.?|(?<!\d)(?:19|20)\d\d(?:\s*[-–~～]\s*(?:19|20)?\d\d)?(?!\d)",
    re.IGNORECASE,
)
_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_NAME = r"[^\s　、。,，:：;；（()）「」『』\[\]【】|｜/／]"


def organisation_in(text: str) -> str | None:
    """The first organisation that `text` names with its legal form, as printed; None where it names none."""
    match = _pattern().search(text)
    return match.group(0).strip(" 　,，") if match else None


def organisation_key(name: str) -> str:
    """What the prints of one name share: without legal forms, folded, hiragana as katakana, honorifics cut.

    Of a text that names an organisation with its legal form (`株式会社カクウ 営業部`) it is that organisation's key.
    """
    without_form = _form_alone().sub("", organisation_named(name) or name)
    folded = re.sub(r"(?:御中|様|殿)$", "", fold(without_form))
    return katakana(re.sub(r"[.,・･\-'’]", "", folded))


def katakana(text: str) -> str:
    """The text with its hiragana as katakana: people write a name in either."""
    return text.translate(_KATAKANA)


def addressee_in(text: str) -> str | None:
    """The organisation that `text` is addressed to (`株式会社カクウ 御中`), None where it addresses none."""
    line = text.strip()
    ending = next((word for word in ("御中", "様", "殿") if line.endswith(word)), "")
    addressed = line.removesuffix(ending).rstrip() if ending else ""
    if "\n" not in addressed and (name := organisation_alone(addressed)):
        return name
    match = _pattern().search(text)
    return match.group(0) if match and re.match(r"[\s　]*(?:御中|様|殿)", text[match.end() :]) else None


def organisation_alone(text: str) -> str | None:
    """The organisation that is all a line says, besides ©, a year and `All rights reserved`; None where more stands there.

    Here a name may hold the particle that would cut it in a sentence: `みんなの庭株式会社`.
    """
    name = _RIGHTS.sub("", text).strip(" 　,，、")
    return name if _name_with_form().fullmatch(name) or _pattern().fullmatch(name) else None


def organisation_named(text: str) -> str | None:
    """The organisation that is all a text says, else the first that it names; None where it names none."""
    return organisation_alone(text) or organisation_in(text)


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
    forms = _legal_forms()
    return tuple(sorted([*forms["japanese"], *forms["latin"]], key=len, reverse=True))


def _legal_forms() -> dict[str, list[str]]:
    forms: dict[str, list[str]] = load("normalizers.values", "organisations.toml")["legal_forms"]
    return forms


def _any_of(forms: list[str]) -> str:
    """A pattern of any of the forms, the longest first."""
    return "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))


@cache
def _name_with_form() -> re.Pattern[str]:
    """One legal form in front of or behind a name without a space, a case particle or punctuation."""
    form = _any_of(_legal_forms()["japanese"])
    name = rf"(?!{form}){_NAME}(?:(?!{form})(?![はがを]){_NAME}){{1,24}}"
    return re.compile(rf"(?:{form})[ 　]?{name}|{name}[ 　]?(?:{form})")


@cache
def _pattern() -> re.Pattern[str]:
    japanese, latin = _any_of(_legal_forms()["japanese"]), _any_of(_legal_forms()["latin"])
    before = rf"(?:{japanese})[ 　]?{_NAME}{{2,25}}?(?=様|御中|の|は|が|です|である|にて|より|[\s　、。,，:：（()）「」]|$)"
    letter = r"(?:[一-龠々ァ-ヶーA-Za-z0-9・&]|(?![はがをにのとでも])[ぁ-ん])"
    # No particle begins a phrase: `はなまる株式会社`, `のぞみ工業株式会社`.
    opened = rf"(?<![^\s　、。,，:：（()）「」_\-/])[ぁ-ん]{letter}{{1,24}}?"
    after = rf"(?:{opened}|{letter}{{2,25}}?)(?:{japanese})(?!(?!様|殿|御中)[一-龠々ァ-ヶ])"
    foreign = (
        rf"(?!Copyright)[A-Z][A-Za-z0-9&.\-]*(?: [A-Z][A-Za-z0-9&.\-]*){{0,4}},? ?(?:{latin})(?![A-Za-z])"
    )
    return re.compile(f"{before}|{after}|{foreign}")
