"""What a received file makes its reader do stays in the reader's process, also where the app draws a page for a person."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("nicegui", reason="the app is not installed (make app)")

from extractors.checklist.model import LayoutDecision
from extractors.location import Location
from pipeline.app.widgets import picture_store
from pipeline.app.widgets.picture_store import PictureStore, PlaceRequest
from pipeline.settings import Settings
from tests.pipeline.app.hostile_readers import dies, starts_a_program, writes
from tests.pipeline.make import sheet_rows, write_workbook

PLACE = PlaceRequest("a.xlsx", "0" * 16, Location(sheet="一覧", cells="D2"))
DECISION = LayoutDecision("1f2e", ("number", "requirement", "answer"))


@pytest.fixture
def store(tmp_path: Path) -> PictureStore:
    write_workbook(tmp_path / "raw" / "a.xlsx", {"一覧": sheet_rows(["○", "×", "○"], "備考")})
    return PictureStore(Settings(tmp_path / "raw", tmp_path / "out"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("reader", "told"), [(starts_a_program, "os.system"), (writes, "open to write"), (dies, "SIGABRT")]
)
def test_a_reader_is_ended_and_told_and_the_next_page_is_drawn(
    store: PictureStore, monkeypatch: pytest.MonkeyPatch, reader: object, told: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(picture_store, "draw_place", reader)
        patch.setattr(picture_store, "preview_layout", reader)
        address, picture = store.draw(PLACE, "en")
        preview = store.preview("a.xlsx", DECISION, "en")
    try:
        assert told in str(picture)
        assert told in str(preview)
        assert store.png(address.rpartition("/")[2].removesuffix(".png")) is None
        assert "os.system" not in str(store.draw(PLACE, "en")[1])
    finally:
        store.close()
    assert not Path("/tmp/written-by-a-reader").exists()


def test_no_path_of_a_request_leaves_the_folder(store: PictureStore, tmp_path: Path) -> None:
    """Paths come from the dataset; what leads out of the folder, or to a link, is not drawn."""
    (tmp_path / "secret.csv").write_text("1,2", encoding="utf-8")
    (tmp_path / "raw" / "link.csv").symlink_to(tmp_path / "secret.csv")
    try:
        for path in ("../secret.csv", str(tmp_path / "secret.csv"), "link.csv", "a.xlsx/../../secret.csv"):
            _, picture = store.draw(PlaceRequest(path, "0" * 16, Location()), "en")
            assert isinstance(picture, str), path
    finally:
        store.close()
