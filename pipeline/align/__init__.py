"""Items of all forms → controls of the catalogue, and any two lists of requirements → counterparts (`rank`).

Input: `from pipeline.align import rank`. Output: the function of counterparts.py, imported when it is asked for: numpy
and the dictionary take a third of a second that `checksheet query` need not wait.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.align.counterparts import Counterpart, rank

    Match = Counterpart

__all__ = ["Counterpart", "Match", "rank"]
_PUBLIC = {"rank": "rank", "Counterpart": "Counterpart", "Match": "Counterpart"}  # Match: its name before 0.2


def __getattr__(name: str) -> object:
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from pipeline.align import counterparts  # noqa: PLC0415  see above

    return getattr(counterparts, _PUBLIC[name])
