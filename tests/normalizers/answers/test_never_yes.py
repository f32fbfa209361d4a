"""Never a silent yes: the worst bug that this product can have. Every cell here must be anything but a yes."""

from __future__ import annotations

import pytest

from normalizers.answers.classify import read_answer
from normalizers.answers.model import Context
from normalizers.vocabulary import load

_NOT_YES: dict[str, list[str]] = {
    "negations": [
        "取得していません", "取得していません。", "取得しておりませんが、同等の管理をしております。", "未対応", "未実施",
        "未準拠", "不可", "非対応", "対応しない", "対応せず", "行わない",
        "実施せず", "暗号化しておりません", "現在は対応しておりません", "画面からは設定できません", "提供実績はありません",
        "対応していないため", "対応していないため、代替手段で運用しています。",
        "対応していませんが、今後検討します", "取得していないが準備している", "有効化していません", "保証していない",
        "保証するものではない", "対応は難しい", "対応は困難です",
        "対応いたしかねます", "対応済みではない", "対応済みではありません", "取得済みではありません", "有りません",
        "有していない", "可能ではない", "可能とは言えない",
        "満たしているとは言えない", "遵守しておらず", "適合せず", "該当しません", "no", "No", "NO", "Not yet", "not yes",
        "OKではない", "はいとは言えない",
        "不 適 合", "無　し", "未 対応", "不適合", "2.対応していない", "取得状況：未取得", "導入：検討中",
    ],
    "not yet": [
        "検討中", "対応予定", "取得予定", "対応する予定です", "実施する計画です", "取得に向けて準備中",
        "対応に向けて検討しております", "対応することを検討しています",
        "対応を検討する", "今後検討します", "準拠に向けて対応中", "実施に向けて調整中", "実施時期未定", "対応方針を検討",
        "対応を見合わせています", "対応が遅れています",
        "対応 予定", "取得 予定", "■対応予定",
    ],
    "not known": ["要確認", "対応可否は要確認", "対応可否：確認中", "適合性は未確認", "未定", "不明", "TBD", "調査中", "？",
    "Yes?", "OK?", "特になし", "可能性あり", "○ 要確認"],
    "the sign without the meaning": [
        "無償", "無料", "無条件", "無停止", "有無", "可否", "有効", "有償", "有料", "有事", "有効期限", "可燃物",
        "可能な限り対応", "できる限り対応しています", "対応可否", "対応状況",
        "対応者", "対応外", "対応中止", "対応終了", "対応不要", "対応マニュアル参照", "実施要領", "実施の有無",
        "はいりません", "レビュー中", "レンタル", "レ点", "Oracle",
        "OS", "vendor", "v1.2", "オンプレミス", "yesterday", "OKINAWA", "Yokohama",
    ],
    "a circle that stands for letters or figures": [
        "○○社", "〇〇株式会社", "○○○株式会社", "〇年〇月", "○年○月頃", "○月○日",
        "〇時〜〇時", "○名", "〇〇", "○○", "○○○",
        "〇条", "●●社", "●月●日", "●●",
    ],
    "several marks": [
        "○ ・ × ・ △", "○・×", "○/×", "○×", "×○", "○△", "○△×", "○-", "○―",
        "○ ×", "○　×", "○\n×", "○、×", "○,×", "✓ ×",
        "○ × △ ―", "× ○", "×→○", "○ or ×",
        "有・無", "有／無", "有 無", "有\n無", "はい・いいえ", "はい いいえ", "Yes/No", "Yes / No", "可／不可", "適・否",
        "適合・不適合", "対応・未対応", "可・不可・条件付",
        "OK NG", "true/false", "はい、対応していません", "○ 検討中", "● 未対応", "✓ 未対応",
    ],
    "boxes": [
        "■適合 ■不適合", "■適合\n■不適合", "□適合 ■不適合", "□適合 □不適合",
        "□対応済 □未対応", "☐適合 ☒不適合", "□ 適合",
        "☐ はい　☐ いいえ", "☑未対応", "■有　■無",
        "□", "☐", "■", "■その他（未対応）", "■要相談 □対応済", "■該当なし □対応済", "■適合していない", "■対応状況",
        "「□」をチェック",
    ],
    "others of the vocabulary": [
        "△", "×", "―", "◇", "★", "対象外", "N/A", "非公開", "なし", "一部対応", "一部を除き対応しています",
        "原則として対応しています", "本番環境のみ対応しています", "要相談", "条件付き",
        "○（Enterpriseプランのみ）", "○（有償オプション）", "有（別途契約）", "無（代替手段あり）", "×（対応済みの予定）",
        "✕ 代替策を実施済み", "なし（対応済みの計画なし）",
        "24時間365日", "99.9%以上", "0", "2", "1年", "同上", "〃", "No.3と同じ", "別紙参照", "false", "A", "ー", "",
    ],
}  # fmt: skip

