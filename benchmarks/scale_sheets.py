"""Made-up sheets for benchmarks of size: a filled form of 100 questions as CSV, in the folder of one of 1,000 vendors."""

from __future__ import annotations

from pathlib import Path

FORMS, ROWS, VENDORS = 40, 100, 1_000
_HEADER = "No.,分類,確認事項,回答,備考"
_THINGS = (
    "鍵", "名簿", "倉庫", "窓口", "操作の記録", "書庫", "掲示", "備品", "通路", "台帳", "時計", "札", "控えの媒体",
    "利用者の権限", "委託先", "回線", "端末", "暗証番号", "予備の電源", "連絡網",
)  # fmt: skip
_CARE = (
    "毎月見直していること", "二人で管理していること", "鍵の掛かる棚に置いていること", "年に一度数えていること",
    "変更のたびに承認していること",
)  # fmt: skip
_ANSWERS = ("○", "×", "△", "○", "")


def write_sheet(raw: Path, number: int) -> Path:
    """The sheet of that number: vendors in turn, then forms in turn; no two hold the same bytes."""
    form = (number // VENDORS + number) % FORMS
    lines = [_HEADER]
    for row in range(1, ROWS + 1):
        question = f"第{form + 1}区画では{_THINGS[row % len(_THINGS)]}を{_CARE[(row - 1) // len(_THINGS)]}。"
        answer = _ANSWERS[(number + row) % len(_ANSWERS)]
        lines.append(f"{row},設備,{question},{answer},{f'受付{number}' if row == 1 else ''}")
    folder = raw / f"見本{number % VENDORS:04d}株式会社"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{number:06d}.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
