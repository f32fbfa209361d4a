"""Plain names while they are exchanged: at every moment, and after a kill at any, each answer finds what it refers to."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.dataset import plain_files
from tests.pipeline.make import table
from tests.pipeline.rerun import again, check_whole, quick, sheet


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A dataset of two sheets; one has gone since, one has changed, one has come."""
    quick(monkeypatch)
    for name in ("a", "b"):
        sheet(tmp_path / "raw" / f"{name}.csv", ["○", "×", "△"], f"覚え {name}")
    again(tmp_path)
    (tmp_path / "raw" / "a.csv").unlink()
    sheet(tmp_path / "raw" / "b.csv", ["×", "×", "○", "○"], "別の覚え")
    sheet(tmp_path / "raw" / "c.csv", ["○", "○", "○", "○", "○"], "三つ目")
    return tmp_path


def _lost(out: Path) -> set[str]:
    """What answers name and no row is there for."""
    answers = table(out, "answers")
    documents = {row["document_id"] for row in table(out, "documents")}
    lists = {(row["document_id"], row["checklist"]) for row in table(out, "checklists")}
    items = {row["item_id"] for row in table(out, "items")}
    lost = {row["document_id"] for row in answers} - documents
    lost |= {row["item_id"] for row in answers} - items
    return lost | {
        row["document_id"] for row in answers if (row["document_id"], row["checklist"]) not in lists
    }


@pytest.mark.parametrize("prune", [False, True])
def test_no_answer_loses_its_document_while_files_are_exchanged(
    folder: Path, monkeypatch: pytest.MonkeyPatch, prune: bool
) -> None:
    lost: list[set[str]] = []

    def noted(name: str) -> None:
        act = getattr(plain_files, name)

        def acting(*words: object) -> None:
            act(*words)
            lost.append(_lost(folder / "out"))

        monkeypatch.setattr(plain_files, name, acting)

    noted("_link")
    noted("_write")
    again(folder, prune=prune)
    assert len(lost) >= 4
    assert lost == [set()] * len(lost)
    check_whole(folder / "out")


@pytest.mark.parametrize("steps", range(0, 7, 2))
def test_a_run_that_ends_between_two_names_leaves_every_answer_its_document(
    folder: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    done: list[str] = []

    def ending(name: str) -> None:
        act = getattr(plain_files, name)

        def acting(*words: object) -> None:
            if len(done) == steps:
                raise KeyboardInterrupt
            act(*words)
            done.append(name)

        monkeypatch.setattr(plain_files, name, acting)

    with monkeypatch.context() as patch:
        monkeypatch = patch
        ending("_link")
        ending("_write")
        with pytest.raises(KeyboardInterrupt):
            again(folder, prune=True)
    assert _lost(folder / "out") == set()
    again(folder, prune=True)
    check_whole(folder / "out")
    assert {row["path"] for row in table(folder / "out", "documents")} == {"b.csv", "c.csv"}
