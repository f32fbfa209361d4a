"""The list of who was asked: its lines, and what came of each."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from normalizers.values.organisations import organisation_key
from pipeline.assemble.rows import Row
from pipeline.errors import ExpectedUnreadable
from pipeline.incremental.expected_sheets import ReplyState, match_requests
from pipeline.review.lines.expected import (
    SheetRequest,
    adopt_invited,
    read_requests,
    requests_to_text,
    text_to_requests,
    write_requests,
)

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
        (_HEADER + "x,,,,z\n", r"expected\.csv, line 2: 5 cells"),
    ],
)
def test_a_broken_line_is_told_with_its_number(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ExpectedUnreadable, match=told):
        read_requests(_written(tmp_path, text))


def test_what_a_person_types_is_what_stands_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "review/expected.csv"
    typed = '株式会社カクウ,帳簿,"表, その1",2026/6/30\n見本社\n\n例文社\t\t\t令和8年7月1日'
    requests = text_to_requests(typed, path)
    write_requests(path, [], [*requests, requests[1]])
    listed = read_requests(path)
    assert [request.cells for request in listed] == [
        ("株式会社カクウ", "帳簿", "表, その1", "2026-06-30"),
        ("見本社", "", "", ""),
        ("例文社", "", "", "2026-07-01"),
    ]
    assert text_to_requests(requests_to_text(listed), path)[0].cells == listed[0].cells


@pytest.mark.parametrize(
    ("typed", "told"), [("a,b,c,d,e", "5 cells"), (",帳簿", "write the vendor"), ("a,,,soon", "is no day")]
)
def test_what_is_typed_wrongly_is_told(tmp_path: Path, typed: str, told: str) -> None:
    with pytest.raises(ExpectedUnreadable, match=f"line 2: .*{told}"):
        text_to_requests(f"見本社\n{typed}", tmp_path / "expected.csv")


def test_a_person_s_own_columns_stay(tmp_path: Path) -> None:
    path = _written(tmp_path, "memo,vendor,service,form,due\n急ぎ,見本社,,,\n,カクウ,,,\n")
    shown = read_requests(path)
    write_requests(path, shown, [*text_to_requests("例文社", path), shown[0]])
    text = path.read_text(encoding="utf-8-sig")
    assert text == "vendor,service,form,due,memo\n例文社,,,,\n見本社,,,,急ぎ\n"


def test_nobody_s_line_is_lost_where_two_change_the_list(tmp_path: Path) -> None:
    path = _written(tmp_path, _HEADER + "見本社,,,\n")
    shown = read_requests(path)
    write_requests(path, shown, [*shown, SheetRequest(0, "カクウ")])
    with pytest.raises(ExpectedUnreadable, match="somebody else"):
        write_requests(path, shown, [*shown, SheetRequest(0, "例文社")])
    assert [request.vendor for request in read_requests(path)] == ["見本社", "カクウ"]


def test_the_list_of_an_earlier_version_is_taken_over_once(tmp_path: Path) -> None:
    old, path = tmp_path / "invited.csv", _written(tmp_path, _HEADER + "見本社,棚,,2026-06-30\n")
    old.write_bytes("service,vendor,memo\r\n棚,見本社,x\r\n,カクウ,\r\n".encode("cp932"))
    assert adopt_invited(old, path) == 2
    assert [r.cells for r in read_requests(path)] == [
        ("見本社", "棚", "", "2026-06-30"),
        ("カクウ", "", "", ""),
    ]
    assert not old.exists()
    assert (tmp_path / "invited.csv.before").is_file()
    assert adopt_invited(old, path) == 0


def _document(number: int, vendor: str, status: str = "ok", service: str | None = None) -> Row:
    return {
        "document_id": str(number), "path": f"{number}.xlsx", "replaced_by": None, "status": status,
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
