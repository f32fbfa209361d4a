"""Forms and people's decisions on layouts in, of each form that nobody decided the decision on one that is much like it out.

The key of a form is another one as soon as one question is reworded, and a decision holds for its own form only. So the decision
on the edition before is offered, never followed: `No. | 確認事項 | 回答（甲） | 回答（乙）` with two of three questions in the
same words. What a decided form's columns are called stands in the dataset, and where none of its sheets is there any more, in
the decision.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from extractors.checklist.model import ANSWER_ROLES, Role
from normalizers.text import fold
from pipeline.review.form_layouts.forms import FormLayouts
from pipeline.review.form_layouts.layouts import ReviewedLayout
from pipeline.review.lines.cell_checks import QUESTIONS

# Of 1. Over 158 forms, each taken in turn for the decided one (24,806 pairs), these offer 38, all of them variants of one form.
_ALIKE, _EACH, _BY_HEADER = 0.8, 0.7, 0.95
_SAME_HEADER = 0.8  # a header reworded a little
_COMPARED = 500  # characters of a text
_ASKED = QUESTIONS | ANSWER_ROLES


@dataclass(frozen=True, slots=True)
class LayoutOffer:
    """What a person decided of an alike form: the roles of this form's columns by it, how alike the forms are, the decision.

    No roles: the alike form is no list of questions.
    """

    roles: tuple[str, ...]
    likeness: float
    decision: ReviewedLayout


def find_offers(forms: Sequence[FormLayouts], decided: Sequence[ReviewedLayout]) -> dict[str, LayoutOffer]:
    """Key of a form → the decision on the form most like it, where it would read the form otherwise than it is read now."""
    known = {form.form_key: form for form in forms}
    said = {entry.form_key for entry in decided}
    offers: dict[str, LayoutOffer] = {}
    for form in forms:
        rivals = [] if form.form_key in said else [_offer(form, entry, known) for entry in decided]
        best = max((offer for offer in rivals if offer), key=lambda offer: offer.likeness, default=None)
        if best is not None and (form.waits or best.roles != form.readings[0].roles):
            offers[form.form_key] = best
    return offers


def _offer(form: FormLayouts, entry: ReviewedLayout, known: Mapping[str, FormLayouts]) -> LayoutOffer | None:
    decided = known.get(entry.form_key)
    headers = (
        [column.header for column in decided.readings[0].columns] if decided else _headers_of_words(entry)
    )
    own = [column.header for column in form.readings[0].columns]
    pairs = _with_gaps(_pair(own, headers), (len(own), len(headers)))
    by_header = (
        2 * sum(_header_likeness(own[n], headers[m]) for n, m in pairs) / (len(own) + len(headers) or 1)
    )
    likeness = by_header
    if decided is not None:
        by_question = question_likeness(form, decided)
        if min(by_header, by_question) < _EACH:
            return None
        likeness = (by_header + by_question) / 2
    if likeness < (_ALIKE if decided else _BY_HEADER):
        return None
    roles = _transfer(form, entry.roles, pairs)
    return LayoutOffer(roles, likeness, entry) if not entry.roles or _can_be_read(roles) else None


def question_likeness(form: FormLayouts, decided: FormLayouts) -> float:
    """How alike the first questions of two forms are, 0 to 1: of each the closest text in a sample of the other."""
    theirs = {
        fold(text[:_COMPARED]) for reading in decided.readings for cells in reading.sample for text in cells
    } - {""}
    best = 0.0
    for reading in form.readings:
        own = [fold(question[:_COMPARED]) for _, question, _ in reading.sample if question]
        if own and theirs:
            closest = (max(fuzz.ratio(text, their) for their in theirs) for text in own)
            best = max(best, sum(closest) / len(own) / 100)
    return best


def _headers_of_words(entry: ReviewedLayout) -> list[str]:
    """The headers in a decision's words for people: `照会票: 番 | 照会 | 甲の欄`."""
    texts = entry.form.split(" | ")
    if len(texts) != len(entry.roles):
        return []
    return [texts[0].rpartition(": ")[2], *texts[1:]]


def _pair(own: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int]]:
    """The columns of two forms that are called alike, in one order, as many as there are (longest common subsequence)."""
    alike = [[_same_header(a, b) for b in theirs] for a in own]
    longest = [[0] * (len(theirs) + 1) for _ in range(len(own) + 1)]
    for i in reversed(range(len(own))):
        for j in reversed(range(len(theirs))):
            step = longest[i + 1][j + 1] + 1 if alike[i][j] else 0
            longest[i][j] = max(step, longest[i + 1][j], longest[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(own) and j < len(theirs):
        if alike[i][j] and longest[i][j] == longest[i + 1][j + 1] + 1:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _with_gaps(pairs: Sequence[tuple[int, int]], counts: tuple[int, int]) -> list[tuple[int, int]]:
    """The pairs, and between them those of columns that are called otherwise, where both forms have as many of them there."""
    filled: list[tuple[int, int]] = []
    before = (-1, -1)
    for pair in (*pairs, counts):
        if pair[0] - before[0] == pair[1] - before[1]:
            filled += [(before[0] + n, before[1] + n) for n in range(1, pair[0] - before[0])]
        filled.append(pair)
        before = pair
    return filled[:-1]


def _same_header(first: str, second: str) -> bool:
    return _header_likeness(first, second) >= _SAME_HEADER


def _header_likeness(first: str, second: str) -> float:
    """How alike two headers are, 0 to 1; two blank ones are the same."""
    return fuzz.ratio(fold(first), fold(second)) / 100 if first and second else float(first == second)


def _transfer(form: FormLayouts, roles: Sequence[str], pairs: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """The decided roles on this form's columns; a column that the other form has not keeps its own, if nobody answers in it."""
    if not roles:
        return ()
    taken = {own: roles[their] for own, their in pairs if their < len(roles)}
    own_roles = form.readings[0].roles
    rest = [str(Role.IGNORE) if role in _ASKED else role for role in own_roles]
    return tuple(taken.get(number, rest[number]) for number in range(len(own_roles)))


def _can_be_read(roles: Sequence[str]) -> bool:
    return bool(QUESTIONS & set(roles)) and bool(ANSWER_ROLES & set(roles))
