"""What all screens share: the folders they work on, the runs in the background, the comparison that is held ready.

`visit_of` gives a page who is there, in which language, and this.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from starlette.requests import Request

from pipeline.app.background import BackgroundRuns
from pipeline.app.gate.visitors import Visitor
from pipeline.app.widgets.phrases import Phrases
from pipeline.app.widgets.picture_store import PictureStore
from pipeline.assess.comparison.model import Comparison
from pipeline.dataset.snapshot import read_manifest
from pipeline.query.review_queue import QueueItem
from pipeline.query.search import SearchIndex
from pipeline.review.form_layouts.form_legends import FormLegend
from pipeline.settings import Settings

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class AppFolders:
    """The files of a user that the app reads and writes beside those of a run."""

    data: Path  # all of a user's data: what a backup holds
    review: Path
    policy: Path
    expected: Path  # the list of who was asked for a sheet
    inquiries: Path  # how far each question to a vendor is


class SnapshotCache(Generic[Value]):
    """What is made of the dataset as it stands, once for each snapshot of it."""

    def __init__(self, dataset: Path, build: Callable[[Path], Value]) -> None:
        self._dataset, self._build = dataset, build
        self._lock = threading.Lock()
        self._made: tuple[object, Value] | None = None

    def get(self) -> Value:
        """The value for the newest snapshot. Raises DatasetMissing."""
        with self._lock:
            key = dataset_key(self._dataset)
            if self._made is None or self._made[0] != key:
                self._made = key, self._build(self._dataset)
            return self._made[1]


def dataset_key(dataset: Path) -> object:
    """Another value for each snapshot of the dataset; None where there is none."""
    manifest = read_manifest(dataset)
    return (manifest.snapshot, manifest.key) if manifest else None


@dataclass(frozen=True, slots=True)
class Workspace:
    """The folders, and what runs beside the screens."""

    settings: Settings
    folders: AppFolders
    runs: BackgroundRuns
    pictures: PictureStore
    comparison: SnapshotCache[Comparison]
    search: SnapshotCache[SearchIndex]
    queue: SnapshotCache[list[QueueItem]]
    controls: SnapshotCache[list[Mapping[str, str]]]
    legends: SnapshotCache[list[FormLegend]]

    @property
    def dataset(self) -> Path:
        """The folder of the tables."""
        return self.settings.out


@dataclass(frozen=True, slots=True)
class Visit:
    """One page in one browser: who is there, the words to show, the workspace."""

    visitor: Visitor
    phrases: Phrases
    workspace: Workspace

    @property
    def language(self) -> str:
        """`ja` or `en`."""
        return self.phrases.language

    def say(self, key: str, **words: object) -> str:
        """A phrase in the visitor's language."""
        return self.phrases.say(key, **words)


def visit_of(request: Request) -> Visit:
    """The visit that a request belongs to; the gate has put its parts into the request's state."""
    state = request.state
    return Visit(state.visitor, Phrases(state.language), state.workspace)
