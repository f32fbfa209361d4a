"""Mails, archives and pictures to break, and what a run does with one: look into it, read it, read what it carries."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from extractors.issue import Issue
from pipeline.document.process import DocumentResult, read_document
from pipeline.sources.contents import carried_files, list_file
from pipeline.sources.discover import RawFile
from tests.extractors.scan.pages import table_page, to_gray
from tests.pipeline.arrivals.make_folder import PASSWORD, received_archives, received_mails

_MOST_READ = 4  # carried files that are read of each carrier
_ROWS = (
    ("No.", "確認事項", "回答", "備考"),
    ("1", "鍵の管理", "○", ""),
    ("2", "来客の記録", "×", "来月から"),
)
_PICTURES = {"PNG": ".png", "JPEG": ".jpg", "TIFF": ".tif", "GIF": ".gif", "BMP": ".bmp"}


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of one carrier: its status, its problems and those of what it carries, and the traces."""

    status: str
    issues: tuple[Issue, ...]
    trace: str


def write_carriers(folder: Path) -> list[Path]:
    """Mails and archives as they arrive."""
    things = received_mails() | received_archives()
    return [_write(folder, name.replace("/", "_"), data) for name, data in sorted(things.items())]


def write_pictures(folder: Path) -> list[Path]:
    """A page with a table as each kind of picture; the faxed kind has two pages."""
    page = Image.fromarray(to_gray(table_page(_ROWS)))
    paths = []
    for kind, ending in _PICTURES.items():
        sink = io.BytesIO()
        more = {"save_all": True, "append_images": [page]} if kind == "TIFF" else {}
        page.save(sink, kind, dpi=(200, 200), **more)
        paths.append(_write(folder, f"page{ending}", sink.getvalue()))
    return paths


def _write(folder: Path, name: str, data: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    return path


def look_into(file: RawFile, passwords: Sequence[str] = (PASSWORD,)) -> Looked:
    """As a run does, in one process: what it carries is listed, then it is read, and the first files that it carries."""
    inner = [entry for entry in carried_files(file, list_file(file, passwords)) if entry.skip is None]
    outcomes: list[DocumentResult] = [read_document(each, passwords) for each in (file, *inner[:_MOST_READ])]
    issues = tuple(issue for outcome in outcomes for issue in outcome.issues)
    return Looked(outcomes[0].status, issues, "\n".join(outcome.trace for outcome in outcomes))
