"""Two readings of one table weighed against each other: that of known words, and that of evidence.

Columns with roles by words and a layout of the same header in; how much likelier the layout's roles are out, in
natural logarithms. Only what decides an answer counts: which column asks and which are answered. `対応予定の有無`
read as the answer beside `現状` costs more than a category read as an item.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from extractors.checklist.columns.frames import FrameColumn
from extractors.checklist.columns.layout_columns import scale_of
from extractors.checklist.columns.layouts import Layout
from extractors.checklist.columns.names import NAME_ROLES, name_scores
from extractors.checklist.model import ANSWER_ROLES, QUESTION_ROLES, ChecklistColumn, Role
from extractors.checklist.terms.column_names import STRONG, guess_role, is_answers_name

_SAME = {
    Role.NUMBER: ("number",),
    Role.SECTION: ("category",),
    Role.CATEGORY: ("category",),
    Role.ITEM: ("item", "requirement", "category"),
    Role.SUB_ITEM: ("item", "requirement", "number", "category"),
    Role.REQUIREMENT: ("requirement", "item"),
    Role.LEVEL: ("level", "flag"),
    Role.UNIT: ("unit",),
    Role.ANSWER: ("answer",),
    Role.CHOICE: ("choice",),
    Role.REMARKS: ("remarks", "evidence"),
}
_NAMES = {role: names[0] for role, names in _SAME.items()} | {
    Role.EXAMPLE: "example",
    Role.VERDICT: "buyer",
    Role.EARLIER_ANSWER: "previous",
}
_REQUIREMENT, _ANSWER, _CHOICE, _BUYER = map(NAME_ROLES.index, ("requirement", "answer", "choice", "buyer"))
_NOBODYS = ("evidence", "planned_date", "previous", "target", "buyer", "flag", "example", "ignore")
_NOTHING = {
    Role.IGNORE,
    Role.UNKNOWN,
    Role.OTHER_ANSWER,
}  # of such columns the words say nothing that is kept
_DECIDING = {"requirement", "answer", "choice"}
_LEAST = 1e-3
# Chances, chosen with writers held out one group at a time and with documents that are no check sheets in view
# (docs/benchmarks.md).
READ = 0.47  # from which a list that no known word shows is read
# The same, known words or not, where three columns or more are answered: `本部 | 支店 | 工場`.
READ_MANY = 0.9
READ_TITLED_OTHER = 0.97  # the same under the title of a document that asks nothing: `議事録`
PROPOSED = 0.1  # from which it is proposed
STANDS = 0.35  # from which a list that known words show is read
STANDS_SURE = 0.05  # the same where evidence is sure of the same question and answer
# The same where every name of the header is a known one as it stands: `番号 | 設問 | 回答`.
STANDS_KNOWN = 0.02
STANDS_SHORT = 0.08  # the same for a list of fewer than eight rows, of which evidence says less
_MANY = 3
_LONG = 8
_LIKELY, _UNLIKELY, _SURE, _RATHER, _CERTAIN = 0.6, 0.25, 0.7, 0.5, 0.95
_BLANK = 0.8  # chance from which a column in which nothing stands is the issuer's
_NEAR = 0.1  # how far a filled column may be ahead of a blank one that only evidence calls the answer
_MUCH = 3.0  # exp(3) is twenty times


def least_chance(layout: Layout, titled_other: bool) -> float:
    """The chance from which a list that evidence shows is read: many answered columns are rather a matrix of the issuer's.

    The steps of a scale are one choice, however many they are. `titled_other`: what stands over the table names a document in
    which nobody is asked.
    """
    if titled_other:
        return READ_TITLED_OTHER
    scale = scale_of(layout)
    answers = sum(role == "answer" and index not in scale for index, role in enumerate(layout.roles))
    return READ_MANY if answers >= _MANY else READ


def least_chance_of_words(layout: Layout, columns: Sequence[ChecklistColumn], titled_other: bool) -> float:
    """The chance from which a list that known words show is read, `layout` being what evidence says of it."""
    if titled_other:
        return READ_TITLED_OTHER
    if sum(column.role == Role.ANSWER for column in columns) >= _MANY:
        return READ_MANY
    if has_lone_choice(columns) or _doubts_answer(layout, columns):
        return READ
    if all(map(_is_known_whole, columns)):
        return STANDS_KNOWN
    if len(layout.frame.rows) < _LONG:
        return STANDS_SHORT
    return STANDS_SURE if _agrees_surely(layout, columns) else STANDS


def is_answered(layout: Layout) -> bool:
    """Whether evidence finds an answer, likely enough to be proposed, in a list that words take for one that nobody answers."""
    filled = [index for index in layout.answers if not layout.blank[index]]
    return (
        layout.p >= PROPOSED and layout.margin > 0 and any(layout.gives(index) >= _LIKELY for index in filled)
    )


def _is_known_whole(column: ChecklistColumn) -> bool:
    guess = guess_role(column.label)
    return guess is not None and guess.strength == STRONG


def has_lone_choice(columns: Sequence[ChecklistColumn]) -> bool:
    """Whether one column alone is a choice among several: what names it, `×`, is rather the first row's answer."""
    return sum(column.role == Role.CHOICE for column in columns) == 1


