"""Two sentences in, whether yes to one means yes to the other: fuzzy scores do not see negation.

`第三者に提供しているか` and `第三者に提供しないこと` are nearly alike and ask the opposite.
"""

from __future__ import annotations

import re

from normalizers.text import fold

_END = re.compile(r"(?:こと|か|の有無|ですか|でしょうか|事|[。？?])+$")
_NEGATED = re.compile(
    r"(?:し|され|でき|行わ|行って|持た|用い|含ま|発生し|利用し|提供し|開示し|残ら|残さ|得|認め)?(?:て)?(?:い)?(?:ない|ません|なく|ず)(?:よう.{0,12})?$|禁止.{0,8}$|防止.{0,6}$"
)


def is_negated(requirement: str) -> bool:
    """Whether the last clause of a requirement denies (`…していないこと`, `…を禁止しているか`)."""
    sentences = [part for part in re.split(r"[。\n]", requirement) if part.strip() and not part.strip().startswith("※")]
    if not sentences:
        return False
    main = _END.sub("", fold(re.sub(r"[（(][^（()）]*[)）]", "", sentences[0])))
    return bool(_NEGATED.search(main))


def polarity_of(requirement: str, definition: str) -> str:
    """`same` where both or none of the two deny, else `inverse`."""
    return "same" if is_negated(requirement) == is_negated(definition) else "inverse"
