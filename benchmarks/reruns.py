"""What a second run costs: a folder of small made-up sheets, run again unchanged and with one file more.

    python -m benchmarks.reruns [FILES] [FOLDER]

prints seconds for the first run, a run on the unchanged folder, a run with one file more, and one after a changed
decision, and checks that no row is lost or doubled.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl

from pipeline.dataset.tables import read_table
from pipeline.incremental.run_report import RunReport
from pipeline.ingest import ingest
from pipeline.settings import Settings

FORMS, ROWS, SHARE_OF_WORKBOOKS = 40, 12, 10
HEADER = ("No.", "分類", "確認事項", "回答", "備考")
THINGS = ("鍵", "名簿", "倉庫", "窓口", "記録", "書庫", "掲示", "備品", "通路", "台帳", "時計", "札")
CARE = (
    "毎月見直していること",
    "二人で管理していること",
    "鍵の掛かる棚に置いていること",
    "年に一度数えていること",
)
ANSWERS = ("○", "×", "△", "○", "")


def question(form: int, number: int) -> str:
    """A question of a form, made up."""
    return f"第{form}区画の{THINGS[number % len(THINGS)]}を{CARE[(form + number) % len(CARE)]}。"


def write_sheet(raw: Path, number: int) -> Path:
    """One filled form as CSV, every tenth as a workbook; no two hold the same bytes."""
    form = number % FORMS
    rows: list[tuple[str, ...]] = [HEADER]
    for row in range(1, ROWS + 1):
        answer = ANSWERS[(number + row) % len(ANSWERS)]
        rows.append((str(row), "設備", question(form, row), answer, f"受付{number}" if row == 1 else ""))
    folder = raw / f"{number // 100:03d}"
    folder.mkdir(parents=True, exist_ok=True)
    if number % SHARE_OF_WORKBOOKS:
        path = folder / f"{number:05d}.csv"
        path.write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
        return path
    book = openpyxl.Workbook()
    for cells in rows:
        book.active.append([text or None for text in cells])
    path = folder / f"{number:05d}.xlsx"
    book.save(path)
    return path


def _timed(name: str, work: Callable[[], RunReport]) -> RunReport:
    start = time.perf_counter()
    run = work()
    taken = time.perf_counter() - start
    print(f"{name:34} {taken:8.2f} s   {len(run.lines)} files, {run.unchanged} taken over", flush=True)
    return run


def _check(out: Path, files: int) -> None:
    answers = read_table(out, "answers").select(["document_id", "row"]).to_pylist()
    keys = {(row["document_id"], row["row"]) for row in answers}
    assert len(answers) == len(keys) == files * ROWS, (len(answers), len(keys), files * ROWS)


def main(files: int, folder: Path) -> None:
    """Measure with `files` files below `folder`."""
    raw, out = folder / "raw", folder / "out"
    for number in range(files):
        write_sheet(raw, number)
    time.sleep(2.5)  # marks of files changed within two seconds are not trusted
    settings = Settings(raw, out, workers=2)
    _timed("first run", lambda: ingest(settings))
    _check(out, files)
    _timed("unchanged", lambda: ingest(settings))
    before = {name: (out / name).read_bytes() for name in ("answers.parquet", "documents.parquet")}
    _timed("unchanged again", lambda: ingest(settings))
    assert before == {name: (out / name).read_bytes() for name in before}
    write_sheet(raw, files)
    _timed("one file more", lambda: ingest(settings))
    _check(out, files + 1)
    decisions = folder / "alignments.csv"
    decisions.write_text("item_id,control_id,verdict,who,when,note,name,requirement\n", encoding="utf-8")
    item = read_table(out, "items")["item_id"][0].as_py()
    control = read_table(out, "controls")["control_id"][0].as_py()
    with decisions.open("a", encoding="utf-8") as stream:
        stream.write(f"{item},{control},yes,someone,2026-01-01,,,\n")
    _timed("a decision more", lambda: ingest(Settings(raw, out, workers=2, review=folder)))
    _check(out, files + 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory of the process that writes, at most {peak:.0f} MB")


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    if len(sys.argv) > 2:
        main(count, Path(sys.argv[2]))
    else:
        with tempfile.TemporaryDirectory() as place:
            main(count, Path(place))
