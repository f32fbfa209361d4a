"""A cell's text in, the shapes that evidence counts out: a number, a mark, a question, a date; what it looks like,
not what it means.

`パスワードを定期的に変更していますか。` is long, ends as a question and has a full stop; `○` is a mark.
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.checklist.columns.profile import is_answer_like
from extractors.checklist.terms.requirement_level import is_level
from normalizers.text import empty_boxes, is_item_number, shape_of, ticked_boxes

SHAPES = (
    "number", "mark", "answer_word", "level", "question", "demand", "statement", "stop", "date", "numeric", "box", "latin",
    "lines", "len_2", "len_6", "len_12", "len_24", "len_48", "len_96",
)  # fmt: skip
_QUESTION = re.compile(r"(?:か|か。|\?|？|か？|か\?|ですか|ますか|か（.{1,30}）|か\(.{1,30}\))\s*$")
_DEMAND = re.compile(
    r"(?:こと|こと。|すること|あること|ください|ください。|shall|must)\s*[。）)]?\s*$|\b(?:shall|must)\b",
    re.IGNORECASE,
)
_STATEMENT = re.compile(r"(?:る|いる|ている|ます|ています|ある|た|ない|できる)[。]?\s*$|[a-z]\.\s*$")
_DATE = re.compile(
    r"^\s*(?:(?:20|19)?\d{2}[-/.年]\s*\d{1,2}(?:[-/.月]\s*\d{0,2}日?)?|令和\s*\d+年.*|[RrHh]\d+[./年].*|\d{1,2}[/月]\d{1,2}日?|FY\d+.*|20\d\d年度.*|\d+月末?)\s*$"
)
_NUMERIC = re.compile(
    r"^\s*[-+]?[0-9０-９][0-9０-９,，.．]*\s*(?:%|％|点|件|円|時間|分|日|年|か月|ヶ月|回|世代)?\s*$"
)
_LATIN = re.compile(r"^[\x00-\x7f’“”–—•…]+$")
_LENGTHS = (2, 6, 12, 24, 48, 96)


@lru_cache(maxsize=65536)
def shapes_of(text: str) -> tuple[float, ...]:
    """One figure of 0 or 1 for each of SHAPES; lengths are steps: a text of 30 characters has `len_2` to `len_24`."""
    stripped = text.strip()
    length = len(stripped)
    boxed = any(char in stripped for char in empty_boxes() + ticked_boxes())
    return tuple(
        map(
            float,
            (
                is_item_number(stripped),
                length <= 3 and shape_of(stripped) is not None,
                length <= 24 and is_answer_like(stripped),
                is_level(stripped),
                _QUESTION.search(stripped) is not None,
                _DEMAND.search(stripped) is not None,
                _STATEMENT.search(stripped) is not None,
                "。" in stripped,
                _DATE.match(stripped) is not None,
                _NUMERIC.match(stripped) is not None,
                boxed,
                _LATIN.match(stripped) is not None,
                "\n" in stripped,
                *(length > limit for limit in _LENGTHS),
            ),
        )
    )
