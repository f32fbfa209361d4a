"""Records of a checklist in, the issues that a person should look at out: what is unclear, missing, guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.cell_reference import column_letters
from extractors.checklist.model import ANSWER_ROLES, Checklist, ItemRow
from extractors.checklist.rows.conflicting_answers import ANSWER_COLUMNS_DIFFER
from extractors.issue import Issue
from normalizers.answers.legend import LegendEntry, mark_key
from normalizers.responses.apply_colours import UNKEPT
from normalizers.responses.apply_remarks import is_taken_back
from normalizers.responses.dittos import UNRESOLVED
from normalizers.text import fold, plain_number
from pipeline.document.records import ChecklistRecords, Record
from pipeline.document.status import NOT_ANSWERED_BY_VENDOR, ChecklistKind
from pipeline.texts.sanitize import toml_text

_CONTRADICTORY = {"several_marks", "options", "mixed_box"}
_SHOWN = 40
_QUOTED = 80
_LONG_LIST = 20
_NUMBERS = 5
_CODE = 3
_UNREAD = re.compile(r"[\ufffd\ue000-\uf8ff]")
_NOT_READ = {"ink_not_read", "picture_in_cell"}  # the reader has told it
_DOUBTFUL = {"grid_doubtful", "unruled", "drawn_mark", "drawn_over", "shifted_columns"}
_CHOICES_SHARE = 0.5


def check_checklist(checklist: ChecklistRecords) -> list[Issue]:
    """Everything about a checklist that a person should look at; nothing for examples and references."""
    if checklist.kind in NOT_ANSWERED_BY_VENDOR:
        return []
    rows = [record.row for record in checklist.records]
    return [
        *_unclear(checklist.records, checklist.legend),
        *_contradicted(checklist.records),
        *_dittos_of_blanks(checklist.records),
        *_unmarked_choices(checklist),
        *_placeholders(checklist),
        *_all_alike(checklist),
        *_number_gaps(rows),
        *_guesses(checklist, rows),
    ]


def _unclear(records: Sequence[Record], legend: Sequence[LegendEntry]) -> list[Issue]:
    """One issue for each kind of thing that is not understood in the list, at its first place, with the count of its rows."""
    unclear = [
        r
        for r in records
        if r.reading.answer == "unclear"
        and r.reading.rule not in {ANSWER_COLUMNS_DIFFER, "answer_column_unsure"}
        and not is_taken_back(r.reading)
    ]
    coloured = [record for record in unclear if record.reading.rule == UNKEPT]
    params = {"count": str(len(coloured))}
    by_colour = [Issue("answers_told_by_colour", r.row.location, params) for r in coloured[:1]]
    kinds: dict[tuple[str, str], list[Issue]] = {}
    for record in unclear:
        if record.reading.rule != UNKEPT and not _NOT_READ.intersection(record.row.doubts):
            issue = _unclear_issue(record, legend)
            key = (issue.code, issue.params.get("comment", "") + fold(issue.params["text"]))
            kinds.setdefault(key, []).append(issue)
    return [*by_colour, *(_counted(issues) for issues in kinds.values())]


def _counted(issues: Sequence[Issue]) -> Issue:
    """The first of issues of one kind, with the numbers of them all."""
    numbers = list(dict.fromkeys(issue.params["number"] for issue in issues))
    shown = ", ".join(numbers[:_NUMBERS]) + (" …" if len(numbers) > _NUMBERS else "")
    params = {**issues[0].params, "number": shown}
    return replace(issues[0], params=params | {"count": str(len(issues))} if "count" in params else params)


def _unclear_issue(record: Record, legend: Sequence[LegendEntry]) -> Issue:
    """Why one answer is unclear: a comment, a ditto that leads nowhere, a contradiction, or what is not understood."""
    reading, row = record.reading, record.row
    shown = " ".join(row.answer.split())
    if reading.rule.startswith("comment:"):
        comment = " ".join(" ".join(row.comments).split())[:_QUOTED]
        params = {"number": row.item_no, "text": shown[:_SHOWN], "comment": comment}
        return Issue("answer_disputed_by_comment", row.location, params)
    if reading.rule in UNRESOLVED:
        return Issue("ditto_unresolved", row.location, {"number": row.item_no, "text": shown[:_SHOWN]})
    if reading.rule == "elsewhere":
        return Issue("answer_elsewhere", row.location, {"number": row.item_no, "text": shown[:_SHOWN]})
    if reading.options and reading.rule != "mixed_box":
        shown = "、".join(option.label for option in reading.options if option.checked)
    if reading.rule in _CONTRADICTORY:
        params = {"number": row.item_no, "text": shown[:_SHOWN]}
        doubtful = bool(_DOUBTFUL.intersection(row.doubts))
        return Issue("answer_read_twice" if doubtful else "answer_contradictory", row.location, params)
    return _unknown_issue(record, shown[:_SHOWN], legend)


def _unknown_issue(record: Record, shown: str, legend: Sequence[LegendEntry]) -> Issue:
    """A mark whose legend is not understood, a code that nothing explains, or a notation that is not known."""
    row = record.row
    if _UNREAD.search(row.answer):
        return Issue("characters_not_read", row.location, {"number": row.item_no, "text": shown})
    if (entry := _legend_entry(record, legend)) is not None:
        quoted = f"{entry.mark}：{entry.text}"[:_QUOTED]
        line = f"{csv_cell(entry.text)},no,,,"
        params = {"number": row.item_no, "text": entry.mark, "count": "1", "legend": quoted, "line": line}
        return Issue("legend_unclear", row.location, params)
    if _is_code(shown) and not record.reading.rule.startswith("colour"):
        params = {"number": row.item_no, "text": shown, "count": "1"}
        return Issue("code_unexplained", row.location, params)
    params = {"number": row.item_no, "text": shown, "count": "1", "line": unknown_line(row.answer)}
    return Issue("answer_unclear", row.location, params)


def _legend_entry(record: Record, legend: Sequence[LegendEntry]) -> LegendEntry | None:
    """The entry of the legend that explains an unclear answer's mark, None where the legend decided nothing."""
    rule = record.reading.rule
    key = rule.removeprefix("legend:") if rule.startswith("legend:") else None
    return next((entry for entry in legend if key is not None and mark_key(entry.mark) == key), None)


