"""Sealed files: what goes in comes out, and what is damaged, forged or of another shape is None and runs nothing."""

from __future__ import annotations

import os
import pickle
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.document.extraction import Extraction, slim
from pipeline.document.extraction_cache import (
    extraction_path,
    is_of_version,
    load_extraction,
    save_extraction,
)
from pipeline.document.process import read_document
from pipeline.system.sealed_file import LARGEST, pack, read_label, read_sealed, unpack, write_sealed
from tests.pipeline.make import raw_file, sheet_rows, write_workbook

LABEL = "a label of text "


@dataclass(frozen=True, slots=True)
class Leaf:
    name: str
    box: tuple[float, float] | None = None


DATA = {"a": Leaf("片", (1.0, 2.5)), "b": Leaf("葉")}


def test_data_comes_back_as_it_was(tmp_path: Path) -> None:
    assert write_sealed(tmp_path / "deep" / "a.csp", DATA, LABEL)
    assert read_sealed(tmp_path / "deep" / "a.csp", dict[str, Leaf], LABEL) == DATA
    assert read_label(tmp_path / "deep" / "a.csp") == LABEL
    assert read_sealed(tmp_path / "deep" / "a.csp", dict[str, Leaf], "another label") is None
    assert read_sealed(tmp_path / "missing.csp", dict[str, Leaf]) is None
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["a.csp"]


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_a_changed_byte_is_noticed(place: int, change: int) -> None:
    sealed = bytearray(pack(DATA, LABEL) or b"")
    place %= len(sealed)
    sealed[place] ^= change
    found = unpack(bytes(sealed), dict[str, Leaf], LABEL)
    assert found is None or (20 <= place < 28 and found == DATA), "the length alone may be told too long"


@given(st.binary(max_size=300))
def test_any_bytes_are_none(data: bytes) -> None:
    assert unpack(data, dict[str, Leaf]) is None


@pytest.mark.parametrize("label", ["", "short", LABEL + "x"])
def test_a_label_that_would_not_be_found_again_is_refused(label: str) -> None:
    with pytest.raises(ValueError, match="16 characters"):
        pack(DATA, label)


def test_a_pickle_is_not_run(tmp_path: Path) -> None:
    class Bomb:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.system, (f"touch {tmp_path / 'run'}",)

    (tmp_path / "a.csp").write_bytes(pickle.dumps(Bomb()))
    assert read_sealed(tmp_path / "a.csp", dict[str, Leaf]) is None
    assert not (tmp_path / "run").exists()


def test_another_shape_is_none() -> None:
    assert unpack(pack({"a": 1}, LABEL) or b"", dict[str, Leaf]) is None
    assert unpack(pack([Leaf("x")], LABEL) or b"", dict[str, Leaf]) is None


@pytest.mark.parametrize("data", ["\ud800", {"a": 2**70}, b"x" * (LARGEST + 1)])
def test_what_cannot_be_kept_is_not_kept(tmp_path: Path, data: object) -> None:
    assert write_sealed(tmp_path / "a.csp", data, LABEL) is False
    assert list(tmp_path.iterdir()) == []


def test_what_was_read_of_a_sheet_gives_the_same_rows_from_the_store(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "raw" / "a.xlsx", {"一覧": sheet_rows(["○", "×", "△"], "覚え")})
    read = read_document(raw_file(path))
    assert isinstance(read.extraction, Extraction)
    save_extraction(tmp_path / "store", read.file.sha256, read.extraction, "0123456789abcdef")
    entry = extraction_path(tmp_path / "store", read.file.sha256)
    assert load_extraction(entry) == slim(read.extraction)
    assert is_of_version(entry, "0123456789abcdef")
    assert not is_of_version(entry, "0123456789abcdee")
