"""The file of decisions on layouts: what people and spreadsheets write into it, and what is said of a broken line."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import DecisionsUnreadable
from pipeline.ingest import ingest
from pipeline.review.form_layouts.layouts import ReviewedLayout, layout_decisions
from pipeline.review.store import read_decision_file
from pipeline.settings import Settings

HEADER = "form_key,form,roles,who,at,why\n"
LINE = "1f2e,点検表,number|requirement|answer,係,2026-11-30,見たまま\n"
ENTRY = ReviewedLayout("1f2e", "点検表", ("number", "requirement", "answer"), "係", "2026-11-30", "見たまま")


def _entries(path: Path) -> list[ReviewedLayout]:
    return layout_decisions(read_decision_file(path).check().in_force)


def _read(tmp_path: Path, data: str | bytes) -> list[ReviewedLayout]:
    path = tmp_path / "layouts.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return _entries(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_it_is_read_as_editors_and_excel_save_it(tmp_path: Path, encoding: str, end: str) -> None:
    assert _read(tmp_path, (HEADER + LINE).replace("\n", end).encode(encoding)) == [ENTRY]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (HEADER + "1f2e,,,,,\n", [()]),
        (HEADER + "1f2e,, Number | REQUIREMENT |answer,,,\n", [("number", "requirement", "answer")]),
        (HEADER + "\n,,,,,\n1f2e,,requirement|answer,,,\n", [("requirement", "answer")]),
        ("why,form_key,roles,form,who,at,mine\n,1f2e,item|answer,,,,x\n", [("item", "answer")]),
        (HEADER + "1f2e,,,,,\n1f2e,,item|answer,,,\n", [("item", "answer")]),
        (HEADER + '1f2e,"二行の\n名",item|answer,,,"a, b"\n', [("item", "answer")]),
        (HEADER, []),
    ],
)
def test_what_lines_say(tmp_path: Path, text: str, roles: list[tuple[str, ...]]) -> None:
    assert [entry.roles for entry in _read(tmp_path, text)] == roles


def test_no_file_decides_nothing(tmp_path: Path) -> None:
    assert _entries(tmp_path / "layouts.csv") == []


@pytest.mark.parametrize(
    ("text", "en", "ja"),
    [
        ("", "the column form_key is missing", "列 form_key がありません"),
        ("form_key,form,who,at\n", "the column roles is missing", "列 roles がありません"),
        (HEADER + LINE + "1f2e\n", "line 3: 1 cells, but the header has 6", "3 行目: セルが 1 個"),
        (HEADER + "1f2e,a,item,b,c,d,e\n", "line 2: 7 cells", "2 行目: セルが 7 個"),
        (HEADER + ",a,item|answer,,,\n", "line 2: form_key is empty", "2 行目: form_key が空"),
        (HEADER + "1,a,item|reply,,,\n", "line 2: “reply” is no role", "2 行目: 「reply」は列の役割では"),
        (HEADER + "1,a,item||answer,,,\n", "line 2: “” is no role", "2 行目: 「」は"),
        (HEADER + "1,a,number|answer,,,\n", "line 2: no column is requirement", "2 行目: requirement"),
        (HEADER + '1,"a\nb",item,,,\n2,"a"b,item,,,\n', "line 4: cannot be read as CSV", "4 行目: CSV"),
        (HEADER + '1,"a,item,,,\n2,b,item,,,\n', "line 2: cannot be read as CSV", "2 行目: CSV"),
    ],
)
def test_a_broken_line_is_told_with_its_number_in_both_languages(
    tmp_path: Path, text: str, en: str, ja: str
) -> None:
    with pytest.raises(DecisionsUnreadable) as caught:
        _read(tmp_path, text)
    assert (en in caught.value.text("en"), ja in caught.value.text("ja")) == (True, True), caught.value


def test_text_in_another_encoding_is_told(tmp_path: Path) -> None:
    with pytest.raises(DecisionsUnreadable, match="saved as UTF-16"):
        _read(tmp_path, (HEADER + LINE).encode("utf-16"))


def test_a_run_with_a_broken_file_does_not_begin(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    path = tmp_path / "layouts.csv"
    path.write_text(HEADER + "1f2e\n", encoding="utf-8")
    with pytest.raises(DecisionsUnreadable, match="line 2"):
        ingest(Settings(tmp_path / "raw", tmp_path / "out", workers=1, review=tmp_path))
    assert not (tmp_path / "out" / "manifest.json").exists()
