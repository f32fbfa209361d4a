"""When decisions were made, as people and spreadsheets write it, in; moments that can be compared out.

`2026-11-30 09:20:31` and what Excel makes of it, `2026/11/30 9:20`, are the same moment but for its seconds; a day alone is its
beginning, and what is no time comes before all others.
"""

from __future__ import annotations

import re
import unicodedata

_TIME = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})日?(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?")


def moment_of(at: str) -> tuple[int, ...]:
    """Year, month, day, hour, minute and second; all 0 where the text tells none."""
    match = _TIME.match(unicodedata.normalize("NFKC", at).strip())
    return tuple(int(part or 0) for part in match.groups()) if match else (0,) * 6
