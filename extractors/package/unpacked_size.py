"""Zip package in, nothing out where it may be unpacked: a file of some kilobytes can unpack to gigabytes.

Raises TooLarge for a package that unpacks to more than 1 GiB, or to more than 500 times its size. Sizes are those that the
package's own list of members names; archive.py sees to it that no member unpacks to more than that.
"""

from __future__ import annotations

import zipfile
from io import BytesIO

from extractors.errors import BROKEN_PACKAGE, TooLarge
from extractors.grid import Source
from extractors.package.archive import Package

_MAX_UNPACKED = 1 << 30
_MAX_RATIO = 500
_SMALL = 20 << 20  # bytes that any package may unpack to


def check_size(source: Source) -> None:
    """Look whether the package `source` may be unpacked; what is no zip is passed over. Raises TooLarge."""
    try:
        with Package(source) as package:
            check_unpacked(package, source)
    except BROKEN_PACKAGE:
        return  # an old .xls, or a zip so broken that its reader says it better


def check_unpacked(package: zipfile.ZipFile, source: Source) -> None:
    """Look whether the open package of the file `source` may be unpacked. Raises TooLarge."""
    unpacked = sum(entry.file_size for entry in package.infolist())
    packed = max(len(source.getbuffer()) if isinstance(source, BytesIO) else source.stat().st_size, 1)
    if unpacked > _MAX_UNPACKED or (unpacked > _SMALL and unpacked / packed > _MAX_RATIO):
        raise TooLarge(megabytes=str(unpacked >> 20))
