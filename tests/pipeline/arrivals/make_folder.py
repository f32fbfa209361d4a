"""Makes a folder of received things as they arrive: mails, archives, scans, copies, lock files, names of another Windows.

Run from the project's root: `python -m tests.pipeline.arrivals.make_folder FOLDER`. All vendors and all wording are made up.
What has to come of it stands in `EXPECTED`: each vendor's sheets and answers; and in `UNREADABLE`.
"""

from __future__ import annotations

import io
import os
import sys
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from pathlib import Path

import pymupdf
import pyzipper
from PIL import Image, ImageDraw
from reportlab.lib import colors
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import SimpleDocTemplate, Spacer, Table, TableStyle

from tests.pipeline.arrivals.ole_file import outlook_message, rights_managed_file, word_file
from tests.pipeline.make import HEADER, QUESTIONS, write_workbook

PASSWORD = "mizuumi-2026"
_FONT = "HeiseiKakuGo-W5"
_SENT = 134_255_232_000_000_000  # 10 June 2026, in 100 ns since 1601
_REPLIES = ("はい", "いいえ", "はい", "はい", "いいえ", "はい")
Rows = list[tuple[str, ...]]

# Vendor (as its key would be printed) → sheets that it filled in, and how many answers they hold in all.
EXPECTED = {
    "ひばりネット": (3, 18),
    "つばめ計算センター": (1, 6),
    "やまびこ書庫": (1, 6),
    "かささぎ運輸システム": (1, 6),
    "みずうみデータ": (1, 6),
    "こもれび会計": (2, 12),
    "ほたる通信": (1, 6),
    "せせらぎ保守": (1, 6),
    "まつぼっくり印刷": (1, 6),
    "かわせみ": (1, 6),
    "わたぼうし": (1, 6),
    "ふくろう通信": (1, 6),
}
# Vendor → the code of what is told of the one thing that came from it and could not be read.
UNREADABLE = {
    "あけぼの倉庫": "file_old_word",
    "とまりぎ": "file_rights_managed",
    "しおさい": "file_encrypted",
    "いちょう工房": "file_empty",
    "かえで": "file_rich_text",
    "すずかけ": "file_web_archive",
    "くすのき": "file_archive",
}


def rows(vendor: str = "", service: str = "", date: str = "", title: str = "委託先安全確認シート") -> Rows:
    """A small list that is filled in, what it says of itself above it."""
    head: Rows = [(title,)]
    head += [
        (label, value)
        for label, value in (("会社名", vendor), ("サービス名", service), ("回答日", date))
        if value
    ]
    body = [
        (str(number), "設備", question, reply, "")
        for number, (question, reply) in enumerate(zip(QUESTIONS, _REPLIES, strict=True), 1)
    ]
    return [*head, ("",), HEADER, *body]


def workbook(sheet: Rows) -> bytes:
    """The bytes of a workbook with these rows."""
    path = Path(os.environ.get("TMPDIR", "/tmp")) / f"arrivals-{os.getpid()}.xlsx"
    try:
        return write_workbook(path, {"回答": sheet}).read_bytes()
    finally:
        path.unlink(missing_ok=True)


def pdf(sheet: Rows) -> bytes:
    """The bytes of a print: what the sheet says of itself in boxes, the list below it."""
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    style = TableStyle([("FONT", (0, 0), (-1, -1), _FONT, 9), ("GRID", (0, 0), (-1, -1), 0.5, colors.black)])
    start = sheet.index(HEADER)
    head = [row for row in sheet[1:start] if len(row) > 1]
    story = [Table(head, style=style), Spacer(1, 20)] if head else []
    sink = io.BytesIO()
    SimpleDocTemplate(sink).build([*story, Table(sheet[start:], style=style)])
    return sink.getvalue()


def scan(printed: bytes) -> bytes:
    """A print as a scanner hands it out: a picture a page, and no text."""
    book, scanned = pymupdf.open(stream=printed), pymupdf.open()
    for page in book:
        picture = page.get_pixmap(dpi=200, colorspace=pymupdf.csGRAY)
        scanned.new_page(width=page.rect.width, height=page.rect.height).insert_image(
            page.rect, pixmap=picture
        )
    data: bytes = scanned.tobytes(deflate=True)
    return data


