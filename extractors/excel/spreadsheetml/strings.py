"""Shared strings part in, the texts of its items in order out.

Items as Excel writes them are matched one after the other, several times faster than any XML parser; where
anything else geometries between them, the whole part goes through lxml.
"""

from __future__ import annotations

import re

from extractors.cell_reference import clean
from extractors.errors import Unfit
from extractors.excel.spreadsheetml.texts import StoredText, cleaned, item_to_text
from extractors.excel.spreadsheetml.xml_stream import NO_TEXT, is_utf8, stream_elements, unescaped
from extractors.package.xml_parts import parse_xml

# An item as nearly all programs write it: a text, the readings of its words, and how these are shown.
_OPEN = r'<t(?: xml:space="preserve")?>'
_TEXT = rf"(?:{_OPEN}([^{NO_TEXT}]*)</t>|<t/>)"
_READINGS = rf"(?:<rPh [^<>]*>{_OPEN}[^{NO_TEXT}]*</t></rPh>)*(?:<phoneticPr [^<>]*/>)?"
_PLAIN_ITEM = rf"<si>{_TEXT}{_READINGS}</si>\s*|<si/>\s*"
_RICH_ITEM = r"(<si>.*?</si>)\s*"  # of runs, each with a font: parsed by itself
_ITEM = re.compile(f"{_PLAIN_ITEM}|{_RICH_ITEM}|(.+)", re.DOTALL)
_SPECIAL = ("&", "_x", "\r")  # of texts that are not what they stand for
_TABLE = re.compile(rb"<sst(?: [^<>]*)?>")


def shared_strings(data: bytes) -> list[StoredText]:
    """The texts of a shared strings part. Raises Refused for broken XML and Damaged for a DTD."""
    try:
        return _matched(data)
    except Unfit:
        return [cleaned(item_to_text(item)) for item in stream_elements(data, "si")]


def _matched(data: bytes) -> list[StoredText]:
    """The texts by matching. Raises Unfit where the part holds anything that is not expected."""
    start, end = _TABLE.search(data), data.rfind(b"</sst>")
    if start is None or end < start.end() or not is_utf8(data) or b"<!" in data[: start.start()]:
        raise Unfit(detail="no table of UTF-8")
    try:
        items = data[start.end() : end].decode()
    except UnicodeDecodeError as error:
        raise Unfit(detail="no UTF-8") from error
    items_matched = _ITEM.findall(items.lstrip())
    if not any(sign in items for sign in _SPECIAL) and not any(rich or odd for _, rich, odd in items_matched):
        return [plain for plain, _, _ in items_matched]
    texts: list[StoredText] = []
    for plain, rich, odd in items_matched:
        if odd:
            raise Unfit(detail="something else between the items")
        if rich:
            root = parse_xml(rich.encode())
            if root is None:
                raise Unfit(detail="an item is no XML")
            texts.append(cleaned(item_to_text(root)))
        else:
            texts.append(clean(unescaped(plain)))
    return texts
