"""Marks and figures of a page in, the words around its picture out: caption, legend of what is on it, notes."""

from __future__ import annotations

from extractors.pdf.render.model import Key, PageView
from pipeline.document.process import DocumentResult
from pipeline.problems import location_text, message_of
from pipeline.viewer.marks import PageMarks
from pipeline.viewer.words import ViewerWords

_KEYS = ("row", "column", "header", "cell", "told")
_LATER = ("example", "unused", "explained", "lost", "problem")
_NOTES = 25


def page_view(
    outcome: DocumentResult, page: PageMarks, where: tuple[int, str], words: ViewerWords
) -> PageView:
    """The picture of a page; `where` is its number (from 1) and the words for it."""
    document = outcome.document
    reader = document.extractor if document else "–"
    status = words.status(outcome.status)
    lines = (words.say("read_by", status=status, reader=reader, where=where[1]), _counts(page, words))
    title = words.say("title", file=outcome.file.name)
    return PageView(where[0], title, lines, _legend(page, words), page.marks, _notes(outcome, page, words))


def page_line(page: PageMarks, where: str, words: ViewerWords) -> str:
    """What the command says of a page."""
    figures = {"unused": page.unused, "problems": len(page.problems)}
    line = words.say("line", where=where, rows=page.rows, unclear=page.unclear, **figures)
    return line + _examples(page, words)


def _counts(page: PageMarks, words: ViewerWords) -> str:
    figures = {"unused": page.unused, "problems": len(page.problems)}
    if not page.rows:
        return words.say("no_rows", **figures) + _examples(page, words)
    answers = ", ".join(f"{words.answer(answer)} {count}" for answer, count in page.answers)
    return words.say("counts", rows=page.rows, answers=answers, **figures) + _examples(page, words)


def _examples(page: PageMarks, words: ViewerWords) -> str:
    return words.say("examples", count=page.examples) if page.examples else ""


def _legend(page: PageMarks, words: ViewerWords) -> tuple[Key, ...]:
    """What the marks of this page mean, the answers among them in the order of how often they stand there."""
    kinds = {mark.kind for mark in page.marks} | {"header" for m in page.marks if m.kind == "heading"}
    answers = [
        Key(f"answer_{answer}", words.letter(answer), words.answer(answer)) for answer, _ in page.answers
    ]
    return (
        *(_key(kind, words) for kind in _KEYS if kind in kinds),
        *answers,
        *(_key(kind, words) for kind in _LATER if kind in kinds),
    )


def _key(kind: str, words: ViewerWords) -> Key:
    labels = {
        "row": words.say("key_row_label"),
        "column": words.role("requirement"),
        "unused": words.say("key_reason"),
        "explained": words.say("key_reason"),
        "lost": words.say("lost_label"),
        "problem": "!1",
        "example": words.say("example_letter"),
    }
    return Key(kind, labels.get(kind, "   "), words.say(f"key_{kind}"))


def _notes(outcome: DocumentResult, page: PageMarks, words: ViewerWords) -> tuple[str, ...]:
    """The problems that stand on the page, in full, behind the number that its badge shows."""
    name = outcome.file.name
    notes = []
    for number, problem in page.problems[:_NOTES]:
        text = message_of(problem, name, words.language)
        if location_text(problem.location, words.language):  # else the file's name begins the sentence
            text = text.removeprefix(name).lstrip(" ,:")
        notes.append(f"!{number}  {text}")
    if len(page.problems) > _NOTES:
        notes.append(words.say("more", count=len(page.problems) - _NOTES))
    return (words.say("problems"), *notes) if notes else ()
