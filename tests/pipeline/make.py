"""Short ways to made-up sheets, rows and raw folders; all wording is this project's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow.parquet as pq
import pymupdf
from openpyxl import Workbook

from extractors.checklist.model import Checklist, ItemRow
from extractors.location import Location
from pipeline.assemble.rows import Row
from pipeline.document.process import DocumentResult, read_document
from pipeline.sources.discover import RawFile, discover

SAMPLES = {
    "a_xlsx": "株式会社架空堂ソフト/まぼろし商事_安全確認シート_カクウ経費ノート.xlsx",
    "a_pdf": "見本坂クラウド株式会社/安全確認シート回答_ミホン文書便.pdf",
    "a_mixed": "受領_2026-06/例文ラボ様_安全確認シート（再提出）.xlsx",
    "b_xlsx": "株式会社架空堂ソフト/サービスレベル回答表_カクウ経費ノート_20260601.xlsx",
    "b_pdf": "受領_2026-06/20260615_サンプル港データ_サービスレベル回答表.pdf",
    "c_filled": "見本坂クラウド株式会社/夢見野県_要件確認書_様式第3号_ミホン文書便.xlsx",
    "c_blank": "様式/夢見野県_要件確認書_様式第3号_未記入.xlsx",
}
HEADER = ("No.", "分類", "確認事項", "回答", "備考")
QUESTIONS = (
    "利用者の名簿を毎月見直していること。",
    "受付の窓口を平日の昼間に開けていること。",
    "倉庫の鍵を二人で管理していること。",
    "来客の記録を紙と画面の両方に残していること。",
    "避難の訓練を春と秋に行っていること。",
    "備品の棚卸しを年度の終わりに行っていること。",
)
ENCRYPTED = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
)


def item_row(number: int | str, answer: str, requirement: str | None = None) -> ItemRow:
    """One answer cell of a list in sheet 一覧."""
    question = requirement or (
        QUESTIONS[(int(number) - 1) % len(QUESTIONS)] if str(number).isdigit() else "問い"
    )
    location = Location(sheet="一覧", cells=f"D{number}")
    return ItemRow(str(number), question, answer, "", "provider", location)


def checklist(rows: Sequence[ItemRow], kind: str = "form", legend: Sequence[str] = ()) -> Checklist:
    """A list of the given rows."""
    return Checklist("みほん点検表", kind, tuple(rows), HEADER, tuple(legend), "一覧")


def answers(*texts: str) -> Checklist:
    """A list with these answer cells, numbered from 1."""
    return checklist([item_row(number, text) for number, text in enumerate(texts, 1)])


def sheet_rows(replies: Sequence[str], remarks: str = "") -> list[Sequence[str]]:
    """The rows of a small list: its header and one row a reply."""
    rows = [
        (str(number), "設備", QUESTIONS[(number - 1) % len(QUESTIONS)], reply, remarks)
        for number, reply in enumerate(replies, 1)
    ]
    return [HEADER, *rows]


def write_workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[str]]], hidden: str = "") -> Path:
    """A workbook of plain cells; blank texts are empty cells."""
    book = Workbook()
    first = book.active
    assert first is not None
    book.remove(first)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([text or None for text in row])
        if title == hidden:
            sheet.sheet_state = "hidden"
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def write_pdf(path: Path, lines: Sequence[str], password: str = "") -> Path:
    """A PDF of plain lines, locked where a password is given."""
    book = pymupdf.open()
    page = book.new_page()
    for number, line in enumerate(lines):
        page.insert_text((50, 60 + 20 * number), line)
    if password:
        book.save(path, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw=password, owner_pw=password)
    else:
        book.save(path)
    book.close()
    return path


def raw_file(path: Path) -> RawFile:
    """A file of a raw folder as discover hands it out."""
    return next(file for file in discover(path.parent) if file.path == path)


def read_one(path: Path) -> DocumentResult:
    """What reading one file gives."""
    return read_document(raw_file(path))


def in_process(files: Sequence[RawFile], *_: object) -> Iterator[DocumentResult]:
    """Stands in for `pipeline.execution.read_files.read_all` where a test is not about processes, which take long to start."""
    return map(read_document, files)


def table(folder: Path, name: str) -> list[Row]:
    """A table's rows."""
    rows: list[Row] = pq.read_table(folder / f"{name}.parquet").to_pylist()
    return rows


def codes(outcome: DocumentResult) -> list[str]:
    """The codes of an outcome's problems."""
    return [problem.code for problem in outcome.issues]
