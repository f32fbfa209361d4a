"""Pictures of pages for the screens: drawn in confined processes that stay, kept while they may be asked for again.

A screen gets the place's boxes at once and the PNG under an address; the address is not to be guessed, and behind the gate.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractors.checklist.model import LayoutDecision
from extractors.issue import Issue
from extractors.location import Location
from pipeline.execution.open_containers import find_file
from pipeline.execution.process_pool import WarmProcesses
from pipeline.execution.sandbox import ProcessLimits
from pipeline.problems import message_of
from pipeline.settings import Settings
from pipeline.sources.discover import RawFile
from pipeline.sources.file_names import path_in
from pipeline.sources.passwords import passwords_in
from pipeline.viewer.layout_preview import LayoutPreview, preview_layout
from pipeline.viewer.place_picture import PlacePicture, draw_columns, draw_place, prepare_drawing
from pipeline.viewer.words import ViewerWords

PICTURES = "/pictures"
_KEPT = 40
_SECONDS = 120.0
_WORKERS = 2


@dataclass(frozen=True, slots=True)
class PlaceRequest:
    """A place of a document to be shown: path inside the raw folder, its id, where; `columns` of a table."""

    path: str
    document_id: str
    location: Location
    columns: tuple[str, ...] = ()


class PictureStore:
    """Draws places, each once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._processes = WarmProcesses(_WORKERS, ProcessLimits(_SECONDS))
        self._processes.prepare(_WORKERS, prepare_drawing)
        self._pictures: OrderedDict[str, PlacePicture | str] = OrderedDict()
        self._guard = threading.Lock()
        self._drawing: dict[str, threading.Lock] = {}

    def draw(self, request: PlaceRequest, language: str) -> tuple[str, PlacePicture | str]:
        """Address and picture of a place; instead of the picture the sentence that says why there is none."""
        name = hashlib.sha256(repr((request, language)).encode("utf-8", "surrogatepass")).hexdigest()[:32]
        with self._guard:
            lock = self._drawing.setdefault(name, threading.Lock())
        with lock:
            picture = self._kept(name)
            if picture is None:
                picture = self._drawn(request, language)
                self._keep(name, picture)
        return f"{PICTURES}/{name}.png", picture

    def png(self, name: str) -> bytes | None:
        """The PNG of an address that `draw` gave; None where it is not kept any more."""
        picture = self._kept(name)
        return picture.png if isinstance(picture, PlacePicture) else None

    def preview(self, path: str, decision: LayoutDecision, language: str) -> LayoutPreview:
        """The rows that a file would give by a decision on a layout."""
        try:
            file = self._file(path)
        except (FileNotFoundError, IsADirectoryError):
            return LayoutPreview((), 0, ViewerWords(language).say("where_gone", file=path))
        arguments = (file, decision, (language, self._passwords()))
        preview = self._processes.run(preview_layout, arguments)
        return (
            LayoutPreview((), 0, message_of(preview, path, language))
            if isinstance(preview, Issue)
            else preview
        )

    def close(self) -> None:
        """End the processes."""
        self._processes.close()

    def _kept(self, name: str) -> PlacePicture | str | None:
        with self._guard:
            if name in self._pictures:
                self._pictures.move_to_end(name)
            return self._pictures.get(name)

    def _keep(self, name: str, picture: PlacePicture | str) -> None:
        with self._guard:
            self._drawing.pop(name, None)
            if isinstance(picture, PlacePicture):  # a reason may be gone the next time
                self._pictures[name] = picture
            while len(self._pictures) > _KEPT:
                self._pictures.popitem(last=False)

    def _drawn(self, request: PlaceRequest, language: str) -> PlacePicture | str:
        try:
            file = self._file(request.path)
        except (FileNotFoundError, IsADirectoryError):
            return ViewerWords(language).say("where_gone", file=request.path)
        work, arguments = self._work(file, request, language)
        drawn = self._processes.run(work, arguments)
        return message_of(drawn, request.path, language) if isinstance(drawn, Issue) else drawn

    def _work(
        self, file: RawFile, request: PlaceRequest, language: str
    ) -> tuple[Callable[..., PlacePicture | str], tuple[object, ...]]:
        reading = (language, self._passwords())
        if request.columns:
            return draw_columns, (file, request.location, request.columns, reading)
        return draw_place, (file, request.document_id, request.location, reading)

    def _file(self, name: str) -> RawFile:
        """The file of the dataset with this name, or what a mail or an archive carries under it."""
        return find_file(path_in(self._settings.raw, name), self._passwords(), self._processes.run)

    def _passwords(self) -> Sequence[str]:
        settings = self._settings
        return (*settings.passwords, *passwords_in([settings.raw, *settings.password_folders]))