def _is_code(text: str) -> bool:
    """Whether an answer is a bare code or sign, of which only its form can say what it means: `1`, `B`, `◇`, `NT`."""
    key = fold(text)
    return len(key) == 1 or key.isdigit() or (len(key) <= _CODE and key.isascii() and text.isupper())


def csv_cell(text: str) -> str:
    """A text as a cell of a CSV file, on one line."""
    plain = " ".join(text.split())
    return '"' + plain.replace('"', '""') + '"' if set(plain) & set(',"') else plain


def unknown_line(answer: str) -> str:
    """The line of TOML that makes a notation known; pasted unread it makes no yes."""
    return f"no = [{toml_text(answer)}]  # or yes, partial, …"


def _unmarked_choices(checklist: ChecklistRecords) -> list[Issue]:
    """Answer cells that print `○ ・ × ・ △` with nothing chosen may carry a mark that is no text."""
    unmarked = [record for record in checklist.records if record.reading.rule == "printed_choices"]
    if len(unmarked) < len(checklist.records) * _CHOICES_SHARE:
        return []
    params = {"count": str(len(unmarked)), "text": unmarked[0].row.answer.strip()[:_SHOWN]}
    return [Issue("choices_not_marked", unmarked[0].row.location, params)]


def _placeholders(checklist: ChecklistRecords) -> list[Issue]:
    """The form's own words left in answer cells of a list that is filled in: one issue for each kind."""
    issues = []
    for rule, code in (
        ("placeholder:choose", "placeholders_left"),
        ("placeholder:example", "examples_left"),
        ("placeholder:question", "questions_copied"),
    ):
        records = [record for record in checklist.records if record.reading.rule == rule]
        if records and checklist.kind == ChecklistKind.FILLED:
            params = {"count": str(len(records)), "text": " ".join(records[0].row.answer.split())[:_SHOWN]}
            issues.append(Issue(code, records[0].row.location, params))
    return issues


