"""Editions of one form: reworded and renumbered, with a year in the title."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.assemble.form_editions import assign_families
from pipeline.ingest import ingest
from pipeline.settings import Settings
from tests.pipeline.make import in_process, table, write_workbook

ROOMS = ["応接室の窓を毎晩閉めていること。", "倉庫の鍵を二人で管理していること。", "来客の氏名を記録していること。",
         "庭の落ち葉を毎朝集めていること。", "非常口の前に物を置いていないこと。", "名簿を金庫に保管していること。"]  # fmt: skip
REWORDED = [text.replace("いること", "いますか") for text in ROOMS]
OTHERS = [f"第{n}の池の水を{n}月に入れ替えること。" for n in range(1, 7)]


@pytest.mark.parametrize(
    ("one", "other", "linked"),
    [
        (("点検表 2024年度版", ROOMS), ("点検表（2025年度版）", REWORDED), True),
        (("点検表 第1版", ROOMS), ("点検表 第2版", [*REWORDED[:3], *OTHERS]), True),
        (("点検表", ROOMS), ("見回りの票", REWORDED), True),
        (("点検表", ROOMS), ("見回りの票", [*REWORDED[:2], *OTHERS]), False),
        (("点検表 2024", ROOMS), ("点検表 2025", OTHERS), False),
        ((None, ROOMS), (None, OTHERS), False),
        (("点検表", []), ("点検表", ROOMS), False),
    ],
)
def test_editions_are_linked(
    one: tuple[str | None, list[str]], other: tuple[str | None, list[str]], linked: bool
) -> None:
    # Without a title only forms that share a question in the same words are compared.
    told = {
        "a": (one[0], [*one[1], "受付の花を替えること。"]),
        "b": (other[0], [*other[1], "受付の花を替えること。"]),
    }
    assert assign_families(told) == ({"a": "a", "b": "a"} if linked else {})


def _write(path: Path, title: str, texts: list[str]) -> None:
    rows = [("No.", "確認事項", "回答"), *((str(n), text, "○") for n, text in enumerate(texts, 1))]
    write_workbook(path, {"票": [(title,), *rows]})


def test_two_editions_keep_their_ids_and_share_a_family(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.ingest.read_all", in_process)
    raw = tmp_path / "raw"
    _write(raw / "a.xlsx", "点検表 2024年度", ROOMS)
    _write(raw / "b.xlsx", "点検表 2024年度　", ROOMS)
    _write(raw / "c.xlsx", "点検表 2025年度", [f"必ず{text}" for text in ROOMS])
    _write(raw / "d.xlsx", "池", OTHERS)
    ingest(Settings(raw, tmp_path / "out"))
    paths = {row["document_id"]: row["path"] for row in table(tmp_path / "out", "documents")}
    told = {paths[row["document_id"]]: row for row in table(tmp_path / "out", "checklists")}
    forms = {path: row["form_id"] for path, row in told.items()}
    assert forms["a.xlsx"] == forms["b.xlsx"] != forms["c.xlsx"]
    assert told["a.xlsx"]["form_family"] == told["c.xlsx"]["form_family"] is not None
    assert told["d.xlsx"]["form_family"] is None
