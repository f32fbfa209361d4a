"""Records of an .xls or .xlsb that say what is not so: lengths, counts, rows, columns, runs; the file is told, never a fault."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipeline.document.process import read_document
from pipeline.execution.process_pool import LocalExecutor
from pipeline.execution.read_files import read_all
from pipeline.execution.sandbox import ProcessLimits
from pipeline.sources.discover import discover
from tests.extractors.excel.fallback.binary_books import binary_record, binary_text, save_binary
from tests.extractors.excel.old_books import XlsSheet, grid_values, record, save_xls, xls_stream
from tests.pipeline.make import codes, raw_file, sheet_rows

STREAM = xls_stream([XlsSheet("一覧", grid_values(sheet_rows(["○", "×", "△", "○"])))])
FAULTS = {"internal_error", "file_out_of_memory", "file_reader_died"}
Record = tuple[int, bytes]
Edit = Callable[[list[Record], random.Random], bytes]


def _records(stream: bytes) -> Iterator[Record]:
    offset = 0
    while offset + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, offset)
        yield kind, stream[offset + 4 : offset + 4 + size]
        offset += 4 + size


def _joined(records: list[Record]) -> bytes:
    return b"".join(record(kind, data) for kind, data in records)


def _other_lengths(records: list[Record], dice: random.Random) -> bytes:
    """One record says that it is shorter or longer than it is."""
    at = dice.randrange(len(records))
    parts = [record(kind, data) for kind, data in records]
    parts[at] = struct.pack("<HH", records[at][0], dice.choice([0, 1, 3, 8224, 65535])) + records[at][1]
    return b"".join(parts)


def _extreme_numbers(records: list[Record], dice: random.Random) -> bytes:
    """A number of a record is the largest that there is."""
    at = dice.choice([index for index, (_, data) in enumerate(records) if len(data) >= 2])
    kind, data = records[at]
    place = dice.randrange(0, len(data) - 1)
    records[at] = (
        kind,
        data[:place] + dice.choice([b"\xff\xff", b"\x00\x80", b"\xff\x7f"]) + data[place + 2 :],
    )
    return _joined(records)


def _other_kinds(records: list[Record], dice: random.Random) -> bytes:
    """A record is taken for one of another kind."""
    at = dice.randrange(len(records))
    kinds = [
        0x0A,
        0x3C,
        0x85,
        0xBD,
        0xBE,
        0xD6,
        0xE0,
        0xE5,
        0xFC,
        0xFD,
        0x203,
        0x205,
        0x207,
        0x208,
        0x27E,
        0x809,
        0x2F,
    ]
    records[at] = dice.choice(kinds), records[at][1]
    return _joined(records)


def _doubled_and_lost(records: list[Record], dice: random.Random) -> bytes:
    """A record stands a thousand times, another is gone."""
    at = dice.randrange(len(records))
    del records[dice.randrange(len(records))]
    return _joined([*records[:at], *records[at : at + 1] * 1000, *records[at:]])[:60_000]


@pytest.mark.slow
@pytest.mark.parametrize("edit", [_other_lengths, _extreme_numbers, _other_kinds, _doubled_and_lost])
def test_records_that_lie_are_told_or_read(tmp_path: Path, edit: Edit) -> None:
    found = {}
    for seed in range(20):
        dice = random.Random(seed)
        path = save_xls(tmp_path / "a.xls", edit(list(_records(STREAM)), dice))
        outcome = read_document(raw_file(path))
        if FAULTS & set(codes(outcome)):
            found[seed] = (codes(outcome), outcome.trace[-300:])
    assert found == {}


def _binary_rows() -> list[Record]:
    """The records of the sheet of an .xlsb: a head, rows of texts, an end."""
    rows: list[Record] = [(129, b""), (148, struct.pack("<IIII", 0, 4, 0, 4)), (145, b"")]
    for number, words in enumerate(sheet_rows(["○", "×", "△", "○"])):
        rows.append((0, struct.pack("<IIHBB", number, 0, 300, 0, 0) + bytes(13)))
        rows += [(6, struct.pack("<II", c, 0) + binary_text(word)) for c, word in enumerate(words)]
    return [*rows, (146, b""), (130, b"")]


def _binary(records: list[Record]) -> bytes:
    return b"".join(binary_record(kind, data) for kind, data in records)


def _binary_other_length(records: list[Record], dice: random.Random) -> bytes:
    at = dice.randrange(len(records))
    parts = [binary_record(kind, data) for kind, data in records]
    parts[at] = bytes([records[at][0], dice.choice([0, 1, 3, 0x7F, 0xFF])]) + records[at][1]
    return b"".join(parts)


def _binary_extreme(records: list[Record], dice: random.Random) -> bytes:
    """A row, a column or a length of text that is the largest that there is: laid out, the sheet would be of 10^14 cells."""
    at = dice.choice([index for index, (_, data) in enumerate(records) if len(data) >= 8])
    kind, data = records[at]
    place = dice.choice([0, 4, 8])
    number = dice.choice([b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\xff\xff\x0f\x00"])
    records[at] = kind, (data[:place] + number + data[place + 4 :])[: max(len(data), 8)]
    return _binary(records)


def _binary_other_kind(records: list[Record], dice: random.Random) -> bytes:
    at = dice.randrange(len(records))
    records[at] = dice.choice([0, 1, 2, 3, 4, 5, 6, 7, 8, 60, 145, 146, 148, 151, 176]), records[at][1]
    return _binary(records)


@pytest.mark.slow
@pytest.mark.parametrize("edit", [_binary_other_length, _binary_extreme, _binary_other_kind])
def test_records_of_a_binary_workbook_that_lie_cost_their_file_only(tmp_path: Path, edit: Edit) -> None:
    """Its reader lays a sheet out as a whole: what cannot be held ends the process of this file, and is told."""
    for seed in range(12):
        save_binary(tmp_path, edit(_binary_rows(), random.Random(seed))).rename(tmp_path / f"{seed:02}.xlsb")
    good = save_binary(tmp_path, _binary(_binary_rows())).rename(tmp_path / "zz.xlsb")
    outcomes = {o.file.name: o for o in read_all(discover(tmp_path), LocalExecutor(1), ProcessLimits(120))}
    assert [name for name, o in outcomes.items() if "internal_error" in codes(o)] == []
    assert all(o.status == "ok" or o.issues for o in outcomes.values())
    answers = [record.row.answer for record in outcomes[good.name].checklists[0].records]
    assert answers == ["○", "×", "△", "○"]
