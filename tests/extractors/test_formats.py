"""The table of kinds: every row can be met, has a name of its own, and a reader that there is and that a version counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.formats import BY_KIND, FORMATS, MEDIA_TYPES, Format, keeps_colours
from extractors.read import load_reader
from pipeline.system import fingerprints
from tests.conftest import ROOT

READ = [entry for entry in FORMATS if entry.reader]


def test_every_kind_and_every_ending_stands_once() -> None:
    endings = [ending for entry in FORMATS for ending in entry.endings]
    assert len(BY_KIND) == len(MEDIA_TYPES) == len(FORMATS)
    assert len(set(endings)) == len(endings)


@pytest.mark.parametrize("entry", READ, ids=lambda entry: entry.kind)
def test_the_reader_of_a_kind_is_there_and_part_of_the_version(entry: Format) -> None:
    module, _, _ = entry.reader.partition(":")
    assert isinstance(load_reader(entry.reader), Callable)
    assert Path(ROOT / module.replace(".", "/")).with_suffix(".py") in fingerprints.closure(
        fingerprints.READING
    )


@pytest.mark.parametrize(
    ("extractor", "kept"),
    [
        ("spreadsheetml", True),
        ("openpyxl", True),
        ("biff", True),
        ("opendocument", True),
        ("wordprocessingml", True),
        ("calamine", False),
        ("pymupdf", False),
        ("text", False),
        ("lxml.html", False),
    ],
)
def test_colours_are_kept_by_readers_of_cells(extractor: str, kept: bool) -> None:
    assert keeps_colours(extractor) is kept