def _all_alike(checklist: ChecklistRecords) -> list[Issue]:
    """The same yes with the same remark in every row of a long list: filled down, perhaps without reading."""
    records = checklist.records
    different = {(fold(record.row.answer), fold(record.remarks)) for record in records}
    if len(records) < _LONG_LIST or len(different) != 1 or records[0].reading.answer != "yes":
        return []
    params = {"count": str(len(records)), "text": records[0].row.answer.strip()[:_SHOWN]}
    return [Issue("answers_all_alike", records[0].row.location, params)]


def _contradicted(records: Sequence[Record]) -> list[Issue]:
    """An answer that its remarks cell takes back: an issue, and little confidence.

    A yes of which the asked thing is plainly denied is stored as unclear or planned, any other answer as marked.
    """
    return [
        Issue(
            "answer_contradicted_by_remark",
            record.row.location,
            {
                "number": record.row.item_no,
                "text": " ".join(record.row.answer.split())[:_SHOWN],
                "answer": record.reading.answer,
                "remark": " ".join((record.row.remarks or record.reading.remark).split())[:_SHOWN],
            },
        )
        for record in records
        if record.contradicted
    ]


def _dittos_of_blanks(records: Sequence[Record]) -> list[Issue]:
    return [
        Issue(
            "ditto_of_blank", r.row.location, {"number": r.row.item_no, "text": r.row.answer.strip()[:_SHOWN]}
        )
        for r in records
        if r.reading.rule.startswith("ditto:") and r.reading.answer == "unanswered"
    ]


def _number_gaps(rows: Sequence[ItemRow]) -> list[Issue]:
    """Whole numbers left out between the first and the last of a run: rows that may have been lost.

    Numbers may begin anew in each section; each run is looked at by itself.
    """
    numbered = [(number, row) for row in rows if (number := plain_number(row.item_no)) is not None]
    if len(numbered) < len(rows) * 0.8:
        return []
    runs: list[list[tuple[int, ItemRow]]] = []
    for number, row in numbered:
        if runs and number >= runs[-1][-1][0]:
            runs[-1].append((number, row))
        else:
            runs.append([(number, row)])
    return [issue for run in runs if (issue := _gap_of_run(run)) is not None]


def _gap_of_run(run: Sequence[tuple[int, ItemRow]]) -> Issue | None:
    present = {number for number, _ in run}
    missing = [n for n in range(min(present), max(present)) if n not in present]
    if not missing or len(missing) > len(present):
        return None
    shown = ", ".join(map(str, missing[:10])) + (" …" if len(missing) > 10 else "")
    gap_index = max((number, index) for index, (number, _) in enumerate(run) if number < missing[0])[1]
    return Issue("number_gap", run[gap_index][1].location, {"numbers": shown})


def _guessed_names(checklist: Checklist) -> str:
    """The names of the columns that were taken for answers, by their letters where they have none."""
    columns = [c for c in checklist.columns if c.guessed and c.role in ANSWER_ROLES]
    names = [" ".join(c.label.split()) or column_letters(c.start) for c in columns]
    return ", ".join(dict.fromkeys(names))


def _guesses(checklist: ChecklistRecords, rows: Sequence[ItemRow]) -> list[Issue]:
    issues = [Issue("list_on_hidden_sheet", rows[0].location)] if checklist.checklist.hidden and rows else []
    title = checklist.checklist.title or checklist.checklist.sheet or ""
    for code in (
        "columns_guessed",
        "answer_column_guessed",
        "answer_column_unsure",
        "no_answer_column",
        "answer_columns_differ",
    ):
        doubtful = [row for row in rows if code in row.doubts]
        if doubtful:
            label = _guessed_names(checklist.checklist) if code == "answer_column_guessed" else title
            issues.append(Issue(code, doubtful[0].location, {"count": str(len(doubtful)), "label": label}))
    return issues