def overrules(layout: Layout, columns: Sequence[ChecklistColumn]) -> bool:
    """Whether evidence is sure enough to read a table otherwise than its words do.

    Its roles together must be far likelier, and either its answer column likely and none of those of the words, or the same of
    the question while both agree on the answer. Where the words know no answer column at all, evidence that is sure of the
    list, and finds one rather than none, is enough: `対応済` over TRUE and FALSE.
    """
    give = _answer_chances(layout)
    own = max(give[index] for index in layout.answers)
    if not _answered(layout, columns) and layout.p >= READ and own >= _RATHER:
        return not _questions(layout, columns) or layout.question in _questions(layout, columns)
    if _answers_fewer(layout, columns):
        return True
    if advantage(layout, columns) < _MUCH:
        return False
    if _chooses(layout, columns) or _answers_more(layout, columns):
        return True
    answered, requested = _answered(layout, columns), _questions(layout, columns)
    if own >= _LIKELY and max((give[i] for i in answered), default=0.0) < _UNLIKELY:
        return True
    ask = [float(row[_REQUIREMENT]) for row in layout.table]
    same_answer = bool(set(answered) & set(layout.answers))
    return (
        same_answer
        and ask[layout.question] >= _LIKELY
        and max((ask[i] for i in requested), default=0.0) < _UNLIKELY / 2
    )


def _chooses(layout: Layout, columns: Sequence[ChecklistColumn]) -> bool:
    """Whether evidence is sure that the column which words take for the answer is one of several to choose from."""
    choices = {index for index, role in enumerate(layout.roles) if role == "choice"}
    answered = set(_answered(layout, columns))
    sure = all(float(layout.table[index][_CHOICE]) >= _LIKELY for index in choices)
    return len(choices) > 1 and sure and bool(answered) and answered < choices


def _answers_more(layout: Layout, columns: Sequence[ChecklistColumn]) -> bool:
    """Whether evidence is sure of one more answer, in a column of which the words know nothing: `整備状況 | 運用状況`."""
    answered, evident = set(_answered(layout, columns)), set(layout.answers)
    known = set(_over(layout, [column for column in columns if column.role not in _NOTHING]))
    more = evident - answered
    sure = all(layout.gives(index) >= _CERTAIN and not layout.blank[index] for index in more)
    return layout.p >= READ_MANY and bool(answered) and answered < evident and not more & known and sure


def _answers_fewer(layout: Layout, columns: Sequence[ChecklistColumn]) -> bool:
    """Whether evidence is sure that of the answers of the words some are the issuer's: `自社 | 再委託先 | 評価`."""
    answered, evident = set(_answered(layout, columns)), set(layout.answers)
    certain = all(
        float(layout.table[index][_BUYER]) >= (_BLANK if layout.blank[index] else _CERTAIN)
        for index in answered - evident
    )
    return layout.p >= READ_MANY and bool(evident) and evident < answered and certain


def disputes(layout: Layout, columns: Sequence[ChecklistColumn]) -> bool:
    """Whether evidence takes another column for the main answer, or for the question, than the words do."""
    give = _answer_chances(layout)
    main = max(layout.answers, key=lambda index: give[index])
    answered, requested = _answered(layout, columns), _questions(layout, columns)
    if not answered or give[main] < _LIKELY:
        return False
    if _blank_rival(layout, answered) is not None:
        return True
    elsewhere = main not in answered and max(give[index] for index in answered) < _LIKELY
    return elsewhere or (bool(requested) and layout.question not in requested)


def asks_elsewhere(layout: Layout, columns: Sequence[ChecklistColumn]) -> bool:
    """Whether evidence takes another column for the question, while both agree on the column that is answered."""
    requested = _questions(layout, columns)
    return _same_answer(layout, columns) and bool(requested) and layout.question not in requested


