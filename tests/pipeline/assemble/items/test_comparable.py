"""One document, or one vendor's folder, asks no more than can be compared beside everybody else's; what is left out is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.assemble.form_editions import assign_families
from pipeline.assemble.forms import FormList, assign_forms
from pipeline.assemble.items import comparable
from pipeline.document import process
from tests.pipeline.make import codes, read_one, table
from tests.pipeline.rerun import again, check_whole, read_here


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Sheets of 3 questions each: two in one vendor's folder, one in another's, one that asks far more."""
    monkeypatch.setattr("pipeline.ingest.read_all", read_here)
    for name in ("社甲/a.csv", "社甲/b.csv", "社乙/a.csv"):
        questions = [f"{number},区分,{name} の手順 {number} を定めていますか,○," for number in range(3)]
        _write(tmp_path / "raw" / name, questions)
    _write(
        tmp_path / "raw" / "社丙" / "z.csv", [f"{n},区分,作り話 {n} を定めていますか,○," for n in range(8)]
    )
    return tmp_path


def _write(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["No.,分類,設問,回答,備考", *lines]) + "\n", encoding="utf-8")


def _compared(folder: Path) -> set[str]:
    """The paths of which any question has candidates."""
    items = {row["item_id"] for row in table(folder / "out", "alignments")}
    paths = {row["document_id"]: row["path"] for row in table(folder / "out", "documents")}
    return {paths[row["document_id"]] for row in table(folder / "out", "answers") if row["item_id"] in items}


def _told(folder: Path) -> list[str]:
    rows = table(folder / "out", "problems")
    return [row["path"] for row in rows if row["code"] == "questions_not_compared"]


def test_a_document_that_asks_too_much_is_stored_and_not_compared(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparable, "MOST_OF_DOCUMENT", 5)
    again(folder)
    assert "社丙/z.csv" not in _compared(folder)
    assert _told(folder) == ["社丙/z.csv"]
    assert sum(row["answer"] == "yes" for row in table(folder / "out", "answers")) == 17
    check_whole(folder / "out")


def test_a_folder_uses_up_its_own_share_only(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparable, "MOST_OF_FOLDER", 4)
    again(folder)
    assert _told(folder) == ["社丙/z.csv", "社甲/b.csv"]
    again(folder, fresh=True)
    assert _told(folder) == ["社丙/z.csv", "社甲/b.csv"]
    monkeypatch.undo()
    monkeypatch.setattr("pipeline.ingest.read_all", read_here)
    again(folder, fresh=True)
    assert _told(folder) == []


def test_copying_another_s_questions_keeps_them_from_no_comparison(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = [f"{number},区分,社乙/a.csv の手順 {number} を定めていますか,×," for number in range(3)]
    _write(folder / "raw" / "a.csv", [*copied, *(f"{n},区分,偽り {n} を定めていますか,○," for n in range(9))])
    monkeypatch.setattr(comparable, "MOST_OF_DOCUMENT", 9)
    again(folder)
    assert _told(folder) == ["a.csv"]
    candidates = {row["item_id"] for row in table(folder / "out", "alignments")}
    ids = {row["document_id"] for row in table(folder / "out", "documents") if row["path"] == "社乙/a.csv"}
    asked = {row["item_id"] for row in table(folder / "out", "answers") if row["document_id"] in ids}
    assert asked & candidates


def test_a_list_longer_than_any_sheet_is_not_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "MOST_ROWS", 7)
    outcome = read_one(folder / "raw" / "社丙" / "z.csv")
    assert (outcome.status, codes(outcome)) == ("failed", ["file_asks_too_much"])
    assert read_one(folder / "raw" / "社甲" / "a.csv").status == "ok"


def test_forms_are_found_again_without_comparing_all_with_all() -> None:
    lists = [FormList(frozenset({"common", f"a{n}", f"b{n}", f"c{n}"}), "", None) for n in range(300)]
    forms = assign_forms([*lists, FormList(frozenset({"common", "a7", "b7", "c7", "new"}), "", None)])
    assert len({form.form_id for form in forms[:300]}) == len({min(entry.items) for entry in lists})
    assert forms[300] == forms[7]


def test_very_many_forms_of_one_title_keep_no_others_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.assemble.form_editions._MOST_PAIRS", 50)
    many = {f"m{n}": ("同じ題", [f"問い {n} の {k}" for k in range(4)]) for n in range(30)}
    two = {
        name: ("別の題", ["水をやるか", "草を抜くか", "土を換えるか", "鉢を洗うか"]) for name in ("x1", "x2")
    }
    families = assign_families(many | two)
    assert families["x1"] == families["x2"]
