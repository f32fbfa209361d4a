"""Questions to one vendor in, a mail's text and a workbook for that vendor only out, and the workbook as it came back in.

The workbook has a column for the answer; its last column names each question, so that rows may be sorted or left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

from openpyxl.utils.exceptions import InvalidFileException

from pipeline.errors import InquiriesUnreadable
from pipeline.outputs.comparison.words import phrase
from pipeline.outputs.xlsx.read_sheet import read_sheet
from pipeline.outputs.xlsx.write_tables import BookSheet, SheetColumn, write_book

_COLUMNS = (
    ("number", 6),
    ("item", 44),
    ("said", 28),
    ("question", 60),
    ("reply", 40),
    ("reply_remarks", 40),
    ("key", 20),
)
_KEY, _REPLY, _MORE = "key", "reply", "reply_remarks"


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One question as it is sent: its key, the item as printed, the answer as printed, what is asked."""

    key: str
    item: str
    answer_raw: str
    text: str


def mail_text(party: str, lines: Sequence[LetterLine], due: str, language: str) -> str:
    """The text of the mail, with subject and all questions numbered."""
    questions = "\n\n".join(f"{number}. {line.text}" for number, line in enumerate(lines, 1))
    words = {"party": party, "count": len(lines), "due": due, "questions": questions}
    return phrase(language, "letter_with_due" if due else "letter", words)


def write_inquiry_sheet(path: Path, lines: Sequence[LetterLine], language: str) -> None:
    """Write the workbook to send. Raises OSError."""
    columns = tuple(SheetColumn(phrase(language, f"letter_{name}"), width) for name, width in _COLUMNS)
    rows = [
        (number, line.item, line.answer_raw, line.text, "", "", line.key)
        for number, line in enumerate(lines, 1)
    ]
    write_book(path, [BookSheet(phrase(language, "letter_sheet"), columns, rows)])


def read_inquiry_replies(path: Path) -> dict[str, str]:
    """What the vendor wrote, by the key of the question; blank cells are left out. Raises InquiriesUnreadable."""
    try:
        rows = read_sheet(path)
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError) as error:
        raise InquiriesUnreadable({"path": path.name, "why": error}, "file_unreadable") from error
    for language in ("ja", "en"):
        key, reply, more = (phrase(language, f"letter_{name}") for name in (_KEY, _REPLY, _MORE))
        if rows and key in rows[0] and reply in rows[0]:
            texts = {
                row[key]: "\n".join(filter(None, (row[reply].strip(), row.get(more, "").strip())))
                for row in rows
            }
            return {name: text for name, text in texts.items() if name and text}
    raise InquiriesUnreadable({"path": path.name}, "inquiry_foreign")
