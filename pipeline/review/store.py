"""The folder of decisions (`data/review`): all of them in, one more out, whoever else decides at the same time.

Each kind stands in its CSV file; what is decided is one line more at its end, so that the files are their own log, and a line can
be taken back by a later one. A lock of this folder, not of the dataset, lets one person after the other write; a file is put in
place at once, when the disk holds it. While 山田 decides an answer, an ingest may run, and 鈴木 may decide another one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.errors import DecisionNotWritten, DecisionRefused, DecisionsUnreadable
from pipeline.review.decision import Decision, DecisionKind, Recorded, ReviewedDecisions, decisions_in_force
from pipeline.review.kinds import FILES, KINDS, build_decision, cells_of, check_cells, kinds_of_file
from pipeline.review.lines.decision_file import DecisionFile, FileLine, add_lines, parse_file, tidy_cell
from pipeline.review.lines.folder_lock import lock_folder
from pipeline.system.atomic_write import replace_file

_LONGEST = 30_000  # characters of a cell: Excel takes 32,767, Python's reader of CSV 131,072
_MOST_WORDS = 1_000


def read_decisions(review: Path) -> ReviewedDecisions:
    """All decisions of the folder, none where it is missing; what is broken stands in `faults` and is none of them."""
    lines: list[Decision] = []
    faults: list[DecisionsUnreadable] = []
    for file in FILES:
        of_file = read_decision_file(review / file)
        lines += of_file.lines
        faults += of_file.faults
    return ReviewedDecisions(tuple(lines), tuple(faults))


def read_decision_file(path: Path) -> ReviewedDecisions:
    """The decisions of one file, in the order of its lines."""
    kinds = kinds_of_file(path.name)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return ReviewedDecisions()
    except OSError as error:
        fault = DecisionsUnreadable({"path": path, "why": error.strerror or error}, "file_unreadable")
        return ReviewedDecisions(faults=(fault,))
    return _decisions_of(path, kinds, _parse(data, kinds))


def record_decision(review: Path, decision: Decision) -> Recorded:
    """Put a decision into its file, at the end; what was in force of its key before comes back with it.

    Raises DecisionRefused where it cannot stand in a file, DecisionsUnreadable where its file cannot be added to,
    DecisionsBusy where others hold the folder too long, and DecisionNotWritten.
    """
    path = review / KINDS[decision.kind].file
    signed = _tidy(replace(decision, at=decision.at or _now(), withdraws=False))
    with lock_folder(review):
        before = _in_force(path, signed)
        return Recorded(_add(path, [signed])[0], before)


def record_decisions(review: Path, decisions: Sequence[Decision]) -> list[Decision]:
    """Put those decisions into their files that say another thing than what is in force, and hand them back.

    So a workbook that is imported twice decides once. Raises as `record_decision`; a file is written with all of its decisions
    or with none.
    """
    at = _now()
    signed = [_tidy(replace(entry, at=entry.at or at, withdraws=False)) for entry in decisions]
    recorded: list[Decision] = []
    with lock_folder(review):
        for name in FILES:
            path = review / name
            standing = {(entry.kind, entry.key): entry.value for entry in read_decision_file(path).in_force}
            kinds = kinds_of_file(name)
            new = [e for e in signed if e.kind in kinds and standing.get((e.kind, e.key)) != e.value]
            recorded += _add(path, new) if new else []
    return recorded


def withdraw_decision(review: Path, decision: Decision, who: str, why: str = "") -> Recorded:
    """Take a decision back: what was decided of its key before stands again.

    `decision` of the result is the line that takes it back. Raises DecisionRefused where it is not in force any more, else
    as `record_decision`.
    """
    path = review / KINDS[decision.kind].file
    withdrawal = _tidy(replace(decision, who=who, why=why, at=_now(), withdraws=True))
    with lock_folder(review):
        standing = _in_force(path, withdrawal)
        if standing is None or standing.value != withdrawal.value:
            raise DecisionRefused(
                {"key": decision.key_text, "value": decision.value_text}, "decision_not_in_force"
            )
        return Recorded(_add(path, [withdrawal])[0], standing)


def _now() -> str:
    return dt.datetime.now().isoformat(sep=" ", timespec="seconds")


def _tidy(decision: Decision) -> Decision:
    """The decision as it stands in a file. Raises DecisionRefused."""
    _check_lengths(decision)
    return replace(
        decision,
        who=_in_one_line(decision.who),
        why=_in_one_line(decision.why),
        about=tuple(_cut(_in_one_line(text)) for text in decision.about),
        value=tuple(tidy_cell(text) for text in decision.value),
    )


def _in_one_line(text: str) -> str:
    return " ".join(tidy_cell(text).split())


def _cut(text: str) -> str:
    """Words for people, which may be a vendor's question of any length, so far as a person reads them in a cell."""
    return text if len(text) <= _MOST_WORDS else text[:_MOST_WORDS] + "…"


