"""Packages that are not what they say."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from extractors.errors import TooLarge
from extractors.package.archive import Package
from tests.hostile.books import bomb_of_members


def _package(method: int = zipfile.ZIP_DEFLATED, data: bytes = b"a" * 5_000_000) -> bytearray:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as target:
        target.writestr("a.xml", data)
    return bytearray(out.getvalue())


def test_an_honest_part_is_read_whole() -> None:
    with Package(io.BytesIO(bytes(_package()))) as package:
        assert package.read("a.xml") == b"a" * 5_000_000


def test_a_part_is_unpacked_only_as_far_as_it_says() -> None:
    data = _package()
    for sign, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.find(sign)
        data[start + at : start + at + 4] = (100).to_bytes(4, "little")
    with Package(io.BytesIO(bytes(data))) as package, pytest.raises(zipfile.BadZipFile, match="CRC"):
        package.read("a.xml")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods_that_no_office_program_uses_are_refused(method: int) -> None:
    with (
        Package(io.BytesIO(bytes(_package(method)))) as package,
        pytest.raises(zipfile.BadZipFile, match="method"),
    ):
        package.read("a.xml")


def test_a_missing_part_is_told() -> None:
    with Package(io.BytesIO(bytes(_package()))) as package, pytest.raises(KeyError):
        package.read("b.xml")


@pytest.mark.slow
def test_a_list_of_members_without_end_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(bomb_of_members())
    with pytest.raises(TooLarge):
        Package(path)
