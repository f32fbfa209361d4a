"""Finds the lines of a sheet that say what its marks mean.

Cells in, lines out, as printed: `凡例 ○：満たす`, names of columns (`回答`, below it `1:実施済`), `①はい ②いいえ から選択`,
sentences (`実施済は○`), and tables of a mark beside its meaning, `◯ | 対応している` → `◯：対応している`. Which answer the
words say is for the normalizers; texts that stand in no cell (the prompt of a drop-down list) are handed in as texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from extractors.checklist.terms.column_names import guess_role
from extractors.grid import Cell
from normalizers.text import UNREAD, shape_of

_LEGEND = re.compile(rf"(?:凡例|記号の意味|記号|選択肢)|[○◯〇×✕☓△▲◎●－―{UNREAD}]\s*[:：=＝…]")
_PROSE = re.compile(
    r"(?:項目|もの|箇所|場合|とき|時|際)(?:は|に|には|へ|のみ)?[、,]?[「『]?(?:[○◯〇×✕☓△レ✓✔]|チェック)(?:印|点|マーク|を|と|、|で|[」』])"
    r"|(?:[○◯〇×✕☓△レ✓✔]|チェック)(?:印|点|マーク)?[」』]?(?:は|を)[^。\n]{2,30}(?:項目|もの|箇所|場合|とき|時|際)(?:に|へ|で)"
)
_MARK_MEANING = re.compile(
    rf"(?:^|[\s　、,，（(【：:「])(?:[○◯〇×✕☓✖△▲▽▼◎●―－ー\-☑✓※☆★◇◆{UNREAD}]|[A-EＡ-Ｅ]|[0-9０-９①-⑨]"
    r"|[ア-ンあ-ん甲乙丙丁](?![^\s:：=＝…]))」?\s*[:：=＝…]\s*\S"
)
# Codes of letters: `Y = In place`. Behind a colon they are labels more often (`TEL：`), unless the line asks for an answer.
_CODE_EQUALS = re.compile(r"(?<![A-Za-z0-9/])(?:N/A|[A-ZＡ-Ｚ]{1,4})[\s　]*[=＝][\s　]*\S")
_CODE_MEANING = re.compile(
    r"(?<![A-Za-z0-9/])(?:N/A|[A-ZＡ-Ｚ]{1,4})(?:[\s　]*[:：=＝][\s　]*|\s+[-–—]\s+)\S"
)
_CHOICE = re.compile(r"(?<![\d.])[0-9０-９][.．)）][\s　]*[^\d\s]|[①-⑨][\s　]*\S")
_SIGN = re.compile(r"[○◯〇×✕☓△▲◎●※][\s　]*[^\s　○◯〇×✕☓△▲◎●、。]{2,}")
_ASKS = re.compile(
    r"凡例|記号|選択|番号|記入|回答|評価|判定|から選|いずれか|choose|select|legend|key\b|answer",
    re.IGNORECASE,
)
_LONGEST_CODE, _LONGEST_MEANING = 4, 60
_CODE = re.compile(r"(?:N/A|n/a|[A-Z]{1,4}|[A-ZＡ-Ｚ0-9０-９①-⑨ア-ン甲乙丙丁])")
_FEWEST_SIGNS = 2
# A line that defines one code. A colon behind capitals is a label's more often (`TEL：`); behind a digit or a single letter it
# defines where three stand one below the other.
_CODE_LINE = re.compile(
    r"(?P<code>N/A|[A-ZＡ-Ｚ]{1,3}|[0-9０-９①-⑨])(?:[\s　]*(?:[=＝…‥→]|\.{3})+[\s　]*|\s+[-–—―]\s+)[^\s　=＝…].{0,60}"
)
_COLON_LINE = re.compile(r"(?P<code>[A-FN0-9Ａ-ＦＮ０-９])[\s　]*[:：][\s　]*[^\s　:：0-9０-９].{0,80}")
_FEWEST_CODES, _FEWEST_BY_COLON = 2, 3


def legend_lines(cells: Sequence[Cell], texts: Iterable[str] = ()) -> list[str]:
    """Lines that tell what marks mean, those of lists and sentences first; `texts` stand in no cell."""
    candidates = [*(cell.text for cell in cells), *texts]
    lines = [text for text in candidates if _LEGEND.search(text) and _MARK_MEANING.search(text)]
    lines += [text for text in candidates if _defines(text)]
    lines += [text for text in candidates if _PROSE.search(text)]
    lines += [text for text in candidates if _ASKS.search(text) and _lists_choices(text)]
    lines += _defined_line_by_line(cells)
    return list(dict.fromkeys([*lines, *legend_table(cells)]))


def _defined_line_by_line(cells: Sequence[Cell]) -> list[str]:
    """`Y … 標準機能`, below it `N … 次期版`: cells one below the other of which each begins with another code and defines it."""
    runs: list[list[Cell]] = []
    for cell in sorted(cells, key=lambda cell: (cell.col, cell.row)):
        if not _code_of_line(cell):
            continue
        if runs and runs[-1][-1].col == cell.col and runs[-1][-1].end_row == cell.row:
            runs[-1].append(cell)
        else:
            runs.append([cell])
    return [cell.text for run in runs if _has_different_codes(run) for cell in run]


def _code_of_line(cell: Cell) -> str:
    """The code that a cell defines, if that is all that it does."""
    text = cell.text.strip()
    match = _CODE_LINE.fullmatch(text) or _COLON_LINE.fullmatch(text)
    return match["code"] if match else ""


def _has_different_codes(run: Sequence[Cell]) -> bool:
    fewest = (
        _FEWEST_CODES if all(_CODE_LINE.fullmatch(cell.text.strip()) for cell in run) else _FEWEST_BY_COLON
    )
    return len(run) >= fewest and len(set(map(_code_of_line, run))) == len(run)


def header_legend(cells: Iterable[Cell | None]) -> list[str]:
    """The names of columns that say below what their marks mean: under `回答` stands `1:実施済`."""
    texts = [cell.text for cell in cells if cell is not None]
    return list(dict.fromkeys(text for text in texts if _defines(text) or _lists_choices(text)))


def _defines(text: str) -> bool:
    return len(_MARK_MEANING.findall(text)) >= 2 or len(_CODE_EQUALS.findall(text)) >= 2


def _lists_choices(text: str) -> bool:
    """Whether a text holds two choices with numbers or codes, or two different signs with words behind each."""
    signs = {match.group()[0] for match in _SIGN.finditer(text)}
    choices = max(len(_CHOICE.findall(text)), len(_CODE_MEANING.findall(text)))
    return choices >= 2 or len(signs) >= 2


def legend_table(cells: Sequence[Cell]) -> list[str]:
    """A mark in one cell and its meaning in the next, at least twice one below the other, each mark once."""
    lines: list[str] = []
    for run in legend_runs(cells):
        lines += [f"{mark.text.strip()}：{meaning.text.strip()}" for mark, meaning in run]
    return lines


def legend_runs(cells: Sequence[Cell]) -> list[list[tuple[Cell, Cell]]]:
    """The mark and meaning of each row of the tables that explain marks; two at least, no mark twice."""
    rows: dict[int, list[Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    runs: list[list[tuple[Cell, Cell]]] = []
    for row in sorted(rows):
        for mark, meaning in pairwise(sorted(rows[row], key=lambda cell: cell.col)):
            if not _explains(mark, meaning):
                continue
            above = next((r for r in runs if r[-1][0].col == mark.col and r[-1][0].end_row >= row - 1), None)
            if above is None:
                runs.append([(mark, meaning)])
            elif above[-1][0].row < row:
                above.append((mark, meaning))
    return [
        run
        for run in runs
        if len(run) >= 2
        and len({mark.text.strip() for mark, _ in run}) == len(run)
        and not _is_among_answers(run, rows)
    ]


def _is_among_answers(run: Sequence[tuple[Cell, Cell]], rows: Mapping[int, Sequence[Cell]]) -> bool:
    """Whether marks without a meaning stand in the column too, among the others: then it is answers, with remarks beside some."""
    marks = {mark.row for mark, _ in run}
    column = run[0][0].col
    between = range(min(marks), max(marks) + 1)
    return any(
        cell.col == column and is_sign(cell.text)
        for row in between
        if row not in marks
        for cell in rows.get(row, ())
    )


def is_sign(text: str) -> bool:
    """Whether a cell is a sign as answers are (`○`), neither a digit nor a letter."""
    return shape_of(text) is not None and not text.strip().isalnum()


def legend_rows(cells: Sequence[Cell]) -> frozenset[int]:
    """The rows of tables that do nothing but explain marks: signs left of their meanings, and no third text that is asked.

    A number beside its question is no sign; of a table of letters and digits nobody can tell here.
    """
    filled: dict[int, list[Cell]] = {}
    for cell in cells:
        if cell.text.strip():
            filled.setdefault(cell.row, []).append(cell)
    runs = [
        run
        for run in legend_runs(cells)
        if sum(is_sign(mark.text) for mark, _ in run) >= _FEWEST_SIGNS
        and all(filled[mark.row][0] is mark for mark, _ in run)
    ]
    return frozenset(mark.row for run in runs for mark, _ in run)


def legend_marks(lines: Sequence[str]) -> frozenset[str]:
    """The single characters that legend lines explain."""
    marks = (m.group(0).strip(" 　、,，（(【：:「") for line in lines for m in _MARK_MEANING.finditer(line))
    return frozenset(text[0] for text in marks if text)


def _explains(mark: Cell, meaning: Cell) -> bool:
    text = meaning.text.strip()
    return (
        _is_mark(mark.text)
        and meaning.col <= mark.end_col + 1
        and 2 <= len(text) <= _LONGEST_MEANING
        and not text.isdigit()
    )


def _is_mark(text: str) -> bool:
    stripped = text.strip()
    if shape_of(stripped) is not None:
        return True
    return len(stripped) <= _LONGEST_CODE and guess_role(stripped) is None and bool(_CODE.fullmatch(stripped))
