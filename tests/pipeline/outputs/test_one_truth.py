"""The same question has the same answer in a query, in a verdict, in the comparison and in the report."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from pipeline.assess.comparison.build import build_comparison
from pipeline.assess.comparison.follow_ups import build_gaps
from pipeline.assess.comparison.labels import Labels, state_styles
from pipeline.assess.comparison.model import Comparison
from pipeline.assess.policy import Policy, PolicyRule, Trust
from pipeline.assess.policy_checks import MAY_BE_CONDITIONAL
from pipeline.assess.verdict import judge
from pipeline.ingest import ingest
from pipeline.outputs.comparison.write_comparison import write_comparison
from pipeline.outputs.html_report.figures import domain_parts
from pipeline.query.query import query
from pipeline.settings import Settings
from tests.conftest import ROOT
from tests.pipeline.received import CONTROLS, Said, Sheet, write_sheets

TODAY = dt.date(2026, 6, 1)
ANSWERS = (
    "yes", "no", "partial", "conditional", "planned", "not_applicable", "undisclosed", "unanswered", "value", "unclear",
)  # fmt: skip
# State of a cell → words of matrix.answer that it may stand for. Only a plain yes, no or figure may be met.
STANDS_FOR = {
    "met": {"yes", "no", "value"}, "not_met": {"yes", "no", "value"}, "said_yes": {"yes"}, "said_no": {"no"},
    "polarity_unclear": {"unclear"},
} | {
    word: {word}
    for word in (
        "partial", "conditional", "planned", "not_applicable", "undisclosed", "unanswered", "value", "unclear", "conflict",
        "caveat", "mixed",
    )
}  # fmt: skip


def _with_caveat(dice: random.Random, said: Said) -> Said:
    """Now and then a yes with words beside it that may limit it."""
    return said.now(caveat="本社") if said.answer == "yes" and dice.random() < 0.2 else said


def _made(folder: Path, seed: int) -> Path:
    """Sheets of two vendors at random: forms, dates, respondents, plans, polarities, figures, disputed answers."""
    dice = random.Random(seed)
    sheets = []
    for number in range(dice.randint(2, 6)):
        said = [
            _with_caveat(dice, Said(
                str(dice.randint(1, 4)), dice.choice(("問い甲", "問い乙")), dice.choice(ANSWERS),
                dice.choice(("○", "×", "文章")), dice.choice((None, *CONTROLS)),
                dice.choice(("same", "same", "inverse", "unclear")), "equal",
                dice.choice(("provider", "provider", "contractor", "customer")),
                dice.choice((None, "mandatory", "recommended")), hours=dice.choice((None, 4.0, 8.0)),
                confidence=dice.choice((0.98, 0.4)), sub_item=dice.choice((None, None, "小", "大")),
                disputed=dice.random() < 0.05,
            ))
            for _ in range(dice.randint(1, 12))
        ]  # fmt: skip
        sheets.append(
            Sheet(
                f"{number}.xlsx", said, dice.choice((None, dt.date(2025, 5, 1), dt.date(2026, 5, 1))),
                dice.choice(("株式会社ためし", "ためし㈱", "別の会社", None)), dice.choice((None, "帳", "帳", "束")),
                dice.choice(("a", "b")), dice.choice(("filled", "filled", "filled", "example")),
                document_id=f"{number:016x}",
            )
        )  # fmt: skip
    return write_sheets(folder, *sheets)


def _agree(dataset: Path) -> None:
    comparison = build_comparison(dataset)
    _cells_are_the_matrix(dataset, comparison)
    _gaps_are_the_view(dataset, comparison)
    _verdicts_fit(dataset)


def _cells_are_the_matrix(dataset: Path, comparison: Comparison) -> None:
    rows = query(
        dataset,
        "SELECT control_id, vendor_key, service_key, answer, conflict, state, favourable, "
        "[[e.path, e.row::VARCHAR] FOR e IN evidence] FROM matrix",
    ).rows
    cells = {
        (control, *comparison.parties[place].key): cell for (control, place), cell in comparison.cells.items()
    }
    assert cells.keys() == {row[:3] for row in rows}
    for control, vendor, service, answer, conflict, state, favourable, evidence in rows:
        cell = cells[control, vendor, service]
        assert cell.state == state
        assert answer in STANDS_FOR[state]
        assert conflict == (answer == "conflict")
        assert (state_styles()[state].kind == "good") == (favourable is True)
        told = sorted([reading.path, str(reading.row)] for reading in cell.responses)
        assert told == sorted(evidence)
        assert not any(reading.respondent == "customer" for reading in cell.responses)
        if favourable:
            spoken = [r for r in cell.responses if r.state not in {"unanswered", "not_applicable"}]
            assert {reading.state for reading in spoken} == {"met"}
            assert not any(reading.contradicted for reading in cell.responses)


def _gaps_are_the_view(dataset: Path, comparison: Comparison) -> None:
    rows = query(dataset, 'SELECT path, "row", why FROM gaps').rows
    told = [(r.path, r.row, r.why) for gap in build_gaps(comparison) for r in gap.responses]
    assert sorted(told) == sorted(rows)


def _verdicts_fit(dataset: Path) -> None:
    """Nothing is judged met that is not a favourable answer of the matrix; nothing usable on a conflict or what is unclear."""
    rules = tuple(
        PolicyRule(control, frozenset(MAY_BE_CONDITIONAL)) for control, desired in CONTROLS.items() if desired != "value"
    )  # fmt: skip
    trust = Trust(0.0, 0.0, None, "met")
    verdicts = judge(dataset, Policy("方針", trust, rules), TODAY)
    columns = "vendor, service, control_id, answer, favourable, respondents_differ"
    rows = {row[:3]: row[3:] for row in query(dataset, f"SELECT {columns} FROM matrix").rows}
    for verdict in verdicts:
        for finding in verdict.findings:
            found = rows.get((verdict.vendor, verdict.service, finding.rule.control_id))
            answer, favourable, differ = found or ("missing", None, False)
            assert (finding.status == "met") == (favourable is True and not differ)
            if answer in {"missing", "unclear", "unanswered", "caveat"}:
                assert finding.status in {"unknown", "failed"}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(24))
def test_made_up_sheets(tmp_path: Path, seed: int) -> None:
    _agree(_made(tmp_path, seed))


def test_one_made_up_dataset(tmp_path: Path) -> None:
    _agree(_made(tmp_path, 1000))


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of the shipped sheets."""
    out = tmp_path_factory.mktemp("samples")
    ingest(Settings(ROOT / "data" / "raw", out, 1))
    return out


