"""Header and what stands under it in, columns with settled roles out: words first, content where they leave it open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.checklist.roles import contains_word, words
from extractors.checklist.shape import Column, Header
from extractors.checklist.view import GridView
from normalizers.text import fold, is_item_number, leading_shape, shape_of

_MIN_ROWS = 3
_ANSWER_WORDS = ("有", "無", "はい", "いいえ", "適", "不適", "可", "不可", "対応", "未対応", "実施", "未実施", "yes", "no", "n/a", "該当")


@dataclass(frozen=True, slots=True)
class Profile:
    """What stands in a column: share of rows filled, of filled cells that are numbers, marks; mean length."""

    filled: int
    numbers: float
    marks: float
    length: float


def assign_columns(view: GridView, header: Header, bottom: int) -> tuple[Column, ...]:
    """The header's columns with one number, one requirement, one answer a respondent; rows end at `bottom`."""
    columns = _split_merged(view, header, bottom)
    columns = _with_unheaded(view, header, columns, bottom)
    profiles = [profile(view, column, header.bottom, bottom) for column in columns]
    columns = _settle_numbers(columns, profiles)
    columns = _settle_requirement(columns, profiles)
    columns = _settle_groups(columns)
    columns = _settle_answers(columns, profiles)
    return tuple(replace(c, role="ignore") if c.role == "unknown" else c for c in columns)


def profile(view: GridView, column: Column, top: int, bottom: int) -> Profile:
    """What stands in a column between two rows."""
    texts = [
        cell.text
        for row in range(top, bottom)
        for cell in view.starting(row)
        if column.start <= cell.col < column.end and cell.end_col <= column.end + 1
    ]
    if not texts:
        return Profile(0, 0.0, 0.0, 0.0)
    count = len(texts)
    return Profile(
        count,
        sum(map(is_item_number, texts)) / count,
        sum(map(is_answer_like, texts)) / count,
        sum(map(len, texts)) / count,
    )


def is_answer_like(text: str) -> bool:
    """Whether a cell is a mark or begins with an answer word: the shape of an answer, not its meaning."""
    if shape_of(text) or leading_shape(text):
        return True
    key = fold(text)
    return len(key) <= 8 and key.startswith(_ANSWER_WORDS)


def _split_merged(view: GridView, header: Header, bottom: int) -> list[Column]:
    """`項目` over two grid columns whose rows hold a number and a text is two columns."""
    columns: list[Column] = []
    for column in header.columns:
        starts: dict[int, int] = {}
        rows = 0
        for row in range(header.bottom, bottom):
            cells = [c for c in view.starting(row) if column.start <= c.col < column.end]
            rows += bool(cells)
            for cell in cells[1:]:
                starts[cell.col] = starts.get(cell.col, 0) + 1
        cuts = sorted(col for col, count in starts.items() if count >= max(2, rows * 0.4))
        edges = [column.start, *cuts, column.end]
        parts = [replace(column, start=a, end=b) for a, b in zip(edges, edges[1:], strict=False)]
        columns.extend([replace(part, role="unknown") for part in parts[:-1]] + parts[-1:])
    return columns


def _with_unheaded(view: GridView, header: Header, columns: list[Column], bottom: int) -> list[Column]:
    """Grid columns that no header cell names but rows fill: they join as unknown columns."""
    named = {col for column in columns for col in range(column.start, column.end)}
    filled = {
        cell.col
        for row in range(header.bottom, bottom)
        for cell in view.starting(row)
        if not {cell.col, cell.end_col - 1} & named
    }
    extra = [Column(col, col + 1, "", "unknown", guessed=True) for col in sorted(filled)]
    return sorted([*columns, *extra], key=lambda column: column.start)


def _settle_numbers(columns: list[Column], profiles: Sequence[Profile]) -> list[Column]:
    """Where no header says No., the leftmost column of numbers left of the first text is the number."""
    if any(column.role == "number" for column in columns):
        return columns
    for index, (column, seen) in enumerate(zip(columns, profiles, strict=True)):
        if column.role in {"requirement", "answer", "choice"}:
            break
        if seen.filled >= _MIN_ROWS and seen.numbers >= 0.7 and column.role in {"unknown", "category", "item"}:
            return [*columns[:index], replace(column, role="number", guessed=True), *columns[index + 1 :]]
    return columns


