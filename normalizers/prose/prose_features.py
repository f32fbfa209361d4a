"""An answer cell that is prose and its question in, features out: words, what the grammar says of each clause, figures.

`取得していないシステムはありません` beside 「バックアップを取得しているか」 gives its runs of characters and morphemes, and of
its clause that it denies, that something in it is denied, and that it takes up what was asked. How the question asks, and whether
it asks for something not to be, goes into each: 「〜していないこと」 turns a denial round.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

from normalizers.language.grammar.bind import bond_of
from normalizers.language.grammar.clause import StatedClause, read_clauses
from normalizers.language.grammar.demand import Demand, prevents, read_demand
from normalizers.language.predicates import without_burden
from normalizers.prose.grammar_verdict import answer_by_grammar
from normalizers.remarks.classifier.remark_figures import compare_figures, has_figure
from normalizers.remarks.classifier.word_cues import Features, question_features, read_words, remark_features

_WEIGHT = 0.7
_MOST_CLAUSES = 6
_LONGEST = 400
_SHORT = 6


def prose_features(cell: str, question: str, unit: str | None, rule: str) -> Features:
    """The features of a cell beside its question; `rule` is the rule and answer that decided without the question."""
    cell = without_burden(cell)
    return {**cell_features(cell), **asked_features(question), **bound_features(cell, question, unit, rule)}


@lru_cache(maxsize=16384)
def cell_features(cell: str) -> Features:
    """What a cell says by itself."""
    return remark_features(read_words(cell[:_LONGEST]))


@lru_cache(maxsize=8192)
def asked_features(question: str) -> Features:
    """What is demand, whatever the cell says."""
    demand = read_demand(question)
    names = {f"way:{demand.way}", f"turn:{_turn(demand)}", f"english:{demand.english}"}
    return {**question_features(read_words(question)), **_as_features("q", names)}


def bound_features(cell: str, question: str, unit: str | None, rule: str) -> Features:
    """What the cell says of what was asked."""
    demand = read_demand(question)
    clauses = read_clauses(cell)[:_MOST_CLAUSES]
    turn, way = _turn(demand), demand.way
    names = {f"rule:{rule}", f"rule:{rule}:{way}", f"rule:{rule}:{turn}", f"unit:{bool(unit)}:{way}"}
    sure = answer_by_grammar(cell, question)
    names |= {f"sure:{sure}", f"sure:{sure}:{rule}"}
    names |= _figure_names(cell, question, way)
    main = [clause for clause in clauses if not clause.aside]
    for clause in main[:1]:
        names |= _clause_names("first", clause, demand)
    for clause in main[-1:]:
        names |= _clause_names("last", clause, demand)
    for clause in clauses:
        names |= _clause_names("aside" if clause.aside else "any", clause, demand)
    names |= _whole_names(cell, main, demand)
    return _as_features("b", names)


def _turn(demand: Demand) -> str:
    return "denied" if demand.denied else "prevents" if demand.prevents else "plain"


def _clause_names(where: str, clause: StatedClause, demand: Demand) -> set[str]:
    """One clause: its denial, its bond with the question, its moods."""
    turn, way, bond = _turn(demand), demand.way, bond_of(clause, demand)
    said = f"{where}:{'not' if clause.denied else 'is'}"
    inner = "inner" if clause.inner else ""
    names = {
        f"{said}:{turn}",
        f"{said}:{bond}",
        f"{said}:{bond}:{turn}",
        f"{said}:{bond}:{turn}:{way}",
        f"{said}:{way}:{turn}",
        f"{said}:{clause.exists}:{turn}",
        f"{said}:{clause.exists}:{bond}:{turn}:{inner}",
        f"{said}:{clause.form}:{clause.listed}:{turn}",
        f"{said}:{clause.form}:{bond}",
        f"{said}:{clause.action}",
        f"{said}:{clause.action}:{turn}",
        f"{said}:prevents{prevents(clause.text)}:{turn}",
    }
    for mood in clause.moods:
        names |= {
            f"{where}:{mood}",
            f"{said}:{mood}:{turn}",
            f"{where}:{mood}:{way}",
            f"{where}:{mood}:{bond}",
        }
    return names


def _whole_names(cell: str, main: list[StatedClause], demand: Demand) -> set[str]:
    """The clauses together: whether some are denied and others not, how many there are."""
    turn = _turn(demand)
    signs = "".join(sorted({"-" if clause.denied else "+" for clause in main}))
    moods = {mood for clause in main for mood in clause.moods}
    counts = Counter(bond_of(clause, demand) for clause in main)
    length = len(unicodedata.normalize("NFKC", cell).strip())
    return {
        f"signs:{signs}:{turn}",
        f"turned:{any(clause.turned for clause in main)}:{signs}:{turn}",
        f"clauses:{min(3, len(main))}:{signs}",
        f"short:{length < _SHORT}:{demand.way}:{turn}",
        f"moods:{len(moods) > 0}:{signs}:{turn}",
        *(f"bond:{bond}:{min(2, count)}:{signs}:{turn}" for bond, count in counts.items()),
        f"way:{demand.way}:{turn}:{signs}",
    }


def _figure_names(cell: str, question: str, way: str) -> set[str]:
    """Figures of the cell beside those of the question."""
    cell_text = unicodedata.normalize("NFKC", cell).lower()[:_LONGEST]
    question_text = unicodedata.normalize("NFKC", question).lower()[:_LONGEST]
    words = compare_figures(question_text, cell_text)
    digit = any(char.isdigit() for char in cell_text)
    return {
        *(f"figure:{word}" for word in words),
        *(f"figure:{word}:{way}" for word in words),
        f"figures:{has_figure(question_text)}:{has_figure(cell_text)}:{bool(words)}",
        f"digit:{digit}:{has_figure(cell_text)}:{way}",
    }


def _as_features(group: str, names: set[str]) -> Features:
    return {f"{group}:{name}": _WEIGHT for name in names}
