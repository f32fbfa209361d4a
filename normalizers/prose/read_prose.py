"""An answer cell that no word or mark decides, beside its question, in; its answer out, `unclear` where nothing is sure.

What follows by grammar alone decides first (grammar_verdict.py). Of the rest the weights decide (prose_model.py): a yes that is
likely and not sure carries the cell as its caveat, a no that is not sure is `unclear`, and so is whatever no answer is likely
enough for. `体制あり` beside 「報告を受ける体制がある」 is a yes, `口頭で引き継ぐのみ` a no.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from normalizers.answers.lexicon import refuses_but_for_strays
from normalizers.answers.model import AnswerResult, AnswerValue
from normalizers.answers.sentence import PERMITS, asks_value
from normalizers.language.grammar.clause import read_clauses
from normalizers.language.grammar.demand import Way, prevents, read_demand
from normalizers.language.grammar.moods import Mood
from normalizers.prose.grammar_verdict import (
    agrees_with_itself,
    answer_behind_no,
    answer_by_grammar,
    contradicts_itself,
    impossible_answer,
    is_a_guess,
)
from normalizers.prose.permission import answer_of_permission
from normalizers.prose.prose_model import ProseModel, load_model, shares_of
from normalizers.prose.told_facts import tells_burden, tells_who
from normalizers.prose.verdict_of_figures import leaves_figure_open
from normalizers.values.quantities import is_plain_number, plain_quantity

GRAMMAR, LEARNT = "grammar:", "prose:"
_RULES = ("sentence:", "quantity:", "phrase:", "unknown")
_WORDS = re.compile(
    r"^word:(?:(?:して|行って|提供して)(?:いる|います|おります|いない|いません|おりません)|(?:ない|なし|無し|ありません|ございません"
    r"|できません|できない|存在しない|存在しません|提供なし|含まない|含まれない|含まれません|none)$)"
)
_THERE_IS = re.compile(r"^word:(?:あり|有り|ある|有る|あります|ございます|存在する|存在します)$")
_SURE_KINDS = {
    AnswerValue.PLANNED,
    AnswerValue.CONDITIONAL,
    AnswerValue.PARTIAL,
    AnswerValue.NOT_APPLICABLE,
    AnswerValue.UNDISCLOSED,
}
_OVERRULES = 0.6
_AGREES, _AGREES_YES = 0.55, 0.85  # share from which the weights confirm what the sentence says by itself
_DOUBTS = {Mood.CONSIDERED, Mood.PLANNED, Mood.WITHHELD, Mood.UNTESTED, Mood.BAD}
_SHORTEST = 3
_COUNTED = re.compile(
    r"(?:約|計|全|のべ|延べ)?\d[\d,.]*[^\W\d_]{1,3}"
)  # 12本: a figure whose unit nobody knows
_LETTER = re.compile(r"[^\W\d_]")
_BARE_NUMBERS = {"unknown", "mark:1"}  # 0 beside 「件数」
_NO_TEXTS = {AnswerValue.YES, AnswerValue.NO, AnswerValue.PARTIAL, AnswerValue.UNCLEAR}
_TEXTS = {AnswerValue.VALUE, AnswerValue.YES}
# What is denied is what would keep it off: 制限は設けていません beside 「…を認めていないこと」.
_NO_MEASURE = re.compile(
    r"(?:制限|禁止|規制|制約|対策|措置|規程|規定|ルール|定め|取り決め|手順|確認|管理|監視|点検|把握)(?:等|など)?(?:は|が|を|も|まで)"
)
_YES_OR_NO = {AnswerValue.YES, AnswerValue.NO}


def read_prose(cell: str, question: str, unit: str | None, result: AnswerResult) -> AnswerResult:
    """The result in the light of the question; `result` is what the cell says by itself and stays where that is sure."""
    if not question or result.options or asks_value(unit):
        return result
    question = with_unit(question, unit)
    if (decided := _beside_question(cell, question, result)) is not None:
        return decided
    if not (is_prose(cell, result) or _is_turned(cell, question, result)):
        return result
    permits = result.rule == PERMITS
    answer = answer_of_permission(cell, question) if permits else answer_by_grammar(cell, question)
    if answer is not None:
        # 2025年12月のリリースで対応します affirms, and says when
        is_limited = answer == AnswerValue.YES and result.answer in _SURE_KINDS
        return result if is_limited else _with_answer(result, answer, f"{GRAMMAR}{answer}")
    return result if permits or not is_prose(cell, result) else _by_weights(cell, question, unit, result)


def read_statement(cell: str, result: AnswerResult) -> AnswerResult:
    """The result of a cell beside the number of a clause and nothing else: prose affirms nothing there, it tells a measure."""
    is_told = is_prose(cell, result) and result.answer == AnswerValue.UNCLEAR
    return replace(result, answer=AnswerValue.VALUE, rule="statement") if is_told else result


def _beside_question(cell: str, question: str, result: AnswerResult) -> AnswerResult | None:
    """A bare number beside a question for one, and a yes before a sentence that denies or repeats it."""
    if result.rule in _BARE_NUMBERS and read_demand(question).way == Way.FIGURE and is_plain_number(cell):
        return AnswerResult(AnswerValue.VALUE, "quantity:figure", value=plain_quantity(cell, None))
    if result.rule.startswith("leading:") and contradicts_itself(cell, question):
        return AnswerResult(AnswerValue.UNCLEAR, "grammar:contradicts")
    if result.rule.startswith("leading:") and result.answer == AnswerValue.NO:
        behind = answer_behind_no(cell, question)
        return None if behind is None else _with_answer(result, behind, f"{GRAMMAR}{behind}")
    if result.rule == "several_marks" and agrees_with_itself(cell, question):
        return AnswerResult(AnswerValue.YES, f"{GRAMMAR}{AnswerValue.YES}")
    return None


def _is_turned(cell: str, question: str, result: AnswerResult) -> bool:
    """Whether a word takes up what was asked, whichever way round that was: `していない`, `ありません`, `要`."""
    demand = read_demand(question)
    if demand.way == Way.NEEDED:
        return result.answer not in _YES_OR_NO
    if demand.way == Way.EXISTS and demand.denied and _THERE_IS.match(result.rule):
        return True  # あり beside 「恐れはないか」
    # できない beside 「削除できないように…」
    takes_up = demand.denied or f"{cell.strip()}よう" in demand.text
    return takes_up and _WORDS.match(result.rule) is not None


def with_unit(question: str, unit: str | None) -> str:
    """The question as its unit cell has it: 再委託 in a row of 有無 asks whether there is any."""
    return f"{question}の有無" if "有無" in (unit or "") and "有無" not in question else question


def is_prose(cell: str, result: AnswerResult) -> bool:
    """Whether no mark or word decides a cell: only then its sentence is read beside the question."""
    if not result.rule.startswith(_RULES):
        return False
    plain = unicodedata.normalize("NFKC", cell).strip()
    if not _LETTER.search(plain):
        return False
    return len(plain) >= _SHORTEST or not (plain.isascii() or result.rule.startswith("unknown"))


def rule_name(result: AnswerResult) -> str:
    """The rule and answer of a result as the weights know them: `sentence:negated>no`."""
    first, _, rest = result.rule.partition(":")
    kind = f"{first}:{rest.partition(':')[0]}" if first == "sentence" else first
    return f"{kind}>{result.answer}"


def _by_weights(cell: str, question: str, unit: str | None, result: AnswerResult) -> AnswerResult:
    shares = possible_shares(cell, question, shares_of(cell, question, unit, rule_name(result)))
    answer, caveat = decide(shares, load_model(), result.answer)
    affirms = answer == AnswerValue.YES
    if (affirms and (refuses_but_for_strays(cell) or tells_burden(cell, question))) or (
        not affirms and tells_who(cell, question)
    ):
        return _with_answer(result, AnswerValue.UNCLEAR, "unknown")
    counted = _COUNTED.fullmatch(unicodedata.normalize("NFKC", cell).strip()) is not None
    is_figure = counted or result.rule.startswith("quantity:")
    caveat = caveat or (affirms and (is_figure or not _may_be_plain(cell, question)))
    if _stands(result, answer, shares) or (answer == AnswerValue.UNCLEAR and is_figure):
        return result  # a figure is an answer by itself
    if (
        answer in _NO_TEXTS
        and result.answer in _TEXTS
        and read_demand(question).way in {Way.FIGURE, Way.TEXT}
    ):
        return _with_answer(result, AnswerValue.VALUE, result.rule)  # 上限なし beside 「利用者数」
    if answer == result.answer:
        return replace(result, caveat=cell.strip() if caveat else "")
    return _with_answer(result, answer, f"{LEARNT}{answer}", cell.strip() if caveat else "")


def _stands(result: AnswerResult, answer: AnswerValue, shares: dict[AnswerValue, float]) -> bool:
    """Whether what the cell says by itself is surer than the weights; what is told with a condition refuses nothing."""
    if result.answer == AnswerValue.CONDITIONAL and answer == AnswerValue.NO:
        return True
    return result.answer in _SURE_KINDS and (answer == AnswerValue.UNCLEAR or shares[answer] < _OVERRULES)


def _may_be_plain(cell: str, question: str) -> bool:
    """Whether weights alone may say yes: to a question for something not to be only where the cell denies or prevents.

    A figure that is asked for and cannot be compared with the cell's is never a plain yes, nor is a guess or what is denied
    in part.
    """
    if leaves_figure_open(cell, question) or is_a_guess(cell):
        return False
    demand, clauses = read_demand(question), read_clauses(cell)
    if demand.denied or demand.prevents:
        main = [clause for clause in clauses if not clause.aside]
        kept = prevents(cell) or (bool(main) and all(clause.denied for clause in main))
        return kept and not any(clause.denied and _NO_MEASURE.search(clause.text) for clause in clauses)
    return not any(clause.moods & _DOUBTS or (clause.denied and not clause.aside) for clause in clauses)


def possible_shares(cell: str, question: str, shares: dict[AnswerValue, float]) -> dict[AnswerValue, float]:
    """The shares without the answer that grammar rules out, all together 1 again."""
    ruled_out = impossible_answer(cell, question)
    if ruled_out is None:
        return shares
    rest = 1.0 - shares[ruled_out] or 1.0
    return {answer: 0.0 if answer == ruled_out else share / rest for answer, share in shares.items()}


def decide(
    shares: dict[AnswerValue, float], model: ProseModel, alone: AnswerValue | None = None
) -> tuple[AnswerValue, bool]:
    """The answer that the shares allow, and whether a yes needs a caveat.

    Where the cell says the same by itself (`alone`), the weights need be less sure.
    """
    answer = max(shares, key=lambda value: shares[value])
    no_from = min(model.no_from, _AGREES) if alone == AnswerValue.NO else model.no_from
    plain_from = min(model.plain_from, _AGREES_YES) if alone == AnswerValue.YES else model.plain_from
    least = {AnswerValue.YES: model.yes_from, AnswerValue.NO: no_from}.get(answer, model.other_from)
    if shares[answer] < least:
        return AnswerValue.UNCLEAR, False
    return answer, answer == AnswerValue.YES and shares[answer] < plain_from


def _with_answer(result: AnswerResult, answer: AnswerValue, rule: str, caveat: str = "") -> AnswerResult:
    """The result with another answer; a figure stays where the answer may hold one."""
    keeps = answer not in {AnswerValue.NO, AnswerValue.UNCLEAR, AnswerValue.NOT_APPLICABLE}
    return AnswerResult(
        answer, rule, result.options, result.remark,
        answer == AnswerValue.PLANNED, result.planned_date, result.value if keeps else None, caveat,
    )  # fmt: skip
