"""What only all sheets beside each other tell: a form that came twice, a sheet in another vendor's folder."""

from __future__ import annotations

import datetime as dt

from normalizers.values.organisations import organisation_key
from pipeline.assemble.documents.beside_others import find_double_receipts, find_misplaced
from pipeline.assemble.rows import Row


def _sheet(
    path: str, vendor: str, service: str | None = None, day: int | None = None, source: str = "sheet"
) -> Row:
    return {
        "document_id": path, "path": path, "vendor": vendor, "vendor_key": organisation_key(vendor), "service": service,
        "title": "安全表", "vendor_source": source, "container": None,
        "received_at": dt.date(2026, 6, day) if day else None,
    }  # fmt: skip


def _list(path: str, form: str, kind: str = "filled", family: str | None = None) -> Row:
    return {"document_id": path, "kind": kind, "form_id": form, "form_family": family}


def _twice(documents: list[Row], lists: list[Row]) -> dict[str, str]:
    return {row["path"]: issue.params["other"] for row, issue in find_double_receipts(documents, lists)}


def test_the_older_of_two_is_told_whatever_its_kind_of_file_and_spelling() -> None:
    documents = [_sheet("a.pdf", "㈱カクウ", "帳簿", 5), _sheet("b.xlsx", "カクウ株式会社", "帳簿", 3)]
    assert _twice(documents, [_list("a.pdf", "f"), _list("b.xlsx", "f")]) == {"b.xlsx": "a.pdf"}


def test_editions_of_one_form_are_one_form() -> None:
    documents = [_sheet("a", "カクウ", None, 1), _sheet("b", "カクウ", None, 2)]
    assert _twice(documents, [_list("a", "f1", family="f1"), _list("b", "f2", family="f1")]) == {"a": "b"}


def test_other_services_vendors_forms_and_blank_ones_are_not_counted_twice() -> None:
    documents = [
        _sheet("a", "カクウ", "帳簿"), _sheet("b", "カクウ", "勤怠"), _sheet("c", "見本社", "帳簿"),
        _sheet("d", "カクウ", "帳簿"), _sheet("e", "カクウ", "帳簿"),
    ]  # fmt: skip
    lists = [_list("a", "f"), _list("b", "f"), _list("c", "f"), _list("d", "g"), _list("e", "f", "blank")]
    assert _twice(documents, lists) == {}


def _misplaced(*documents: Row) -> dict[str, str]:
    return {row["path"]: issue.params["folder"] for row, issue in find_misplaced(documents)}


def test_a_sheet_in_the_folder_of_another_vendor_is_told() -> None:
    assert _misplaced(_sheet("12_ひばりネット/a", "株式会社つばめ")) == {"12_ひばりネット/a": "ひばりネット"}
    own, other = _sheet("ひばりネット/a", "ひばりネット株式会社"), _sheet("ひばりネット/b", "株式会社つばめ")
    assert _misplaced(own, other) == {"ひばりネット/b": "ひばりネット"}


def test_a_folder_of_several_vendors_or_of_a_service_is_nobodys() -> None:
    assert (
        _misplaced(_sheet("むかしの/a", "株式会社つばめ"), _sheet("むかしの/b", "ひばりネット株式会社")) == {}
    )
    assert _misplaced(_sheet("つばめ帳簿/a", "株式会社カクウ", "つばめ帳簿 Pro")) == {}
    assert _misplaced(_sheet("ひばりネット/a", "株式会社つばめ", source="reviewed")) == {}
    assert _misplaced(_sheet("受領/a", "株式会社つばめ")) == {}
