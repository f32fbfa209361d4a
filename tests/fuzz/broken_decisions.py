"""People's CSV files broken at random in a folder of their own: read, added to, and nothing that stood there is changed.

What comes back are the sentences of what went wrong; a refusal in the program's own words is right.
"""

from __future__ import annotations

import datetime as dt
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import ChecksheetError
from pipeline.review.decision import DecisionKind
from pipeline.review.kinds import FILES, KINDS, kinds_of_file, new_decision
from pipeline.review.lines.expected import read_requests
from pipeline.review.store import read_decision_file, read_decisions, record_decision
from tests.fuzz.mutate import mutate

_LONGEST = 5.0  # seconds
_CELLS = (
    "", "社甲/回答.xlsx", "0123456789abcdef", "yes", "no", "○", "2026-06-20", "2026/6/31", "provider", "1.2E+15", "=1+1",
    "'", "''=x", "@a", "\t-1", '"', 'a"b', "a\nb", "a\r\nb", "\0", "\ufeff", "\u202e", "あ" * 300, "x" * 140_000, "number|answer",
    "99.9%以上", "\x1b[2J", "-", "requirement|answer", "\u2028", "9999-12-31",
)  # fmt: skip
_PIECES = (
    b'"',
    b",",
    b"\n",
    b"\r",
    b"\0",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\x81",
    b"'",
    b"=",
    b"\x1a",
    b"\x85",
    b"\xe2\x80\xa8",
)


def try_seed(seed: int) -> list[str]:
    """What was wrong with one broken folder of decisions; nothing where it was read, told and kept as it has to be."""
    dice = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        review = Path(place)
        name = dice.choice(FILES)
        path = review / name
        path.write_bytes(_broken(_lines(name, dice), dice))
        start = time.monotonic()
        faults = [*_checked(lambda: _reads(path)), *_checked(lambda: _adds(path, dice))]
        faults += _checked(lambda: _expected(review, dice))
        took = time.monotonic() - start
        return [*faults, f"{took:.1f} s"] if took > _LONGEST else faults


def _checked(step: Callable[[], list[str]]) -> list[str]:
    try:
        return step()
    except ChecksheetError as refusal:
        refusal.text("ja")
        return []
    except Exception as error:  # noqa: BLE001  every fault is what is looked for
        return [f"{type(error).__name__}: {error}"[:300]]


def _lines(name: str, dice: random.Random) -> bytes:
    """A file with its columns, in any order, and lines of cells that hold anything."""
    columns = list(dict.fromkeys(column for kind in kinds_of_file(name) for column in KINDS[kind].columns))
    if dice.random() < 0.3:
        dice.shuffle(columns)
    rows = [columns, *([dice.choice(_CELLS) for _ in columns] for _ in range(dice.randint(0, 6)))]
    return "".join(",".join(_quoted(cell, dice) for cell in row) + "\n" for row in rows).encode()


def _quoted(cell: str, dice: random.Random) -> str:
    must = any(char in cell for char in ',"\n\r') and dice.random() < 0.95
    return '"' + cell.replace('"', '""') + '"' if must else cell


def _broken(data: bytes, dice: random.Random) -> bytes:
    for _ in range(dice.randint(0, 3)):
        at = dice.randrange(len(data) + 1)
        data = data[:at] + dice.choice(_PIECES) + data[at:]
    return mutate(data, dice.randrange(1 << 30)) if dice.random() < 0.3 else data


def _reads(path: Path) -> list[str]:
    for fault in read_decisions(path.parent).faults:
        fault.text("ja")
    return []


def _adds(path: Path, dice: random.Random) -> list[str]:
    """A decision more: it stands, and what stood before it stands as it did."""
    kind = dice.choice(kinds_of_file(path.name))
    before, bytes_before = read_decision_file(path), path.read_bytes()
    cells = {name: _good_cell(kind, name) for name in (*KINDS[kind].key, *KINDS[kind].value)}
    entry = new_decision(kind, cells, dice.choice(_CELLS).replace("\0", ""), dice.choice(_CELLS))
    try:
        record_decision(path.parent, entry)
    except ChecksheetError:
        return [] if path.read_bytes() == bytes_before else ["a file that was refused was changed"]
    after = read_decision_file(path)
    if [(e.key, e.value) for e in after.lines[:-1]] != [(e.key, e.value) for e in before.lines]:
        return ["lines that stood there are others now"]
    if (after.lines[-1].key, after.lines[-1].value) != (entry.key, entry.value):
        return ["the line that was added reads otherwise"]
    return [] if len(after.faults) == len(before.faults) else ["other faults than before"]


def _good_cell(kind: DecisionKind, name: str) -> str:
    words = {
        "answer": "yes", "figure": "", "planned_date": "", "date": "2026-06-20", "received": "2026-06-20", "verdict": "yes",
        "good": "no", "roles": "number|requirement|answer", "respondent": "provider", "until": "2027-03-31",
    }  # fmt: skip
    return words.get(name, f"{kind}-{name}")


def _expected(review: Path, dice: random.Random) -> list[str]:
    path = review / "expected.csv"
    rows = [[dice.choice(_CELLS) for _ in range(4)] for _ in range(dice.randint(0, 5))]
    text = "vendor,service,form,due\n" + "".join(
        ",".join(_quoted(c, dice) for c in row) + "\n" for row in rows
    )
    path.write_bytes(_broken(text.encode(), dice))
    for request in read_requests(path):
        assert request.due is None or isinstance(request.due, dt.date)
    return []
