"""More of what arrives: Outlook's own packing, signatures, things sent again, links, unfinished downloads, names of a Mac.

All vendors and all wording are made up; `ODD_EXPECTED`, `ODD_UNREADABLE`, `ODD_NOISE` say what has to come of it.
"""

from __future__ import annotations

import unicodedata
from email.message import EmailMessage
from pathlib import Path

from tests.pipeline.arrivals.make_folder import Rows, logo, mail, plain_zip, rows, windows_zip, workbook
from tests.pipeline.arrivals.winmail_file import forwarded, winmail

# Vendor → sheets that it filled in, and how many answers they hold in all.
ODD_EXPECTED = {
    "すいれん製作所": (1, 6),
    "のびる設計": (1, 6),
    "かっこう運送": (1, 6),
    "もくれん観光": (1, 6),
    "さざんか造園": (1, 6),
    "がんばり電機": (1, 6),
    "よもぎ食品": (1, 6),
}
ODD_UNREADABLE = {
    "つくし工芸": "file_shortcut",
    "あざみ文具": "file_unfinished",
    "のぎく書店": "file_of_apple",
    "りんどう堂": "file_old_word",
}
ODD_NOISE = {"image001.png", "invite.ics", "meishi.vcf", "~WRL0003.tmp", "ehthumbs.db"}


def odd_mails() -> dict[str, bytes]:
    """Mails: with a winmail.dat, one in another of them, with a signature's picture, the same again, three deep."""
    packed = {"委託先安全確認シート.xlsx": workbook(rows(title="委託先安全確認シート（保守）"))}
    suiren = mail(
        "株式会社すいれん製作所 <s@suiren.example>",
        "ご回答",
        "ご確認ください。\n",
        {"winmail.dat": winmail(packed)},
    )
    inner = winmail({"回答書.xlsx": workbook(rows("のびる設計株式会社"))})
    nobiru = mail(
        "経理 <k@kaite.example>", "転送", "転送します。\n", {"winmail.dat": forwarded("回答の件", inner)}
    )
    kakko = workbook(rows("有限会社かっこう運送", "かっこう便"))
    first = _with_signature(
        mail("かっこう運送 <k@kakko.example>", "回答", "添付します。\n", {"回答.xlsx": kakko})
    )
    again = mail(
        "かっこう運送 <k@kakko.example>", "再送：回答", "届いていますでしょうか。\n", {"回答 (1).xlsx": kakko}
    )
    return {
        "受信/ご回答.eml": suiren.as_bytes(),
        "受信/転送.eml": nobiru.as_bytes(),
        "受信/回答.eml": first.as_bytes(),
        "受信/再送_回答.eml": again.as_bytes(),
        "受信/三重の転送.eml": _three_deep().as_bytes(),
    }


def _with_signature(message: EmailMessage) -> EmailMessage:
    """The mail as Outlook sends it: a page that shows a picture, which calls itself attached; an appointment, a visiting card."""
    message.get_body().add_alternative('<p>添付します。</p><img src="cid:image001.png@01DA">', subtype="html")
    message.add_attachment(
        logo(), maintype="image", subtype="png", filename="image001.png", cid="<image001.png@01DA>"
    )
    message.add_attachment(
        b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", maintype="text", subtype="calendar", filename="invite.ics"
    )
    message.add_attachment(
        b"BEGIN:VCARD\r\nEND:VCARD\r\n", maintype="text", subtype="vcard", filename="meishi.vcf"
    )
    return message


def _three_deep() -> EmailMessage:
    """A mail forwarded and forwarded again, the sheet in an archive of the innermost."""
    sheet = plain_zip({"回答.xlsx": workbook(rows("よもぎ食品株式会社"))})
    innermost = mail("よもぎ食品 <y@yomogi.example>", "回答送付", "お送りします。\n", {"回答.zip": sheet})
    middle = mail("総務 <s@kaite.example>", "FW: 回答送付", "転送\n", {})
    middle.add_attachment(innermost)
    outermost = mail("購買 <b@kaite.example>", "FW: FW: 回答送付", "転送\n", {})
    outermost.add_attachment(middle)
    return outermost


def odd_archives() -> dict[str, bytes]:
    """One archive with the folders of two vendors, and two in which nothing is."""
    two = {
        "一括/10_もくれん観光/回答.xlsx": workbook(_dated("2026年6月1日")),
        "一括/11_さざんか造園/回答.xlsx": workbook(_dated("2026年6月2日")),
        "一括/ehthumbs.db": b"\xd0\xcf\x11",
    }
    return {"まとめ.zip": windows_zip(two), "空.zip": b"PK\x05\x06" + bytes(18)}


def _dated(date: str) -> Rows:
    return rows(date=date)


def odd_files() -> dict[str, bytes]:
    """Names of a Mac, links instead of files, unfinished downloads, leftovers of Word, other programs' files."""
    gambari = unicodedata.normalize("NFD", "がんばり電機株式会社")
    numbers = plain_zip({"Index/Document.iwa": b"\x00\x01", "Metadata/Properties.plist": b"bplist00"})
    letter = b'<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"/>'
    return {
        f"{gambari}/回答.xls": workbook(rows(service="がんばり点検")),
        "20_つくし工芸/回答 - ショートカット.lnk": b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(80),
        "21_あざみ文具/回答.xlsx.crdownload": workbook(rows())[:900],
        "22_のぎく書店/回答.numbers": numbers,
        "23_りんどう堂/回答.doc": letter,
        "23_りんどう堂/~WRL0003.tmp": b"\xd0\xcf\x11\xe0" + bytes(90),
    }


def add_odd_things(folder: Path) -> None:
    """Write all of them into `folder`."""
    for name, data in (odd_mails() | odd_archives() | odd_files()).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
