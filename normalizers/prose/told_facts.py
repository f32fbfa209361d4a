"""A cell that only tells of something beside its question in, whether that answers nothing asked out: `差異あり`, `係：庶務課`.

What is there is not what was asked for, unless the question asks for that very thing.
"""

from __future__ import annotations

import re
import unicodedata

from normalizers.language.predicates import predicate_words

_TELLS = re.compile(
    r"(?P<what>[^、。,.\s]{1,30}?)(?:事項|項目|箇所)?(?:が|は|も)?\d{0,3}件?"
    r"(?:あり|有り|有|ある|あります|見つかりました|残る)[。.]?"
)

_LABEL = 12  # characters
_SOMEBODY = re.compile(r"(?:部|課|室|係|長|者|担当|役|部門|センター|社|氏|様)[)）]?$")


def tells_burden(cell: str, question: str) -> bool:
    """Whether the cell says no more than that a burden is there, and the question does not speak of it."""
    match = _TELLS.fullmatch(unicodedata.normalize("NFKC", cell).strip())
    if match is None:
        return False
    burden = next(
        (word for word in predicate_words("burdens", "words") if match["what"].endswith(word)), None
    )
    return burden is not None and burden not in question


def tells_who(cell: str, question: str) -> bool:
    """Whether a cell names what the question speaks of and, behind a colon, somebody: that is no refusal and no limit."""
    label, colon, behind = unicodedata.normalize("NFKC", cell).strip().partition(":")
    is_asked = bool(colon) and 1 < len(label) <= _LABEL and label in question
    return is_asked and bool(_SOMEBODY.search(behind.strip()))
