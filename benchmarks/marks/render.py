"""Draw marks and other characters in the fonts of this machine, and keep them in glyphs.npz (bits of 64×64 pixels):

    python -m benchmarks.marks.render

Only what a font really holds is drawn (fontconfig tells). The pictures are kept in the repository, so that weights are learned
from the same pictures on every machine; this is run again where fonts are added.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

SIDE = 64
GLYPHS = Path(__file__).with_name("glyphs.npz")
MARKS = {
    "○": "○◯〇⚪", "◎": "◎⦾", "●": "●⚫⬤", "×": "×✕✖✗✘╳⨯☓", "△": "△▵", "▲": "▲", "✓": "✓✔レ🗸", "―": "―－—─-ー",
    "／": "／/", "□": "□☐▢", "☑": "☑", "☒": "☒", "■": "■◼",
}  # fmt: skip
OTHERS = (
    "0123456789ABCDEFGHIJKLMNPQRSTUWYZabcdefghijkmnpqrstuwyz&%#$@*+=?!;:(){}[]<>"
    "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん"
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルワヲン"
    "有無済未否可対応不適合要非該当中実施予定外全部二三五六八九十人大小上下日月火水木金土田回図円合目同高低社様年件数国自因曰書且由甲申白百品呂店号古右石占台"
    "①②③④⑤⑩㊞※☆★◇◆▽▼⇒→←↑↓〒々〃＊＋＝？！：（）「」『』【】㎡％＃"
)
_FEW_FONTS = 12  # other characters are drawn in so many fonts of those that learn


def main() -> None:
    """Draw, and write the file."""
    pictures, labels, chars, families = [], [], [], []
    drawn: set[bytes] = set()
    for label, text in [*MARKS.items(), ("", OTHERS)]:
        for char in dict.fromkeys(text):
            fonts = _fonts_of(char)
            for file, index, family in fonts if label else _spread(fonts, char):
                bits = _bits(file, index, char)
                if bits is None or bits + char.encode() in drawn:
                    continue
                drawn.add(bits + char.encode())
                pictures.append(np.frombuffer(bits, np.uint8))
                labels.append(label)
                chars.append(char)
                families.append(family)
    np.savez_compressed(
        GLYPHS,
        pictures=np.stack(pictures),
        labels=np.array(labels),
        chars=np.array(chars),
        families=np.array(families),
    )
    print(f"{len(pictures)} pictures, {sum(map(bool, labels))} of marks, {len(set(families))} families")


def _fonts_of(char: str) -> list[tuple[str, int, str]]:
    listed = subprocess.run(
        ["fc-list", f":charset={ord(char):x}", "-f", "%{file}\t%{index}\t%{family[0]}\n"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    rows = [line.split("\t") for line in sorted(set(listed.splitlines()))]
    return [
        (file, int(index) & 0xFFFF, family)
        for file, index, family in rows
        if file.endswith((".ttf", ".ttc", ".otf"))
    ]


def _spread(fonts: list[tuple[str, int, str]], char: str) -> list[tuple[str, int, str]]:
    """Some fonts of all, others for each character."""
    step = max(1, len(fonts) // _FEW_FONTS)
    return fonts[ord(char) % step :: step]


def _bits(file: str, index: int, char: str) -> bytes | None:
    """The character as large as fits, as bits; None where the font draws nothing."""
    try:
        font = ImageFont.truetype(file, 96, index=index)
    except OSError:
        return None
    page = Image.new("L", (320, 320), 0)
    ImageDraw.Draw(page).text((110, 90), char, fill=255, font=font)
    box = page.getbbox()
    if box is None:
        return None
    picture = page.crop(box)
    scale = (SIDE - 2) / max(picture.size)
    picture = picture.resize(
        [max(1, round(side * scale)) for side in picture.size],
        Image.Resampling.BOX if scale < 1 else Image.Resampling.BICUBIC,
    )
    square = Image.new("L", (SIDE, SIDE), 0)
    square.paste(picture, ((SIDE - picture.width) // 2, (SIDE - picture.height) // 2))
    return np.packbits(np.asarray(square) > 127).tobytes()


if __name__ == "__main__":
    main()
