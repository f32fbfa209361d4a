"""A standing in, the figures of the page out: heat map, bars, details, quality of answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from pipeline.assess.comparison.follow_ups import reason_of
from pipeline.assess.comparison.labels import Speech, looks
from pipeline.assess.comparison.model import ControlLine, Reading, Standing
from pipeline.outputs.comparison.matrix import detail_of
from pipeline.outputs.html_report.model import (
    Bit,
    ControlRow,
    DomainPart,
    HeatCell,
    HeatRow,
    QualityRow,
    StateCell,
)
from pipeline.outputs.html_report.words import told

_SHADES = ((0.9, "h4"), (0.7, "h3"), (0.5, "h2"), (0.25, "h1"), (0.0, "h0"))
QUALITY = (
    "clear",
    "undisclosed",
    "blank",
    "unclear",
)  # parts of the bar of shares; their classes begin with q-


def bits_of(counts: Mapping[str, int], labels: Mapping[str, str]) -> tuple[Bit, ...]:
    """The parts of a stacked bar of 100 per cent, in the order of `counts`; empty parts are left out."""
    total = sum(counts.values())
    bits, start = [], 0.0
    for css, count in counts.items():
        if count:
            width = 100 * count / total
            bits.append(Bit(css, labels[css], count, round(start, 3), round(width, 3)))
            start += width
    return tuple(bits)


def overall(standing: Standing, speech: Speech) -> tuple[Bit, ...]:
    """The bar of all cells by state, in the order of the legend."""
    counts = Counter(cell.state for cell in standing.cells.values())
    ordered = {f"s-{state}": counts[state] for state in looks() if counts[state]}
    return bits_of(ordered, {f"s-{state}": speech.shown(state) for state in looks()})


def domains_of(standing: Standing) -> list[tuple[str, tuple[ControlLine, ...]]]:
    """The controls of a standing by domain, in its order."""
    return [(domain, tuple(group)) for domain, group in groupby(standing.controls, key=lambda c: c.domain)]


def heat_rows(standing: Standing, speech: Speech) -> tuple[HeatRow, ...]:
    """A row for every domain."""
    rows = []
    for number, (domain, controls) in enumerate(domains_of(standing)):
        name = speech.domain(domain)
        cells = []
        for place, party in enumerate(standing.parties):
            found = [standing.cells.get((control.control_id, place)) for control in controls]
            kinds = Counter(looks()[cell.state].kind for cell in found if cell)
            words: dict[str, object] = {"vendor": speech.party(party), "domain": name}
            cells.append(
                _heat_cell(kinds, (f"d{number}-p{place}", words), speech.language) if kinds else None
            )
        rows.append(HeatRow(name, f"d{number}", tuple(cells)))
    return tuple(rows)


def _heat_cell(kinds: Counter[str], at: tuple[str, dict[str, object]], language: str) -> HeatCell:
    target, words = at
    good, gap, asked, neutral = (kinds[kind] for kind in ("good", "gap", "open", "neutral"))
    judged = good + gap + asked
    label = told(
        language,
        "heat_cell",
        {**words, "good": good, "judged": judged, "gap": gap, "open": asked, "neutral": neutral},
    )
    if not judged:
        return HeatCell("hn", told(language, "heat_neutral", {"count": neutral}), label, target)
    shade = next(css for least, css in _SHADES if good / judged >= least) if good or gap else "ho"
    parts = [f"{good}/{judged}", f"×{gap}" if gap else "", f"？{asked}" if asked else ""]
    return HeatCell(shade, " ".join(filter(None, parts)), label, target)


def domain_parts(standing: Standing, speech: Speech) -> tuple[DomainPart, ...]:
    """The details: a table for every domain, with the parties that were asked in it."""
    parts = []
    for number, (domain, controls) in enumerate(domains_of(standing)):
        ids = {control.control_id for control in controls}
        places = tuple(sorted({place for control_id, place in standing.cells if control_id in ids}))
        rows = tuple(_control_row(control, places, (standing, speech)) for control in controls)
        parts.append(DomainPart(speech.domain(domain), f"d{number}", places, rows))
    return tuple(parts)


def _control_row(control: ControlLine, places: Sequence[int], told_by: tuple[Standing, Speech]) -> ControlRow:
    standing, speech = told_by
    cells = [standing.cells.get((control.control_id, place)) for place in places]
    return ControlRow(
        speech.control(control),
        control.definition,
        tuple(
            StateCell(cell.state, speech.shown(cell.state), detail_of(cell, speech)) if cell else None
            for cell in cells
        ),
    )


def quality_rows(standing: Standing, language: str) -> tuple[QualityRow, ...]:
    """A row for every party, over all its answers, with a control or not."""
    by_party: dict[int, list[Reading]] = {place: [] for place in range(len(standing.parties))}
    for reading in (*standing.readings, *standing.others):
        if reading.respondent != "customer":
            by_party[reading.party].append(reading)
    differing = Counter(place for (_, place), cell in standing.cells.items() if cell.state == "conflict")
    labels = {f"q-{kind}": told(language, kind) for kind in QUALITY}
    return tuple(
        _quality_row(place, (readings, differing[place]), labels) for place, readings in by_party.items()
    )


def _quality_row(place: int, held: tuple[Sequence[Reading], int], labels: Mapping[str, str]) -> QualityRow:
    readings, differing = held
    reasons = Counter(reason_of(reading) for reading in readings)
    undisclosed = sum(reading.state == "undisclosed" for reading in readings)
    bad = reasons["unclear"] + reasons["contradicted"]
    clear = len(readings) - undisclosed - reasons["unanswered"] - bad
    shares = dict(zip(labels, (clear, undisclosed, reasons["unanswered"], bad), strict=True))
    counts = {
        "answers": len(readings),
        "clear": clear,
        "unclear": reasons["unclear"],
        "contradicted": reasons["contradicted"],
        "blank": reasons["unanswered"],
        "undisclosed": undisclosed,
        "differing": differing,
        "low": reasons["low_confidence"],
        "unaligned": sum(reading.control_id is None for reading in readings),
    }
    sure = sum(reading.confidence for reading in readings)
    mean = f"{sure / len(readings):.2f}" if readings else "–"
    return QualityRow(place, counts, mean, bits_of(shares, labels))