def _check_lengths(decision: Decision) -> None:
    """Raise DecisionRefused where a cell would be longer than a reader of CSV takes: it would end the file for all of them."""
    longest = max((*decision.key, *decision.value, decision.who, decision.why), key=len)
    if len(longest) > _LONGEST:
        params = {"text": longest[:40], "length": len(longest), "most": _LONGEST}
        raise DecisionRefused(params, "decision_too_long")


def _in_force(path: Path, decision: Decision) -> Decision | None:
    """What is in force of the key of a decision."""
    lines = [
        line
        for line in read_decision_file(path).lines
        if (line.kind, line.key) == (decision.kind, decision.key)
    ]
    return next(iter(decisions_in_force(lines)), None)


def _add(path: Path, decisions: Sequence[Decision]) -> list[Decision]:
    """Write the file with the decisions at its end; the decisions with the lines on which they stand."""
    kinds = kinds_of_file(path.name)
    try:
        file = _parse(path.read_bytes(), kinds) if path.exists() else DecisionFile()
        _check_can_grow(path, file, _columns(kinds))
        data, lines = add_lines(file, [cells_of(decision) for decision in decisions], _columns(kinds))
        replace_file(path, data, durable=True)
    except UnicodeEncodeError as error:
        raise DecisionRefused({"text": ascii(error.object)[:80]}, "decision_no_text") from error
    except OSError as error:
        raise DecisionNotWritten({"path": path, "why": error.strerror or error}) from error
    return [replace(decision, line=line) for decision, line in zip(decisions, lines, strict=True)]


def _check_can_grow(path: Path, file: DecisionFile, columns: Sequence[str]) -> None:
    """Raise DecisionsUnreadable where a line more would change what stands there: behind a quotation mark that is not closed,
    or where new columns would give a meaning to cells that stand beside all columns.
    """
    if file.code:
        raise DecisionsUnreadable({"path": path, **file.params}, file.code)
    if file.header and not set(columns) <= set(file.header):
        for line in file.lines:
            if line.code:
                raise DecisionsUnreadable({"path": path, "line": line.number, **line.params}, line.code)


def _columns(kinds: Sequence[DecisionKind]) -> tuple[str, ...]:
    """The columns of a file, those of all its kinds: vendors and services stand beside each other."""
    keys = [name for kind in kinds for name in KINDS[kind].key]
    values = [name for kind in kinds for name in KINDS[kind].value]
    rest = [name for kind in kinds for name in KINDS[kind].columns if name not in {*keys, *values}]
    return tuple(dict.fromkeys((*keys, *values, *rest)))


def _parse(data: bytes, kinds: Sequence[DecisionKind]) -> DecisionFile:
    needed = dict.fromkeys(name for kind in kinds for name in KINDS[kind].needed)
    decide = {name for kind in kinds for name in (*KINDS[kind].key, *KINDS[kind].value)}
    # Lines written before these columns were end without them.
    decide -= {name for kind in kinds for name in KINDS[kind].later}
    if len(kinds) > 1:  # a vendor or a service is enough
        decide -= {name for kind in kinds for name in KINDS[kind].value}
    return parse_file(data, tuple(needed), [name for name in _columns(kinds) if name not in decide])


def _decisions_of(path: Path, kinds: Sequence[DecisionKind], file: DecisionFile) -> ReviewedDecisions:
    decisions: list[Decision] = []
    faults: list[DecisionsUnreadable] = []
    for line in file.lines:
        try:
            decisions += list(_decisions_of_line(path, kinds, line))
        except DecisionsUnreadable as fault:
            faults.append(fault)
    if file.code:
        faults.append(DecisionsUnreadable({"path": path, **file.params}, file.code))
    return ReviewedDecisions(tuple(decisions), tuple(faults))


def _decisions_of_line(path: Path, kinds: Sequence[DecisionKind], line: FileLine) -> Iterator[Decision]:
    where: dict[str, object] = {"path": path, "line": line.number}
    if line.code:
        raise DecisionsUnreadable({**where, **line.params}, line.code)
    decided = [
        kind for kind in kinds if len(kinds) == 1 or any(line.cells.get(name) for name in KINDS[kind].value)
    ]
    if not decided:
        raise DecisionsUnreadable(where, "line_incomplete")
    for kind in decided:
        checked = check_cells(kind, line.cells)
        if checked.fault:
            raise DecisionsUnreadable({**where, **checked.fault.params}, checked.fault.code)
        yield replace(build_decision(kind, line.cells, checked.cells), line=line.number)