def _agrees_surely(layout: Layout, columns: Sequence[ChecklistColumn]) -> bool:
    """Whether evidence is sure of the question and the answer, and they are those of the words.

    A column of units says by itself that something is answered: beside it the answer need but be the likeliest.
    """
    give, ask = _answer_chances(layout), float(layout.table[layout.question][_REQUIREMENT])
    agreed = _same_answer(layout, columns) and not asks_elsewhere(layout, columns)
    measured = any(column.role == Role.UNIT for column in columns)
    answered = max(give[index] for index in layout.answers) >= (_UNLIKELY if measured else _SURE)
    return agreed and ask >= _SURE and answered


def _doubts_answer(layout: Layout, columns: Sequence[ChecklistColumn]) -> bool:
    """Whether evidence holds every column that is answered by the words for unlikely."""
    give = _answer_chances(layout)
    answered = _answered(layout, columns)
    return bool(answered) and max(give[index] for index in answered) < _UNLIKELY


def _same_answer(layout: Layout, columns: Sequence[ChecklistColumn]) -> bool:
    give = _answer_chances(layout)
    return max(layout.answers, key=lambda index: give[index]) in _answered(layout, columns)


def _blank_rival(layout: Layout, answered: Sequence[int]) -> int | None:
    """A blank column that is called the answer while one that is not was taken for it: `ご回答欄 | 適合とみなすご回答`."""
    called = [name_scores(column.label)[_ANSWER] for column in layout.frame.columns]
    known_whole = [is_answers_name(column.label) for column in layout.frame.columns]
    if any(layout.blank[index] or known_whole[index] for index in answered):
        return None
    if any(called[index] >= _LIKELY for index in answered):
        called = [chance * known for chance, known in zip(called, known_whole, strict=True)]
    index = max(range(len(called)), key=lambda i: called[i] * layout.blank[i])
    if not layout.blank[index] or called[index] < _LIKELY:
        return None
    ahead = max((layout.gives(i) for i in answered), default=0.0) - layout.gives(index)
    return index if known_whole[index] or ahead <= _NEAR else None


def with_blank_answer(layout: Layout) -> Layout | None:
    """The layout with the blank column that is called the answer in place of the filled one, None where there is none."""
    rival = _blank_rival(layout, layout.answers)
    if rival is None:
        return None
    roles = ["ignore" if role in {"answer", "choice"} else role for role in layout.roles]
    roles[rival] = "answer"
    return replace(layout, roles=tuple(roles))


def layout_of_words(layout: Layout, columns: Sequence[ChecklistColumn]) -> Layout:
    """The layout with the roles that the words give its columns, and the chances of these."""
    roles, chances = [], []
    for index, column in enumerate(layout.frame.columns):
        rival = next((c for c in columns if _shares(c, column)), None)
        role = _NAMES.get(rival.role, "ignore") if rival is not None else "ignore"
        roles.append(role)
        chances.append(float(layout.table[index][NAME_ROLES.index(role)]))
    if "requirement" not in roles:
        roles[roles.index("item") if "item" in roles else layout.question] = "requirement"
    return replace(layout, roles=tuple(roles), chances=tuple(chances))


def _answer_chances(layout: Layout) -> list[float]:
    """How likely each column is answered or ticked."""
    return [layout.gives(index) for index in range(len(layout.table))]


def _answered(layout: Layout, columns: Sequence[ChecklistColumn]) -> list[int]:
    """The indices of the layout's columns that hold answers by the words."""
    return _over(layout, [c for c in columns if c.role in ANSWER_ROLES])


def _questions(layout: Layout, columns: Sequence[ChecklistColumn]) -> list[int]:
    return _over(layout, [c for c in columns if c.role in QUESTION_ROLES])


def _over(layout: Layout, columns: Sequence[ChecklistColumn]) -> list[int]:
    frame = layout.frame.columns
    return [i for i, own in enumerate(frame) if any(_shares(c, own) for c in columns)]


def _shares(column: ChecklistColumn, own: FrameColumn) -> bool:
    """Whether two columns stand over a common grid column."""
    return column.start < own.end and own.start < column.end


def advantage(layout: Layout, columns: Sequence[ChecklistColumn]) -> float:
    """How many times likelier the layout's roles are than those of `columns`, as a natural logarithm; 0 where they agree."""
    total = 0.0
    for index, (column, role) in enumerate(zip(layout.frame.columns, layout.roles, strict=True)):
        rival = next((c for c in columns if _shares(c, column)), None)
        names = _SAME.get(rival.role, _NOBODYS) if rival is not None else _NOBODYS
        if role in names or not ({role, *names} & _DECIDING):
            continue
        chance = max(layout.table[index][NAME_ROLES.index(name)] for name in names)
        own = layout.table[index][NAME_ROLES.index(role)]
        total += math.log(own + _LEAST) - math.log(chance + _LEAST)
    return total
