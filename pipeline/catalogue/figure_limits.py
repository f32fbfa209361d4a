"""A figure and what a buyer wants at least or at most in, whether it is good out.

`99.5%以上` promises 99.5: where 99.9 is wanted, it is not promised. `最大3世代` may be fewer: where 2 are wanted at least,
nothing can be said. About a figure that is only about right nothing is said either.
"""

from __future__ import annotations

from dataclasses import dataclass

Figure = tuple[float, str, str]  # number and unit to compare with, bound


@dataclass(frozen=True, slots=True)
class FigureLimits:
    """The least and the most that is wanted, in `unit`, one of the units in which figures are compared."""

    least: float | None
    most: float | None
    unit: str

    def hold(self, figure: Figure) -> bool | None:
        """Whether a figure keeps within; None where it cannot be said, as in another unit."""
        number, unit, bound = figure
        if unit != self.unit or bound == "about":
            return None
        kept = []
        if self.least is not None:
            kept.append(_kept(number >= self.least, sure=bound != "max"))
        if self.most is not None:
            kept.append(_kept(number <= self.most, sure=bound != "min"))
        if False in kept:
            return False
        return None if None in kept or not kept else True


def _kept(within: bool, sure: bool) -> bool | None:
    return within if sure or not within else None