_FALSE_YES: dict[str, list[str]] = {
    "the remark takes the yes of the mark back": [
        "○ … 現在は対応しておりません", "○ 現在は対応しておりません", "○（未対応）", "○（対応予定）",
        "○（2027年4月対応予定）", "有（2028年導入）", "有（2028年）", "○（２０２８年導入）", "○（2027年4月～）",
        "○（令和10年度開始）", "有（2028年度中に対応）", "○（2028年4月から提供）",
        "○（準備中）", "○（計画中）", "○（要相談）", "○（一部）", "○（要確認）", "○？", "○?",
        "○\n（現在は対応していません）", "○ではありません",
    ],
    "the remark takes the yes of the word back": [
        "有（一部）", "有（予定）", "はい（予定）", "はい\nただし対応していません", "対応（予定）", "対応済（予定）",
        "対応済み（一部未完了）", "対応。ただし未完了", "適合（予定）", "実施（未）", "取得（検討中）", "取得（申請中）",
        "実施 せず", "対応－未", "実施（お客様）", "Yes, but not yet", "yes (planned)", "Yes (not implemented)",
        "supported (planned)", "Implemented in part",
    ],
    "the word before the colon is a label, the answer stands behind it": [
        "対応：していない", "対応：×", "対応：なし", "対応：未", "取得：していない", "適合：否", "提供：なし", "該当：なし",
        "提供：お客様", "対応 者：山田", "implemented: no", "Compliant: No",
    ],
    "two marks with a word or an arrow between": [
        "○→×", "○⇒×", "○→△", "○ → 現在は×", "○～△", "○〜×", "○；×",
        "○から×へ変更", "○または×", "Yes or No", "Y/N",
        "met / not met",
    ],
    "an instruction or a legend line is no answer": [
        "○か×を記入", "○をつける", "○をつけてください", "○印をつけてください", "✓を入れる", "●は必須",
        "○:満たす ×:満たさない", "◎:優良 ○:良 △:可 ×:不可", "○：あり、×：なし", "凡例：○ 対応",
        "はい（いいえの場合は理由を記入）",
    ],
    "a part of a longer word or code is taken for the answer word": [
        "合 計", "合　計 3件", "有　り　ま　せ　ん", "可 能 性 あ り", "対応　外", "該当 No.5", "対応-1",
        "y.tanaka@example.com",
    ],
    "a promise for later is no yes": [
        "今後対応します", "順次対応します", "来期より実施します", "将来的に対応します", "2027年4月より提供します",
        "次期バージョンで対応します", "要望があれば対応します", "後日回答します", "別途ご連絡します", "確認します",
        "確認いたします",
    ],
    "somebody else does it": [
        "お客様が実施", "お客様にて設定します", "お客様側で実施します", "御社にて対応します", "お客様にて管理",
        "顧客側で対応", "利用者側で管理", "対応は他社が実施", "対応をお願いします", "お客様に対応をお願いしております",
        "お客様の責任としています", "実施を推奨しています",
    ],
    "the verb itself says that it is not done": [
        "提供を停止しています", "サービスを廃止しています", "利用を終了しています", "運用を中止しています",
        "対象から除外しています", "免責とします",
    ],
    "done in part only": [
        "ほぼ対応しています", "おおむね実施しています", "限定的に対応しています", "可能な範囲で対応します",
        "状況に応じて対応します",
    ],
    "what stands in the label's brackets is cut away": [
        "■対応済（予定）", "■対応（一部）", "■実施（検討中）",
    ],
    "what stands behind the mark or word says that it is over, doubted or bound": [
        "○（老朽化）", "○ 更改待ち", "○（要問合せ）", "有（旧式）", "はい、おそらく",
        "可（手数料別）", "対応済（仮）", "取得済（審査待ち）",
        "○、実際は未運用", "○（手動）だが自動は不可", "○（試作中）", "有（故障中）",
        "有（契約切れ）", "はい（だと思います）", "はい、来年から",
        "可（条件あり）", "可能（改修が必要）", "対応可（個別見積）", "対応（不完全）",
        "適合（是正中）", "適合（指摘事項あり）",
        "実施済（前回）今回は未実施", "Supported (beta)", "○（例外あり）", "○ 一部×", "○（2040年までに対応）",
    ],
    "a plain statement of something else": [
        "納入先が管理しています", "点検したことはあります", "ある程度は実施しています",
        "形式的に実施しています", "実施を検証しています",
        "指摘を受けています", "違反が確認されています", "古い鍵を使用しています",
        "私物の鍵を利用しています", "誰でも閲覧可能です",
    ],
    "in progress is not yet done; 準拠に向けて対応中 is no yes either": [
        "対応中",
    ],
}  # fmt: skip
_CELLS = [
    *[cell for cells in _NOT_YES.values() for cell in cells],
    *[cell for reason, cells in _FALSE_YES.items() for cell in cells],
]


@pytest.mark.parametrize("cell", _CELLS)
def test_never_a_silent_yes(cell: str) -> None:
    assert read_answer(cell, Context()).answer != "yes"
    assert read_answer(cell, Context(marks=True)).answer != "yes"


def test_the_table_is_large_and_its_cells_are_unique() -> None:
    cells = [cell for cells in _NOT_YES.values() for cell in cells]
    assert len(cells) >= 60
    assert len(set(cells)) == len(cells)


_YES_WORDS: list[str] = load("normalizers.answers", "lexicon.toml")["words"]["yes"]


@pytest.mark.parametrize("word", _YES_WORDS)
@pytest.mark.parametrize("tail", ["ではない", "ではありません", "とは言えない", "かは不明", "予定", "？"])
def test_a_yes_word_that_goes_on_is_no_yes(word: str, tail: str) -> None:
    assert read_answer(word + tail, Context()).answer != "yes"


@pytest.mark.parametrize("mark", ["○", "〇", "◯", "◎", "●", "✓", "有", "はい", "可", "適合", "対応済"])
@pytest.mark.parametrize("other", ["×", "✕", "無", "いいえ", "不可", "不適合", "未対応", "△", "―"])
@pytest.mark.parametrize("between", ["・", "／", "/", " ", "　", "、", "\n"])
def test_a_yes_beside_another_answer_is_no_yes(mark: str, other: str, between: str) -> None:
    assert read_answer(f"{mark}{between}{other}", Context()).answer != "yes"
    assert read_answer(f"{other}{between}{mark}", Context()).answer != "yes"
