"""Twelve files as vendors send them: the samples, a form that no rule knows three times, hostile ones, a legend of its own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.conftest import ROOT
from tests.pipeline.make import write_workbook

NASTY = "<script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
HOSTILE = 'it\'s "quoted" <b>様.xlsx'
LEGEND = "みほん灯台_記号表.xlsx"
LONG = "大" * 32_000  # the most that a cell of Excel holds; a megabyte of it stands in a cell of CSV
QUESTIONS = (
    "倉の鍵を毎朝数えていますか", "荷札を二人で確認していますか", "窓を閉めて帰りますか", "箱に名を書いていますか",
    "帳面を毎週写していますか", "客の名を外に出しませんか", "古い帳面を処分していますか", "門番を夜も置いていますか",
)  # fmt: skip


def unknown_form(path: Path, number: int, header: tuple[str, ...] = ("ことがら", "ようす", "おぼえ")) -> Path:
    """A form of which no word of the header is known."""
    replies = ["済" if n % (number + 2) else "未" for n in range(len(QUESTIONS))]
    rows = [(q, reply, f"係{n}") for n, (q, reply) in enumerate(zip(QUESTIONS, replies, strict=True))]
    return write_workbook(path, {"表": [header, *rows]})


def legend_form(path: Path, marks: str = "○※×※○※○※") -> Path:
    """A form whose legend explains ※ in words that nobody knows."""
    rows = [(str(n), q, mark) for n, (q, mark) in enumerate(zip(QUESTIONS, marks, strict=True), 1)]
    top = ("凡例　○：実施済　×：未実施　※：北棟の係に委ねる", "", "")
    return write_workbook(path, {"回答": [top, ("番号", "設問", "回答"), *rows]})


def hostile_form(path: Path) -> Path:
    """A sheet that tries to run in whoever looks at it, with answers that need a person."""
    rows = [
        ("No.", "確認事項", "回答", "備考"),
        ("1", "荷を数えること。", "○※", NASTY),
        ("2", f"窓 {NASTY}", "△×", LONG),
    ]
    rows += [(str(n), question, "○", "") for n, question in enumerate(QUESTIONS, 3)]
    return write_workbook(path, {"回答": rows})


def long_form(path: Path) -> Path:
    """A sheet as CSV with an answer of a megabyte."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = ["No.,確認事項,回答,備考", f"1,荷を量ること。,{'良い。' * 120_000},", "2,棚を拭くこと。,△×,"]
    rows += [f"{n},{question},○," for n, question in enumerate(QUESTIONS, 3)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def twelve_sheets(folder: Path) -> list[Path]:
    """The files, in a folder that no app knows yet."""
    manifest = json.loads((ROOT / "tests/golden/MANIFEST.json").read_text(encoding="utf-8"))
    files = []
    for entry in manifest:
        files.append(folder / Path(entry["file"]).name)
        shutil.copyfile(ROOT / "data/raw" / entry["file"], files[-1])
    files += [unknown_form(folder / f"株式会社みほん{'一二'[n]}号_照会.xlsx", n) for n in range(2)]
    files += [
        hostile_form(folder / HOSTILE),
        long_form(folder / "株式会社ながい文_回答.csv"),
        legend_form(folder / LEGEND),
    ]
    assert len(files) == 12
    return files
