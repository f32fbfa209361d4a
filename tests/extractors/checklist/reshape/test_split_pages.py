"""Pages that hold the columns which the page width cut off."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.checklist.extract import grid_to_checklists
from extractors.checklist.reshape.split_pages import merge_split_pages
from extractors.grid import Cell, Grid
from extractors.location import Location

QUESTIONS = [
    ["番号", "確認事項"],
    ["1", "鍵を金庫で保管する"],
    ["2", "来客に名札を渡す"],
    ["3", "廃棄を記録する"],
]
ANSWERS = [["回答", "備考"], ["○", "本社のみ"], ["×", ""], ["○", "年度末"]]


def _pages(*tables: Sequence[Sequence[str]], heights: Sequence[float] = (20, 20, 32, 20)) -> Grid:
    cells: list[Cell] = []
    starts, row = [], 0
    for page, table in enumerate(tables, 1):
        starts.append(row)
        y = 50.0 + (7.0 if heights[-1] < 0 and page == 2 else 0.0)
        for texts, height in zip(table, heights, strict=False):
            for col, text in enumerate(texts):
                box = (40.0 + 100 * col, y, 140.0 + 100 * col, y + abs(height))
                cells.append(Cell(row, col, text, Location(page=page, bbox=box)))
            row, y = row + 1, y + abs(height)
    ends = [*starts[1:], row]
    return Grid(
        "p", tuple(cells), page_starts=tuple(starts[1:]), tables=tuple(zip(starts, ends, strict=True))
    )


def test_questions_and_answers_on_two_pages_become_one_list() -> None:
    found = grid_to_checklists(_pages(QUESTIONS, ANSWERS))
    rows = found.checklists[0].rows
    assert [(r.item_no, r.requirement, r.answer, r.remarks) for r in rows] == [
        ("1", "鍵を金庫で保管する", "○", "本社のみ"),
        ("2", "来客に名札を渡す", "×", ""),
        ("3", "廃棄を記録する", "○", "年度末"),
    ]
    assert [issue.code for issue in found.issues] == ["pages_joined"]
    assert {row.location.page for row in rows} <= {1, 2}


def test_down_then_over_over_two_pages_of_rows() -> None:
    more = [["4", "灯火を点検する"], ["5", "窓を閉める"], ["6", "通報訓練を行う"], ["7", "名簿を更新する"]]
    marks = [["×", ""], ["○", "毎夕"], ["○", ""], ["×", "検討"]]
    rows = grid_to_checklists(_pages(QUESTIONS, more, ANSWERS, marks)).checklists[0].rows
    assert [(r.item_no, r.answer) for r in rows] == list(zip("1234567", "○×○×○○×", strict=True))


def test_a_number_that_each_part_repeats_is_kept_once() -> None:
    numbers = ["番号", "1", "2", "3"]
    right = [[n, *texts] for n, texts in zip(numbers, ANSWERS, strict=True)]
    found = grid_to_checklists(_pages(QUESTIONS, right))
    assert [(r.item_no, r.answer) for r in found.checklists[0].rows] == [("1", "○"), ("2", "×"), ("3", "○")]
    assert [left.reason for left in found.leftovers] == ["label"] * 4


def test_rows_that_do_not_fit_are_told_and_not_joined() -> None:
    grid = _pages(QUESTIONS, ANSWERS, heights=(20, 20, 32, -20))
    same, issue = merge_split_pages(grid)
    assert same is grid
    assert issue is not None
    assert issue.code == "pages_not_joined"


def test_two_whole_lists_stay_two() -> None:
    whole = [["番号", "設問", "回答"], ["1", "鍵", "○"], ["2", "名札", "×"], ["3", "廃棄", "○"]]
    other = [["番号", "確認事項", "判定"], ["1", "窓", "○"], ["2", "扉", "×"], ["3", "床", "○"]]
    assert merge_split_pages(_pages(whole, other)) == (_pages(whole, other), None)