def csv(sheet: Rows) -> str:
    """The rows as CSV."""
    return "".join(",".join(row) + "\r\n" for row in sheet)


def html(sheet: Rows) -> str:
    """The rows as a table of a web page."""
    lines = ("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in sheet)
    table = "<table>" + "".join(lines) + "</table>"
    return f"<html><body><p>お世話になっております。下記のとおり回答いたします。</p>{table}</body></html>"


def logo() -> bytes:
    """A small picture as stands in signatures."""
    sink = io.BytesIO()
    picture = Image.new("RGB", (180, 60), "white")
    ImageDraw.Draw(picture).ellipse((10, 10, 50, 50), fill="teal")
    picture.save(sink, "PNG")
    return sink.getvalue()


def mail(sender: str, subject: str, text: str, attached: Mapping[str, bytes]) -> EmailMessage:
    """A mail of 12 June 2026, with attachments by name."""
    message = EmailMessage()
    message["From"], message["To"] = sender, "uketsuke@kaite.example"
    message["Subject"], message["Date"] = subject, "Fri, 12 Jun 2026 10:15:00 +0900"
    message.set_content(text)
    for name, data in attached.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def windows_zip(members: Mapping[str, bytes]) -> bytes:
    """An archive as Windows in Japan writes it: names in cp932, no word about their encoding."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for number, data in enumerate(members.values()):
            archive.writestr(f"{number:0>{_length(list(members)[number])}}", data)
    packed = sink.getvalue()
    for number, name in enumerate(members):
        encoded = name.encode("cp932")
        packed = packed.replace(f"{number:0>{len(encoded)}}".encode(), encoded)
    return packed


def _length(name: str) -> int:
    return len(name.encode("cp932"))


def locked_zip(members: Mapping[str, bytes], password: str) -> bytes:
    """An archive locked by AES, as 7-Zip writes it."""
    sink = io.BytesIO()
    with pyzipper.AESZipFile(sink, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password.encode())
        for name, data in members.items():
            archive.writestr(name, data)
    return sink.getvalue()


def plain_zip(members: Mapping[str, bytes]) -> bytes:
    """An archive as macOS writes it, with its folder of shadows."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
        archive.writestr("__MACOSX/._x", b"\x00\x05\x16\x07")
        archive.writestr(".DS_Store", b"\x00\x00\x00\x01Bud1")
    return sink.getvalue()


def received_mails() -> dict[str, bytes]:
    """The mails: forwarded, of Outlook, with its answers in the text, and without anything."""
    sheet = {"安全確認シート.xlsx": workbook(rows("㈱ひばりネット", "ひばり勤怠"))}
    hibari = mail(
        "ひばりネット株式会社 営業部 <e@hibari.example>",
        "チェックシートのご回答",
        "添付いたします。\n",
        sheet,
    )
    hibari.add_attachment(logo(), maintype="image", subtype="png", disposition="inline", filename="logo.png")
    hibari.add_attachment(b"0\x82", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    forwarded = mail("総務 花子 <hanako@kaite.example>", "FW: チェックシートのご回答", "転送します。\n", {})
    forwarded.add_attachment(hibari)
    answered = mail("わたぼうし合同会社 <info@wataboushi.example>", "ご回答", "本文に記載しました。\n", {})
    answered.add_alternative(html(rows()), subtype="html")
    nothing = mail("株式会社かりん <info@karin.example>", "チェックシートの件", "後日お送りします。\n", {})
    sender = {0x0C1A: "つばめ計算センター株式会社", 0x0C1F: "a@tsubame.example"}
    texts = {0x37: "安全確認シートの件", 0x1000: "添付をご確認ください。", **sender}
    return {
        "メール/FW_チェックシートのご回答.eml": forwarded.as_bytes(),
        "メール/ご回答.eml": answered.as_bytes(),
        "メール/チェックシートの件.eml": nothing.as_bytes(),
        "メール/安全確認シートの件.msg": outlook_message(texts, _SENT, {"回答.xlsx": workbook(rows())}),
    }


def received_archives() -> dict[str, bytes]:
    """The archives: of Windows, one in another, locked with and without a password at hand, and one that is not opened."""
    printed = pdf(rows("株式会社かささぎ運輸システム", "かささぎ配車", "令和8年6月9日"))
    inner = plain_zip({"回答.pdf": printed, "readme.txt": b"see pdf\n"})
    yamabiko = {
        "やまびこ書庫/チェックシート回答.xlsx": workbook(rows("有限会社やまびこ書庫")),
        "やまびこ書庫/Thumbs.db": b"\xd0\xcf\x11",
    }
    return {
        "受領_R080611/やまびこ書庫_一式.zip": windows_zip(yamabiko),
        "受領_R080611/かささぎ.zip": plain_zip({"提出/様式一式.zip": inner}),
        "受領_R080611/みずうみ.zip": locked_zip(
            {"回答.xlsx": workbook(rows("みずうみデータ合同会社"))}, PASSWORD
        ),
        "株式会社しおさい/回答.zip": locked_zip(
            {"回答.xlsx": workbook(rows("株式会社しおさい"))}, "nobody-knows"
        ),
        "09_くすのき/回答.7z": b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(200),
    }


def received_files() -> dict[str, bytes]:
    """What lies there by itself, by path."""
    workforce = workbook(rows(service="ひばり人事"))
    return {
        "12_ひばりネット/安全確認シート_ひばり人事.xlsx": workforce,
        "12_ひばりネット/安全確認シート_ひばり人事 - コピー.xlsx": workforce,
        "12_ひばりネット/~$安全確認シート_ひばり人事.xlsx": b"\x06owner" + bytes(150),
        "12_ひばりネット/経費_2026-6-10.pdf": pdf(rows("ﾋﾊﾞﾘﾈｯﾄ(株)", "ひばり経費")),
        "15_ほたる通信/スキャン_20260610.pdf": scan(pdf(rows("ほたる通信株式会社"))),
        **_editions(),
        **_exports(),
        **_unreadable(),
        "ふくろう通信株式会社_回答.pdf": pdf(rows()),
        "様式/委託先安全確認シート_2025年3月7日版.xlsx": workbook(
            [(*row[:3], "", "") if row[0].isdigit() else row for row in rows()]
        ),
        "Thumbs.db": b"\xd0\xcf\x11\xe0" + bytes(60),
        "desktop.ini": b"[.ShellClassInfo]\r\n",
        "passwords.txt": f"{PASSWORD}\n".encode(),
    }


def _editions() -> dict[str, bytes]:
    """Two editions of one form, both filled in."""
    first = rows("株式会社こもれび会計", "こもれび帳簿", "2026年4月1日")
    second = rows("株式会社こもれび会計", "こもれび帳簿", "2026年6月5日", "委託先安全確認シート（改訂）")
    return {
        "こもれび会計/安全確認シート_第1版.xlsx": workbook(first),
        "こもれび会計/安全確認シート_第2版.xlsx": workbook(second),
    }


def _exports() -> dict[str, bytes]:
    """What a portal hands out: a page called .xls, text in UTF-16 without a mark, a workbook."""
    return {
        "ポータル出力/せせらぎ保守株式会社.xls": html(rows()).encode("cp932"),
        "ポータル出力/まつぼっくり印刷株式会社_260608.csv": csv(rows()).encode("utf-16-le"),
        "ポータル出力/かわせみ株式会社.xlsx": workbook(rows("株式会社かわせみ", date="R8.6.3")),
    }


def _unreadable() -> dict[str, bytes]:
    """What no program can read without its sender, and kinds that are not read."""
    page = "MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
    return {
        "13_あけぼの倉庫/回答.doc": word_file(),
        "14_とまりぎ/回答.xlsx": rights_managed_file(),
        "16_いちょう工房/回答.xlsx": b"",
        "17_かえで/回答.rtf": b"{\\rtf1\\ansi \\'89\\'f1\\'93\\'9a}",
        "18_すずかけ/回答.xls": page.encode(),
    }


def make_folder(folder: Path) -> Sequence[Path]:
    """Write everything into `folder`; one name is of bytes that are no UTF-8."""
    things = received_mails() | received_archives() | received_files()
    for name, data in things.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    odd = folder / "ふくろう通信株式会社_回答.pdf"
    windows = Path(os.fsdecode(os.fsencode(folder) + b"/" + odd.name.encode("cp932")))
    odd.rename(windows)
    return sorted(path for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    print(len(make_folder(Path(sys.argv[1]))))
