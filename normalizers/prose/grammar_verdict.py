"""A cell that is prose and its question in, the answer that follows by grammar alone out; None where it is not sure.

A figure, a count, one plain clause, or clauses of which some are denied and others not (`PCは可、タブレットは不可`) are looked at
in this order; whatever else a cell says is left to the weights (prose_model.py).
"""

from __future__ import annotations

import re
from functools import lru_cache

from normalizers.answers.model import AnswerValue
from normalizers.language.grammar.bind import Bond, bond_of
from normalizers.language.grammar.clause import StatedClause, read_clauses
from normalizers.language.grammar.demand import Demand, Way, read_demand
from normalizers.language.grammar.moods import Mood
from normalizers.prose.verdict_of_denials import BINDING, STATING, answer_of_clause, is_unknown
from normalizers.prose.verdict_of_figures import (
    answer_of_count,
    answer_of_figure,
    answer_of_share,
    keeps_bound,
)

_LONGEST = 120
_LONGEST_PART = 24
_JUDGES = re.compile(r"(?:可|不可|済|済み|未|非対応|未対応|対応|実施|あり|なし|有|無)$")
_GUESSES = re.compile(
    r"はず|筈|たぶん|多分|おそらく|恐らく|かもしれ|と思[いうわ]|らしい|つもり|一応|probably|presumably|should be"
)
_LEADING = re.compile(
    r"^(?P<yes>はい|yes|有|有り|あり|○|可)(?P<behind>[、。,.\s　].+)$", re.IGNORECASE | re.DOTALL
)
_BARE_DENIAL = re.compile(
    r"(?:ありません|ございません|ない(?:です)?|なし|しておりません|していません|しません|いたしません)"
)
_REFUSING = re.compile(r"^(?:いいえ|no)(?P<behind>[、。,.\s　].+)$", re.IGNORECASE | re.DOTALL)
_WITHOUT = re.compile(
    r"(?P<thing>[^\s、。をがのはにでも]{2,10})[がのをも]?(?:(?:ない|無い|なし|無し)(?:まま|で|に)|[得受取経][^、。]{0,2}ず)"
)
_LACKS = re.compile(r"ない|なし|無し|無断|未|ず(?:に|、)|せず|ません|例外")


def is_a_guess(cell: str) -> bool:
    """Whether a cell only supposes what it says: `たぶん施錠しています`, `決めたはずです`."""
    return _GUESSES.search(cell.lower()) is not None


@lru_cache(maxsize=16384)
def answer_by_grammar(cell: str, question: str) -> AnswerValue | None:
    """What a cell says of its question by grammar alone; both as printed."""
    demand = read_demand(question)
    is_readable = len(cell) <= _LONGEST and demand.way != Way.NONE and not is_a_guess(cell)
    clauses = read_clauses(cell) if is_readable else ()
    main = [clause for clause in clauses if not clause.aside]
    if any(clause.aside and clause.moods & BINDING for clause in clauses):
        return answer_of_share(cell, demand)
    by_figure = answer_of_figure(cell, question, demand) or answer_of_count(cell, main, demand)
    by_figure = by_figure or answer_of_share(cell, demand)
    if by_figure is not None or not main or (re.search(r"\d", cell) and keeps_bound(question, demand)):
        return by_figure
    if is_unknown(main[0], demand) or is_unknown(main[-1], demand):
        return AnswerValue.UNCLEAR
    return answer_of_clause(main[0], demand) if len(main) == 1 else _of_parts(main, demand)


def _of_parts(clauses: list[StatedClause], demand: Demand) -> AnswerValue | None:
    """Partial where some clauses are denied and others affirmed, all of what was asked."""
    if demand.way == Way.FIGURE or any(clause.english for clause in clauses):
        return None
    if len(clauses) == 2 and _turns_within(clauses[0], clauses[1], demand):
        return AnswerValue.PARTIAL
    if not all(len(clause.text) <= _LONGEST_PART and _JUDGES.search(clause.text) for clause in clauses):
        return None
    if any(clause.moods & {Mood.MOOT, Mood.PLANNED} for clause in clauses):
        return None
    signs = {clause.denied or clause.text.endswith("未") for clause in clauses}
    return AnswerValue.PARTIAL if len(signs) == 2 else None


def _turns_within(first: StatedClause, second: StatedClause, demand: Demand) -> bool:
    """`規程は定めていますが、見直しは行っていません`: one thing that was asked is affirmed, another denied."""
    if not second.turned or first.denied or not second.denied or first.inner:
        return False
    if demand.denied or demand.way not in STATING:
        return False
    if (first.moods | second.moods) & (BINDING - {Mood.PARTIAL, Mood.SUBSTITUTE}):
        return False
    bonds = {bond_of(first, demand), bond_of(second, demand)}
    return bool(bonds & {Bond.ACTION, Bond.THING}) and Bond.OTHER not in bonds


@lru_cache(maxsize=4096)
def contradicts_itself(cell: str, question: str) -> bool:
    """`はい、保存しています` beside 「保存していないか」: a yes before a sentence that says the contrary of what was asked."""
    return _behind_a_yes(cell, question) == AnswerValue.NO


@lru_cache(maxsize=4096)
def agrees_with_itself(cell: str, question: str) -> bool:
    """`はい、ありません` beside 「送ることはないか」: a yes and a denial, which say the same of what was asked."""
    return _behind_a_yes(cell, question) == AnswerValue.YES and read_demand(question).denied


def answer_behind_no(cell: str, question: str) -> AnswerValue | None:
    """What follows from `いいえ、ありません` beside 「使うことはないか」, where a no alone may mean either.

    None elsewhere, and where the sentence denies another thing than the one that was asked.
    """
    match = _REFUSING.match(cell.strip())
    demand = read_demand(question)
    if match is None or not demand.denied:
        return None
    behind = match["behind"].strip(" 、。,.\n　")
    answer = answer_by_grammar(behind, question)
    takes_up = _BARE_DENIAL.fullmatch(behind) is not None or any(word in behind for word in demand.core)
    return answer if answer == AnswerValue.NO or takes_up else None


def _behind_a_yes(cell: str, question: str) -> AnswerValue | None:
    """What the sentence behind a leading yes says by grammar."""
    match = _LEADING.match(cell.strip())
    return answer_by_grammar(match["behind"].strip(" 、。,.\n　"), question) if match else None


@lru_cache(maxsize=16384)
def impossible_answer(cell: str, question: str) -> AnswerValue | None:
    """The answer that a cell of denials cannot be: a yes beside a plain question, a no beside one that is denied itself."""
    demand = read_demand(question)
    main = [clause for clause in read_clauses(cell) if not clause.aside]
    without = _WITHOUT.search(demand.text) if main and demand.denied else None
    if without and without["thing"] in cell and not _LACKS.search(cell):
        return AnswerValue.NO  # 基準により委託 beside 「基準がないまま委託していないか」
    if demand.prevents or not main or not all(clause.denied for clause in main):
        return None
    if not demand.denied:
        return AnswerValue.YES
    return None if demand.english or re.search(r"[未不非]|守|従", cell) else AnswerValue.NO
