"""Fixtures that several rooms' tests share: the shipped samples, their outcomes, and a dataset made of them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from pipeline.document.process import DocumentResult, read_document
from pipeline.ingest import ingest
from pipeline.settings import Settings
from pipeline.sources.discover import discover

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden"
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def manifest() -> list[dict[str, Any]]:
    """The samples' manifest."""
    entries: list[dict[str, Any]] = json.loads((GOLDEN / "MANIFEST.json").read_text(encoding="utf-8"))
    return entries


@pytest.fixture(scope="session")
def samples(manifest: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A raw folder with the shipped samples only, whatever else a user put into data/raw."""
    folder = tmp_path_factory.mktemp("samples")
    for entry in manifest:
        target = folder / entry["file"]
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / "data" / "raw" / entry["file"], target)
    return folder


@pytest.fixture(scope="session")
def outcomes(samples: Path) -> dict[str, DocumentResult]:
    """What reading each sample gave, by its path; nothing is aligned."""
    return {file.name: read_document(file) for file in discover(samples)}


@pytest.fixture(scope="session")
def dataset(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of the samples (slow: it aligns)."""
    out = tmp_path_factory.mktemp("dataset")
    ingest(Settings(samples, out, workers=1))
    return out
