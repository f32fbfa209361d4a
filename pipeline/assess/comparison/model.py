"""The plain shapes of a comparison: who answers, what was read, and how it stands on each control."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from extractors.location import Location
from pipeline.query.totals import Totals

NO_TOTALS = Totals()
Key = tuple[str, str]  # of the vendor and of the service, as the views fold them


@dataclass(frozen=True, slots=True)
class Choice:
    """Parts of names or ids that narrow a comparison; empty takes all."""

    vendors: tuple[str, ...] = ()
    controls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """A vendor with one service: one column of a comparison. `vendor` is None where no sheet names it."""

    key: Key
    vendor: str | None
    service: str | None
    file: str  # of one of its sheets: its only name where the vendor is not known

    @property
    def name(self) -> str:
        """What to call it in one line."""
        return " ".join(filter(None, (self.vendor or self.file, self.service)))


@dataclass(frozen=True, slots=True)
class VendorResponse:
    """One answer cell of a sheet that stands.

    `state` is how it stands on its control for who asks, `why` what it leaves open (None: nothing), `contradicted` whether
    its own remark or a comment says the opposite, `contradicts` whether another answer to the same question does: all as the
    views say.
    """

    document_id: str
    row: int
    item_no: str  # with the label of the sub-item, where there is one
    sub_item: str | None
    item: str | None
    requirement: str
    level: str | None
    respondent: str
    answer_raw: str
    remarks: str
    answer: str
    planned_date: dt.date | None
    value: Mapping[str, Any] | None
    control_id: str | None
    match_score: float | None
    match_method: str | None
    confidence: float
    source: Location
    path: str
    chosen: tuple[str, ...] = ()  # labels of the ticked boxes
    contradicted: bool = False
    contradicts: bool = False
    party: int = 0
    state: str = "unclear"
    why: str | None = None
    caveat: str | None = None


@dataclass(frozen=True, slots=True)
class ControlLine:
    """One row of a comparison; `domain` is `new` for questions that meet without a control of the catalogue."""

    control_id: str
    domain: str
    name_ja: str
    name_en: str
    definition: str
    desired: str


@dataclass(frozen=True, slots=True)
class ComparisonCell:
    """How one party stands on one control (matrix.state), and every reading that says so."""

    state: str
    responses: tuple[VendorResponse, ...]
    respondents_differ: bool = False


@dataclass(frozen=True, slots=True)
class ReceivedSheet:
    """One checklist of a file, or a file without any, and what became of it: `used` or why not.

    `blank_columns` are respondents whose column is wholly blank beside another's that is filled.
    """

    document_id: str
    path: str
    status: str
    message: str
    vendor: str | None
    service: str | None
    received_at: dt.date | None
    checklist: int = 0
    title: str | None = None
    kind: str = ""
    form_id: str = ""
    form_name: str | None = None
    items: int = 0
    coverage: float | None = None
    fate: str = "not_read"
    party: int | None = None
    blank_columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A row of problems."""

    document_id: str
    path: str
    severity: str
    code: str
    message: str
    source: Location


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything a comparison needs: `cells` by control id and index of the party, `unaligned` without a control.

    `totals` are the figures that are told of it: those of the files are of the whole dataset, the others of what was chosen.
    """

    parties: tuple[Party, ...]
    controls: tuple[ControlLine, ...]
    cells: Mapping[tuple[str, int], ComparisonCell]
    unaligned: tuple[VendorResponse, ...]
    sheets: tuple[ReceivedSheet, ...]
    problems: tuple[ProblemRow, ...] = ()
    totals: Totals = NO_TOTALS
    responses: tuple[VendorResponse, ...] = field(default=(), repr=False)