def _settle_requirement(columns: list[Column], profiles: Sequence[Profile]) -> list[Column]:
    """One requirement: of several the longest; of none the longest item, then the longest category."""
    found = [i for i, column in enumerate(columns) if column.role == "requirement"]
    result = list(columns)
    for role in ("requirement", "item", "category"):
        found = [i for i, column in enumerate(columns) if column.role == role and profiles[i].filled]
        if found:
            break
    if not found:
        return result
    best = max(found, key=lambda i: (profiles[i].length, i))
    for index in found:
        if index == best:
            result[index] = replace(columns[index], role="requirement")
        elif columns[index].role == "requirement":
            result[index] = replace(columns[index], role="item" if index < best else "ignore")
    return result


def _settle_groups(columns: list[Column]) -> list[Column]:
    """大・中・小分類: the innermost is the category, outer ones are headings; of two items the last is the item."""
    result = list(columns)
    items = [i for i, column in enumerate(result) if column.role == "item"]
    for index in items[:-1]:
        result[index] = replace(result[index], role="category")
    categories = [i for i, column in enumerate(result) if column.role == "category"]
    for index in categories[:-1]:
        result[index] = replace(result[index], role="section")
    return result


def _settle_answers(columns: list[Column], profiles: Sequence[Profile]) -> list[Column]:
    """One answer column a respondent; a second one that holds sentences is remarks, a blank one is unused."""
    result = list(columns)
    asked = [i for i, column in enumerate(result) if column.role in {"answer", "choice"}]
    if not asked:
        return _guess_answer(result, profiles)
    if any(result[i].role == "choice" for i in asked):
        for index in asked:
            if result[index].role == "answer":
                result[index] = replace(result[index], role="remarks")
        return result
    groups: dict[str, list[int]] = {}
    for index in asked:
        groups.setdefault(result[index].respondent or "provider", []).append(index)
    for indices in groups.values():
        best = max(indices, key=lambda i: _answer_worth(result[i], profiles[i], i))
        for index in indices:
            if index != best:
                wordy = index > best and profiles[index].length > 6 and profiles[index].marks < 0.5
                result[index] = replace(result[index], role="remarks" if wordy else "other_answer")
    return result


def _answer_worth(column: Column, seen: Profile, index: int) -> tuple[float, int]:
    """Filled beats blank, marks beat sentences, `今回` beats the rest, the left one beats the right one."""
    now = 2.0 * contains_word(column.label, ["今回", "今年度", "本年度"])
    return (now + (seen.filled > 0) + seen.marks, -index)


def _guess_answer(columns: list[Column], profiles: Sequence[Profile]) -> list[Column]:
    """No header asks: an unnamed column of marks right of the requirement is the answer, with a doubt."""
    subject = next((i for i, column in enumerate(columns) if column.role == "requirement"), None)
    if subject is None:
        return columns
    likely = [
        i
        for i in range(subject + 1, len(columns))
        if columns[i].role in {"unknown", "level", "remarks"} and profiles[i].filled >= _MIN_ROWS
        and profiles[i].marks >= (0.6 if columns[i].role == "unknown" else 0.8)
    ]
    result = list(columns)
    if likely:
        result[likely[0]] = replace(result[likely[0]], role="answer", guessed=True)
    else:
        asking = [i for i, c in enumerate(columns) if c.role == "remarks" and contains_word(c.label, ["回答", "対応", "実施"])]
        if asking:
            result[asking[0]] = replace(result[asking[0]], role="answer", guessed=True)
    return result


def is_reference(columns: Sequence[Column], title: str) -> bool:
    """A list that asks nothing: no answer column, and words of a reference in its header or title."""
    if any(column.role in {"answer", "choice"} for column in columns):
        return False
    entries = words()["kinds"]["reference"]
    return any(contains_word(text, entries) for text in [title, *(column.label for column in columns)])
