"""A cell that tells of a burden beside its question in, whether it affirms nothing asked out: `差異あり`, `指摘事項がある`.

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


def tells_burden(cell: str, question: str) -> bool:
    """Whether the cell says no more than that a burden is there, and the question does not speak of it."""
    match = _TELLS.fullmatch(unicodedata.normalize("NFKC", cell).strip())
    if match is None:
        return False
    burden = next(
        (word for word in predicate_words("burdens", "words") if match["what"].endswith(word)), None
    )
    return burden is not None and burden not in question
