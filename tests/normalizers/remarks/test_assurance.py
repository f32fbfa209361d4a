"""Words of limits that assure what is asked."""

from __future__ import annotations

import pytest

from normalizers.remarks.beside_yes import judge_remark
from normalizers.remarks.classifier.assurance import assurance_features, claims_conformity


@pytest.mark.parametrize(
    ("remark", "sign"),
    [
        ("未登録の車は門を通れません", "barred_unfit"),
        ("署名のない荷は受け取り不可", "barred_unfit"),
        ("検印が済むまで出荷を止めます", "gate"),
        ("開けられるのは管理者のみ", "keepers"),
        ("前年度の違反は0件", "none_bad"),
        ("失敗した場合は自動で再取得", "remedy"),
        ("本館だけでなく別館も", "beyond"),
    ],
)
def test_signs_of_assurance(remark: str, sign: str) -> None:
    assert f"a:{sign}" in assurance_features(remark, "門の出入りを制限していること")


def test_a_sign_counts_by_what_is_asked() -> None:
    closed, open_ = (
        assurance_features("開けられるのは管理者のみ", q)
        for q in ("出入りを制限していること", "帳票を印字できること")
    )
    assert "a:keepers:G" in closed
    assert "a:keepers:O" in open_


@pytest.mark.parametrize(
    ("remark", "claims"),
    [
        ("門は夜に閉じる仕組みがあるため、本要件を満たしています。", True),
        ("門は一部の棟に限り閉じるため、本要件を満たしています。", False),
        ("本要件を満たす見込みです。", False),
        ("本要件を満たしていません。", False),
        ("要件を満たす門が、東にあります。西の門は開いたままです。", False),
    ],
)
def test_a_claim_of_conformity_holds_without_a_limit(remark: str, claims: bool) -> None:
    assert claims_conformity(remark) is claims


def test_a_claim_of_conformity_leaves_a_plain_yes() -> None:
    judgement = judge_remark("門は夜に閉じる仕組みがあるため、本要件を満たしています。", "門を閉じること")
    assert (judgement.answer, judgement.caveat) == (None, "")
