"""An item, a control and the wording of it that is nearest in, what yes to the item means for the control out.

The item's own grammar decides where it settles the matter (normalizers/language/grammar/bearing.py): `平文で保存しているか` is
feared whatever control it takes. Else the wordings of the control have their say, of which those of `contrary` state what
the control is against. Where the two do not agree nothing is said: a direction is never guessed.
"""

from __future__ import annotations

import re
from functools import lru_cache

from normalizers.language.claim import claim_of, verbs_alike
from normalizers.language.grammar.bearing import bearing_of
from normalizers.language.grammar.clause_bearing import Bearing, Direction
from normalizers.language.polarity import Polarity, polarity_of, through
from pipeline.catalogue.load import Control

_DENIES = re.compile(r"ない|ません|ぬ|ず|禁|防|拒|制限|なし")
_FORBIDS = re.compile(
    r"(?:禁止|禁)(?:し|する|じ|ずる)|(?:さ|せ|わ|か|ら|が|た|ま|れ|し)(?:ず(?:に|、)|ない(?:こと|ように(?:する|し|制限|設定)))"
)
_CASE = re.compile(r"(?P<case>[^、。]{2,60}?)(?:場合|際|とき|時)(?:に)?(?:は|も)?、")
_LAST_VERB = re.compile(r"([一-龠々ァ-ヶー]{1,30})[^一-龠々ァ-ヶー]*$")


def polarity_to(requirement: str, control: Control, wording: int = 0) -> Polarity:
    """How yes to a requirement relates to yes to a control; `wording` is the index of its nearest wording."""
    bearing = bearing_of(requirement)
    if control.desired not in {"yes", "no"}:
        return _by_wordings(requirement, control, wording)
    own = _by_bearing(bearing, control.desired == "yes")
    stated = _by_wordings(requirement, control, wording)
    if control.desired == "no" and bearing.direction != Direction.HOPED and not _DENIES.search(requirement):
        return Polarity.SAME  # what is asked without a denial is what the control is about
    if control.desired == "no" and stated == Polarity.SAME and not _DENIES.search(requirement):
        # 第三者に提供すること, asked as a fact: a control that is not wanted is stated as it is.
        return stated if _says_as_much(requirement, control, wording, stated) else Polarity.UNCLEAR
    if bearing.settled:
        contradicts = stated.sure and stated != own and not _DENIES.search(requirement)
        return Polarity.UNCLEAR if contradicts and bearing.direction == Direction.HOPED else own
    if bearing.direction == Direction.UNKNOWN:
        likely = stated if _says_as_much(requirement, control, wording, stated) else Polarity.UNCLEAR
    else:
        likely = own if stated in {own, Polarity.UNCLEAR} else Polarity.UNCLEAR
    return Polarity.UNCLEAR if likely == Polarity.SAME and _may_be_feared(requirement, control) else likely


def _may_be_feared(requirement: str, control: Control) -> bool:
    """Whether an item without a denial may be what the control is against, or only the case in which it applies.

    `パスワードをブラウザに保存させていますか` beside a control that forbids to keep them in plain text;
    `再委託していますか` beside 「再委託する場合に、承諾を得ること」.
    """
    if _DENIES.search(requirement):
        return False
    if _FORBIDS.search(control.definition_ja):
        return True
    verb = _verb_of(requirement)
    case = _CASE.search(control.definition_ja)
    return bool(verb) and case is not None and verb in case["case"] and verb not in _verbs_of(control)


def _by_bearing(bearing: Bearing, wanted: bool) -> Polarity:
    if bearing.direction == Direction.UNKNOWN:
        return Polarity.UNCLEAR
    return Polarity.SAME if (bearing.direction == Direction.HOPED) == wanted else Polarity.INVERSE


def _by_wordings(requirement: str, control: Control, wording: int) -> Polarity:
    """What the definition and the nearest wording say; unclear where they contradict each other."""
    by_definition = polarity_of(requirement, control.definition_ja)
    if not wording:
        return by_definition
    sense = Polarity.INVERSE if control.is_contrary(wording) else Polarity.SAME
    by_wording = through(polarity_of(requirement, control.wordings[wording]), sense)
    if by_definition.sure and by_wording.sure and by_definition != by_wording:
        return Polarity.UNCLEAR
    return by_definition if by_definition.sure else by_wording


def _says_as_much(requirement: str, control: Control, wording: int, polarity: Polarity) -> bool:
    """Whether the words of a control tell of the very action: only then they decide where the item's own do not."""
    if polarity == Polarity.INVERSE and not _DENIES.search(requirement):
        return True
    verb = _verb_of(requirement)
    verbs = {_verb_of(control.wordings[wording])} | _verbs_of(control)
    return bool(verb) and bool(set(verbs_alike(verb)) & verbs)


@lru_cache(maxsize=4096)
def _verbs_of(control: Control) -> frozenset[str]:
    """The verbs of every wording that states what the control asks for."""
    return frozenset(map(_verb_of, (control.definition_ja, *control.also)))


def _verb_of(text: str) -> str:
    """The last word of the main clause that is no ending."""
    claim = claim_of(text)
    if claim.verb:
        return claim.verb
    if "必要" in claim.main:
        return ""
    match = _LAST_VERB.search(re.sub(r"(?:可能|場合|必要|実施|行|提供)[^一-龠々ァ-ヶー]*$", "", claim.main))
    return match[1] if match else ""
