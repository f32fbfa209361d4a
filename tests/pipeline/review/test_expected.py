"""The list of who was asked: its lines, and what came of each."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from normalizers.values.organisations import organisation_key
from pipeline.assemble.rows import Row
from pipeline.errors import ExpectedUnreadable
from pipeline.incremental.expected_sheets import ReplyState, match_requests
from pipeline.review.lines.expected import SheetRequest, read_requests

_HEADER = "vendor,service,form,due\n"


def _written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "expected.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_lines_are_read_as_excel_saves_them(tmp_path: Path, encoding: str) -> None:
    path = _written(tmp_path, _HEADER + "株式会社カクウ,帳簿,安全表,令和8年6月30日\n見本社,,,\n", encoding)
    assert read_requests(path) == [
        SheetRequest(2, "株式会社カクウ", "帳簿", "安全表", dt.date(2026, 6, 30)),
        SheetRequest(3, "見本社"),
    ]
    assert read_requests(tmp_path / "nowhere.csv") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("vendor,service,form\nx,y,z\n", "column due is missing"),
        (_HEADER + ",y,z,\n", "line 2: write the vendor"),
        (_HEADER + "x,,,いつか\n", "line 2: “いつか” is no day"),
    ],
)
def test_a_broken_line_is_told_with_its_number(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ExpectedUnreadable, match=told):
        read_requests(_written(tmp_path, text))


def _document(number: int, vendor: str, status: str = "ok", service: str | None = None) -> Row:
    return {
        "document_id": str(number), "path": f"{number}.xlsx", "version": 1, "status": status,
        "vendor_key": organisation_key(vendor), "service": service,
    }  # fmt: skip


def _list(number: int, kind: str = "filled", form: str = "f2", name: str = "安全表 第2版") -> Row:
    return {"document_id": str(number), "kind": kind, "form_id": form, "form_name": name, "form_family": "f1"}


DOCUMENTS = [
    _document(1, "株式会社カクウ", service="カクウ帳簿"),
    _document(2, "見本社"),
    _document(3, "白紙社"),
    _document(4, "例文社", "failed"),
    _document(5, "手紙社", "container"),
    _document(6, "別紙社"),
]
LISTS = [
    _list(1),
    _list(2, form="f1", name="安全表 第1版"),
    _list(3, "blank"),
    {**_list(6, form="g", name="別の表"), "form_family": None},
]


@pytest.mark.parametrize(
    ("request_line", "state", "paths"),
    [
        (SheetRequest(2, "㈱カクウ", "帳簿", "安全表 第2版"), ReplyState.RECEIVED, ("1.xlsx",)),
        (SheetRequest(2, "カクウ"), ReplyState.RECEIVED, ("1.xlsx",)),
        (SheetRequest(2, "カクウ", "人事"), ReplyState.NOTHING, ()),
        (SheetRequest(2, "見本社", form="安全表 第2版"), ReplyState.OLD_FORM, ("2.xlsx",)),
        (SheetRequest(2, "見本社", form="f2"), ReplyState.OLD_FORM, ("2.xlsx",)),
        (SheetRequest(2, "見本社", form="3.xlsx"), ReplyState.OLD_FORM, ("2.xlsx",)),
        (SheetRequest(2, "別紙社", form="安全表 第2版"), ReplyState.OTHER_FORM, ("6.xlsx",)),
        (SheetRequest(2, "白紙社"), ReplyState.BLANK, ("3.xlsx",)),
        (SheetRequest(2, "例文社"), ReplyState.UNUSABLE, ("4.xlsx",)),
        (SheetRequest(2, "手紙社"), ReplyState.NOTHING, ()),
        (SheetRequest(2, "だれか社"), ReplyState.NOTHING, ()),
    ],
)
def test_what_came_of_a_request(
    request_line: SheetRequest, state: ReplyState, paths: tuple[str, ...]
) -> None:
    [sheet] = match_requests([request_line], DOCUMENTS, LISTS)
    assert (sheet.state, sheet.paths) == (state, paths)
