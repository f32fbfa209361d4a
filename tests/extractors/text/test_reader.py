"""Text files: encodings, fields and lines, quotes that are no quoting, rows shifted by a lost merged cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.errors import Damaged
from extractors.grid import Document
from extractors.text.reader import read_text
from tests.extractors.grids import texts

TABLE = "番号\t問\t答\n1\t鍵はあるか\t○\n2\t窓はあるか\t×\n"


def _read(tmp_path: Path, data: str | bytes, name: str = "写し.tsv") -> Document:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_text(path)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp932", "euc_jp"]
)
def test_every_encoding_gives_the_same_cells(tmp_path: Path, encoding: str) -> None:
    (grid,) = _read(tmp_path, TABLE.encode(encoding)).grids
    cells = texts(grid)
    assert cells[0, 0] == "番号"
    assert cells[1, 1] == "鍵はあるか"
    assert cells[2, 2] == "×"


def test_euc_jp_is_not_taken_for_half_width_katakana(tmp_path: Path) -> None:
    (grid,) = _read(tmp_path, "サーバーの管理".encode("euc_jp")).grids
    assert texts(grid) == {(0, 0): "サーバーの管理"}


def test_guessed_encoding_is_told(tmp_path: Path) -> None:
    document = _read(tmp_path, TABLE.encode("cp932"))
    assert [(t.code, dict(t.params)) for t in document.issues] == [
        ("encoding_guessed", {"encoding": "cp932"})
    ]
    assert _read(tmp_path, TABLE).issues == ()


def test_bytes_of_no_encoding_are_damaged(tmp_path: Path) -> None:
    with pytest.raises(Damaged):
        _read(tmp_path, b"\x81\x20\x81\x20\x81")


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_of_every_system(tmp_path: Path, end: str) -> None:
    (grid,) = _read(tmp_path, TABLE.replace("\n", end)).grids
    assert texts(grid)[2, 1] == "窓はあるか"
    assert texts(grid)[1, 2] == "○"


def test_places_tell_line_and_field(tmp_path: Path) -> None:
    (grid,) = _read(tmp_path, TABLE).grids
    cell = next(cell for cell in grid.cells if cell.text == "×")
    assert cell.location.cells == "line 3, field 3"


def test_line_break_inside_a_quoted_field(tmp_path: Path) -> None:
    data = '番号\t問\t答\n1\t"鍵はあるか\n窓はあるか"\t○\n2\t戸はあるか\t×\n3\t壁はあるか\t×\n'
    (grid,) = _read(tmp_path, data).grids
    assert texts(grid)[1, 1] == "鍵はあるか\n窓はあるか"
    assert texts(grid)[2, 1] == "戸はあるか"


def test_quotes_that_begin_a_field_but_quote_nothing(tmp_path: Path) -> None:
    data = '番号\t問\t答\n1\t"鍵"とは何か\t○\n2\t窓はあるか\t×\n3\t"戸"はあるか\t×\n'
    (grid,) = _read(tmp_path, data).grids
    assert texts(grid)[1, 1] == '"鍵"とは何か'
    assert texts(grid)[3, 1] == '"戸"はあるか'


def test_quotes_in_the_middle_of_a_field(tmp_path: Path) -> None:
    data = '番号\t問\t答\n1\tこの"鍵"とは何か\t○\n2\t5" の窓か\t×\n3\t壁はあるか\t×\n'
    (grid,) = _read(tmp_path, data).grids
    assert texts(grid)[1, 1] == 'この"鍵"とは何か'
    assert texts(grid)[2, 1] == '5" の窓か'
    assert texts(grid)[3, 2] == "×"


def test_quote_never_closed_swallows_no_rows(tmp_path: Path) -> None:
    data = '番号\t問\t答\n1\t"鍵はあるか\t○\n2\t窓はあるか\t×\n3\t壁はあるか\t×\n'
    (grid,) = _read(tmp_path, data).grids
    assert grid.n_cols == 3
    assert texts(grid)[1, 1] == '"鍵はあるか'
    assert texts(grid)[3, 1] == "壁はあるか"


def test_commas_divide_only_in_a_csv(tmp_path: Path) -> None:
    data = '番号,問,答\n1,"鍵, 窓",○\n'
    (grid,) = _read(tmp_path, data, "写し.csv").grids
    assert texts(grid)[1, 1] == "鍵, 窓"
    assert texts(grid)[1, 2] == "○"
    (lines,) = _read(tmp_path, data, "写し.txt").grids
    assert texts(lines)[1, 0] == '1,"鍵, 窓",○'


def test_tabs_in_a_csv_win(tmp_path: Path) -> None:
    (grid,) = _read(tmp_path, TABLE, "写し.csv").grids
    assert texts(grid)[1, 1] == "鍵はあるか"


def test_lines_without_tabs_stay_lines(tmp_path: Path) -> None:
    (grid,) = _read(tmp_path, "1 鍵はあるか ○\n\n2 窓はあるか ×", "写し.txt").grids
    assert texts(grid) == {(0, 0): "1 鍵はあるか ○", (2, 0): "2 窓はあるか ×"}
    assert grid.n_cols == 1


def test_title_line_is_as_wide_as_the_table(tmp_path: Path) -> None:
    (grid,) = _read(tmp_path, "架空の表\n" + TABLE).grids
    assert (grid.cells[0].text, grid.cells[0].col_span) == ("架空の表", 3)


GROUPED = [
    ["番号", "組", "問", "答", "備考"],
    ["1", "鍵", "玄関に鍵を掛けているか", "○", "毎晩掛ける"],
    ["2", "", "裏口に鍵を掛けているか", "○", "毎晩掛ける"],
    ["3", "", "倉庫に鍵を掛けているか", "×", "予定はある"],
    ["4", "窓", "東の窓を閉めているか", "○", "毎晩閉める"],
    ["5", "", "西の窓を閉めているか", "○", "毎晩閉める"],
    ["6", "", "天窓を閉めているか", "×", "予定はある"],
]


def _tabbed(rows: list[list[str]]) -> str:
    return "\n".join("\t".join(row) for row in rows) + "\n"


def test_row_that_lost_its_merged_cell_is_moved_back(tmp_path: Path) -> None:
    shifted = ["7", "地下の窓を閉めているか", "○", "毎晩閉める"]
    (grid,) = _read(tmp_path, _tabbed([*GROUPED, shifted])).grids
    cells = {cell.col: cell for cell in grid.cells if cell.row == 7}
    assert [cells[col].text for col in range(5)] == ["7", "", *shifted[1:]]
    assert {cell.doubt for cell in cells.values()} == {"shifted_columns"}


def test_whole_rows_stay_where_they_are(tmp_path: Path) -> None:
    (grid,) = _read(tmp_path, _tabbed(GROUPED)).grids
    assert texts(grid)[6, 2] == "天窓を閉めているか"
    assert {cell.doubt for cell in grid.cells} == {None}


def test_row_without_a_remark_is_not_moved(tmp_path: Path) -> None:
    short = ["7", "鍵", "金庫に鍵を掛けているか", "○"]
    (grid,) = _read(tmp_path, _tabbed([*GROUPED, short])).grids
    assert [cell.text for cell in grid.cells if cell.row == 7 and cell.text] == short


def test_few_rows_are_no_ground_to_move_anything(tmp_path: Path) -> None:
    shifted = ["4", "地下の窓を閉めているか", "○", "毎晩閉める"]
    (grid,) = _read(tmp_path, _tabbed([*GROUPED[:4], shifted])).grids
    assert texts(grid)[4, 1] == "地下の窓を閉めているか"


def test_marks_lost_to_html_are_restored_and_told(tmp_path: Path) -> None:
    data = '番号\t答\n1\t<input type="radio" />\n2\t<INPUT TYPE="checkbox">有\n'
    document = _read(tmp_path, data)
    (grid,) = document.grids
    assert texts(grid)[1, 1] == "○"
    assert texts(grid)[2, 1] == "□有"
    assert [cell.doubt for cell in grid.cells if cell.text in {"○", "□有"}] == ["mark_restored"] * 2
    assert [(t.code, dict(t.params), t.location.cells) for t in document.issues] == [
        ("mark_restored", {"count": "2"}, "line 2, field 2")
    ]


def test_mail_encoding_is_read(tmp_path: Path) -> None:
    (grid,) = _read(tmp_path, "サーバーの管理".encode("iso2022_jp")).grids
    assert texts(grid) == {(0, 0): "サーバーの管理"}


@pytest.mark.parametrize("text", ["バックアップの頻度", "情報の管理方法", "鍵：有"])
@pytest.mark.parametrize("encoding", ["cp932", "euc_jp"])
def test_encodings_of_short_texts_are_told_apart(tmp_path: Path, text: str, encoding: str) -> None:
    (grid,) = _read(tmp_path, text.encode(encoding)).grids
    assert texts(grid) == {(0, 0): text}


def test_half_width_katakana_stays_shift_jis(tmp_path: Path) -> None:
    (grid,) = _read(tmp_path, "ﾊﾞｯｸｱｯﾌﾟの頻度".encode("cp932")).grids
    assert texts(grid) == {(0, 0): "ﾊﾞｯｸｱｯﾌﾟの頻度"}