@pytest.mark.slow
def test_the_samples(samples: Path) -> None:
    _agree(samples)


@pytest.mark.slow
def test_workbook_and_page_show_the_matrix(samples: Path, tmp_path: Path) -> None:
    comparison, labels = build_comparison(samples), Labels("en")
    rows = query(samples, "SELECT control_id, vendor_key, service_key, state FROM matrix").rows
    states = {row[:3]: labels.shown(row[3]) for row in rows}
    expected = [
        [states.get((control.control_id, *party.key)) for party in comparison.parties]
        for control in comparison.controls
    ]
    write_comparison(tmp_path / "out.xlsx", comparison, "en")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Comparison"]
    assert [list(row[4::2]) for row in sheet.iter_rows(min_row=8, values_only=True)] == expected
    shown = []
    for part in domain_parts(comparison, labels):
        for line in part.rows:
            told = dict(zip(part.parties, line.cells, strict=True))
            found = [told.get(place) for place in range(len(comparison.parties))]
            shown.append([cell.shown if cell else None for cell in found])
    assert shown == expected


def test_a_choice_of_vendors_changes_no_cell(tmp_path: Path) -> None:
    made = _made(tmp_path, 7)
    whole = build_comparison(made)
    from pipeline.assess.comparison.model import Choice  # noqa: PLC0415

    for party in whole.parties:
        part = build_comparison(made, Choice(vendors=(party.name,)))
        for (control, place), cell in part.cells.items():
            before = whole.cells[control, whole.parties.index(part.parties[place])]
            assert before.state == cell.state
            assert [replace(r, party=0) for r in before.responses] == [
                replace(r, party=0) for r in cell.responses
            ]
