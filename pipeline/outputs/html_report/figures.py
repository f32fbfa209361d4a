"""A comparison in, the figures of the page out: heat map, bars, details, quality of answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby

from pipeline.assess.comparison.follow_ups import follow_up_reason
from pipeline.assess.comparison.labels import Labels, state_styles
from pipeline.assess.comparison.model import Comparison, ControlLine, VendorResponse
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
from pipeline.outputs.html_report.words import phrase

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


def overall(comparison: Comparison, labels: Labels) -> tuple[Bit, ...]:
    """The bar of all cells by state, in the order of the legend."""
    counts = Counter(cell.state for cell in comparison.cells.values())
    ordered = {f"s-{state}": counts[state] for state in state_styles() if counts[state]}
    return bits_of(ordered, {f"s-{state}": labels.shown(state) for state in state_styles()})


def domains_of(comparison: Comparison) -> list[tuple[str, tuple[ControlLine, ...]]]:
    """The controls of a comparison by domain, in its order."""
    return [(domain, tuple(group)) for domain, group in groupby(comparison.controls, key=lambda c: c.domain)]


def heat_rows(comparison: Comparison, labels: Labels) -> tuple[HeatRow, ...]:
    """A row for every domain."""
    rows = []
    for number, (domain, controls) in enumerate(domains_of(comparison)):
        name = labels.domain(domain)
        cells = []
        for index, party in enumerate(comparison.parties):
            domain_cells = [comparison.cells.get((control.control_id, index)) for control in controls]
            kinds = Counter(state_styles()[cell.state].kind for cell in domain_cells if cell)
            words: dict[str, object] = {"vendor": labels.party(party), "domain": name}
            cells.append(
                _heat_cell(kinds, (f"d{number}-p{index}", words), labels.language) if kinds else None
            )
        rows.append(HeatRow(name, f"d{number}", tuple(cells)))
    return tuple(rows)


def _heat_cell(kinds: Counter[str], at: tuple[str, dict[str, object]], language: str) -> HeatCell:
    target, words = at
    good, gap, open_count, neutral = (kinds[kind] for kind in ("good", "gap", "open", "neutral"))
    judged = good + gap + open_count
    label = phrase(
        language,
        "heat_cell",
        {**words, "good": good, "judged": judged, "gap": gap, "open": open_count, "neutral": neutral},
    )
    if not judged:
        return HeatCell("hn", phrase(language, "heat_neutral", {"count": neutral}), label, target)
    shade = next(css for least, css in _SHADES if good / judged >= least) if good or gap else "ho"
    parts = [f"{good}/{judged}", f"×{gap}" if gap else "", f"？{open_count}" if open_count else ""]
    return HeatCell(shade, " ".join(filter(None, parts)), label, target)


def domain_parts(comparison: Comparison, labels: Labels) -> tuple[DomainPart, ...]:
    """The details: a table for every domain, with the parties that were asked in it."""
    parts = []
    for number, (domain, controls) in enumerate(domains_of(comparison)):
        ids = {control.control_id for control in controls}
        parties = tuple(sorted({party for control_id, party in comparison.cells if control_id in ids}))
        rows = tuple(_control_row(control, parties, (comparison, labels)) for control in controls)
        parts.append(DomainPart(labels.domain(domain), f"d{number}", parties, rows))
    return tuple(parts)


def _control_row(
    control: ControlLine, parties: Sequence[int], source: tuple[Comparison, Labels]
) -> ControlRow:
    comparison, labels = source
    cells = [comparison.cells.get((control.control_id, party)) for party in parties]
    return ControlRow(
        labels.control(control),
        control.definition,
        tuple(
            StateCell(cell.state, labels.shown(cell.state), detail_of(cell, labels)) if cell else None
            for cell in cells
        ),
    )


def quality_rows(comparison: Comparison, language: str) -> tuple[QualityRow, ...]:
    """A row for every party, over all its answers, with a control or not."""
    by_party: dict[int, list[VendorResponse]] = {party: [] for party in range(len(comparison.parties))}
    for response in (*comparison.responses, *comparison.unaligned):
        if response.respondent != "customer":
            by_party[response.party].append(response)
    differing = Counter(party for (_, party), cell in comparison.cells.items() if cell.state == "conflict")
    labels = {f"q-{kind}": phrase(language, kind) for kind in QUALITY}
    return tuple(
        _quality_row(party, (responses, differing[party]), labels) for party, responses in by_party.items()
    )


def _quality_row(
    party: int, party_answers: tuple[Sequence[VendorResponse], int], labels: Mapping[str, str]
) -> QualityRow:
    responses, differing = party_answers
    reasons = Counter(follow_up_reason(response) for response in responses)
    undisclosed = sum(response.state == "undisclosed" for response in responses)
    bad = reasons["unclear"] + reasons["contradicted"]
    clear = len(responses) - undisclosed - reasons["unanswered"] - bad
    shares = dict(zip(labels, (clear, undisclosed, reasons["unanswered"], bad), strict=True))
    counts = {
        "answers": len(responses),
        "clear": clear,
        "unclear": reasons["unclear"],
        "contradicted": reasons["contradicted"],
        "blank": reasons["unanswered"],
        "undisclosed": undisclosed,
        "differing": differing,
        "low": reasons["low_confidence"],
        "unaligned": sum(response.control_id is None for response in responses),
    }
    sure = sum(response.confidence for response in responses)
    mean = f"{sure / len(responses):.2f}" if responses else "–"
    return QualityRow(party, counts, mean, bits_of(shares, labels))
