"""An outcome and where its places stand in, marks and figures of every page out: what was read, and what was not.

Everything is plain data; `pictures.py` has it drawn.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors.checklist.model import Checklist, Leftover
from extractors.issue import Issue
from extractors.location import Box, Location
from extractors.pdf.render.model import PageMark
from pipeline.document.coverage import EXPLAINED
from pipeline.document.process import DocumentResult
from pipeline.document.records import ChecklistRecords, Record
from pipeline.viewer.words import ViewerWords

# The boxes, each with its page from 1, that show a place; none where it stands on no page.
Locate = Callable[[Location], Sequence[tuple[int, Box]]]
_ANSWERING = {"answer", "choice"}
_ASKED = {"filled", "blank"}
_NEAR = 40.0
_SHOWN = 14


@dataclass(frozen=True, slots=True)
class PageMarks:
    """What one page shows: marks, how often each answer, texts that nothing explains, problems with their numbers.

    `examples` counts the rows of examples and references, which are no vendor's answers.
    """

    marks: tuple[PageMark, ...] = ()
    answers: tuple[tuple[str, int], ...] = ()
    unused: int = 0
    problems: tuple[tuple[int, Issue], ...] = ()
    examples: int = 0

    @property
    def rows(self) -> int:
        """Rows of answers that begin on the page."""
        return sum(count for _, count in self.answers)

    @property
    def unclear(self) -> int:
        """Rows whose answer is not understood."""
        return dict(self.answers).get("unclear", 0)


def outcome_to_pages(outcome: DocumentResult, locate: Locate, words: ViewerWords) -> dict[int, PageMarks]:
    """What each page (from 1) shows; pages without anything to show are left out."""
    marks = [
        *_cell_marks(outcome, locate, words),
        *_leftover_marks(outcome.leftovers, locate, words),
        *_answer_marks(outcome.checklists, locate, words),
        *_row_marks(outcome.checklists, locate, words),
    ]
    problems: dict[int, list[tuple[int, Issue]]] = defaultdict(list)
    for number, problem in enumerate(outcome.issues, 1):
        boxes = locate(problem.location)
        marks += [PageMark(page, box, "problem", f"!{number}") for page, box in boxes[:1]]
        problems[_page_of(problem.location, boxes)].append((number, problem))
    answers, examples = _counts(outcome.checklists, locate)
    by_page: dict[int, list[PageMark]] = defaultdict(list)
    for mark in marks:
        by_page[mark.page].append(mark)
    return {
        page: PageMarks(
            tuple(by_page[page]),
            tuple(answers[page].most_common()),
            sum(mark.kind in {"unused", "lost"} for mark in by_page[page]),
            tuple(problems[page]),
            examples[page],
        )
        for page in sorted({*by_page, *problems, *answers, *examples})
    }


def _counts(
    checklists: Sequence[ChecklistRecords], locate: Locate
) -> tuple[dict[int, Counter[str]], Counter[int]]:
    """How often each answer is given on each page, and how many rows are no vendor's."""
    answers: dict[int, Counter[str]] = defaultdict(Counter)
    examples: Counter[int] = Counter()
    for checklist in checklists:
        for record in checklist.records:
            page = _page_of(record.row.start, locate(record.row.start) or locate(record.row.location))
            if checklist.kind in _ASKED:
                answers[page][record.reading.answer] += 1
            else:
                examples[page] += 1
    return answers, examples


def _page_of(location: Location, boxes: Sequence[tuple[int, Box]]) -> int:
    """The page that a place is told on: its own, else the first."""
    return boxes[0][0] if boxes else location.page or 1


def _cell_marks(outcome: DocumentResult, locate: Locate, words: ViewerWords) -> Iterator[PageMark]:
    """Cells that were taken in, and those that are nowhere at all."""
    known = set(outcome.metadata_locations) | {leftover.location for leftover in outcome.leftovers}
    for records in outcome.checklists:
        yield from _field_marks(records.checklist, locate, words)
        known |= {field.location for field in records.checklist.fields}
    for place in outcome.metadata_locations:
        yield from _at(locate(place), "told")
    for grid in outcome.document.grids if outcome.document else ():
        for cell in (*grid.cells, *grid.aside):
            if cell.text.strip() and cell.location not in known:
                yield from _at(locate(cell.location), "lost", words.say("lost_label"))


