"""Names of files as keys: whatever bytes a name holds, it is its own, and leads back to its file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.sources.discover import discover
from pipeline.sources.file_names import file_name, path_in, stored_name

# Bytes of names: those that build escapes are frequent, "/" and NUL are in none.
PIECES = st.sampled_from(
    [b"\\", b"\\x8a", b"\\x5c", b"\\x5cx8a", b"\\udc8a", b"\\u", b"x8a", b"x", b"8", b"a", b"\x8a", b"\x93", b"\xe3\x81",
     "点".encode(), "点".encode("cp932"), b"\xed\xa0\x80", b"\xff", b".csv"]
)  # fmt: skip
NAMES = st.one_of(
    st.lists(PIECES, min_size=1, max_size=8).map(b"".join),
    st.binary(min_size=1, max_size=20).filter(lambda name: b"/" not in name and b"\0" not in name),
)


@given(NAMES, NAMES)
@example(b"\\x8a.csv", b"\x8a.csv")
@example(b"\\x5cx8a.csv", b"\\x8a.csv")
def test_two_names_are_never_stored_as_one(one: bytes, other: bytes) -> None:
    assert (one == other) == (stored_name(os.fsdecode(one)) == stored_name(os.fsdecode(other)))


@given(NAMES)
def test_a_stored_name_is_utf_8_and_leads_back_to_its_file(name: bytes) -> None:
    stored = stored_name(os.fsdecode(name))
    assert stored.encode("utf-8").decode("utf-8") == stored
    assert os.fsencode(file_name(stored)) == name


HALVES = st.characters(min_codepoint=0xD7F0, max_codepoint=0xE010, categories=None)


@given(st.lists(HALVES | st.sampled_from("\\ud8x05ca"), min_size=1, max_size=8))
def test_half_characters_of_other_systems_are_names_too(letters: list[str]) -> None:
    name = "".join(letters)
    stored = stored_name(name)
    assert stored.encode("utf-8")
    assert file_name(stored) == name


@pytest.mark.parametrize("name", ["見本社\\回答.xlsx", "a\\b", "社甲/回答 (1).xlsx", "\\x.csv", "\\X8A.csv"])
def test_ordinary_names_stand_as_they_are(name: str) -> None:
    assert stored_name(name) == name


def test_files_whose_names_look_alike_are_two(tmp_path: Path) -> None:
    for number, name in enumerate((b"\\x8a.csv", b"\x8a.csv", b"\\x5cx8a.csv")):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(str(number))
    files = discover(tmp_path)
    assert len({file.name for file in files}) == 3
    assert all(path_in(tmp_path, file.name) == file.path for file in files)
