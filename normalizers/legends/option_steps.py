"""The result of a ticked choice that no word knows in, the same as a step of its scale out.

`全台 ・ 一部 ・ なし` ends in a denial: its choices are read as the entries of a legend are. A choice of things (`東京 ・ 大阪`)
stays a text.
"""

from __future__ import annotations

from dataclasses import replace

from normalizers.answers.model import AnswerResult, AnswerValue
from normalizers.legends.meaning import answers_of_entries, read_by_patterns


def as_step(result: AnswerResult) -> AnswerResult:
    """The result, read as a step where it is the one ticked choice of a scale.

    A yes is not sure and carries the choice as its caveat; a no must be said by the choice's own words.
    """
    ticked = [index for index, option in enumerate(result.options) if option.checked]
    if result.rule != "options" or result.answer != AnswerValue.VALUE or len(ticked) != 1:
        return result
    steps = answers_of_entries([(str(n), option.label) for n, option in enumerate(result.options, 1)])
    label, answer = result.options[ticked[0]].label, steps[ticked[0]]
    if AnswerValue.NO not in steps or answer is None or answer == AnswerValue.UNCLEAR:
        return result
    if answer == AnswerValue.NO and read_by_patterns(label) != AnswerValue.NO:
        return result
    caveat = label if answer == AnswerValue.YES else ""
    return replace(result, answer=answer, rule="options:step", caveat=caveat)