def _at(boxes: Iterable[tuple[int, Box]], kind: str, label: str = "") -> Iterator[PageMark]:
    """A mark for each part of a place; the first has the label."""
    for page, box in boxes:
        yield PageMark(page, box, kind, label)
        label = ""


def _field_marks(checklist: Checklist, locate: Locate, words: ViewerWords) -> Iterator[PageMark]:
    """Cells of a list; the first of a column on each page says what the column was read as."""
    labelled: set[tuple[int, int]] = set()
    for field in checklist.fields:
        boxes = locate(field.location)
        if field.role not in _ANSWERING:
            kind = field.role if field.role in {"header", "heading"} else "cell"
            yield from _at(boxes, kind)
        for page, box in boxes[:1] if field.column is not None else ():
            if field.column is not None and (page, field.column) not in labelled:
                labelled.add((page, field.column))
                label = _column_label(checklist, field.column, words)
                yield from [PageMark(page, box, "column", label)] if label else []


def _column_label(checklist: Checklist, index: int, words: ViewerWords) -> str:
    """`ANSWER (contractor)`; a role that content and not the header's words decided has a question mark.

    Of unused columns side by side only the first is named.
    """
    column = checklist.columns[index]
    if column.role == "ignore" and index and checklist.columns[index - 1].role == "ignore":
        return ""
    label = words.role(column.role)
    if column.respondent and len({c.respondent for c in checklist.columns if c.role in _ANSWERING}) > 1:
        label = words.say("of", role=label, respondent=words.respondent(column.respondent))
    return words.say("guessed", role=label) if column.guessed else label


def _leftover_marks(leftovers: Sequence[Leftover], locate: Locate, words: ViewerWords) -> Iterator[PageMark]:
    """Texts that no row uses; of neighbours with one reason, only the first says it."""
    said: dict[tuple[int, str], Box] = {}
    for leftover in leftovers:
        kind = "explained" if leftover.reason in EXPLAINED else "unused"
        for page, box in locate(leftover.location):
            before = said.get((page, leftover.reason))
            said[page, leftover.reason] = box
            goes_on = before is not None and before[1] <= box[1] < before[3] + _NEAR
            yield PageMark(page, box, kind, "" if goes_on else words.reason(leftover.reason))


def _answer_marks(
    checklists: Sequence[ChecklistRecords], locate: Locate, words: ViewerWords
) -> Iterator[PageMark]:
    """The answer cells with their meaning; a cell that several rows share is marked once."""
    seen: set[tuple[Location, str]] = set()
    for checklist in checklists:
        for record in checklist.records:
            kind, label = _kind_of(checklist, record, words)
            if (record.row.location, kind) not in seen:
                seen.add((record.row.location, kind))
                yield from _at(locate(record.row.location), kind, label)


def _kind_of(checklist: ChecklistRecords, record: Record, words: ViewerWords) -> tuple[str, str]:
    """The kind of mark and the sign of an answer: answers of examples are no vendor's."""
    if checklist.kind not in _ASKED:
        return "example", words.say("example_letter")
    return f"answer_{record.reading.answer}", words.letter(record.reading.answer)


def _row_marks(
    checklists: Sequence[ChecklistRecords], locate: Locate, words: ViewerWords
) -> Iterator[PageMark]:
    """For the margins: each row's number on the left, its answers on the right."""
    numbered: set[tuple[Location, str]] = set()
    for checklist in checklists:
        several = len({record.row.respondent for record in checklist.records}) > 1
        for record in checklist.records:
            row = record.row
            boxes = locate(row.start) or locate(row.location)
            number = " ".join(filter(None, (row.item_no, row.sub_item))) or "–"
            if (row.start, number) not in numbered:
                numbered.add((row.start, number))
                yield from _at(boxes[:1], "row", number)
            if checklist.kind in _ASKED:
                yield from _at(boxes[:1], f"said_{record.reading.answer}", _said(record, several, words))


def _said(record: Record, several: bool, words: ViewerWords) -> str:
    """`Y yes`, `Y※ yes` with a caveat, `V 99.9 %`, and whose answer it is where several are asked."""
    reading = record.reading
    text = words.answer(reading.answer)
    if reading.answer == "value" and reading.value is not None:
        text = f"{reading.value.number:g} {reading.value.unit}"[:_SHOWN]
    whose = f"{words.respondent(record.row.respondent)}: " if several else ""
    caveat = "※" if reading.caveat else ""
    return f"{whose}{words.letter(reading.answer)}{caveat} {text}"
