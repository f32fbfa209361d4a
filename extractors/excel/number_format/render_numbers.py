"""A number and a section with places of digits in, the text that the sheet shows out.

`0.0%`, `#,##0`, `000`, `0"件"`, `000-0000`, `0.00E+00`, `# ?/?`. The sign is the caller's.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from extractors.excel.number_format.format_tokens import literal, tokens

_POWER = re.compile(
    r"(?P<mantissa>[0#?][0#?,]*(?:\.[0#?]*)?)E(?P<sign>[+-])(?P<exponent>[0#?]+)", re.IGNORECASE
)
_FRACTION = re.compile(r"(?:(?P<whole>[0#?,]+)\s+)?(?P<over>[0#?]+)\s*/\s*(?P<under>[0#?]+|\d+)")
_LARGE = 1e15  # Excel holds 15 digits; places for more are filled with zeros by nobody
_QUOTED = re.compile(r'"[^"]*"|\\.')


def general(value: float) -> str:
    """At most 11 significant digits, no trailing zeros, as Excel's General."""
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e11):
        return str(int(value))
    return f"{value:.11G}"


def render_number(value: float, section: str) -> str:
    """The text of a number that is not negative under a section that has places of digits."""
    if not value < _LARGE:
        return general(value)
    unquoted = _QUOTED.sub("", section)
    power, fraction = _POWER.search(unquoted), _FRACTION.search(unquoted)
    if power:
        return _around(section, _POWER, _shown_power(value, power))
    if fraction:
        return _around(section, _FRACTION, _shown_fraction(value, fraction))
    runs = [token.group("number") for token in tokens(section) if token.group("number")]
    percents = sum(token.group("percent") is not None for token in tokens(section))
    scaled = Decimal(str(value)) * Decimal(100) ** percents
    if len(runs) == 1:
        return _filled(section, [_shown_run(scaled, runs[0])])
    if any("." in run for run in runs):
        return general(value)  # `0.0.0`: no number is shown so on purpose
    return _filled(section, _over_runs(scaled, runs))


def _filled(section: str, texts: list[str]) -> str:
    """The section with its runs of digit places replaced in order."""
    waiting = list(texts)
    parts = []
    for token in tokens(section):
        if token.group("number"):
            parts.append(waiting.pop(0))
        else:
            parts.append("%" if token.group("percent") else literal(token))
    return "".join(parts)


def _around(section: str, pattern: re.Pattern[str], text: str) -> str:
    """The text with the quoted words that stand before and behind its places; without them where they interleave."""
    match = pattern.search(section)
    if match is None:
        return text
    ends = section[: match.start()], section[match.end() :]
    before, after = ("".join(map(literal, tokens(end))) for end in ends)
    return before + text + after


def _shown_run(scaled: Decimal, run: str) -> str:
    """One run of places: `#,##0.0#`; commas behind the last place divide by a thousand each."""
    places = run.rstrip(",")
    scaled /= Decimal(1000) ** (len(run) - len(places))
    integer_places, _, fraction = places.partition(".")
    if integer_places.endswith(","):  # `#,##0,.0`
        scaled /= Decimal(1000) ** (len(integer_places) - len(integer_places.rstrip(",")))
        integer_places = integer_places.rstrip(",")
    required = max((position for position, char in enumerate(fraction, 1) if char == "0"), default=0)
    rounded = scaled.quantize(Decimal(1).scaleb(-len(fraction)), rounding=ROUND_HALF_UP)
    integer, _, decimals = f"{rounded:f}".partition(".")
    decimals = decimals[:required] + decimals[required:].rstrip("0")
    zeros = sum(char == "0" for char in integer_places)
    integer = integer.rjust(zeros, "0") if zeros or integer != "0" else ""
    if "," in integer_places:
        integer = re.sub(r"(?<=\d)(?=(\d{3})+$)", ",", integer)
    return (integer + ("." + decimals if decimals else "")) or "0" * (not integer_places)


def _over_runs(scaled: Decimal, runs: list[str]) -> list[str]:
    """Digits over several runs from the right: `000-0000`; the first run takes what is too many."""
    digits = str(int(scaled.quantize(Decimal(1), rounding=ROUND_HALF_UP)))
    digits = "" if digits == "0" else digits
    texts: list[str] = []
    for run in reversed(runs[1:]):
        size = sum(char in "0#?" for char in run)
        digits, taken = digits[:-size], digits[-size:]
        texts.insert(0, taken.rjust(sum(char == "0" for char in run), "0"))
    return [digits.rjust(sum(char == "0" for char in runs[0]), "0"), *texts]


def _shown_power(value: float, places: re.Match[str]) -> str:
    """`1.20E+04`; with several places before the point the power is a multiple of their count."""
    mantissa = places.group("mantissa").replace(",", "")
    step = max(1, len(mantissa.partition(".")[0]))
    number = Decimal(str(value))
    power = number.adjusted() // step * step if number else 0
    text = _shown_run(number.scaleb(-power), mantissa)
    if number and Decimal(text or "0") >= Decimal(10) ** step:  # 9.999 is rounded to 10.00
        power += step
        text = _shown_run(number.scaleb(-power), mantissa)
    sign = "-" if power < 0 else "+" if places.group("sign") == "+" else ""
    width = sum(char == "0" for char in places.group("exponent"))
    return f"{text}E{sign}{abs(power):0{max(width, 1)}d}"


def _shown_fraction(value: float, places: re.Match[str]) -> str:
    """`1 1/2`; a number in place of the lower places (`# ?/8`) is the denominator."""
    under = places.group("under")
    exact = Fraction(str(value))
    if re.fullmatch(r"[1-9]\d*", under):
        lower = int(under)
        upper = int((exact * lower + Fraction(1, 2)) // 1)
    else:
        near = exact.limit_denominator(10 ** len(under) - 1)
        upper, lower = near.numerator, near.denominator
    if places.group("whole") is None:
        return f"{upper}/{lower}"
    integer, upper = divmod(upper, lower)
    if not upper:
        return str(integer)
    return f"{integer} {upper}/{lower}" if integer else f"{upper}/{lower}"
